"""Reports → a new generation, at the cost of what changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Protocol

from corpus.errors import NoReports, UnreadableReport
from corpus.library import Library
from corpus.sandbox.pool import unheard
from index.building.file_state import looks, remember, unchanged
from index.building.plan import BuildPlan
from index.building.succession import anew, succeeding
from index.building.term_cache import TermCache
from index.building.vector_cache import VectorCache
from index.encoders import Encoder
from index.errors import IndexDamaged, IndexMissing
from index.generations.fingerprint import program
from index.generations.generations import KEPT, Generation, Generations
from index.generations.manifest import FORMAT, Manifest
from index.lexical.fields import dense_text
from index.lexical.postings import Postings
from index.store.store import IndexedReport, NewReport, Store


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


@dataclass(frozen=True, slots=True)
class Changes:
    """What bringing the index up to date did.

    `fresh` is False where nothing had changed and the current generation stays. `encoded` and
    `reused` count passages. `unreadable` reports are not in the index; `damaged` says what was
    found broken on the way.
    """

    generation: str
    fresh: bool
    difference: Difference
    passages: int
    encoded: int
    reused: int
    unreadable: tuple[UnreadableReport, ...]
    damaged: tuple[IndexDamaged, ...]


class Builder:
    """Brings the index of one library up to date; one at a time, whatever the process."""

    def __init__(self, library: Library, generations: Generations, encoder: Encoder) -> None:
        """Index the reports of `library` with `encoder`, as the next of `generations`."""
        self._library = library
        self._folder = generations.folder
        self._generations = generations
        self._cache = VectorCache(self._folder)
        self._terms = TermCache(self._folder)
        self._encoder = encoder

    def bring_up_to_date(
        self, *, force: bool = False, progress: Progress | None = None, patience: float = 10.0
    ) -> Changes:
        """Build a generation of the reports as they are now, unless the current one is that.

        With `force` it is built in any case; vectors are reused all the same.

        Raises:
            CorpusError: the library cannot be read.
            IndexBusy: another process is building.
            StateError: the state directory cannot be written.
        """

        def going_on() -> None:
            if progress is not None:
                progress.advance(0)

        with self._generations.locked(patience, going_on):
            files, corrections = self._library.files(), self._library.corrections()
            seen = looks(files)
            previous, damaged = self._previous()
            with self._opened(previous) as store:
                entries = {entry.name: entry for entry in store.entries} if store else {}
                same = previous is not None and self._made(previous) and not force
                stock = BuildPlan(files, corrections, entries if same else {})
                stock.recognise(unchanged(self._folder, seen))
                spared = {files[name]: entry.digest for name, entry in stock.kept.items()}
                self._library.workshop.spare(spared)
                self._read(stock, progress)
                if previous is None and not stock.fresh and not stock.unreadable:
                    raise NoReports(self._library.folder)
                difference = _difference(entries, stock.reports)
                as_before = same and stock.kept == entries and not stock.fresh
                if previous is not None and as_before and not damaged:
                    name, passages = previous.name, previous.manifest.passages
                    encoded = 0
                else:
                    generation, encoded = self._build(stock, store, progress)
                    name, passages = generation.name, generation.manifest.passages
            remember(self._folder, seen, stock.digests)
            return Changes(
                generation=name,
                fresh=previous is None or name != previous.name,
                difference=difference,
                passages=passages,
                encoded=encoded,
                reused=passages - encoded,
                unreadable=tuple(stock.unreadable.values()),
                damaged=(*damaged, *self._cache.damaged, *self._terms.damaged),
            )

    def _build(
        self, stock: BuildPlan, store: Store | None, progress: Progress | None
    ) -> tuple[Generation, int]:
        held = sum(entry.passages for entry in stock.kept.values())
        base = store.base() if store and held and not self._cache.crowded(held) else None
        if base is None and stock.kept:
            stock.start_afresh()
            self._read(stock, progress)
        reports = stock.reports
        fresh = [report for report in reports if isinstance(report, NewReport)]
        number = self._generations.next_number()
        count = sum(report.passages for report in reports)
        if progress is not None:
            progress.start(count)
            progress.advance(count - sum(report.passages for report in fresh))
        encoded = self._cache.encode(
            self._encoder,
            [dense_text(passage) for report in fresh for passage in report.found],
            number,
            progress.advance if progress is not None else None,
        )
        postings = Postings.join(self._terms.postings([report.found for report in fresh], number))
        if store is None or base is None:
            content = anew(fresh, encoded.vectors, postings)
        else:
            content = succeeding(store, base, reports, encoded.vectors, postings)
        describe = partial(
            Manifest,
            format=FORMAT,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            encoder=self._encoder.fingerprint,
            program=program(),
            reports=len(reports),
            passages=count,
        )
        generation = self._generations.keep(content, describe)
        if base is None:  # else reports were taken over, and what they need was not asked for
            self._cache.forget(number - KEPT)
            self._terms.forget(number - KEPT)
        return generation, encoded.encoded

    def _read(self, stock: BuildPlan, progress: Progress | None) -> None:
        """Read the files of which `stock` does not know what they are."""
        heard = unheard if progress is None else progress.page
        for result in self._library.read_files(stock.unread, stock.corrections, heard):
            if progress is not None:
                progress.advance(0)
            stock.add(result)

    def _made(self, generation: Generation) -> bool:
        """Whether this program and this encoder made `generation`."""
        manifest = generation.manifest
        return (manifest.program, manifest.encoder) == (program(), self._encoder.fingerprint)

    @contextmanager
    def _opened(self, generation: Generation | None) -> Iterator[Store | None]:
        if generation is None:
            yield None
            return
        with closing(self._generations.store(generation)) as store:
            yield store

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


def _difference(
    before: Mapping[str, IndexedReport], reports: Sequence[NewReport | IndexedReport]
) -> Difference:
    old = {name: _identity(entry) for name, entry in before.items()}
    new = {report.name: _identity(report) for report in reports}
    return Difference(
        added=tuple(name for name in new if name not in old),
        changed=tuple(name for name in new if name in old and new[name] != old[name]),
        removed=tuple(name for name in old if name not in new),
        unchanged=tuple(name for name in new if new[name] == old.get(name)),
    )


def _identity(report: NewReport | IndexedReport) -> tuple[object, ...]:
    known = report.report if isinstance(report, NewReport) else report
    return known.digest, known.title, known.years, known.organisation
