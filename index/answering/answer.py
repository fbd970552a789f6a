"""The values that come out of this room: an answer, and the passages behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from corpus.report import Passage
from index.lexical.folding import fold
from index.understanding.conversation import Turn
from index.understanding.question import Place, Question

if TYPE_CHECKING:
    from index.answering.confidence import Evidence


class Status(StrEnum):
    """Whether the reports answer."""

    ANSWERED = "answered"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that was found, best first in an `Answer`.

    `score` ranks it among the passages of this answer, higher is better. `quote` and `spans`
    are [start, end) character offsets into the passage's text: the sentences to quote, and
    the words in them that answer.
    """

    passage: Passage
    score: float
    quote: tuple[int, int]
    spans: tuple[tuple[int, int], ...]

    @property
    def said(self) -> tuple[int, int]:
        """The [start, end) from the first to the last word that answers."""
        return (self.spans[0][0], self.spans[-1][1]) if self.spans else self.quote

    @property
    def words(self) -> str:
        """The sentences to quote."""
        return self.passage.text[slice(*self.quote)]


@dataclass(frozen=True, slots=True)
class Quotation:
    """Where words stand that are quoted from a paragraph: what a citation is made of."""

    report: str
    title: str
    year: int | None
    path: tuple[str, ...]
    paragraph: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One item of an enumeration, with where it stands; `number` counts from 1."""

    number: int
    text: str
    cited: Quotation


@dataclass(frozen=True, slots=True)
class Side:
    """What one year says, in an answer that sets years side by side.

    `reported` is False where there is no report of the year; `found` is empty where its
    reports do not say. `only` are the [start, end) offsets of the sentences of the first
    passage that no other year has.
    """

    year: int
    reported: bool
    found: tuple[Found, ...] = ()
    only: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question, or the honest lack of one.

    `confidence` is the calibrated probability, 0 to 1, that the reports answer; `evidence` is
    what it rests on, None where no report may answer. Of a question that is not answered,
    `passages` are the nearest ones. `milliseconds` has the time that each step took, and
    "total".

    `items` is the enumeration that answers a question for a list, whole, or the key sentences
    of a summary; `more` is how many of those were left out, and `open_ended` says that the
    report itself ends the enumeration with 等. `sides` has an entry
    a year where years are set side by side. `elsewhere` are passages of other years that say
    it differently. `borrowed`: the answer stands in a report of another year than the one
    asked for, which speaks of that year. `reported` are the years that there are reports of.
    """

    question: Question
    status: Status
    confidence: float
    passages: tuple[Found, ...]
    milliseconds: Mapping[str, float] = field(default_factory=dict)
    items: tuple[Item, ...] = ()
    more: int = 0
    open_ended: bool = False
    sides: tuple[Side, ...] = ()
    elsewhere: tuple[Found, ...] = ()
    borrowed: bool = False
    evidence: Evidence | None = None
    reported: frozenset[int] = frozenset()

    @property
    def enumerates(self) -> bool:
        """Whether it is a whole enumeration; one item alone is read in its passage."""
        return bool(self.items) and self.question.ordinal is None

    @property
    def missing(self) -> tuple[int, ...]:
        """The years asked for that there is no report of; () where no report has a year."""
        return tuple(y for y in self.question.years if self.reported and y not in self.reported)

    @property
    def unshown(self) -> tuple[int, ...]:
        """The years asked for that are not among those side by side, for there are too many."""
        shown = {side.year for side in self.sides}
        return tuple(y for y in self.question.years if y not in shown) if shown else ()

    @property
    def text(self) -> str | None:
        """The quoted sentences, None where the reports do not answer."""
        if self.status is Status.NOT_FOUND or not self.passages:
            return None
        if self.enumerates:
            return "\n".join(item.text for item in self.items)
        if self.sides:
            return "\n".join(side.found[0].words for side in self.sides if side.found)
        return self.passages[0].words

    @property
    def turn(self) -> Turn:
        """What to remember of it for the question that may follow."""
        question = self.question
        if not self.passages:
            return Turn(question, question.topic, year=_only(question.years), listed=question.topic)
        first = self.passages[0]
        passage = first.passage
        beside = [f.passage for f in self.passages if _beside(f.passage, passage)]
        nearby = " ".join((*passage.path, *(p.text for p in beside), question.topic))
        answered = self.status is Status.ANSWERED
        place = Place(
            passage.report, passage.path, passage.paragraph, passage.id, passage.start, first.said
        )
        return Turn(
            question=question,
            topic=question.topic if question.ordinal is None else fold(first.words),
            place=place if answered else None,
            year=_only(question.years) or (passage.year if answered else None),
            nearby=fold(nearby),
            quoted=fold(first.words) if answered else "",
            listed=question.searched if question.ordinal is not None else question.topic,
        )


def _only(years: tuple[int, ...]) -> int | None:
    return years[0] if len(years) == 1 else None


def _beside(passage: Passage, other: Passage) -> bool:
    return (passage.report, passage.path) == (other.report, other.path)
