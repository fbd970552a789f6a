"""Tables → lines that can be read alone: each row repeats the heads of its columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.formats.cells import Cell, Grid, as_cells, is_figure, is_head, is_label
from corpus.formats.forms import form_lines, is_form

__all__ = ["Cell", "Grid", "rows_as_lines", "told_rows", "unit_of"]

_MOST_HEADS = 3
_FEW_NAMES = 3
_UNIT = re.compile(r"单位[：:]\s*(?P<unit>[^\s）)，。、/／]{1,6})(?=[\s）)，。]|$)")
_LONGEST_UNIT_LINE = 40
_BARE_FIGURE = re.compile(r"[约近超+\-−]?\d[\d,，.]*|[—–\-－/无]{0,2}")
_UNITLESS = re.compile(
    r"[（(%％]|[率号届期年月日]$|序号|编号|学号|电话|手机|日期|时间|比例|占比|名次|班级|年级"
)

_NOTE = re.compile(r"(?:备\s*注|说\s*明|注|总\s*评|总\s*结)[：:]?")

_Names = Sequence[str]


def rows_as_lines(grid: Grid, heads: int = 0, unit: str = "") -> list[str]:
    """Return the lines of a table, as in 项目：党建；次数：12; see `told_rows`."""
    return [line for lines in told_rows(grid, heads, unit) for line in lines]


def told_rows(grid: Grid, heads: int = 0, unit: str = "") -> list[tuple[str, ...]]:
    """Return for each row of a table the lines that tell it; heads and empty rows have none.

    `heads` is the number of rows that the format marks as heads; where it marks none they are
    found: one to three first rows of short words, blank corners among them. A cell as wide as
    the table is a title, and told once. Without heads, cells stand in pairs (a form) or in a row.
    `unit` stands beside figures whose column names none; the table may say it in a title.
    """
    rows = [as_cells(row) for row in grid]
    told: list[tuple[str, ...]] = [()] * len(rows)
    if not rows or not rows[0]:
        return told
    top = _titles(rows)
    for i in range(top):
        unit = unit or unit_of(rows[i][0])
        told[i] = (rows[i][0],) if rows[i][0] and not _is_unit(rows[i][0]) else ()
    body = rows[top:]
    heads = max(heads - top, 0)
    divided = len(body) > 2 and _is_below(body[0], body[1])
    if not heads and not divided and is_form(body):
        told[top:] = form_lines(body)
        return told
    count = _head_rows(body, heads)
    names = _names(body[:count])
    if not count:
        told[top:] = [_line(_headless(row)) for row in body]
        return told
    names = _with_unit(names, body[count:], unit)
    period = _period(names)
    for i, row in enumerate(body[count:], start=top + count):
        if any(list(row) == list(head) for head in body[:count]):
            continue  # the heads again, at the top of a page
        parts = range(0, len(row), period)
        lines = (_row(row[at : at + period], names[at : at + period]) for at in parts)
        told[i] = tuple(dict.fromkeys(line for line in lines if line))
    return told


def unit_of(text: str) -> str:
    """Return the unit that a line above a table says (单位：元), "" where it says none."""
    found = _UNIT.search(text) if len(text) <= _LONGEST_UNIT_LINE else None
    return found["unit"] if found else ""


def _is_unit(text: str) -> bool:
    return _UNIT.fullmatch(text.strip(" （()）")) is not None


def _titles(rows: Sequence[Sequence[Cell]]) -> int:
    """Return how many first rows are titles: one cell as wide as the table, or alone in it."""
    count = 0
    while count < len(rows) - 1 and len(rows[count]) > 1 and _is_title(rows[count]):
        count += 1
    return count


def _is_title(row: Sequence[Cell]) -> bool:
    wide = all(cell.across for cell in row[1:])
    alone = bool(row[0]) and not any(row[1:]) and not is_label(row[0])
    return wide or alone or not any(row)


def _head_rows(rows: Sequence[Sequence[Cell]], marked: int) -> int:
    """Return how many first rows are heads, 0 where none is."""
    count = marked or int(_is_head_row(rows))
    while 0 < count < min(_MOST_HEADS, len(rows) - 1) and _is_below(rows[count - 1], rows[count]):
        count += 1
    return count if count < len(rows) else 0


def _is_head_row(rows: Sequence[Sequence[Cell]]) -> bool:
    first = rows[0]
    words = [cell for cell in first if cell and not cell.across]
    if len(rows) < 2 or len(first) < 2 or len(words) < 2 or not all(map(is_head, words)):
        return False
    figures = any(
        first[i] and all(is_figure(row[i]) for row in rows[1:] if row[i]) and rows[1][i]
        for i in range(1, len(first))
    )
    blank = [i for i, cell in enumerate(first) if not cell]
    if len(rows) > 2 and _is_below(first, rows[1]):
        return True
    if len(set(words)) < len(words) and not (figures or _period(first) < len(first)):
        return False
    return blank in ([], [0]) or figures


def _is_below(upper: Sequence[Cell], lower: Sequence[Cell]) -> bool:
    """Whether `lower` holds heads that divide those of `upper`, and nothing beside them."""
    if all(cell.across for cell in lower[1:]):
        return False
    upper = _filled(upper, lower)
    divided = False
    for i, cell in enumerate(lower):
        spans = upper[i].across or (i + 1 < len(upper) and upper[i + 1].across)
        if not spans:
            if cell and not cell.down and cell != upper[i]:
                return False
        elif cell and not cell.down:
            if not is_head(cell):
                return False
            divided = divided or not cell.across
    return divided


def _filled(upper: Sequence[Cell], lower: Sequence[Cell]) -> list[Cell]:
    """Return `upper` with blanks over heads taken for the rest of the cell on their left."""
    corner = any(above and not below for above, below in zip(upper, lower, strict=True))
    filled = list(upper)
    for i in range(1, len(upper)):
        blank = not upper[i] and filled[i - 1] and lower[i] and lower[i - 1]
        if blank and (corner or not upper[0]):
            filled[i] = Cell(filled[i - 1], across=True)
    return filled


def _names(heads: Sequence[Sequence[Cell]]) -> list[str]:
    """Return the names of the columns: the cells above each, as in 语文·期中."""
    rows = list(heads)
    for i in range(len(rows) - 1):
        rows[i] = _filled(rows[i], rows[i + 1])
    columns = zip(*rows, strict=True) if rows else ()
    return ["·".join(word for word in dict.fromkeys(column) if word) for column in columns]


def _period(names: Sequence[str]) -> int:
    """Return after how many columns the names begin again; all, where they do not."""
    for period in range(2, len(names) // 2 + 1):
        whole = len(names) % period == 0
        if whole and list(names) == list(names[:period]) * (len(names) // period):
            return period
    return max(len(names), 1)


def _with_unit(names: _Names, rows: Sequence[Sequence[Cell]], unit: str) -> list[str]:
    """Return the names, with `unit` where a column holds bare figures and names none."""
    if not unit:
        return list(names)
    figures = [
        all(_BARE_FIGURE.fullmatch(row[i]) for row in rows) and any(row[i] for row in rows)
        for i in range(len(names))
    ]
    return [
        f"{name}（{unit}）" if name and bare and not _UNITLESS.search(name) else name
        for name, bare in zip(names, figures, strict=True)
    ]


def _row(row: Sequence[Cell], names: _Names) -> str:
    if len(row) > 1 and all(cell.across for cell in row[1:]):
        return row[0]  # a cell as wide as the table: a title within it
    if len(row) > 2 and _NOTE.fullmatch(row[0]) and sum(not cell.across for cell in row) == 2:
        return f"{row[0].rstrip('：:')}：{row[1]}"
    if len(row) > 2 and row[0] and not any(row[1:]):
        return row[0]  # a note, or the name of the rows below
    parts = []
    for start, end in _extents(row):
        cell, name = row[start], _common(names[start:end], first=start == 0)
        if cell:
            parts.append(f"{name}：{cell}" if name else str(cell))
    return "；".join(parts)


def _extents(row: Sequence[Cell]) -> Iterator[tuple[int, int]]:
    """Yield the first column and the end of each cell."""
    starts = [i for i, cell in enumerate(row) if i == 0 or not cell.across]
    yield from zip(starts, [*starts[1:], len(row)], strict=True)


def _common(names: _Names, *, first: bool) -> str:
    """Return the name of the columns that a cell spans: what their names have in common."""
    different = list(dict.fromkeys(names))
    if len(different) == 1:
        return different[0]
    parts = [name.split("·") for name in different]
    shared = 0
    while all(len(p) > shared and p[shared] == parts[0][shared] for p in parts):
        shared += 1
    if shared:
        return "·".join(parts[0][:shared])
    return "" if first or len(different) > _FEW_NAMES else "、".join(filter(None, different))


def _headless(row: Sequence[Cell]) -> str:
    cells = [cell for cell in row if cell and not cell.across]
    keys = cells[::2]
    if len(cells) % 2 == 0 and cells and all(map(is_head, keys)):
        pairs = zip(keys, cells[1::2], strict=True)
        return "；".join(f"{key.rstrip('：:')}：{cell}" for key, cell in pairs)
    return "；".join(cells)


def _line(text: str) -> tuple[str, ...]:
    return (text,) if text else ()
