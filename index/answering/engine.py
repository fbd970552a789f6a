"""Questions → answers, over the current generation."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Self

from corpus.report import Passage
from index.answering.answer import Answer, Found, Status
from index.answering.comparison import differing, side_by_side
from index.answering.confidence import WITHOUT_READER, Calibration, Evidence
from index.answering.lists import FIRM, listing
from index.answering.summaries import summary
from index.encoders import Encoder
from index.errors import IndexDamaged, IndexMissing
from index.generations.generations import Generation, Generations
from index.readers import LexicalReader, Reader
from index.readers.rerank import ReadPassage, contradicts, quoted, read
from index.search.fusion import Ranked
from index.search.retriever import Retriever
from index.search.year_mentions import newest_first, other_years
from index.store.store import IndexedReport, Store
from index.understanding.conversation import Turn
from index.understanding.question import Question, QuestionKind
from index.understanding.understander import Asker, Understander
from index.understanding.words.aliases import Aliases

_MOST_YEARS = 10
"""Years that are set side by side, at most: the latest."""

_OF_FIRM = 0.5
"""The share of the least confidence that is enough where a firm enumeration answers.

The reader marks short words: of headings in a row it thinks little (docs/understanding.md).
"""


@dataclass(frozen=True, slots=True)
class Restrictions:
    """An asker's own restrictions, and how an answer is given.

    `refusal` is a word or the least confidence that is answered; `top` the number of passages.
    `hidden` says which passages are passed over as if they were not indexed: an evaluation
    thus asks what the reports do not answer.
    """

    years: frozenset[int] | None = None
    report: str | None = None
    top: int = 5
    refusal: str | float = "balanced"
    hidden: Callable[[Passage], bool] | None = None


class Engine:
    """Answers questions from one store; immutable, safe to use from many threads."""

    def __init__(
        self,
        store: Store,
        encoder: Encoder,
        reader: Reader | None = None,
        calibration: Calibration = WITHOUT_READER,
        aliases: Aliases | None = None,
    ) -> None:
        """Answer from `store`; without a reader, the sentence nearest to the question is quoted."""
        self.store = store
        self._reader = reader or LexicalReader()
        self._calibration = calibration
        self._understander = Understander(
            store.entries, aliases=aliases, vocabulary=store.vocabulary
        )
        self._retriever = Retriever(store, encoder, self._understander.shelf)

    def ask(
        self, text: str, limits: Restrictions | None = None, previous: Turn | None = None
    ) -> Answer:
        """Return the answer to `text`, which may continue the turn before.

        A question nothing was found for has no passages: where the reports of the year it names
        are not there, the nearest passages of other years are given, and it is not answered.
        """
        limits = limits or Restrictions()
        watch = _Stopwatch()
        question = self.understand(text, limits, previous)
        watch.lap("understand")
        if question.time.each_year:
            return self._by_year(question, limits, watch)
        return self._answer(question, limits, watch)

    def understand(
        self, text: str, limits: Restrictions | None = None, previous: Turn | None = None
    ) -> Question:
        """Return what `text` is understood to ask; nothing is searched."""
        limits = limits or Restrictions()
        asker = Asker(tuple(sorted(limits.years or ())), limits.report)
        return self._understander.understand(text, asker, previous)

    def find_reports(self, text: str) -> tuple[IndexedReport, ...]:
        """Return the reports that `text` asks for by year or by name; see `Shelf.find`."""
        return self._understander.shelf.find(text)

    def _by_year(self, question: Question, limits: Restrictions, watch: _Stopwatch) -> Answer:
        answers = {
            year: self._answer(self._understander.narrowed(question, year), limits, watch)
            for year in question.years[-_MOST_YEARS:]
        }
        reported = self._understander.shelf.reported
        return side_by_side(question, answers, reported, watch.laps())

    def _answer(self, question: Question, limits: Restrictions, watch: _Stopwatch) -> Answer:
        retrieved = self._retriever.find(question)
        ranked = [r for r in retrieved.ranked if not _hidden(r.candidate.passage, limits)]
        watch.lap("retrieve")
        reader = self._reader if retrieved.answers else LexicalReader()
        reads = read(reader, question, ranked)
        if self._retriever.any_year(question):
            reads = _newest_first(reads, question)
        found = quoted(question, reads, ranked[: limits.top])
        watch.lap("read")
        evidence = Evidence.of(reads) if reads and retrieved.answers else None
        best = self._calibration.confidence(evidence) if evidence is not None else 0.0
        enumerated = listing(question, ranked, self.store) if question.wants_items else None
        if enumerated is not None:
            led = enumerated.lead(found, question.ordinal, self.store, limits.top)
            if enumerated.score < FIRM and contradicts(reads, led):
                enumerated = None
            else:
                found = led
        items = enumerated.items(question.ordinal) if enumerated is not None else ()
        summarised = question.kind is QuestionKind.SUMMARY
        more = 0
        if summarised:
            outline = summary(question, ranked, self.store)
            items, more = outline.items, outline.more
            found = outline.lead(found, self.store, limits.top)
        watch.lap("enumerate")
        if reads and not reads[0].fits and not items:
            best = 0.0
        least = self._calibration.threshold(limits.refusal)
        if enumerated is not None and enumerated.score >= FIRM:
            least *= _OF_FIRM
        answered = evidence is not None and best >= least
        if summarised:
            answered = retrieved.answers and bool(items)
        return Answer(
            question=question,
            status=Status.ANSWERED if answered else Status.NOT_FOUND,
            confidence=best,
            passages=found,
            evidence=evidence,
            milliseconds=watch.laps(),
            items=items if answered else (),
            more=more if answered else 0,
            open_ended=enumerated is not None and enumerated.enumeration.open_ended,
            elsewhere=self._elsewhere(question, ranked, found) if answered else (),
            borrowed=retrieved.borrowed,
            reported=self._understander.shelf.reported,
        )

    def _elsewhere(
        self, question: Question, ranked: Sequence[Ranked], found: Sequence[Found]
    ) -> tuple[Found, ...]:
        """Return what other years say otherwise, where the question names no year."""
        if not self._retriever.any_year(question) or question.wants_items:
            return ()
        others = other_years(ranked, found[0].passage)
        return differing(
            found[0], quoted(question, read(LexicalReader(), question, others), others)
        )


def _newest_first(reads: Sequence[ReadPassage], question: Question) -> list[ReadPassage]:
    """Return the passages as they were read, the newest of those that answer alike first."""
    by_id = {each.ranked.candidate.passage.id: each for each in reads}
    scored = [replace(each.ranked, score=each.score) for each in reads]
    ordered = [
        (by_id[each.candidate.passage.id], each.score)
        for each in newest_first(scored, question.figures)
    ]
    return [replace(each, score=score) for each, score in ordered]


def _hidden(passage: Passage, limits: Restrictions) -> bool:
    return limits.hidden is not None and limits.hidden(passage)


@dataclass(frozen=True, slots=True)
class Opened:
    """An engine on a generation, and the damaged ones passed over to get there.

    `asked_for` is the name that was current; where it was damaged, `generation` is another.
    """

    engine: Engine
    generation: Generation
    damaged: tuple[IndexDamaged, ...]
    asked_for: str

    @classmethod
    def open(
        cls,
        generations: Generations,
        encoder: Encoder,
        reader: Reader | None = None,
        calibration: Calibration = WITHOUT_READER,
        aliases: Aliases | None = None,
    ) -> Self:
        """Open the current one of `generations`; the rest as `Engine` takes it.

        Raises:
            IndexMissing: nothing was indexed yet, or only with another encoder.
            IndexDamaged: no generation is sound.
        """
        asked_for = generations.require_current()
        generation, damaged = generations.open_from(asked_for)
        if generation.manifest.encoder != encoder.fingerprint:
            raise IndexMissing(generations.folder)
        astray = generations.pointer_damage()
        damaged += [astray] if astray is not None else []
        engine = Engine(generations.store(generation), encoder, reader, calibration, aliases)
        return cls(engine, generation, tuple(damaged), asked_for)


class _Stopwatch:
    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self._laps[name] = round((now - self._last) * 1000, 3)
        self._last = now

    def laps(self) -> dict[str, float]:
        return self._laps | {"total": round((self._last - self._start) * 1000, 3)}
