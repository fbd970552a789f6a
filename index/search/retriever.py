"""A question → the passages that may answer it, best first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from corpus.report import Passage, SectionType
from index.encoders import Encoder
from index.lexical.folding import fold
from index.lexical.terms import terms
from index.search.followup_boost import nearby
from index.search.fusion import Ranked, fuse
from index.search.year_mentions import (
    headed_for,
    names_year,
    newest_first,
    plans_for,
    speaks_of,
)
from index.store.store import Scope, Store
from index.understanding.asked_sections import says_only_plans
from index.understanding.question import Question
from index.understanding.report_choice import ReportChoice
from index.understanding.words.stopwords import asked_about, content
from index.weights import WEIGHTS, RankingWeights

Search = Callable[[Scope], list[Ranked]]

CANDIDATES = 50
"""How many candidates each side of the search gives."""


@dataclass(frozen=True, slots=True)
class Retrieved:
    """Passages, best first. `answers` is False where they are only the nearest ones.

    `borrowed` are the names of the reports among theirs that cover none of the years asked for.
    """

    ranked: Sequence[Ranked]
    answers: bool
    borrowed: frozenset[str] = frozenset()


class Retriever:
    """Finds the passages for a question; immutable, safe to use from many threads."""

    def __init__(
        self,
        store: Store,
        encoder: Encoder,
        choice: ReportChoice,
        weights: RankingWeights = WEIGHTS,
    ) -> None:
        self._weights = weights
        self._store = store
        self._encoder = encoder
        self._choice = choice

    def find(self, question: Question) -> Retrieved:
        """Return the passages that may answer; else the nearest of all."""
        vector = self._encoder.encode_questions([question.searched])[0]
        words = terms(" ".join((self._telling(question.searched), *question.also)))
        beside = dict.fromkeys(terms(" ".join(question.report_words)), self._weights.fusion.beside)

        def search(scope: Scope) -> list[Ranked]:
            found = self._store.search(vector, words, scope, CANDIDATES, beside)
            return fuse(found, self._weights.fusion)

        own = self._of_year(search(question.scope), question)
        planned = self._planned(search, question)
        if own or planned:
            ranked = nearby(_merged(own, planned, question), question, self._weights.follow_up)
            if self.any_year(question):
                ranked = newest_first(ranked, question.figures, self._weights.years)
            return Retrieved(ranked, answers=True, borrowed=self._borrowed(ranked, question))
        if spoken := self._spoken_of(search, question):
            return Retrieved(spoken, answers=True, borrowed=self._borrowed(spoken, question))
        return Retrieved(search(Scope()), answers=False)

    def any_year(self, question: Question) -> bool:
        """Whether reports of several years may answer, so that the newest should."""
        if not self._choice.annual or question.years:
            return False
        return not question.reports or len(self._choice.years_of(question.reports)) > 1

    def _borrowed(self, ranked: Sequence[Ranked], question: Question) -> frozenset[str]:
        names = {each.candidate.passage.report for each in ranked}
        return frozenset(names) & self._choice.of_other_years(question.years)

    def _of_year(self, ranked: Sequence[Ranked], question: Question) -> list[Ranked]:
        """Return the passages without those of undated reports that do not name the year."""
        if not question.years or not self._choice.annual:
            return list(ranked)
        undated = self._choice.undated()
        return [
            each
            for each in ranked
            if each.candidate.passage.report not in undated
            or any(names_year(fold(each.candidate.passage.text), y) for y in question.years)
        ]

    def _planned(self, search: Search, question: Question) -> list[Ranked]:
        """Return what the report of the year before plans for the year asked for."""
        if not question.plans_for_year:
            return []
        (year,) = question.years
        before = self._choice.ending(year - 1)
        names = before.intersection(question.reports) if question.reports else before
        found = search(Scope(reports=names)) if names else []
        return [each for each in found if plans_for(each.candidate.passage, year)]

    def _spoken_of(self, search: Search, question: Question) -> list[Ranked]:
        """Return what reports of other years clearly say about the one year asked for."""
        if len(question.years) != 1 or question.time.of_report or question.reports:
            return []
        (year,) = question.years
        words, weights = question.searched, self._weights.years
        return [e for e in search(Scope()) if speaks_of(e.candidate.passage, year, words, weights)]

    def _telling(self, words: str) -> str:
        """Return the words that tell passages apart.

        Reports are written in set phrases, so particles count for nothing there; of other texts
        the question is kept but for its question words (measured: docs/understanding.md).
        """
        return (content(words) or words) if self._choice.annual else asked_about(words)


def _merged(own: Sequence[Ranked], planned: Sequence[Ranked], question: Question) -> list[Ranked]:
    """Return both, what is planned for the year first.

    Where nothing but plans is asked for, what the year's own report plans next is left out, and the
    others are lifted together so that they lead. Who asks what is planned of one thing may
    as well mean the plans in the year's own report.
    """
    if not planned or not says_only_plans(question.words):
        return [*planned, *own]
    told = [each for each in own if not _plans_next(each.candidate.passage, question.years[0])]
    lift = max(0.0, max((e.score for e in told), default=0.0) - planned[0].score)
    return [*(replace(each, score=each.score + lift) for each in planned), *told]


def _plans_next(passage: Passage, year: int) -> bool:
    return passage.section_type is SectionType.PLANS and not headed_for(passage, year)
