"""A question → the passages that may answer it, best first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.encoders import Encoder
from index.lexical.folding import fold
from index.lexical.terms import terms
from index.search.followup_boost import nearby
from index.search.fusion import Ranked, fuse
from index.search.year_mentions import headed_for, names_year, newest_first, speaks_of
from index.store.store import Scope, Store
from index.understanding.question import Origin, Question
from index.understanding.report_choice import ReportChoice
from index.understanding.words.stopwords import asked_about, content

Search = Callable[[Scope], list[Ranked]]

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

    def __init__(self, store: Store, encoder: Encoder, shelf: ReportChoice) -> None:
        self._store = store
        self._encoder = encoder
        self._shelf = shelf

    def find(self, question: Question) -> Retrieved:
        """Return the passages that may answer; else the nearest of all."""
        vector = self._encoder.encode_questions([question.searched])[0]
        words = terms(" ".join((self._telling(question.searched), *question.also)))

        def search(scope: Scope) -> list[Ranked]:
            return fuse(self._store.search(vector, words, scope, CANDIDATES))

        own = self._of_year(search(question.scope), question)
        planned = self._planned(search, question)
        if own or planned:
            ranked = nearby(_merged(own, planned), question)
            ranked = newest_first(ranked, question.figures) if self.any_year(question) else ranked
            return Retrieved(ranked, answers=True, borrowed=_first_is_one_of(ranked, planned))
        if spoken := self._spoken_of(search, question):
            return Retrieved(spoken, answers=True, borrowed=True)
        return Retrieved(search(Scope()), answers=False)

    def any_year(self, question: Question) -> bool:
        """Whether any year may answer, so that the newest should."""
        return self._shelf.annual and not question.years and not question.reports

    def _of_year(self, ranked: Sequence[Ranked], question: Question) -> list[Ranked]:
        """Return the passages without those of undated reports that do not name the year."""
        if not question.years or not self._shelf.annual:
            return list(ranked)
        undated = self._shelf.undated()
        return [
            each
            for each in ranked
            if each.candidate.passage.report not in undated
            or any(names_year(fold(each.candidate.passage.text), y) for y in question.years)
        ]

    def _planned(self, search: Search, question: Question) -> list[Ranked]:
        """Return what the report of the year before plans for the year asked for."""
        if question.time.origin is not Origin.NAMED or not question.plans_for_year:
            return []
        (year,) = question.years
        scope = Scope(reports=self._shelf.ending(year - 1))
        return [each for each in search(scope) if headed_for(each.candidate.passage, year)]

    def _spoken_of(self, search: Search, question: Question) -> list[Ranked]:
        """Return what reports of other years clearly say about the one year asked for."""
        if len(question.years) != 1 or question.time.of_report or question.reports:
            return []
        (year,) = question.years
        found = search(Scope())
        return [e for e in found if speaks_of(e.candidate.passage, year, question.searched)]

    def _telling(self, words: str) -> str:
        """Return the words that tell passages apart.

        Reports are written in set phrases, so particles count for nothing there; of other texts
        the question is kept but for its question words (measured: docs/understanding.md).
        """
        return (content(words) or words) if self._shelf.annual else asked_about(words)


def _merged(own: Sequence[Ranked], planned: Sequence[Ranked]) -> list[Ranked]:
    """Return both, what is planned for the year before what was planned in it."""
    return [*planned, *own] if planned else list(own)


def _first_is_one_of(ranked: Sequence[Ranked], others: Sequence[Ranked]) -> bool:
    first = ranked[0].candidate.passage.id
    return any(each.candidate.passage.id == first for each in others)
