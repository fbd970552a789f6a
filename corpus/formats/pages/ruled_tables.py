"""Ruling lines and letters → tables: the lines say what is a cell, and which cells are merged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.formats.cells import Cell
from corpus.formats.pages.glyph_rows import rows_of
from corpus.formats.pages.rows import Table
from corpus.formats.pages.sheet import Box, Glyph, Sheet
from corpus.text.lines import glue, tidy

_NEAR = 3.0
"""Points within which lines meet, and places are one."""
_SHORTEST = 6.0
_COVERED = 0.6
_MOST_LINES = 3_000


def tables_of(sheet: Sheet) -> tuple[list[Table], list[Glyph]]:
    """Return the tables of a page from top to bottom, and the letters outside them.

    A frame around text is no table, nor is one without words in two columns.
    """
    rest = list(sheet.glyphs)
    tables: list[Table] = []
    for lines in _joined(sheet.rules):
        lattice = _Lattice.of(lines)
        if lattice is None:
            continue
        inside = [glyph for glyph in rest if lattice.frame.holds(glyph)]
        table = lattice.filled(inside, sheet.number)
        if table is not None:
            held = set(map(id, inside))
            rest = [glyph for glyph in rest if id(glyph) not in held]
            tables.append(table)
    return sorted(tables, key=lambda table: table.top), rest


class _Lattice:
    """The cells that ruling lines enclose: between neighbouring xs and ys, some of them merged."""

    def __init__(self, xs: list[float], ys: list[float], lines: Sequence[Box]) -> None:
        self.frame = Box(xs[0] - 1, xs[-1] + 1, ys[0] - 1, ys[-1] + 1)
        self._xs = xs
        self._ys = ys
        self._across = [line for line in lines if line.width >= line.height]
        self._down = [line for line in lines if line.width < line.height]

    @classmethod
    def of(cls, lines: Sequence[Box]) -> _Lattice | None:
        """Return the lattice of lines that meet; its outer verticals may be missing."""
        across = [line for line in lines if line.width >= line.height]
        down = [line for line in lines if line.width < line.height]
        if len(across) < 2 or not down:
            return None
        sides = [min(line.left for line in across), max(line.right for line in across)]
        xs = _places([*(line.left + line.width / 2 for line in down), *sides])
        ys = _places([line.top + line.height / 2 for line in across])
        if len(xs) < 3 or len(ys) < 3:
            return None
        return cls(xs, ys, lines)

    def filled(self, glyphs: Sequence[Glyph], page: int) -> Table | None:
        """Return the table with its words; None where they are in fewer than two columns."""
        owner = self._merged()
        words: dict[tuple[int, int], list[Glyph]] = {}
        for glyph in glyphs:
            at = self._cell(glyph)
            if at is not None:
                words.setdefault(owner[at], []).append(glyph)
        texts = {cell: _text(held, page, self._width(cell)) for cell, held in words.items()}
        columns = {column for (_, column), text in texts.items() if text}
        if len(columns) < 2 or len(texts) < 3:
            return None
        grid = [
            [
                Cell(texts.get(first, ""), across=first[1] < j, down=first[0] < i)
                for j in range(len(self._xs) - 1)
                for first in (owner[i, j],)
            ]
            for i in range(len(self._ys) - 1)
        ]
        kept = [row for row in grid if any(row)]
        return Table(page, kept, tuple(self._xs), self.frame.top, self.frame.bottom)

    def _merged(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Return for each cell the first of those it is merged with: no line is between them."""
        owner: dict[tuple[int, int], tuple[int, int]] = {}
        for i in range(len(self._ys) - 1):
            for j in range(len(self._xs) - 1):
                left = owner.get((i, j - 1))
                above = owner.get((i - 1, j))
                if left is not None and not self._parted(i, j):
                    owner[i, j] = left
                elif above is not None and not self._ruled(i, j):
                    owner[i, j] = above
                else:
                    owner[i, j] = (i, j)
        return owner

    def _parted(self, i: int, j: int) -> bool:
        """Whether a line stands to the left of a cell."""
        low, high = self._ys[i], self._ys[i + 1]
        near = (
            line for line in self._down if abs(line.left + line.width / 2 - self._xs[j]) < _NEAR
        )
        return _covered([(line.top, line.bottom) for line in near], low, high)

    def _ruled(self, i: int, j: int) -> bool:
        """Whether a line lies above a cell."""
        low, high = self._xs[j], self._xs[j + 1]
        near = (
            line for line in self._across if abs(line.top + line.height / 2 - self._ys[i]) < _NEAR
        )
        return _covered([(line.left, line.right) for line in near], low, high)

    def _cell(self, glyph: Glyph) -> tuple[int, int] | None:
        x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        j = next((j for j, (a, b) in enumerate(pairwise(self._xs)) if a <= x <= b), None)
        i = next((i for i, (a, b) in enumerate(pairwise(self._ys)) if a <= y <= b), None)
        return None if i is None or j is None else (i, j)

    def _width(self, cell: tuple[int, int]) -> float:
        return self._xs[cell[1] + 1] - self._xs[cell[1]]


def _joined(rules: Sequence[Box]) -> Iterator[list[Box]]:
    """Yield the ruling lines in groups that meet."""
    lines = [line for line in rules if max(line.width, line.height) >= _SHORTEST]
    if len(lines) > _MOST_LINES:
        return
    waiting = set(range(len(lines)))
    while waiting:
        group = [waiting.pop()]
        for i in group:
            met = [j for j in waiting if _meet(lines[i], lines[j])]
            waiting.difference_update(met)
            group.extend(met)
        if len(group) > 2:
            yield [lines[i] for i in group]


def _meet(one: Box, other: Box) -> bool:
    return (
        one.left <= other.right + _NEAR
        and other.left <= one.right + _NEAR
        and one.top <= other.bottom + _NEAR
        and other.top <= one.bottom + _NEAR
    )


def _places(values: Sequence[float]) -> list[float]:
    """Return the values in order, those within a few points as one."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _NEAR:
            places.append(value)
    return places


def _covered(parts: Sequence[tuple[float, float]], low: float, high: float) -> bool:
    """Whether the parts cover most of what is from `low` to `high`."""
    covered, reached = 0.0, low
    for start, end in sorted(parts):
        gained = min(end, high) - max(start, reached)
        if gained > 0:
            covered += gained
            reached = min(end, high)
    return covered >= _COVERED * (high - low)


def _text(glyphs: Sequence[Glyph], page: int, width: float) -> str:
    """Return the words of a cell: its rows joined as a paragraph is."""
    text = ""
    for row in rows_of(glyphs, page, width, columns=False):
        text = glue(text, row.text)
    return tidy(text)
