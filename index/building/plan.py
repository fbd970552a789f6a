"""What a library has, and which of it the generation before has already."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from corpus.corrections import Correction
from corpus.errors import UnreadableReport
from corpus.passages import passages
from corpus.report import Report, name_of
from index.store.store import IndexedReport, NewReport


class BuildPlan:
    """The reports of the library: `kept` are in the generation before as they are, `fresh` not."""

    def __init__(
        self,
        files: Mapping[str, Path],
        corrections: Mapping[str, Correction],
        before: Mapping[str, IndexedReport],
    ) -> None:
        """Take stock of `files`, some of which may be in the generation `before`."""
        self.files, self.corrections = files, corrections
        self.kept: dict[str, IndexedReport] = {}
        self.fresh: dict[str, NewReport] = {}
        self.unreadable: dict[str, UnreadableReport] = {}
        self._before = before

    def recognise(self, digests: Mapping[str, str]) -> None:
        """Take files whose SHA-256 is known without reading them, if they are as before."""
        for name, digest in digests.items():
            self._keep(name, self._source(name, digest))

    def add(self, result: Report | UnreadableReport) -> None:
        """Add what was read from a file."""
        if not isinstance(result, Report):
            self.unreadable[name_of(result.path)] = result
            return
        source = self._source(result.name, result.digest)
        if not self._keep(result.name, source):
            self.fresh[result.name] = NewReport(result, passages(result), source)

    def start_afresh(self) -> None:
        """Have all of the generation before read again."""
        self._before = {}
        self.kept.clear()

    @property
    def unread(self) -> list[Path]:
        """The files of which it is not known what they hold."""
        known = {*self.kept, *self.fresh, *self.unreadable}
        return [path for name, path in self.files.items() if name not in known]

    @property
    def reports(self) -> list[NewReport | IndexedReport]:
        """The reports in the order of the files."""
        known = self.kept | self.fresh
        return [known[name] for name in self.files if name in known]

    @property
    def digests(self) -> dict[str, str]:
        """The SHA-256 of each file, "" where it holds no report."""
        kept = {name: entry.digest for name, entry in self.kept.items()}
        fresh = {name: fresh.report.digest for name, fresh in self.fresh.items()}
        return kept | fresh | dict.fromkeys(self.unreadable, "")

    def _keep(self, name: str, source: str) -> bool:
        entry = self._before.get(name)
        if entry is None or entry.source != source:
            return False
        self.kept[name] = entry
        return True

    def _source(self, name: str, digest: str) -> str:
        """Return a digest of all that a report is made from, but for program and encoder."""
        identity = repr((self.files[name].name, digest, self.corrections.get(name)))
        return hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()
