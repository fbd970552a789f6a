"""Years side by side."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from corpus.text.numbering import title
from corpus.text.sentences import sentences
from index.answering.answer import Answer, Refusal, Side, SideBySide, Status
from index.answering.decision import REFUSED, Decision
from index.lexical.folding import fold
from index.lexical.overlap import dice, pairs
from index.readers.found import Found
from index.understanding.question import Question
from index.weights import WEIGHTS, ComparisonWeights

_FEWEST = 4
_DIGITS = re.compile(r"\d+(?:\.\d+)?")


def side_by_side(
    question: Question,
    answers: Mapping[int, Answer],
    reported: frozenset[int],
    milliseconds: Mapping[str, float],
    weights: ComparisonWeights = WEIGHTS.comparison,
) -> Answer:
    """Return the answers of several years as one.

    `reported` are the years that there are reports of. What was borrowed from a report of
    another year is no answer here: years that say nothing are gaps, and shown as gaps.
    """
    each_year = {year: _found(answer) for year, answer in answers.items()}
    found = _under_one_heading(each_year, weights)
    firsts = {year: passages[0] for year, passages in found.items() if passages}
    sides = tuple(
        Side(year, year in reported, passages, _only(year, firsts, weights))
        for year, passages in found.items()
    )
    said = [answer for year, answer in answers.items() if found[year]]
    nearest = [each for answer in answers.values() for each in answer.passages[:1]]
    passages = [each for side in sides for each in side.found[:1]] or nearest
    return Answer(
        question=question,
        decision=_decision(said),
        passages=tuple(passages),
        content=SideBySide(sides) if said else Refusal(),
        milliseconds=milliseconds,
        reported=reported,
    )


def _decision(said: Sequence[Answer]) -> Decision:
    """Return that of the surest year: the years that are not sure are shown all the same."""
    return max((answer.decision for answer in said), key=lambda d: d.confidence, default=REFUSED)


def _found(answer: Answer) -> tuple[Found, ...]:
    refused = answer.status is Status.NOT_FOUND or answer.borrowed
    return () if refused else answer.passages


def _under_one_heading(
    found: Mapping[int, tuple[Found, ...]], weights: ComparisonWeights
) -> dict[int, tuple[Found, ...]]:
    """Return the passages of each year, those first that stand under the same heading in all.

    Reports are alike: what answers for one year stands in the same place in the next. The
    heading whose passages score highest over all years is taken, where a year's passage under
    it scores nearly as high as its best.
    """
    total: dict[str, float] = {}
    for passages in found.values():
        best: dict[str, float] = {}
        for each in passages:
            best[_heading(each)] = max(best.get(_heading(each), 0.0), each.score)
        for heading, score in best.items():
            total[heading] = total.get(heading, 0.0) + score
    if not total:
        return dict(found)
    shared = max(total, key=lambda heading: total[heading])
    return {year: _led_by(shared, passages, weights.margin) for year, passages in found.items()}


def _led_by(heading: str, passages: tuple[Found, ...], margin: float) -> tuple[Found, ...]:
    for each in passages:
        if _heading(each) == heading and each.score >= passages[0].score - margin:
            return (each, *(other for other in passages if other is not each))
    return passages


def _heading(found: Found) -> str:
    return title(found.passage.path[-1]) if found.passage.path else ""


def _only(
    year: int, firsts: Mapping[int, Found], weights: ComparisonWeights
) -> tuple[tuple[int, int], ...]:
    """Return the sentences of the passage of `year` that those of no other year say, too."""
    if year not in firsts or len(firsts) < 2:
        return ()
    text = firsts[year].passage.text
    others = [_sentences(found.passage.text) for y, found in firsts.items() if y != year]
    said = [words for each in others for words in each]
    return tuple(
        (start, end)
        for start, end in sentences(text)
        if not any(_same(_words(text[start:end]), words, weights.same) for words in said)
    )


def _sentences(text: str) -> list[frozenset[str]]:
    return [_words(text[start:end]) for start, end in sentences(text)]


def _words(sentence: str) -> frozenset[str]:
    """Return the pairs of characters of a sentence, its numbers left out."""
    return pairs(_DIGITS.sub("", fold(sentence)))


def _same(a: frozenset[str], b: frozenset[str], least: float) -> bool:
    if min(len(a), len(b)) < _FEWEST:
        return a == b
    return dice(a, b) >= least


def differing(first: Found, others: Sequence[Found]) -> tuple[Found, ...]:
    """Return those of `others` that do not say what `first` says."""
    words = _compared(first.words)
    return tuple(each for each in others if _compared(each.words) != words)


def _compared(text: str) -> str:
    return "".join(c for c in fold(text) if c.isalnum())
