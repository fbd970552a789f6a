"""What is remembered of a conversation: the turn before, as a value."""

from __future__ import annotations

from dataclasses import dataclass

from index.understanding.question import Place, Question


@dataclass(frozen=True, slots=True)
class Turn:
    """A question that was answered, and where in the outline its answer stood.

    `topic` are the words that a continuation carries over. `place` is None where nothing was
    found. `year` is the year that is being talked about: the one asked for, else that of the
    report that answered. `nearby` is the folded text around the answer, `quoted` the folded
    words that answered, `listed` the words that found the enumeration they belong to.
    """

    question: Question
    topic: str = ""
    place: Place | None = None
    year: int | None = None
    nearby: str = ""
    quoted: str = ""
    listed: str = ""
