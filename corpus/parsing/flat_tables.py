"""Tables that became lines of fields: each row repeats the heads of its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

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
    result: list[Line] = []
    at = 0
    while at < len(lines):
        length = _rows(lines, at)
        if length < _FEWEST_LINES or not _is_table(grid := _grid(lines, at, length)):
            result.append(lines[at])
            at += 1
            continue
        unit = _UNIT.search(lines[at - 1].text) if at else None
        told = rows_as_lines(_with_unit(grid, unit["unit"] if unit else ""), heads=1)
        rows = lines[at + 1 : at + length]
        result += [
            replace(line, text=text, whole=True) for line, text in zip(rows, told, strict=False)
        ]
        at += length
    return result


def _rows(lines: Sequence[Line], at: int) -> int:
    """Return how many lines from `at` have as many fields as the first."""
    fields = _fields(lines[at])
    end = at
    while end < len(lines) and len(fields) > 1 and len(_fields(lines[end])) == len(fields):
        end += 1
    return end - at


def _fields(line: Line) -> list[str]:
    """Return the fields of a line that may be a row, [] of one that cannot."""
    fields = line.text.split(" ")
    plain = line.level is None and not line.text.endswith(_STOPS)
    return fields if plain and max(map(len, fields)) <= _LONGEST_FIELD else []


def _grid(lines: Sequence[Line], at: int, length: int) -> list[list[str]]:
    return [_fields(line) for line in lines[at : at + length]]


def _is_table(grid: Sequence[Sequence[str]]) -> bool:
    heads, body = grid[0], grid[1:]
    if any(map(_FIGURE.fullmatch, heads)) or len(set(heads)) < len(heads):
        return False
    return any(all(_FIGURE.fullmatch(row[i]) for row in body) for i in range(len(heads)))


def _with_unit(grid: Sequence[Sequence[str]], unit: str) -> list[list[str]]:
    heads = [
        f"{head}（{unit}）"
        if unit and "（" not in head and all(row[i][-1:].isdigit() for row in grid[1:])
        else head
        for i, head in enumerate(grid[0])
    ]
    return [heads, *(list(row) for row in grid[1:])]
