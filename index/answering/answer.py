"""The values that come out of this room: an answer, of one of several kinds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from corpus.report import Passage
from index.answering.decision import Decision, Grounds, Status
from index.lexical.folding import fold
from index.readers.found import Found
from index.understanding.about_bot import AboutBot
from index.understanding.conversation import Turn
from index.understanding.question import Place, Question

__all__ = [
    "AboutProgram",
    "Answer",
    "Citation",
    "Content",
    "Extreme",
    "Figure",
    "Found",
    "Item",
    "ItemList",
    "KeySentences",
    "Quotation",
    "Refusal",
    "Side",
    "SideBySide",
    "Status",
]


@dataclass(frozen=True, slots=True)
class Citation:
    """Where words stand that are quoted from a paragraph."""

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
    cited: Citation


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
class Quotation:
    """The quoted sentences of the first passage answer.

    `elsewhere` are passages of other years that say it differently.
    """

    elsewhere: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemList:
    """An enumeration of the report answers, whole.

    `open_ended`: the report itself ends it with 等.
    """

    items: tuple[Item, ...]
    open_ended: bool = False


@dataclass(frozen=True, slots=True)
class KeySentences:
    """Sentences of a report or of one of its sections answer; `more` are left out."""

    items: tuple[Item, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """What one year says in numbers: `words` as they stand there, `value` in the unit `unit`.

    The unit is one that all figures of an answer have in common, "" where there is none.
    """

    year: int
    value: Decimal
    unit: str
    words: str


@dataclass(frozen=True, slots=True)
class Extreme:
    """The most (`most`) or the least of some figures; several where years say the same."""

    most: bool
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Several years, each answered for itself.

    `figures` are those of the years that have one, where figures answer; `extreme` is the one
    that is asked for (哪一年最多).
    """

    sides: tuple[Side, ...]
    figures: tuple[Figure, ...] = ()
    extreme: Extreme | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """The reports do not say: the passages of the answer are only the nearest ones."""


@dataclass(frozen=True, slots=True)
class AboutProgram:
    """The question is about the program itself; no report answers it.

    `lines` are what the reports contribute: their titles, the headings of one, or where the
    words that were shown before stand. `report` is the name of the one that is meant, if it is one.
    """

    about: AboutBot
    lines: tuple[str, ...] = ()
    report: str | None = None


Content = AboutProgram | Quotation | ItemList | KeySentences | SideBySide | Refusal
"""What an answer consists of; every renderer matches on it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question, or the honest lack of one.

    `decision` is what was decided of it on which `grounds` (None where no report may answer).
    Of a refusal, `passages` are the nearest ones. `milliseconds` has the time that each step
    took, and "total". `borrowed`: the answer stands in a report of another year than the one
    asked for, which speaks of that year. `reported` are the years that there are reports of.
    `previous` is the turn before it, None where it was the first.
    """

    question: Question
    decision: Decision
    passages: tuple[Found, ...]
    content: Content = Quotation()
    milliseconds: Mapping[str, float] = field(default_factory=dict)
    borrowed: bool = False
    grounds: Grounds | None = None
    reported: frozenset[int] = frozenset()
    previous: Turn | None = None

    @property
    def status(self) -> Status:
        """Whether the reports answer, may answer, or do not."""
        return self.decision.status

    @property
    def confidence(self) -> float:
        """The calibrated probability, 0 to 1, that what is quoted answers."""
        return self.decision.confidence

    @property
    def missing(self) -> tuple[int, ...]:
        """The years asked for that there is no report of; () where no report has a year."""
        return tuple(y for y in self.question.years if self.reported and y not in self.reported)

    @property
    def items(self) -> tuple[Item, ...]:
        """What is listed, each with where it stands; () in an answer of another kind."""
        match self.content:
            case ItemList(items) | KeySentences(items):
                return items
            case _:
                return ()

    @property
    def text(self) -> str | None:
        """The quoted sentences, one a line where there are several; None in a refusal."""
        match self.content:
            case Refusal() | AboutProgram():
                return None
            case ItemList(items) | KeySentences(items):
                return "\n".join(item.text for item in items)
            case SideBySide(sides):
                return "\n".join(side.found[0].words for side in sides if side.found)
            case Quotation():
                return self.passages[0].words

    @property
    def turn(self) -> Turn:
        """What to remember of it for the question that may follow.

        What is said of the program itself leaves what was talked about before.
        """
        question = self.question
        if isinstance(self.content, AboutProgram) and self.previous is not None:
            return self.previous
        if not self.passages:
            return Turn(question, question.topic, year=_only(question.years), listed=question.topic)
        first = self.passages[0]
        passage = first.passage
        beside = [f.passage for f in self.passages if _beside(f.passage, passage)]
        nearby = " ".join((*passage.path, *(p.text for p in beside), question.topic))
        answered = self.status is not Status.NOT_FOUND
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
