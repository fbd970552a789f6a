"""Years side by side."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from corpus.text.numbering import title
from corpus.text.sentences import sentences
from index.answering.answer import Answer, Refusal, Side, SideBySide, Status
from index.answering.decision import REFUSED, Decision
from index.answering.figures import extreme_of, figures_of
from index.lexical.folding import fold
from index.lexical.overlap import dice, pairs
from index.readers.found import Found
from index.understanding.question import Question
from index.weights import WEIGHTS, ComparisonWeights

_BUILT_ALIKE = 0.6
"""The least share of two sentences that is alike in both, for a word of one to have its place in
the other."""

_NEARLY_SAME = 0.8
"""The same for two sentences of which the one answers where the other does."""

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
    found = _under_one_heading(_with_alike(answers), weights)
    firsts = {year: passages[0] for year, passages in found.items() if passages}
    sides = tuple(
        Side(year, year in reported, passages, _only(year, firsts, weights))
        for year, passages in found.items()
    )
    said = [answer for year, answer in answers.items() if found[year]]
    nearest = [each for answer in answers.values() for each in answer.passages[:1]]
    passages = [each for side in sides for each in side.found[:1]] or nearest
    figures = figures_of(question, sides)
    said_of_years = SideBySide(sides, figures, extreme_of(question, figures))
    return Answer(
        question=question,
        decision=_decision(said),
        passages=tuple(passages),
        content=said_of_years if said else Refusal(),
        milliseconds=milliseconds,
        reported=reported,
    )


def _decision(said: Sequence[Answer]) -> Decision:
    """Return that of the surest year: the years that are not sure are shown all the same."""
    return max((answer.decision for answer in said), key=lambda d: d.confidence, default=REFUSED)


def _with_alike(answers: Mapping[int, Answer]) -> dict[int, tuple[Found, ...]]:
    """Return the passages that each year answers with.

    A school writes nearly the same every year: where a year is not answered, but says under the
    same heading, in nearly the same words, what answers for another, that is its answer.
    """
    sure = [a.passages[0] for a in answers.values() if a.status is Status.ANSWERED and _found(a)]
    return {year: _found(answer) or _alike(answer, sure) for year, answer in answers.items()}


def _alike(answer: Answer, sure: Sequence[Found]) -> tuple[Found, ...]:
    if answer.borrowed or answer.grounds is None:
        return ()
    for each in answer.passages:
        for other in sure:
            if not _heading(each) or _heading(each) != _heading(other):
                continue
            for place in sentences(each.passage.text):
                said = replace(each, quote=place, spans=())
                if _matcher(other, said).ratio() >= _NEARLY_SAME:
                    return (replace(said, spans=(_counterpart(other, said),)),)
    return ()


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
    """Return those of `others` that do not say what `first` says, with the words that differ.

    Marked is what stands in the place of the words of `first` that answer; the whole sentence
    where the two are not built alike.
    """
    words, said = _compared(first.words), _compared(first.passage.text[slice(*first.said)])
    found = [
        replace(each, spans=(_counterpart(first, each),))
        for each in others
        if _compared(each.words) != words
    ]
    return tuple(
        each
        if _compared(each.passage.text[slice(*each.said)]) != said
        else replace(each, spans=(each.quote,))
        for each in found
    )


def _counterpart(first: Found, other: Found) -> tuple[int, int]:
    """Return the [start, end) of the words of `other` that stand where those of `first` answer."""
    its = other.words
    start, end = (place - first.quote[0] for place in first.said)
    matcher = _matcher(first, other)
    if matcher.ratio() < _BUILT_ALIKE:
        return other.quote
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    before = [b + min(size, start - a) for a, b, size in blocks if a < start]
    after = [b + max(end - a, 0) for a, b, size in blocks if a + size > end]
    low, high = before[-1] if before else 0, after[0] if after else len(its)
    at = other.quote[0]
    return other.quote if low >= high else (at + low, at + high)


def _matcher(one: Found, other: Found) -> SequenceMatcher[str]:
    return SequenceMatcher(None, one.words, other.words, autojunk=False)


def _compared(text: str) -> str:
    return "".join(c for c in fold(text) if c.isalnum())
