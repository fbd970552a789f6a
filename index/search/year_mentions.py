"""Passages and the years they speak of: which come first, and what other years say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.report import Passage, SectionType
from corpus.text.numbering import title
from corpus.text.sentences import sentences
from index.lexical.folding import fold
from index.lexical.overlap import bigrams, overlap, share_held
from index.search.fusion import Ranked
from index.understanding.question import figures as figures_of
from index.understanding.words.stopwords import content_terms
from index.weights import WEIGHTS, YearWeights

_OTHER_YEARS = 3
_AHEAD = 1e-3
_FOUR_DIGITS = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*(?:年|学年|—|-|–)")
_CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")


def newest_first(
    ranked: Sequence[Ranked],
    figures: frozenset[str] = frozenset(),
    weights: YearWeights = WEIGHTS.years,
) -> list[Ranked]:
    """Return `ranked` with the newest of those passages first that are like the best one.

    Reports are alike from year to year; a question that names no year wants the newest that
    answers it. A passage is like the best where it stands under the same heading or shares
    its words, holds as much of the question, and scores nearly as high. Of passages that are alike,
    the one that holds most of the question's `figures` is the best: they tell the years apart.
    """
    if not ranked:
        return []
    best = ranked[0]
    if figures:
        best = max(
            (best, *(e for e in ranked if _rivals(e, best, weights))),
            key=lambda e: _held(e, figures),
        )
    year = best.candidate.passage.year or 0
    newer = [
        e
        for e in ranked
        if (e.candidate.passage.year or 0) > year
        and _rivals(e, best, weights)
        and _held(e, figures) >= _held(best, figures)
    ]
    newest = max(newer, key=lambda e: (e.candidate.passage.year, e.score), default=None)
    if newest is None or best.candidate.coverage < weights.least_covered:
        newest = best
    if newest is ranked[0]:
        return list(ranked)
    first = replace(newest, score=ranked[0].score + _AHEAD)
    return [first, *(each for each in ranked if each is not newest)]


def _held(each: Ranked, figures: frozenset[str]) -> int:
    return len(figures & figures_of(fold(each.candidate.passage.text)))


def other_years(
    ranked: Sequence[Ranked], first: Passage, weights: YearWeights = WEIGHTS.years
) -> list[Ranked]:
    """Return the best passage of each other year that is like `first`, newest first."""
    mine = next((each for each in ranked if each.candidate.passage.id == first.id), None)
    if mine is None:
        return []
    best: dict[int, Ranked] = {}
    for each in ranked:
        year = each.candidate.passage.year
        if year is None or year == first.year or year in best:
            continue
        if _rivals(each, mine, weights):
            best[year] = each
    return [best[year] for year in sorted(best, reverse=True)][:_OTHER_YEARS]


def _rivals(each: Ranked, best: Ranked, weights: YearWeights) -> bool:
    if each.score < best.score - weights.margin:
        return False
    if each.candidate.coverage < best.candidate.coverage - weights.covered:
        return False
    return alike(each.candidate.passage, best.candidate.passage, weights)


def alike(a: Passage, b: Passage, weights: YearWeights = WEIGHTS.years) -> bool:
    """Whether two passages are of one kind: under the same heading, or in the same words."""
    if a.path and b.path and title(a.path[-1]) == title(b.path[-1]):
        return True
    return overlap(bigrams(fold(a.text)), bigrams(fold(b.text))) >= weights.alike


def headed_for(passage: Passage, year: int) -> bool:
    """Whether a heading above the passage names `year` and no other."""
    return _headed(passage) == {year}


def plans_for(passage: Passage, year: int) -> bool:
    """Whether a passage of the report of the year before tells what is planned for `year`.

    It does under a heading that names the year, and among plans under headings that name none.
    """
    named = _headed(passage)
    return named == {year} or (not named and passage.section_type is SectionType.PLANS)


def _headed(passage: Passage) -> set[int]:
    return {int(match[1]) for heading in passage.path for match in _FOUR_DIGITS.finditer(heading)}


def speaks_of(
    passage: Passage, year: int, question: str, weights: YearWeights = WEIGHTS.years
) -> bool:
    """Whether the passage clearly speaks of `year` in what it says to the folded `question`.

    Either a heading above it is that year's, or a sentence that names the year holds half of
    what the question is about.
    """
    if headed_for(passage, year):
        return True
    wanted = content_terms(question)
    text = fold(passage.text)
    for start, end in sentences(text):
        sentence = text[start:end]
        if names_year(sentence, year):
            return not wanted or share_held(wanted, bigrams(sentence)) >= weights.spoken
    return False


def names_year(text: str, year: int) -> bool:
    """Whether `text` names the year, in digits or in Chinese."""
    digits = str(year)
    return f"{digits}年" in text or f"{digits.translate(_CHINESE)}年" in text
