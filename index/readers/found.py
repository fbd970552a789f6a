"""A passage that was found, with the sentences to quote and the words in them that answer."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.report import Passage


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that was found, best first in an answer.

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
