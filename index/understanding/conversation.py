"""What is remembered of a conversation: the turn before, as a value."""

from __future__ import annotations

from dataclasses import dataclass

from index.understanding.question import Place, Question


@dataclass(frozen=True, slots=True)
class Turn:
    """A question that was answered, and where in the outline its answer stood.

    `place` is None where nothing was found. `year` is the year that is being talked about:
    the one asked for, else that of the report that answered.
    """

    question: Question
    place: Place | None = None
    year: int | None = None
