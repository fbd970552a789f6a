"""A question → the passages that may answer it, best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.encoders import Encoder
from index.fusion import Ranked, fuse
from index.locality import nearby
from index.store import Scope, Store
from index.terms import terms
from index.understanding.content import asked_about, content
from index.understanding.question import Question
from index.understanding.reports import Shelf

CANDIDATES = 50
"""How many candidates each side of the search gives."""


@dataclass(frozen=True, slots=True)
class Retrieved:
    """Passages, best first. `answers` is False where they are only the nearest ones.

    `borrowed`: they stand in reports of other years than the one asked for.
    """

    ranked: Sequence[Ranked]
    answers: bool
    borrowed: bool = False


class Retriever:
    """Finds the passages for a question; immutable, safe to use from many threads."""

    def __init__(self, store: Store, encoder: Encoder, shelf: Shelf) -> None:
        self._store = store
        self._encoder = encoder
        self._shelf = shelf

    def find(self, question: Question) -> Retrieved:
        """Return the passages that may answer; else the nearest of all."""
        vector = self._encoder.encode_questions([question.search])[0]
        words = terms(" ".join((self._telling(question.search), *question.also)))

        def search(scope: Scope) -> list[Ranked]:
            return fuse(self._store.search(vector, words, scope, CANDIDATES))

        ranked = nearby(search(question.scope), question)
        if ranked:
            return Retrieved(ranked, answers=True)
        return Retrieved(search(Scope()), answers=False)

    def _telling(self, words: str) -> str:
        """Return the words that tell passages apart.

        Reports are written in set phrases, so particles count for nothing there; of other texts
        the question is kept but for its question words (measured: docs/understanding.md).
        """
        return (content(words) or words) if self._shelf.annual else asked_about(words)
