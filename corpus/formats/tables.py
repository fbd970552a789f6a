"""Tables → lines that can be read alone: each row repeats the heads of its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

Grid = Sequence[Sequence[str]]
"""The cells of a table, row by row, all rows of one length; a merged cell is in each place."""

_LONGEST_HEAD = 20
_HEAD_WORDS = re.compile(
    "内容|明细|说明|备注|情况|名称|结果|时间|日期|地点|数量?$|成绩|主题|名单|负责"
)
_FIGURES = re.compile(r"[\d\s.,%％/:：\-—+()（）]*")


def rows_as_lines(grid: Grid, heads: int = 0) -> list[str]:
    """Return a line a row, as in 项目：党建；次数：12.

    `heads` is the number of rows that the format marks as heads; where it marks none they are
    found: a first row of short words, or two if cells of the first span several of the second.
    Without heads, cells stand in pairs (a form) or in a row.
    """
    if not grid or not grid[0]:
        return []
    heads = heads or _heads(grid)
    if heads >= len(grid):
        heads = 0
    names = [_name([row[column] for row in grid[:heads]]) for column in range(len(grid[0]))]
    lines = []
    for row in grid[heads:]:
        if any(list(row) == list(head) for head in grid[:heads]):
            continue  # the heads again, at the top of a page
        line = _row(row, names) if heads else _headless(row)
        if line:
            lines.append(line)
    return lines


def _heads(grid: Grid) -> int:
    first = grid[0]
    if len(grid) < 2 or len(first) < 2 or not all(map(_is_head, first)):
        return 0
    spanning = any(a == b for a, b in pairwise(first))
    if not spanning:
        return 1 if len(set(first)) == len(first) and not _is_form(grid) else 0
    if len(grid) > 2 and all(map(_is_head, grid[1])) and len(set(grid[1])) == len(first):
        return 2
    return 0


def _is_form(grid: Grid) -> bool:
    """Whether a table of two columns is a form: names on the left, on the right what they are."""
    if len(grid[0]) != 2 or _HEAD_WORDS.search(grid[0][1]):
        return False
    return not all(_FIGURES.fullmatch(row[1]) for row in grid[1:])


def _is_head(cell: str) -> bool:
    return bool(cell) and len(cell) <= _LONGEST_HEAD and not _FIGURES.fullmatch(cell)


def _name(cells: Sequence[str]) -> str:
    """Return the name of a column from the cells above it, which may be one merged cell."""
    return "·".join(cell for cell in dict.fromkeys(cells) if cell)


def _row(row: Sequence[str], names: Sequence[str]) -> str:
    if len(set(row)) == 1 and len(row) > 1:
        return row[0]  # a cell as wide as the table: a title within it
    parts, before = [], None
    for name, cell in zip(names, row, strict=True):
        if cell and (name, cell) != before:
            parts.append(f"{name}：{cell}" if name else cell)
        before = (name, cell)
    return "；".join(parts)


def _headless(row: Sequence[str]) -> str:
    cells = [cell for i, cell in enumerate(row) if cell and (i == 0 or cell != row[i - 1])]
    keys = cells[::2]
    if len(cells) % 2 == 0 and cells and all(map(_is_head, keys)):
        return "；".join(f"{key}：{cell}" for key, cell in zip(keys, cells[1::2], strict=True))
    return "；".join(cells)
