"""Of several numbers in a sentence, the one that a question asks for.

A reader marks one of them by what it has learnt, which is right in most cases. It is not
believed where the number that it marks has another measure than the one that is asked for
(几套 → 每套218元), or where another number stands clearly nearer to the words of the question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from index.understanding.quantities.measures import (
    MeasuredNumber,
    asked_measures,
    measured_numbers,
)
from index.understanding.words.stopwords import content_terms

_PER_NUMBER: Final = 0.6
_PER_COMMA: Final = 0.6
_ELSEWHERE: Final = 0.3
_BEHIND: Final = 0.8
_CHARACTER: Final = 0.3
_NEARER: Final = 0.8
"""How much more near a number must be than the marked one, in terms of the question beside it."""

_STOPS: Final = "。;!?"
_LABEL: Final = re.compile(r"(\d+)(号|班|级|年级|楼)")


def nearest_figure(question: str, text: str, marked: tuple[int, int]) -> tuple[int, int]:
    """Return the [start, end) in folded `text` of the number that folded `question` asks for.

    It is `marked` where that has a number which may be it, or nothing says better.
    """
    measures = asked_measures(question)
    numbers = list(measured_numbers(text))
    fitting = [each for each in numbers if each.measure in measures]
    if not fitting or len(numbers) < 2:
        return marked
    near = {each: _nearness(question, text, numbers, each) for each in numbers}
    own = [each for each in numbers if each.start < marked[1] and marked[0] < each.end]
    best = max(fitting, key=lambda each: (near[each], -each.start))
    held = max((near[each] for each in own if each in fitting), default=None)
    if held is None:
        held = max((near[each] for each in own), default=0.0)
        return (best.start, best.end) if near[best] >= held else marked
    return (best.start, best.end) if near[best] >= held + _NEARER else marked


def _nearness(
    question: str, text: str, numbers: Sequence[MeasuredNumber], number: MeasuredNumber
) -> float:
    """Return how many terms of the question stand beside a number, the nearest counting most."""
    if _labelled_otherwise(question, text[: number.start]):
        return 0.0
    terms = content_terms(question)
    characters = {c for term in terms for c in term if c > "\u33ff"}
    weights = dict.fromkeys(characters, _CHARACTER) | dict.fromkeys(terms, 1.0)
    start = max(text.rfind(stop, 0, number.start) for stop in _STOPS) + 1
    others = [each.start for each in numbers if each.start > number.start]
    behind = re.search(r"[,、;。:]", text[number.end :])
    end = min([*others, number.end + behind.start() if behind else len(text)])
    return sum(
        weight
        * max(
            (
                _share(text, numbers, number, (start, end), match)
                for match in re.finditer(re.escape(term), text)
            ),
            default=0.0,
        )
        for term, weight in weights.items()
    )


def _share(
    text: str,
    numbers: Sequence[MeasuredNumber],
    number: MeasuredNumber,
    part: tuple[int, int],
    match: re.Match[str],
) -> float:
    """Return what a term of the question at `match` is worth for a number, 0 to 1."""
    if match.start() >= number.end:
        return _BEHIND if match.end() <= part[1] else 0.0
    if match.end() > number.start:
        return 1.0
    between = sum(match.end() <= each.start < number.start for each in numbers)
    share = _PER_NUMBER**between
    if "," in text[match.end() : number.start]:
        share *= _PER_COMMA
    return share if match.start() >= part[0] else share * _ELSEWHERE


def _labelled_otherwise(question: str, before: str) -> bool:
    """Whether the last label of the kind in the question (3号) before a number is another one."""
    for digits, kind in _LABEL.findall(question):
        last = [found for found, of in _LABEL.findall(before) if of == kind]
        if last and last[-1] != digits:
            return True
    return False
