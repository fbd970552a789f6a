"""Reports → a new generation, at the cost of what changed."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import NoReports, UnreadableReport
from corpus.library import Library
from corpus.sandbox.pool import unheard
from index.building.file_state import (
    keep_unreadable,
    looks,
    remember,
    unchanged,
    unreadable_damage,
)
from index.building.plan import BuildPlan
from index.building.prepare import CutReport, PreparedReport, content_of
from index.building.prepared_cache import PreparedCache
from index.encoders import Encoder
from index.errors import IndexDamaged, IndexMissing
from index.generations.generations import KEPT, Generation, Generations
from index.generations.manifest import FORMAT, Manifest
from index.store.store import IndexedReport

_BATCH = 256
"""Passages that are encoded before they are kept, so that an interrupted build can go on."""


class Progress(Protocol):
    """Told how a build goes on: `total` once it is known, then every step.

    What it raises ends the build; the generation before stays.
    """

    def start(self, total: int) -> None:
        """Passages there are to encode or to find in the cache."""
        ...

    def advance(self, count: int) -> None:
        """`count` more of them are done; none, while the lock is waited for and files are read."""
        ...

    def page(self, name: str, page: int, pages: int) -> None:
        """Page `page` of `pages` of a scan is about to be recognised; from several threads."""
        ...


@dataclass(frozen=True, slots=True)
class Difference:
    """The names of reports, by what became of them since the generation before."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]

    @property
    def named(self) -> tuple[str, ...]:
        """The reports that something became of."""
        return (*self.added, *self.changed, *self.removed)


@dataclass(frozen=True, slots=True)
class Changes:
    """What bringing the index up to date did.

    `fresh` is False where nothing had changed and the current generation stays. `encoded` and
    `reused` count passages. `unreadable` reports are not in the index; `damaged` says what was
    found broken on the way. `titles` are those of the reports that something became of, by name.
    """

    generation: str
    fresh: bool
    difference: Difference
    passages: int
    encoded: int
    reused: int
    unreadable: tuple[UnreadableReport, ...]
    damaged: tuple[IndexDamaged, ...]
    titles: Mapping[str, str] = field(default_factory=dict)


class Builder:
    """Brings the index of one library up to date; one at a time, whatever the process."""

    def __init__(self, library: Library, generations: Generations, encoder: Encoder) -> None:
        """Index the reports of `library` with `encoder`, as the next of `generations`."""
        self._library = library
        self._folder = generations.folder
        self._generations = generations
        self._cache = PreparedCache(self._folder, encoder.fingerprint)
        self._encoder = encoder

    def bring_up_to_date(
        self, *, force: bool = False, progress: Progress | None = None, patience: float = 10.0
    ) -> Changes:
        """Build a generation of the reports as they are now, unless the current one is that.

        With `force` every file is read and a generation is built in any case; what was prepared
        of a report is used all the same.

        Raises:
            CorpusError: the library cannot be read, or the state directory not be written.
            IndexBusy: another process is building.
        """

        def going_on() -> None:
            if progress is not None:
                progress.advance(0)

        with self._generations.locked(patience, going_on):
            plan = BuildPlan(self._library.files(), self._library.corrections())
            seen = looks(plan.files)
            previous, damaged = self._previous()
            before = self._reports(previous)
            plan.recognise({} if force else unchanged(self._folder, seen))
            self._library.workshop.spare(
                {plan.files[name]: digest for name, digest in plan.digests.items()}
            )
            self._read(plan, plan.digests, progress)
            if previous is None and not plan.sources and not plan.unreadable:
                raise NoReports(self._library.folder)
            after, encoded = before, 0
            if previous is None or force or damaged or not self._is_of(previous, before, plan):
                generation, after, encoded = self._build(plan, progress)
            else:
                generation = previous
            remember(self._folder, seen, plan.digests, plan.files)
            noted = unreadable_damage(self._folder) if previous is not None else None
            keep_unreadable(self._folder, plan.files, plan.unreadable)
            passages = generation.manifest.passages
            difference = _difference(before, after)
            return Changes(
                generation=generation.name,
                fresh=previous is None or generation.name != previous.name,
                difference=difference,
                passages=passages,
                encoded=encoded,
                reused=passages - encoded,
                unreadable=(*plan.unreadable.values(), *self._library.passed_over()),
                damaged=(*damaged, *self._cache.damaged, *([noted] if noted else [])),
                titles={name: (before | after)[name].title for name in difference.named},
            )

    def _build(
        self, plan: BuildPlan, progress: Progress | None
    ) -> tuple[Generation, dict[str, IndexedReport], int]:
        """Return a new generation, its reports, and how many passages were encoded for it."""
        reports, encoded = self._prepared(plan, progress)
        number = self._generations.next_number()
        generation = self._generations.keep(
            content_of(reports, self._encoder.dimension),
            partial(
                Manifest,
                format=FORMAT,
                created=datetime.now(UTC).isoformat(timespec="seconds"),
                encoder=self._encoder.fingerprint,
                reports=len(reports),
                passages=sum(each.report.passages for each in reports),
            ),
        )
        self._cache.forget(plan.sources.values(), number, number - KEPT)
        return generation, {each.report.name: each.report for each in reports}, encoded

    def _prepared(
        self, plan: BuildPlan, progress: Progress | None
    ) -> tuple[list[PreparedReport], int]:
        """Return the reports, prepared, in the order of their files; see `_build`."""
        known = self._cache.find(plan.sources.values())
        self._read(plan, {name for name, key in plan.sources.items() if key in known}, progress)
        sources = plan.sources
        fresh = [
            CutReport.of(plan.read[name], key) for name, key in sources.items() if key not in known
        ]
        reused = [known[key] for key in sources.values() if key in known]
        if progress is not None:
            held = sum(each.report.passages for each in reused)
            progress.start(held + sum(len(cut.passages) for cut in fresh))
            progress.advance(held)
        vectors: dict[str, NDArray[np.float32]] = {}
        encoded = 0
        for batch in _batches(fresh):
            encoded += self._encode(batch, vectors, progress)
            done = [cut.prepared(vectors) for cut in batch]
            self._cache.keep(done)
            known |= {each.report.source: each for each in done}
        return [known[key] for key in sources.values()], encoded

    def _encode(
        self,
        batch: Sequence[CutReport],
        vectors: dict[str, NDArray[np.float32]],
        progress: Progress | None,
    ) -> int:
        """Add to `vectors` what is missing of the passages of `batch`; return how many were."""
        for cut in batch:
            vectors |= self._cache.vectors(cut.report.name, cut.report.digest)
        wanted = [text for cut in batch for text in cut.encoded_texts]
        missing = list(dict.fromkeys(text for text in wanted if text not in vectors))
        if progress is not None:
            progress.advance(len(wanted) - len(missing))
        if missing:
            told = progress.advance if progress is not None else None
            found = self._encoder.encode_passages(missing, told)
            vectors |= zip(missing, found, strict=True)
        return len(missing)

    def _read(self, plan: BuildPlan, known: Container[str], progress: Progress | None) -> None:
        """Read the files that were not read yet, but for those whose names are in `known`."""
        heard = unheard if progress is None else progress.page
        for result in self._library.read_files(plan.unread(known), plan.corrections, heard):
            if progress is not None:
                progress.advance(0)
            plan.add(result)

    def _is_of(
        self, generation: Generation, reports: Mapping[str, IndexedReport], plan: BuildPlan
    ) -> bool:
        """Whether `generation`, which has those `reports`, is what the plan would make."""
        made_from = {name: report.source for name, report in reports.items()}
        same_encoder = generation.manifest.encoder == self._encoder.fingerprint
        return same_encoder and made_from == plan.sources

    def _reports(self, generation: Generation | None) -> dict[str, IndexedReport]:
        """Return the reports of a generation by name."""
        if generation is None:
            return {}
        with closing(self._generations.store(generation)) as store:
            return {report.name: report for report in store.entries}

    def _previous(self) -> tuple[Generation | None, list[IndexDamaged]]:
        astray = self._generations.pointer_damage()
        damaged = [astray] if astray is not None else []
        try:
            current = self._generations.require_current()
            generation, passed_over = self._generations.open_from(current)
        except IndexMissing:
            return None, damaged
        except IndexDamaged as exc:
            return None, [*damaged, exc]
        return generation, [*damaged, *passed_over]


def _batches(reports: Sequence[CutReport]) -> Iterator[list[CutReport]]:
    """Yield the reports in batches, each of about `_BATCH` passages."""
    batch: list[CutReport] = []
    for cut in reports:
        batch.append(cut)
        if sum(len(each.passages) for each in batch) >= _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _difference(
    before: Mapping[str, IndexedReport], after: Mapping[str, IndexedReport]
) -> Difference:
    old = {name: _identity(report) for name, report in before.items()}
    new = {name: _identity(report) for name, report in after.items()}
    return Difference(
        added=tuple(name for name in new if name not in old),
        changed=tuple(name for name in new if name in old and new[name] != old[name]),
        removed=tuple(name for name in old if name not in new),
        unchanged=tuple(name for name in new if new[name] == old.get(name)),
    )


def _identity(report: IndexedReport) -> tuple[object, ...]:
    return report.digest, report.title, report.years, report.organisation
