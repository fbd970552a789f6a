"""Questions → answers, over the current generation."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from index.answering.answer import (
    AboutProgram,
    Answer,
    ItemList,
    KeySentences,
    Quotation,
    Refusal,
    Status,
)
from index.answering.comparison import differing, side_by_side
from index.answering.compose import Composed, compose
from index.answering.confidence import WITHOUT_READER, Calibration, Evidence
from index.answering.contrasts import tells_of_another
from index.answering.decision import REFUSED, Decision, Grounds, Pointed, decide
from index.answering.evidence_sentences import asks_for_several
from index.answering.figures import unit_of
from index.answering.pointed import GIVEN, Pointer, led_by, lists_it, pointed_at
from index.encoders import Encoder
from index.errors import IndexDamaged, IndexMissing
from index.generations.generations import Generation, Generations
from index.readers import LexicalReader, Reader
from index.readers.found import Found
from index.readers.rerank import ReadPassage, quoted, read
from index.search.fusion import Ranked
from index.search.retriever import Retriever
from index.search.year_mentions import newest_first, other_years
from index.store.store import IndexedReport, Store
from index.understanding.about_bot import AboutBot
from index.understanding.conversation import Turn
from index.understanding.extremes import extreme_asked
from index.understanding.followups import may_continue
from index.understanding.question import Place, Question, QuestionKind
from index.understanding.understander import Asker, Understander
from index.understanding.words.aliases import Aliases
from index.weights import WEIGHTS, RankingWeights

_MOST_YEARS = 10
"""Years that are set side by side, at most: the latest."""


@dataclass(frozen=True, slots=True)
class Restrictions:
    """An asker's own restrictions, and how an answer is given.

    `refusal` is a word or the least confidence that is answered; `top` the number of passages.
    """

    years: frozenset[int] | None = None
    report: str | None = None
    top: int = 5
    refusal: str | float = "balanced"


class Engine:
    """Answers questions from one store; immutable, safe to use from many threads."""

    def __init__(
        self,
        store: Store,
        encoder: Encoder,
        reader: Reader | None = None,
        calibration: Calibration = WITHOUT_READER,
        aliases: Aliases | None = None,
        weights: RankingWeights = WEIGHTS,
    ) -> None:
        """Answer from `store`; without a reader, the sentence nearest to the question is quoted."""
        self.store = store
        self._weights = weights
        self._reader = reader or LexicalReader()
        self._calibration = calibration
        self._understander = Understander(
            store.entries, aliases=aliases, vocabulary=store.vocabulary
        )
        self._retriever = Retriever(store, encoder, self._understander.choice, weights)

    def ask(
        self,
        text: str,
        restrictions: Restrictions | None = None,
        previous: Turn | None = None,
        pointer: Pointer | None = None,
    ) -> Answer:
        """Return the answer to `text`, which may continue the turn before.

        A short question that stands alone and is not answered by itself is asked once more as a
        continuation of that turn. A `pointer` is asked where the reader is not sure, and its word
        counts in the decision.

        A question nothing was found for has no passages: where the reports of the year it names
        are not there, the nearest passages of other years are given, and it is not answered.
        """
        restrictions = restrictions or Restrictions()
        watch = _Stopwatch()
        question = self.understand(text, restrictions, previous)
        watch.lap("understand")
        if question.about_bot is not None:
            content = self._about_program(question.about_bot, question, previous)
            return Answer(question, REFUSED, (), content, watch.laps(), previous=previous)
        answer = self._asked(question, restrictions, watch, pointer)
        if previous is None or answer.status is Status.ANSWERED or question.depends:
            return answer
        if not may_continue(question):
            return answer
        continuing = self._understander.continuation(question, previous)
        continued = self._asked(continuing, restrictions, watch, pointer)
        return continued if continued.status is Status.ANSWERED else answer

    def _asked(
        self,
        question: Question,
        restrictions: Restrictions,
        watch: _Stopwatch,
        pointer: Pointer | None,
    ) -> Answer:
        if question.time.each_year:
            return self._by_year(question, restrictions, watch)
        return self._answer(question, restrictions, watch, pointer)

    def understand(
        self, text: str, restrictions: Restrictions | None = None, previous: Turn | None = None
    ) -> Question:
        """Return what `text` is understood to ask; nothing is searched."""
        restrictions = restrictions or Restrictions()
        asker = Asker(tuple(sorted(restrictions.years or ())), restrictions.report)
        return self._understander.understand(text, asker, previous)

    def _about_program(
        self, about: AboutBot, question: Question, previous: Turn | None
    ) -> AboutProgram:
        """Return the answer to a question about the program, with what the reports contribute."""
        place = previous.place if previous is not None else None
        report = self._meant(question, place)
        match about:
            case AboutBot.REPORTS:
                return AboutProgram(about, tuple(entry.title for entry in self.store.entries))
            case AboutBot.OUTLINE if report is not None:
                headings = (section.heading for section in report.sections)
                return AboutProgram(about, (report.title, *headings), report.name)
            case AboutBot.SOURCE if place is not None and report is not None:
                return AboutProgram(about, (report.title, *place.path), report.name)
            case AboutBot.FILE if report is not None:
                return AboutProgram(about, (report.title,), report.name)
            case _:
                return AboutProgram(about)

    def _meant(self, question: Question, place: Place | None) -> IndexedReport | None:
        """Return the report that is meant: the one that was spoken of, else the newest."""
        if place is not None:
            return next((each for each in self.store.entries if each.name == place.report), None)
        within = [each for each in self.store.entries if each.within(question.scope)]
        return max(within, key=lambda each: (each.year or 0, each.name), default=None)

    def find_reports(self, text: str) -> tuple[IndexedReport, ...]:
        """Return the reports that `text` asks for by year or by name; see `Shelf.find`."""
        return self._understander.choice.find(text)

    def _by_year(self, question: Question, restrictions: Restrictions, watch: _Stopwatch) -> Answer:
        unit = self._counted_in(question, restrictions, watch)
        answers = {
            year: self._answer(
                self._understander.narrowed(question, year, unit), restrictions, watch
            )
            for year in question.years[-_MOST_YEARS:]
        }
        reported = self._understander.choice.reported
        compared = self._weights.comparison
        return side_by_side(question, answers, reported, watch.laps(), compared)

    def _counted_in(self, question: Question, restrictions: Restrictions, watch: _Stopwatch) -> str:
        """Return the unit of the figures that a question for the most or the least compares.

        Who asks for the most does not say what of; a reader is surer when it is asked for 几节. ""
        where it is not known, or no such thing is asked.
        """
        if extreme_asked(question.clean) is None:
            return ""
        newest = self._understander.narrowed(question, question.years[-1])
        return unit_of(self._answer(newest, restrictions, watch).passages)

    def _answer(
        self,
        question: Question,
        restrictions: Restrictions,
        watch: _Stopwatch,
        pointer: Pointer | None = None,
    ) -> Answer:
        retrieved = self._retriever.find(question)
        ranked, weights = retrieved.ranked, self._weights
        watch.lap("retrieve")
        reader = self._reader if retrieved.answers else LexicalReader()
        reads = read(reader, question, ranked, weights.reading)
        if self._retriever.any_year(question):
            reads = _newest_first(reads, question, weights)
        found = quoted(question, reads, ranked[: restrictions.top])
        watch.lap("read")
        top = restrictions.top
        composed = compose(question, ranked, reads, found, self.store, reader, top, weights)
        watch.lap("compose")
        may_answer = retrieved.answers and question.unknown_organisation is None
        grounds = self._grounds(question, reads, composed) if may_answer else None
        decision = self._decide(grounds, restrictions)
        if pointer is not None and _is_asked(pointer, grounds, decision):
            draft = _Draft(composed, grounds, decision)
            pointed = self._pointed(pointer, question, ranked, reads, draft, restrictions)
            composed, grounds, decision = pointed.composed, pointed.grounds, pointed.decision
            watch.lap("point")
        content = composed.content
        if decision.status is Status.NOT_FOUND:
            content = Refusal()
        elif isinstance(content, Quotation):
            content = Quotation(self._elsewhere(question, ranked, composed.passages))
        return Answer(
            question=question,
            decision=decision,
            passages=composed.passages,
            content=content,
            milliseconds=watch.laps(),
            borrowed=any(f.passage.report in retrieved.borrowed for f in composed.passages[:1]),
            grounds=grounds,
            reported=self._understander.choice.reported,
        )

    def _grounds(
        self, question: Question, reads: Sequence[ReadPassage], composed: Composed
    ) -> Grounds | None:
        """Return what an answer rests on; None where nothing was read or is to be said."""
        if not reads or not composed.passages or composed.empty:
            return None
        weights = self._weights.confidence
        several = isinstance(composed.content, KeySentences)
        outlined = question.kind is QuestionKind.SUMMARY
        return Grounds(
            evidence=Evidence.of(reads, typed=question.wanted is not None, weights=weights),
            fits=reads[0].fits
            or several
            or isinstance(composed.content, ItemList)
            or composed.item,
            firm=composed.firm or (several and not outlined),
            outlined=outlined,
            contrast=self._contrasts(question, composed),
        )

    def _contrasts(self, question: Question, composed: Composed) -> bool:
        """Whether one thing is asked about and what would be quoted tells of another."""
        match composed.content:
            case Quotation():
                words = composed.passages[0].words
            case KeySentences(items) if not asks_for_several(question):
                words = " ".join(item.text for item in items)
            case _:
                return False
        first = composed.passages[0].passage
        around = " ".join((first.title, *first.path))
        return tells_of_another(question, words, around, self._known)

    def _known(self, word: str) -> bool:
        return self.store.vocabulary.count(word) > 0

    def _pointed(
        self,
        pointer: Pointer,
        question: Question,
        ranked: Sequence[Ranked],
        reads: Sequence[ReadPassage],
        draft: _Draft,
        restrictions: Restrictions,
    ) -> _Draft:
        """Return what would be answered, by the word of `pointer` too: the surer of the two."""
        passages = [each.candidate.passage for each in ranked[:GIVEN]]
        said = pointer.point(question, passages, reads[0].best.margin)
        if said is None or draft.grounds is None:
            return draft
        if not said:
            return self._weighed(draft, Pointed.NOWHERE, restrictions)
        if lists_it(draft.composed, said):
            return self._weighed(draft, Pointed.HERE, restrictions)
        own = self._weighed(draft, Pointed.ELSEWHERE, restrictions)
        weights = self._weights
        led = led_by(said, question, ranked, reads, self._reader, weights.reading)
        found = quoted(question, led.reads, ranked[: restrictions.top])
        typed = question.wanted is not None
        evidence = Evidence.of(led.reads, typed=typed, weights=weights.confidence)
        composed = pointed_at(led, found, restrictions.top)
        contrast = self._contrasts(question, composed)
        other = _Draft(
            composed=composed,
            grounds=Grounds(evidence, fits=led.reads[0].fits, contrast=contrast),
            decision=draft.decision,
        )
        other = self._weighed(other, Pointed.FOUND, restrictions)
        return max(own, other, key=lambda each: each.decision.confidence)

    def _weighed(self, draft: _Draft, pointed: Pointed, restrictions: Restrictions) -> _Draft:
        """Return a draft as it is decided on with what was pointed at."""
        if draft.grounds is None:
            return draft
        grounds = replace(draft.grounds, pointed=pointed)
        return _Draft(draft.composed, grounds, self._decide(grounds, restrictions))

    def _decide(self, grounds: Grounds | None, restrictions: Restrictions) -> Decision:
        firm_share = self._weights.lists.firm_share
        return decide(grounds, self._calibration, restrictions.refusal, firm_share)

    def _elsewhere(
        self, question: Question, ranked: Sequence[Ranked], found: Sequence[Found]
    ) -> tuple[Found, ...]:
        """Return what other years say otherwise, where the question names no year."""
        if not self._retriever.any_year(question) or question.wants_items:
            return ()
        others = other_years(ranked, found[0].passage, self._weights.years)
        reads = read(LexicalReader(), question, others, self._weights.reading)
        return differing(found[0], quoted(question, reads, others))


def _newest_first(
    reads: Sequence[ReadPassage], question: Question, weights: RankingWeights
) -> list[ReadPassage]:
    """Return the passages as they were read, the newest of those that answer alike first."""
    by_id = {each.ranked.candidate.passage.id: each for each in reads}
    scored = [replace(each.ranked, score=each.score) for each in reads]
    ordered = [
        (by_id[each.candidate.passage.id], each.score)
        for each in newest_first(scored, question.figures, weights.years)
    ]
    return [replace(each, score=score) for each, score in ordered]


def _is_asked(pointer: Pointer, grounds: Grounds | None, decision: Decision) -> bool:
    """Whether a pointer is asked: never where no report may answer."""
    return grounds is not None and (pointer.always or decision.status is not Status.ANSWERED)


@dataclass(frozen=True, slots=True)
class _Draft:
    """What would be answered, on which grounds, and what is decided of it."""

    composed: Composed
    grounds: Grounds | None
    decision: Decision


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
        self._laps[name] = round(self._laps.get(name, 0.0) + (now - self._last) * 1000, 3)
        self._last = now

    def laps(self) -> dict[str, float]:
        return self._laps | {"total": round((self._last - self._start) * 1000, 3)}
