"""Where files are read: in processes of their own, limited in time and memory.

Nothing is started before a file has to be read, and nothing is left running after it. What was
read is kept in the cache, so that a scan is not recognised anew at every indexing.
"""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from corpus.errors import Trouble, UnreadableReport
from corpus.formats.page_pictures.picture import PagePicture
from corpus.limits import ParserLimits
from corpus.report import Report, readable
from corpus.sandbox.archive import Packed
from corpus.sandbox.parsed_cache import ParsedCache
from corpus.sandbox.worker_client import MODULE, WorkerProcess

Heard = Callable[[str, int, int], None]
"""Told that page m of n of the file of that name is about to be read."""


def unheard(_name: str, _page: int, _pages: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class ParserPool:
    """Reads files within `limits`; keeps what it read in the folder `cache`, if there is one."""

    limits: ParserLimits = field(default_factory=ParserLimits)
    cache: Path | None = None
    module: str = MODULE

    def read(self, data: bytes, path: Path, heard: Heard = unheard) -> Report:
        """Return the report that a file with the bytes `data` and the name of `path` holds.

        Raises:
            UnreadableReport: it holds none, or reading it went beyond a limit.
        """
        with closing(_Crew(self.limits, self.module)) as crew:
            return self._read(data, path, crew, heard)

    def read_file(self, path: Path, heard: Heard = unheard) -> Report:
        """Return the report in the file `path`; see `read`."""
        return self.read(self.load(path), path, heard)

    def read_all(
        self, paths: Sequence[Path], heard: Heard = unheard
    ) -> Iterator[Report | UnreadableReport]:
        """Yield what each file holds, in order; several are read at a time."""

        def one(path: Path) -> Report | UnreadableReport:
            try:
                return self._read(self.load(path), path, crew, heard)
            except UnreadableReport as exc:
                return exc

        with closing(_Crew(self.limits, self.module)) as crew:
            pool = ThreadPoolExecutor(self.limits.crew(len(paths)), thread_name_prefix="reading")
            try:
                yield from pool.map(one, paths)
            finally:
                pool.shutdown(cancel_futures=True)
        if self.cache is not None:
            ParsedCache(self.cache).forget()

    def spare(self, digests: Mapping[Path, str]) -> None:
        """Keep what was read from files of those SHA-256, though they need not be read again."""
        if self.cache is not None:
            readings = ParsedCache(self.cache)
            for path, digest in digests.items():
                readings.spare(digest, path)

    def draw(self, path: Path, words: str, page: int | None) -> PagePicture:
        """Return the page of the file `path` that holds `words`, with them marked.

        `page` is where their paragraph begins, from 1; None where that is not known.

        Raises:
            UnreadableReport: the words are not seen on a page, or drawing it went beyond a limit.
        """
        with closing(_Crew(self.limits, self.module)) as crew:
            return crew.draw(self.load(path), path, words, page)

    def load(self, path: Path) -> bytes:
        """Return the bytes of a file.

        Raises:
            UnreadableReport: it cannot be opened, or is too large to be looked at.
        """
        try:
            size = path.stat().st_size
            if size > self.limits.file:
                raise self._too_large(path)
            return path.read_bytes()
        except OSError as exc:
            raise UnreadableReport.at_opening(readable(path), exc) from exc

    def unpack(self, data: bytes, path: Path) -> list[Packed]:
        """Return what an archive holds, within the limits; see `corpus.sandbox.archive`.

        Raises:
            UnreadableReport: it is no archive, damaged, a bomb, or beyond a limit.
        """
        path = readable(path)
        if len(data) > self.limits.file:
            raise self._too_large(path)
        with closing(_Crew(self.limits, self.module)) as crew:
            return crew.unpack(data, path)

    def _read(self, data: bytes, path: Path, crew: _Crew, heard: Heard) -> Report:
        path = readable(path)
        if len(data) > self.limits.file:
            raise self._too_large(path)
        readings = ParsedCache(self.cache) if self.cache is not None else None
        known = readings.find(data, path) if readings is not None else None
        if known is not None:
            return known
        report = crew.read(data, path, lambda page, pages: heard(path.name, page, pages))
        if readings is not None:
            readings.keep(report, path)
        return report

    def _too_large(self, path: Path) -> UnreadableReport:
        limit = f"> {self.limits.file // 1024**2} MB"
        return UnreadableReport(readable(path), Trouble.TOO_LARGE, limit)


class _Crew:
    """Workers that wait for work; made when they are needed, replaced when they fail."""

    def __init__(self, limits: ParserLimits, module: str) -> None:
        self._limits = limits
        self._module = module
        self._idle: queue.SimpleQueue[WorkerProcess] = queue.SimpleQueue()

    def read(self, data: bytes, path: Path, told: Callable[[int, int], None]) -> Report:
        worker, fresh = self._take()
        try:
            return worker.read(data, path, told)
        except UnreadableReport as exc:
            if exc.trouble is not Trouble.MEMORY or fresh:
                raise
        finally:
            if worker.alive:
                self._idle.put(worker)
            else:
                worker.close()
        return self.read(data, path, told)  # what others left behind may have filled the memory

    def draw(self, data: bytes, path: Path, words: str, page: int | None) -> PagePicture:
        worker, _ = self._take()
        try:
            return worker.draw(data, path, words, page)
        finally:
            worker.close()

    def unpack(self, data: bytes, path: Path) -> list[Packed]:
        worker, _ = self._take()
        try:
            return worker.unpack(data, path)
        finally:
            worker.close()

    def close(self) -> None:
        while not self._idle.empty():
            self._idle.get().close()

    def _take(self) -> tuple[WorkerProcess, bool]:
        try:
            return self._idle.get_nowait(), False
        except queue.Empty:
            return WorkerProcess(self._limits, self._module), True
