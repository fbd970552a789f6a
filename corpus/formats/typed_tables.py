"""Tables that are typed: with bars (Markdown), with lines of a box (┌─┬), with tabs or gaps."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import zip_longest

from corpus.formats.cells import Cell, is_label
from corpus.formats.tables import told_rows, unit_of
from corpus.text.lines import Line, tidy

_BAR = re.compile(r"(?<!\\)\|")
_DELIMITER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_BOX = re.compile(r"[│┃║|]")
_BORDER = re.compile(r"[\s─━═│┃║|+┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋=\-]+")
_DRAWN = re.compile(r"[─━═┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋]{2}|\+-{2,}")
_GAP = re.compile(r"\t+| {2,}|\u3000+|(?<=\S) *\u3000+ *(?=\S)")
_STOPS = ("。", "；", "，", "、", "：", ":")
_FEWEST_ROWS = 3
_RULED = 3
"""Groups between rules from which on each is a row of its own."""

_LONGEST_FIELD = 40
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)

_Fields = list[str]


def typed_tables(text: str, lines: Sequence[Line]) -> tuple[list[Line], int]:
    """Return the lines of a text, those of its tables a line a row, and how many tables it has.

    `lines` are those of `text`, one for each.
    """
    raw = text.splitlines()
    result: list[Line] = []
    tables = at = 0
    while at < len(lines):
        found = _with_bars(raw, at) or _boxed(raw, at) or _with_gaps(raw, at)
        if found is None:
            result.append(lines[at])
            at += 1
            continue
        rows, heads, end = found
        tables += 1
        unit = unit_of(next((x.text for x in reversed(result) if x.text), ""))
        told = told_rows(_grid([fields for _, fields in rows]), heads, unit)
        for (i, _), texts in zip(rows, told, strict=True):
            result += [replace(lines[i], text=words, indented=False, whole=True) for words in texts]
        at = end
    return result, tables


_Found = tuple[list[tuple[int, _Fields]], int, int]
"""The rows of a table with the places of their lines, how many are heads, where the table ends."""


def _with_bars(raw: Sequence[str], at: int) -> _Found | None:
    """Return the table that begins at a line whose next is the rule below the heads of Markdown."""
    rule = raw[at + 1] if at + 1 < len(raw) else ""
    if "|" not in raw[at] or "|" not in rule or not _DELIMITER.fullmatch(rule):
        return None
    end = at + 2
    while end < len(raw) and "|" in raw[end]:
        end += 1
    rows = [(i, _bars(raw[i])) for i in (at, *range(at + 2, end))]
    return rows, 1, end


def _bars(line: str) -> _Fields:
    cells = _BAR.split(line.strip().removeprefix("|"))
    if cells and not cells[-1].strip():
        cells.pop()
    return [_BREAK.sub(" ", cell.replace("\\|", "|")) for cell in cells]


def _boxed(raw: Sequence[str], at: int) -> _Found | None:
    """Return the table that begins at a line drawn as the upper edge of a box."""
    if not _DRAWN.search(raw[at]) or not _BORDER.fullmatch(raw[at]):
        return None
    groups: list[list[tuple[int, _Fields]]] = [[]]
    end = at
    while end < len(raw) and (_BORDER.fullmatch(raw[end]) or len(_BOX.findall(raw[end])) > 1):
        if _BORDER.fullmatch(raw[end]):
            groups.append([])
        else:
            groups[-1].append((end, _BOX.split(raw[end].strip())[1:-1]))
        end += 1
    groups = [group for group in groups if group]
    if len(groups) < _RULED:  # below the heads, each line is a row
        heads = [_one(group) for group in groups[:-1]]
        rows = [*heads, *(groups[-1] if groups else [])]
    else:
        rows = [_one(group) for group in groups]
    return (rows, 0, end) if len(rows) > 1 else None


def _one(group: Sequence[tuple[int, _Fields]]) -> tuple[int, _Fields]:
    """Return the lines between two rules as one row."""
    columns = zip_longest(*(fields for _, fields in group), fillvalue="")
    return group[0][0], ["".join(map(str.strip, column)) for column in columns]


def _with_gaps(raw: Sequence[str], at: int) -> _Found | None:
    """Return the table of lines with as many fields each, apart by tabs or wide gaps."""
    for split in (_by_tabs, _by_gaps):
        first = split(raw[at])
        end = at
        while len(first) > 1 and end < len(raw) and len(split(raw[end])) == len(first):
            end += 1
        rows = [(i, split(raw[i])) for i in range(at, end)]
        if end - at >= _FEWEST_ROWS and _is_table([fields for _, fields in rows], split):
            return rows, 1, end
    return None


def _by_tabs(line: str) -> _Fields:
    fields = [field.strip() for field in line.strip(" \u3000\r\n").split("\t")]
    indented = line.startswith("\t") and "\t" not in line.strip()
    return fields if _may_be_row(line, fields) and not indented else []


def _by_gaps(line: str) -> _Fields:
    fields = [tidy(field) for field in _GAP.split(line.strip())]
    return fields if _may_be_row(line, fields) else []


def _may_be_row(line: str, fields: _Fields) -> bool:
    return (
        len(fields) > 1
        and not line.rstrip().endswith(_STOPS)
        and max(map(len, fields)) <= _LONGEST_FIELD
    )


def _is_table(rows: Sequence[_Fields], split: Callable[[str], _Fields]) -> bool:
    """Whether lines of fields are a table: the first names columns, two at least by a label."""
    heads = [field for field in rows[0] if field]
    if len(set(heads)) < len(heads) or any(field[:1].isdigit() for field in heads):
        return False
    labels = sum(map(is_label, heads))
    return labels >= (1 if split is _by_tabs else 2)


def _grid(rows: Sequence[_Fields]) -> list[list[Cell]]:
    width = max(map(len, rows))
    return [[Cell(tidy(field)) for field in row] + [Cell("")] * (width - len(row)) for row in rows]
