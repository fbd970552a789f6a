"""The values that come out of this room: an answer, and the passages behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from corpus.report import Passage
from index.question import Question


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
    def words(self) -> str:
        """The sentences to quote."""
        return self.passage.text[slice(*self.quote)]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question, or the honest lack of one.

    `confidence` is the calibrated probability, 0 to 1, that the first passage answers. Of a
    question that is not answered, `passages` are the nearest ones. `milliseconds` has the time
    that each step took, and "total".
    """

    question: Question
    status: Status
    confidence: float
    passages: tuple[Found, ...]
    milliseconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def text(self) -> str | None:
        """The quoted sentences, None where the reports do not answer."""
        if self.status is Status.NOT_FOUND or not self.passages:
            return None
        return self.passages[0].words
