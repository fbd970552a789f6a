"""What stands on every page and is no part of the text: running heads, feet, page numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.formats.pages.rows import Page, Row
from corpus.text.numerals import number

_MARGIN = 0.12
_DEEPEST = 3
_DIGITS = re.compile(r"[0-9０-９]+|[一二三四五六七八九十]+")
_NUMBER = re.compile(
    r"[-—–―·•\s]*(?:第?\s*(?:\d{1,4}|[ivxlc]{1,6}|[一二三四五六七八九十]{1,3})\s*页?)[-—–―·•\s]*"
    r"(?:[/／,，共\s]*(?:共\s*)?\d{1,4}\s*页?)?[\s]*",
    re.IGNORECASE,
)
_SAME_CELL = 0.5


@dataclass(frozen=True, slots=True)
class _Edge:
    """A row at the top or the bottom of its page; `next` is the row beside it, towards the text."""

    row: Row
    top: bool
    next: Row | None


def furniture(pages: Sequence[Page]) -> set[Row]:
    """Return the rows at the edges of the pages that come again on others, and page numbers.

    Heads come again when three pages in ten have them at one height, word for word, or but for
    one number that counts with the pages; so those of left and of right pages are both found.
    Rows of a table or a list, whose numbers count otherwise, stay.
    """
    edges = [edge for page in pages for edge in _edges(page)]
    often = max(2, 0.3 * len(pages))
    groups: dict[tuple[str, bool], list[Row]] = defaultdict(list)
    for edge in edges:
        if not _in_table(edge):
            groups[_key(edge.row), edge.top].append(edge.row)
    found = {row for rows in groups.values() for row in _recurring(rows, often)}
    return found | _page_numbers(pages, found)


def _edges(page: Page) -> Iterator[_Edge]:
    """Yield the rows in the margins of a page."""
    rows = page.rows
    top = [row for row in rows if row.bottom < _MARGIN * page.height][:_DEEPEST]
    bottom = [row for row in rows if row.top > (1 - _MARGIN) * page.height][-_DEEPEST:]
    after = dict(pairwise(rows))
    before = {below: above for above, below in after.items()}
    yield from (_Edge(row, top=True, next=after.get(row)) for row in top)
    yield from (_Edge(row, top=False, next=before.get(row)) for row in bottom)


def _in_table(edge: _Edge) -> bool:
    """Whether a row has cells that begin where those of the row beside it do."""
    row, beside = edge.row, edge.next
    if beside is None or len(row.cells) < 2 or len(row.begins) != len(beside.begins):
        return False
    pairs = zip(row.begins, beside.begins, strict=True)
    return all(abs(a - b) < _SAME_CELL * row.size for a, b in pairs)


def _recurring(rows: Sequence[Row], often: float) -> set[Row]:
    """Return those of the rows, all alike but for their numbers, that are furniture."""
    found: set[Row] = set()
    for at in range(len(_numbers(rows[0])) + 1):
        seen = Counter(_said(row, at) for row in rows)
        found.update(row for row in rows if seen[_said(row, at)] >= often)
    return found


def _said(row: Row, at: int) -> tuple[object, ...]:
    """Return what a row says, where it stands, and the number `at` less that of its page."""
    numbers = list(_numbers(row))
    if at < len(numbers):
        numbers[at] -= row.page
    return (round(row.top / max(row.size, 1)), at < len(numbers), *numbers)


def _page_numbers(pages: Sequence[Page], found: set[Row]) -> set[Row]:
    """Return the page numbers: one at an edge, outside of all but running heads."""
    numbers = set()
    for page in pages:
        for top in (True, False):
            rows = [edge.row for edge in _edges(page) if edge.top is top]
            outer = rows if top else rows[::-1]
            first = next((row for row in outer if row not in found), None)
            if first is not None and _NUMBER.fullmatch(first.text):
                numbers.add(first)
    return numbers


def _key(row: Row) -> str:
    return _DIGITS.sub("#", re.sub(r"\s", "", row.text))


def _numbers(row: Row) -> tuple[int, ...]:
    return tuple(number(found) or 0 for found in _DIGITS.findall(re.sub(r"\s", "", row.text)))
