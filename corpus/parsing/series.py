"""Series of numbered lines: which are headings, and which kind of number stands above which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from corpus.parsing.heading_marks import HeadingMark, MarkForm, Sign
from corpus.text.numbering import NumberingStyle

_Kind = NumberingStyle | Sign
_FEWEST_SINGLE = 3
_FEW = 2
_LARGEST_GAP = 2
"""How far a number may run ahead of the one before: people skip one by mistake."""


class Role(Enum):
    """What a line is in the outline."""

    HEADING = auto()
    ITEM = auto()
    """A paragraph that stands beside the headings of its series."""
    TEXT = auto()


@dataclass(frozen=True, slots=True)
class Series:
    """The roles of all lines, and for each the series it belongs to, −1 for none."""

    roles: list[Role]
    numbers: list[int]
    order: dict[_Kind, int]
    """For each kind how many others stand above it; kinds of one value are siblings."""
    single: frozenset[int]
    """The series whose headings have one paragraph each."""


def series(marks: Sequence[HeadingMark | None]) -> Series:
    """Return what the lines are, decided for each series of numbers as a whole.

    A series is one of headings where at least half of its lines are: a short title with text
    below it, or run in. In it, a numbered sentence is a paragraph beside the headings. In a
    series of sentences, an item that lacks its full stop is an item still.
    """
    numbers = _numbers(marks)
    order = _order(marks, numbers)
    roles = [Role.TEXT] * len(marks)
    members: dict[int, list[int]] = {}
    for i, mark in enumerate(marks):
        if mark is not None:
            members.setdefault(numbers[i], []).append(i)
    for lines in members.values():
        of_it = [marks[i] for i in lines]
        heads = [_heads(marks, i, order) for i in lines]
        counts = all(mark is not None and mark.value is not None for mark in of_it)
        counted = not counts or sum(heads) * 2 >= len(heads)
        for i, head in zip(lines, heads, strict=True):
            if head and (counted or _surely(marks, i, last=i == lines[-1])):
                roles[i] = Role.HEADING
            elif counts:
                roles[i] = Role.ITEM
    single = {number for number, lines in members.items() if _single(marks, lines)}
    return Series(roles, numbers, order, frozenset(single))


def _single(marks: Sequence[HeadingMark | None], lines: Sequence[int]) -> bool:
    """Whether the headings of a series run into their paragraph, and have no other."""
    texts = [marks[i] for i in lines]
    if any(mark is None or mark.form is not MarkForm.RUN_IN for mark in texts):
        return all(mark is not None and mark.kind is Sign.LEAD_IN for mark in texts)
    return len(lines) >= _FEWEST_SINGLE and all(marks[i + 1] is not None for i in lines[:-1])


def _numbers(marks: Sequence[HeadingMark | None]) -> list[int]:
    """Return for each line the number of its series; all signs of a kind are one."""
    numbers = [-1] * len(marks)
    last: dict[_Kind, tuple[int, int]] = {}
    made = 0
    for i, mark in enumerate(marks):
        if mark is None:
            continue
        number, value = last.get(mark.kind, (-1, 0))
        counts = mark.value or 0
        if number < 0 or not 0 <= counts - value <= _LARGEST_GAP:
            number, made = made, made + 1
        numbers[i] = number
        last[mark.kind] = number, counts
    return numbers


def _heads(marks: Sequence[HeadingMark | None], i: int, order: dict[_Kind, int]) -> bool:
    """Whether a line looks like a heading where it stands: a title that has something below."""
    mark = marks[i]
    if mark is None or mark.form is MarkForm.SENTENCE:
        return False
    if mark.form is MarkForm.RUN_IN:
        return True
    if i + 1 == len(marks):
        return False
    below = marks[i + 1]
    return below is None or order[below.kind] > order[mark.kind]


def _surely(marks: Sequence[HeadingMark | None], i: int, *, last: bool) -> bool:
    """Whether a line heads text even among sentences: run in, or text before the next one."""
    mark = marks[i]
    return mark is not None and (
        mark.form is MarkForm.RUN_IN
        or (mark.form is MarkForm.BARE and not last and marks[i + 1] is None)
    )


def _order(marks: Sequence[HeadingMark | None], numbers: Sequence[int]) -> dict[_Kind, int]:
    """Return for each kind how many kinds stand above it in this report.

    A kind whose series goes on (2 after 1) across lines of another stands above it; so does a
    heading with another directly below it. What the report leaves open, GB/T 9704 says.
    """
    votes: Counter[tuple[_Kind, _Kind]] = Counter()
    count: Counter[_Kind] = Counter()
    between: dict[_Kind, Counter[_Kind]] = {}
    last: dict[_Kind, int] = {}
    before: HeadingMark | None = None
    for i, mark in enumerate(marks):
        if mark is not None:
            kind = mark.kind
            if mark.value is not None and last.get(kind) == numbers[i]:
                votes.update((kind, other) for other in between[kind] if other is not kind)
            between[kind] = Counter()
            last[kind] = numbers[i]
            for seen in between.values():
                seen[kind] += 1
            count[kind] += 1
            first = mark.value in (None, 1) and before is not None and before.kind is not kind
            if first and before is not None and before.form is MarkForm.BARE:
                votes[before.kind, kind] += 1
        before = mark
    return {
        kind: sum(_above(other, kind, votes, count) for other in count if other is not kind)
        for kind in count
    }


def _above(
    one: _Kind, other: _Kind, votes: Counter[tuple[_Kind, _Kind]], count: Counter[_Kind]
) -> bool:
    for_it, against = votes[one, other], votes[other, one]
    if for_it != against:
        return for_it > against
    if isinstance(one, NumberingStyle) and isinstance(other, NumberingStyle):
        return one < other
    if Sign.LEAD_IN in (one, other):
        return other is Sign.LEAD_IN
    if isinstance(one, Sign) and isinstance(other, Sign):
        return False
    if isinstance(one, Sign):
        return other >= NumberingStyle.DECIMAL and count[one] > _FEW
    return other is not Sign.UNNUMBERED and one < NumberingStyle.DECIMAL
