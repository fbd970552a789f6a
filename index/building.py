"""Reports → a new generation, at the cost of what changed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Protocol

from corpus.errors import NoReports, UnreadableReport
from corpus.library import Library
from corpus.passages import passages
from corpus.report import Report, name_of
from corpus.workshop import unheard
from index.encoders import Encoder
from index.errors import IndexDamaged, IndexMissing
from index.fields import dense_text
from index.generations import KEPT, Generation, Generations
from index.lock import locked
from index.manifest import FORMAT, Manifest
from index.postings import Postings
from index.sightings import looks, remember
from index.store import Content, Entry
from index.term_cache import TermCache
from index.vector_cache import Encoded, VectorCache


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

        with locked(self._folder, patience, going_on):
            seen = looks(self._library.files())
            reports, unreadable = self._read(progress)
            previous, damaged = self._previous()
            if previous is None and not reports and not unreadable:
                raise NoReports(self._library.folder)
            sources = _sources(reports)
            difference = _difference(self._entries(previous), reports)
            current = (
                previous is not None
                and not damaged
                and previous.manifest.sources == sources
                and previous.manifest.encoder == self._encoder.fingerprint
            )
            if previous is not None and current and not force:
                name, passages = previous.name, previous.manifest.passages
                encoded, reused = 0, passages
                spoilt: tuple[IndexDamaged, ...] = ()
            else:
                generation, made = self._build(reports, sources, progress)
                name, passages = generation.name, generation.manifest.passages
                encoded, reused = made.encoded, made.reused
                spoilt = (*made.damaged, *self._terms.damaged)
            digests = {report.name: report.digest for report in reports}
            remember(self._folder, seen, digests | {name_of(exc.path): "" for exc in unreadable})
            return Changes(
                generation=name,
                fresh=previous is None or name != previous.name,
                difference=difference,
                passages=passages,
                encoded=encoded,
                reused=reused,
                unreadable=tuple(unreadable),
                damaged=(*damaged, *spoilt),
            )

    def _build(
        self, reports: Sequence[Report], sources: str, progress: Progress | None
    ) -> tuple[Generation, Encoded]:
        found = [(report, passages(report)) for report in reports]
        every = [passage for _, ps in found for passage in ps]
        if progress is not None:
            progress.start(len(every))
        number = self._generations.next_number()
        encoded = self._cache.encode(
            self._encoder,
            [dense_text(passage) for passage in every],
            number,
            progress.advance if progress is not None else None,
        )
        describe = partial(
            Manifest,
            format=FORMAT,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            encoder=self._encoder.fingerprint,
            sources=sources,
            reports=len(reports),
            passages=len(every),
        )
        postings = Postings.join(self._terms.postings([ps for _, ps in found], number))
        generation = self._generations.keep(Content(found, encoded.vectors, postings), describe)
        self._cache.forget(number - KEPT)
        self._terms.forget(number - KEPT)
        return generation, encoded

    def _read(self, progress: Progress | None) -> tuple[list[Report], list[UnreadableReport]]:
        reports: list[Report] = []
        unreadable: list[UnreadableReport] = []
        for result in self._library.read_all(unheard if progress is None else progress.page):
            if progress is not None:
                progress.advance(0)
            if isinstance(result, Report):
                reports.append(result)
            else:
                unreadable.append(result)
        return reports, unreadable

    def _entries(self, generation: Generation | None) -> tuple[Entry, ...]:
        if generation is None:
            return ()
        store = self._generations.store(generation)
        try:
            return store.entries
        finally:
            store.close()

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


def _sources(reports: Sequence[Report]) -> str:
    """Return one digest of all that a generation is made from, but for the encoder.

    The same file may be read otherwise later: by a newer program, or once pictures of pages
    can be recognised. So the text counts too, with the headings and pages of its paragraphs.
    """
    digest = hashlib.sha256()
    for report in reports:
        identity = (report.name, report.digest, report.title, report.years, report.organisation)
        digest.update(report.text.encode("utf-8", "surrogatepass"))
        digest.update(repr(report.paragraphs).encode("utf-8", "surrogatepass"))
        digest.update(repr(identity).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _difference(before: Sequence[Entry], reports: Sequence[Report]) -> Difference:
    old = {e.name: (e.digest, e.title, e.years, e.organisation) for e in before}
    new = {r.name: (r.digest, r.title, r.years, r.organisation) for r in reports}
    return Difference(
        added=tuple(name for name in new if name not in old),
        changed=tuple(name for name in new if name in old and new[name] != old[name]),
        removed=tuple(name for name in old if name not in new),
        unchanged=tuple(name for name in new if new[name] == old.get(name)),
    )
