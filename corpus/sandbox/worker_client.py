"""One worker process, seen from outside: what it is given, what it says, when it is stopped."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import threading
from base64 import b64decode
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from corpus.durable.temporary_folders import temporary_folder
from corpus.errors import Trouble, UnreadableReport
from corpus.formats.page_pictures.picture import PagePicture
from corpus.limits import ParserLimits
from corpus.report import Report
from corpus.sandbox.archive import Packed
from corpus.sandbox.report_json import report_from_json
from corpus.sandbox.worker import request_of
from corpus.telemetry import SILENT

MODULE = "corpus.sandbox.worker"
"""What a worker runs."""

_log = logging.getLogger(__name__)
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "SYSTEMROOT")
_LONGEST_REPLY = 128 * 1024 * 1024
_GRACE = 5.0
"""Seconds given beyond the limit for the process to start and to hand its result over."""


class WorkerProcess:
    """A process of `corpus.sandbox.worker`; one file at a time."""

    def __init__(self, limits: ParserLimits, module: str = MODULE) -> None:
        """Start the process that runs `module`."""
        self.alive = True
        self._limits = limits
        self._overdue = False
        self._kept = ExitStack()
        folder: Path | None = None
        with suppress(OSError):  # most formats need none
            folder = self._kept.enter_context(temporary_folder("reading"))
        self._process = subprocess.Popen(  # noqa: S603 - our own module in our own interpreter
            [sys.executable, "-P", "-X", "utf8", "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if os.environ.get("BAOGAO_DEBUG") else subprocess.DEVNULL,
            env=_environment(folder),
            start_new_session=True,
        )

    def read(self, data: bytes, path: Path, told: Callable[[int, int], None]) -> Report:
        """Return the report in a file.

        Raises:
            UnreadableReport: there is none, or the process failed or was stopped over it; after
                the latter it is not `alive`.
        """
        reply = self._reply(data, path, told)
        try:
            return report_from_json(reply["report"])
        except (KeyError, ValueError) as exc:
            self.alive = False
            raise UnreadableReport(path, Trouble.CRASHED) from exc

    def draw(self, data: bytes, path: Path, words: str, page: int | None) -> PagePicture:
        """Return the page of a file that holds `words`, with them marked; see `draw` there.

        Raises:
            UnreadableReport: there is none, or as in `read`.
        """
        reply = self._reply(data, path, lambda _page, _pages: None, {"words": words, "at": page})
        try:
            return PagePicture(b64decode(reply["picture"]), int(reply["number"]), reply["part"])
        except (KeyError, ValueError) as exc:
            self.alive = False
            raise UnreadableReport(path, Trouble.CRASHED) from exc

    def _reply(
        self,
        data: bytes,
        path: Path,
        told: Callable[[int, int], None],
        wanted: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        self.alive = False  # until it has answered: whoever is told of a page may end the reading
        clock = _Clock(self._limits.seconds + _GRACE, self._stop)
        try:
            request = request_of(data, path, self._limits, wanted) + data
            reply = self._ask(request, told, clock)
        except (OSError, ValueError) as exc:
            raise UnreadableReport(path, self._cause()) from exc
        finally:
            clock.stop()
        self.alive = True
        if "trouble" in reply:
            trouble = Trouble(reply["trouble"])
            self.alive = trouble is not Trouble.MEMORY
            raise UnreadableReport(path, trouble, str(reply.get("detail", "")))
        return reply

    def unpack(self, data: bytes, path: Path) -> list[Packed]:
        """Return the files of an archive; the process is not used again.

        Raises:
            UnreadableReport: it is none, or the process failed or was stopped over it.
        """
        self.alive = False
        clock = _Clock(self._limits.seconds + _GRACE, self._stop)
        try:
            files, reply = self._unpacked(data, path)
        except (OSError, ValueError, KeyError) as exc:
            raise UnreadableReport(path, self._cause()) from exc
        finally:
            clock.stop()
        if "trouble" in reply:
            raise UnreadableReport(path, Trouble(reply["trouble"]), str(reply.get("detail", "")))
        return files

    def _unpacked(self, data: bytes, path: Path) -> tuple[list[Packed], dict[str, Any]]:
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise ValueError("the process has no pipes")
        stdin.write(request_of(data, path, self._limits, {"unpack": True}) + data)
        stdin.flush()
        files: list[Packed] = []
        room = self._limits.unpacked
        while True:
            reply = json.loads(stdout.readline(_LONGEST_REPLY))
            if not isinstance(reply, dict):
                raise ValueError("the process said something odd")
            if "file" not in reply:
                return files, reply
            size = int(reply["size"])
            room -= size
            content = stdout.read(size) if size >= 0 and room >= 0 else b""
            if len(content) != size:
                raise ValueError("the process ended, or said too much")
            trouble = Trouble(reply["trouble"]) if reply["trouble"] else None
            files.append(Packed(str(reply["file"]), content, trouble))

    def close(self) -> None:
        """End the process and all that it started."""
        self.alive = False
        self._stop(overdue=False)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self._process.wait()
        self._kept.close()

    def _ask(
        self, request: bytes, told: Callable[[int, int], None], clock: _Clock
    ) -> dict[str, Any]:
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise ValueError("the process has no pipes")
        stdin.write(request)
        stdin.flush()
        while True:
            line = stdout.readline(_LONGEST_REPLY)
            if not line.endswith(b"\n"):
                raise ValueError("the process ended, or said too much")
            reply = json.loads(line)
            if not isinstance(reply, dict):
                raise ValueError("the process said something odd")
            if "page" not in reply:
                return reply
            clock.restart()
            page, pages = reply["page"]
            told(int(page), int(pages))

    def _stop(self, *, overdue: bool = True) -> None:
        self._overdue = self._overdue or overdue
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def _cause(self) -> Trouble:
        """Return why the process has ended, or is ended now."""
        if self._overdue:
            return Trouble.TIMEOUT
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_GRACE)
        status = self._process.returncode
        _log.warning("a worker ended over a file status=%s", status)
        if status == -signal.SIGXCPU:
            return Trouble.TIMEOUT
        return Trouble.CRASHED


class _Clock:
    """Calls `ring` when it was not restarted for `seconds`."""

    def __init__(self, seconds: float, ring: Callable[[], None]) -> None:
        self._seconds = seconds
        self._ring = ring
        self._timer = self._started()

    def restart(self) -> None:
        self._timer.cancel()
        self._timer = self._started()

    def stop(self) -> None:
        self._timer.cancel()

    def _started(self) -> threading.Timer:
        timer = threading.Timer(self._seconds, self._ring)
        timer.daemon = True
        timer.start()
        return timer


def _environment(folder: Path | None) -> dict[str, str]:
    """Return what a worker needs of the environment: no token, no key, a `folder` to write to."""
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    rooms = str(Path(__file__).resolve().parents[2])
    paths = [rooms, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    return (
        kept
        | SILENT
        | {
            "PYTHONPATH": os.pathsep.join(paths),
            "PYTHONDONTWRITEBYTECODE": os.environ.get("PYTHONDONTWRITEBYTECODE", ""),
            "MALLOC_ARENA_MAX": "2",
        }
        | ({"TMPDIR": str(folder)} if folder is not None else {})
    )
