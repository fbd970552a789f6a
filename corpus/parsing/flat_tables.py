"""Tables that became lines of fields: each row repeats the heads of its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.formats.tables import rows_as_lines
from corpus.text.lines import Line

_FEWEST_LINES = 3
_LONGEST_FIELD = 24
_FIGURE = re.compile(r"[约近超+\-−]?\d[\d,，.]*\s*[\u4e00-\u9fff%％]{0,3}|[—–\-－/无0]{1,2}")
_UNIT = re.compile(r"单位[：:]\s*(?P<unit>[^\s）)，。]{1,6})")
_STOPS = ("。", "；", "，", "、", "：", ":")


def rejoined(lines: Sequence[Line]) -> list[Line]:
    """Return the lines, the rows of flattened tables told with the heads of their columns.

    A table is three lines or more of one number of fields, set apart by white space, none of
    which ends in a stop; its first line holds no figure, and some column nothing else. A unit
    in the line above (单位：元) goes to the columns of figures that name none.
    """
    fields = [_fields(line) for line in lines]
    below = _alike(fields)
    result: list[Line] = []
    at = 0
    while at < len(lines):
        length = below[at].count
        if length < _FEWEST_LINES or not _is_table(fields[at], below[at + 1]):
            result.append(lines[at])
            at += 1
            continue
        unit = _UNIT.search(lines[at - 1].text) if at else None
        grid = fields[at : at + length]
        told = rows_as_lines(_with_unit(grid, unit["unit"] if unit else ""), heads=1)
        rows = lines[at + 1 : at + length]
        result += [
            replace(line, text=text, whole=True) for line, text in zip(rows, told, strict=False)
        ]
        at += length
    return result


@dataclass(frozen=True, slots=True)
class _Alike:
    """The lines from one on that have as many fields: their number, and each column's kind.

    `figures` says of each column whether it holds nothing else.
    """

    count: int
    figures: tuple[bool, ...]


def _alike(fields: Sequence[Sequence[str]]) -> list[_Alike]:
    """Return for each line those from it on that are alike; worked out once, from below."""
    found: list[_Alike] = []
    last = _Alike(0, ())
    for row in reversed(fields):
        figures = tuple(_FIGURE.fullmatch(field) is not None for field in row)
        if len(row) < 2:
            last = _Alike(0, ())
        elif len(row) == len(last.figures):
            both = tuple(a and b for a, b in zip(figures, last.figures, strict=True))
            last = _Alike(last.count + 1, both)
        else:
            last = _Alike(1, figures)
        found.append(last)
    found.reverse()
    return found


def _fields(line: Line) -> list[str]:
    """Return the fields of a line that may be a row, [] of one that cannot."""
    fields = line.text.split(" ")
    plain = line.level is None and not line.text.endswith(_STOPS)
    return fields if plain and max(map(len, fields)) <= _LONGEST_FIELD else []


def _is_table(heads: Sequence[str], body: _Alike) -> bool:
    if any(map(_FIGURE.fullmatch, heads)) or len(set(heads)) < len(heads):
        return False
    return any(body.figures)


def _with_unit(grid: Sequence[Sequence[str]], unit: str) -> list[list[str]]:
    heads = [
        f"{head}（{unit}）"
        if unit and "（" not in head and all(row[i][-1:].isdigit() for row in grid[1:])
        else head
        for i, head in enumerate(grid[0])
    ]
    return [heads, *(list(row) for row in grid[1:])]
