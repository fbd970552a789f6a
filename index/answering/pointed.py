"""Answers that another reader points at: a language model that is asked which sentences answer.

It has no words here, only places: what it points at is quoted from the report, and what it says
is one feature of the one decision (`index.answering.decision`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from corpus.report import Passage
from index.answering.answer import Quotation
from index.answering.compose import Composed
from index.answering.evidence_sentences import EvidenceSentence, key_sentences
from index.answering.locate import first_of_all
from index.lexical.folding import fold
from index.readers import Reader, SentenceScore
from index.readers.found import Found
from index.readers.rerank import ReadPassage, read
from index.search.fusion import Ranked
from index.understanding.quantities.expected import fits
from index.understanding.question import Question
from index.weights import ReadingWeights

GIVEN = 10
"""Passages whose sentences may be pointed at, the best of the search."""


@dataclass(frozen=True, slots=True)
class PointedSentence:
    """A sentence that answers, as far as the pointer can tell: [start, end) of the passage."""

    passage: Passage
    start: int
    end: int


class Pointer(Protocol):
    """Says which sentences answer a question; safe to use from several threads at once."""

    @property
    def always(self) -> bool:
        """Whether it is asked about every question, and not only where the reader is unsure."""
        ...

    def point(
        self, question: Question, passages: Sequence[Passage], margin: float
    ) -> tuple[PointedSentence, ...] | None:
        """Return the sentences of `passages` that answer; () where none does.

        None where there is no word that can be believed. `margin` is that of the reader for its
        best words, in logits.
        """
        ...


@dataclass(frozen=True, slots=True)
class PointedReading:
    """What was read and pointed at: the pointed passage first, and the sentences to quote.

    `sentences` are those of the pointed ones that stand in its report, in its order.
    """

    reads: list[ReadPassage]
    sentences: tuple[PointedSentence, ...]


def lists_it(composed: Composed, pointed: Sequence[PointedSentence]) -> bool:
    """Whether what would be quoted holds a sentence that is pointed at."""
    if not composed.passages:
        return False
    first = composed.passages[0]
    start, end = first.quote
    items = getattr(composed.content, "items", ())
    return any(
        (each.passage.id == first.passage.id and each.start < end and start < each.end)
        or any(
            (item.cited.report, item.cited.paragraph)
            == (each.passage.report, each.passage.paragraph)
            and _overlap(item.text, each.passage.text[each.start : each.end])
            for item in items
        )
        for each in pointed
    )


def _overlap(one: str, other: str) -> bool:
    one, other = one.strip(), other.strip()
    return one in other or other in one


def led_by(
    pointed: Sequence[PointedSentence],
    question: Question,
    ranked: Sequence[Ranked],
    reads: Sequence[ReadPassage],
    reader: Reader,
    weights: ReadingWeights,
) -> PointedReading:
    """Return the passages as they were read, that of the best pointed sentence first.

    The best is the one whose passage ranks first; it is read now where it was not before.
    """
    place = {each.passage.id: i for i, each in reversed(list(enumerate(reads)))}
    behind = {each.candidate.passage.id: len(reads) + i for i, each in enumerate(ranked)}
    order = behind | place
    best = min(pointed, key=lambda each: (order[each.passage.id], each.start))
    own = next((each for each in reads if each.passage.id == best.passage.id), None)
    if own is None:
        found = [each for each in ranked if each.candidate.passage.id == best.passage.id]
        own = read(reader, question, found, weights)[0]
    first = _with_sentence(own, best, question)
    others = [each for each in reads if each.passage.id != best.passage.id]
    same = {
        (each.passage.paragraph, each.passage.start + each.start): each
        for each in pointed
        if each.passage.report == best.passage.report
    }
    return PointedReading([first, *others], tuple(same[key] for key in sorted(same)))


def _with_sentence(own: ReadPassage, best: PointedSentence, question: Question) -> ReadPassage:
    """Return a passage as it was read, with the pointed sentence as its best."""
    sentence = next(
        (s for s in own.reading.sentences if s.start < best.end and best.start < s.end),
        SentenceScore(best.start, best.end, own.best.score),
    )
    words = fold(best.passage.text[best.start : best.end])
    return replace(own, best=sentence, fits=fits(question.wanted, words))


def pointed_at(led: PointedReading, found: tuple[Found, ...], top: int) -> Composed:
    """Return the pointed sentences as what would be answered: quoted, or several listed."""
    if len(led.sentences) < 2:
        return Composed(Quotation(), found)
    several = [
        EvidenceSentence(Found(s.passage, 0.0, (s.start, s.end), ((s.start, s.end),)), 0.0)
        for s in led.sentences
    ]
    first = replace(several[0].found, score=found[0].score)
    return Composed(key_sentences(several), first_of_all(found, first, top))
