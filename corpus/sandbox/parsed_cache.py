"""What was read, kept: one file of JSON a report, found by the bytes it was read from."""

from __future__ import annotations

import hashlib
import json
import os
import time
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path

from corpus.analysis_version import ANALYSIS_VERSION
from corpus.durable.atomic_files import write_file
from corpus.formats.installed import can_recognise
from corpus.report import Report, name_of
from corpus.sandbox.report_json import report_from_json, report_to_json

_KEPT = 30 * 24 * 3600.0
"""Seconds a reading stays that nobody has asked for."""


class ParsedCache:
    """A folder of readings; safe to use from many threads and processes.

    A reading is found only by a program that reads alike: another `ANALYSIS_VERSION`, or
    recognition installed in the meantime, reads anew. What is damaged or cannot be kept is as
    good as absent.
    """

    def __init__(self, folder: Path) -> None:
        """Keep readings in `folder`, which is made when it is needed."""
        self._folder = folder

    def find(self, data: bytes, path: Path) -> Report | None:
        """Return what was read from a file of those bytes and that name, None if nothing was."""
        digest = hashlib.sha256(data).hexdigest()
        file = self._file(digest, path)
        try:
            kept = json.loads(file.read_bytes())
            payload = kept["report"]
            if kept["sha256"] != _checksum(payload):
                return None
            report = report_from_json(json.loads(payload))
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        self.spare(digest, path)
        return replace(report, name=name_of(path))

    def spare(self, digest: str, path: Path) -> None:
        """Count the reading of a file of that SHA-256 in hex and that name as asked for."""
        with suppress(OSError):
            os.utime(self._file(digest, path))

    def keep(self, report: Report, path: Path) -> None:
        """Keep what was read from the file `path`, if the disk allows."""
        payload = json.dumps(report_to_json(report), ensure_ascii=False)
        content = json.dumps({"sha256": _checksum(payload), "report": payload})
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            write_file(self._file(report.digest, path), content.encode("ascii"))

    def forget(self) -> None:
        """Take away the readings that nobody has asked for in a month."""
        with suppress(OSError):
            for file in self._folder.glob("*.json"):
                if file.stat().st_mtime < time.time() - _KEPT:
                    file.unlink(missing_ok=True)

    def _file(self, digest: str, path: Path) -> Path:
        identity = f"{program()}\0{digest}\0{path.name}"
        return self._folder / f"{_checksum(identity)[:40]}.json"


@cache
def program() -> str:
    """Return what a reading depends on beside the file: the version of the program, the extra."""
    return f"{ANALYSIS_VERSION} {can_recognise()}"


def _checksum(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
