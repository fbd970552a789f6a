"""What a library has: the SHA-256 of each file, or why it is no report."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Mapping
from pathlib import Path

from corpus.corrections import Correction
from corpus.errors import UnreadableReport
from corpus.report import Report, name_of
from index.building.made_by import made_by


class BuildPlan:
    """The reports of the library: some were `read`, of others no more than a SHA-256 is known."""

    def __init__(self, files: Mapping[str, Path], corrections: Mapping[str, Correction]) -> None:
        """Take stock of `files`, of which nothing is known yet."""
        self.files, self.corrections = files, corrections
        self.read: dict[str, Report] = {}
        self.unreadable: dict[str, UnreadableReport] = {}
        self._digests: dict[str, str] = {}

    def recognise(self, digests: Mapping[str, str]) -> None:
        """Take the SHA-256 of files that are known without being read."""
        self._digests |= digests

    def add(self, result: Report | UnreadableReport) -> None:
        """Add what was read from a file."""
        if isinstance(result, Report):
            self.read[result.name] = result
            self._digests[result.name] = result.digest
        else:
            name = name_of(result.path)
            self.unreadable[name] = result
            self._digests[name] = ""

    def unread(self, known: Container[str]) -> list[Path]:
        """Return the files that were not read, but for those whose names are in `known`."""
        done = {*self.read, *self.unreadable}
        return [path for name, path in self.files.items() if name not in done and name not in known]

    @property
    def digests(self) -> dict[str, str]:
        """The SHA-256 of each file that is known, "" where it holds no report."""
        return self._digests

    @property
    def sources(self) -> dict[str, str]:
        """What each report is made from, as a digest: everything but the encoder.

        They are in the order of the files.
        """
        return {name: self._source(name) for name in self.files if self._digests.get(name)}

    def _source(self, name: str) -> str:
        correction = self.corrections.get(name)
        identity = repr((self.files[name].name, self._digests[name], correction, made_by()))
        return hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()
