"""Forms: tables in which names and what they are stand in turn (姓名 林小禾 性别 女)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.formats.cells import Cell, is_figure, is_head, is_label, like_label

_HEAD_WORDS = re.compile(
    "内容|明细|说明|备注|情况|名称|结果|时间|日期|地点|数量?$|成绩|主题|名单|负责"
)
_SUMS = re.compile(r"[总合小]\s*计|备\s*注|注|说\s*明")
_DIGIT = re.compile(r"\d")
_LONG = 12
_FEWEST_HEADS = 3

_Row = Sequence[Cell]


def is_form(rows: Sequence[_Row]) -> bool:
    """Whether a table is a form rather than columns under heads."""
    if not rows or len(rows[0]) < 2:
        return False
    if len(rows[0]) == 2:
        return _is_narrow_form(rows)
    own = [_own(row) for row in rows]
    first = [cell for cell in own[0] if cell]
    if len(first) > 2 and all(map(is_label, first)) and not _wide(own[-1:], rows):
        return False  # the heads of columns
    return _begins_in_pairs(own) or _wide(own, rows) or _alternates(own)


def form_lines(rows: Sequence[_Row]) -> list[tuple[str, ...]]:
    """Return for each row of a form the line that tells it; blanks nobody filled in are silent.

    A list within the form, whose heads are all labels, is told as columns under heads.
    """
    told: list[tuple[str, ...]] = []
    heads: list[Cell] = []
    for i, row in enumerate(rows):
        group, cells = _grouped(row, rows[i + 1] if i + 1 < len(rows) else None)
        if heads and len(cells) == len(heads) and not all(map(is_label, cells[::2])):
            parts = [f"{name}：{cell}" for name, cell in zip(heads, cells, strict=True) if cell]
        elif len(cells) >= _FEWEST_HEADS and all(map(is_label, cells)):
            heads, parts = cells, []
        else:
            heads, parts = [], list(_pairs(cells))
        line = "；".join(parts)
        told.append((f"{group}·{line}" if group and line else line,) if line else ())
    return told


def _is_narrow_form(rows: Sequence[_Row]) -> bool:
    """Whether a table of two columns is a form: names on the left, on the right what they are."""
    name, value = rows[0]
    below = rows[1:]
    if not is_head(name) or not is_head(value) or not below:
        return True
    if all(is_figure(row[1]) for row in below if row[1]) and not is_figure(value):
        return False
    if is_label(name):
        return sum(is_label(row[0]) for row in below) * 2 > len(below)
    return not _HEAD_WORDS.search(value)


def _own(row: _Row) -> list[Cell]:
    """Return the cells that begin in a row."""
    return [cell for cell in row if not cell.across and not cell.down]


def _begins_in_pairs(own: Sequence[Sequence[Cell]]) -> bool:
    """Whether the first row holds labels in turn with what is none; a photo may stand beside."""
    cells = own[0][: len(own[0]) // 2 * 2]
    keys, values = cells[::2], cells[1::2]
    if not all(map(is_label, keys)) or any(map(is_label, values)):
        return False
    return bool(keys) and (len(cells) == len(own[0]) or len(keys) > 1)


def _wide(own: Sequence[Sequence[Cell]], rows: Sequence[_Row]) -> bool:
    """Whether there are rows of a label and one cell beside it as wide as the rest."""
    wide = [
        cells[0]
        for cells in own
        if len(cells) == 2 and like_label(cells[0]) and not _SUMS.fullmatch(cells[0])
    ]
    return len(rows[0]) > 2 and any(map(is_label, wide)) and (len(wide) > 1 or len(own) < 4)


def _alternates(own: Sequence[Sequence[Cell]]) -> bool:
    """Whether every row holds names in turn with values, one of the first row plainly a value."""
    even = all(len(cells) % 2 == 0 and all(map(like_label, cells[::2])) for cells in own)
    return even and any(_DIGIT.search(value) or len(value) > _LONG for value in own[0][1::2])


def _grouped(row: _Row, below: _Row | None) -> tuple[str, list[Cell]]:
    """Return the name of the group of rows that a row belongs to, "" for none, and its cells."""
    cells = _own(row)
    group = row[0]
    if group.down:
        return group, cells
    starts = below is not None and below[0].down and len(cells) > 1
    if starts and like_label(group):
        even = len(cells) % 2 == 1
        if even or all(map(is_label, cells[1:])):
            return group, cells[1:]
    return "", cells


def _pairs(cells: Sequence[Cell]) -> Iterator[str]:
    i = 0
    while i < len(cells):
        cell, beside = cells[i], cells[i + 1] if i + 1 < len(cells) else None
        if beside is not None and like_label(cell):
            if beside:
                yield f"{cell.rstrip('：:')}：{beside}"
            i += 2
        else:
            if cell:
                yield str(cell)
            i += 1
