"""Rows of pages → whole paragraphs, by what printing says: indents, ends of rows, gaps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from corpus.formats.pages.furniture import furniture
from corpus.formats.pages.glyph_rows import middle_of
from corpus.formats.pages.rows import Page, Row, Table
from corpus.formats.tables import told_rows, unit_of
from corpus.report import LeftOut, Reason
from corpus.text.lines import Line, glue, tidy
from corpus.text.numbering import NumberingStyle, marker

_ENDS = tuple("。！？；：!?;:…”』」")
_CONTENTS = re.compile(r"目\s*[录錄次]")
_ENTRY = re.compile(r"(?P<title>.*?\S)\s*[\s.．·…]\s*(?P<page>\d{1,3})")
_LETTERHEAD = re.compile(r".*文\s*件")
_LEADERS = " .．·…"
_GAP = 1.6
_INDENT = 1.2
_SHORT = 1.9
"""Letters that miss at the end of a row after which a paragraph may have ended."""
_RAGGED = 6.0
"""The same where no sentence ends: words of Latin letters are not parted."""
_OTHER_SIZE = 0.15
_LARGE = 1.3
_FLOWING = 0.3
"""Of the width of a page: rows that are narrower are not broken ones."""
_HEADING_NUMBERS = {
    NumberingStyle.PART,
    NumberingStyle.CHAPTER,
    NumberingStyle.CHINESE,
    NumberingStyle.CHINESE_BRACKETED,
}
"""Numbers that begin a paragraph wherever they stand; others may be figures of a sentence."""
_CHINESE_DIGITS = "一二三四五六七八九十"
_FEWEST_TABLE_ROWS = 2
_FARTHEST_ROW = 3.0
"""Heights of letters within which the next row of a table stands."""
_SAME_EDGE = 4.0
"""Points by which the columns of a table may stand elsewhere on its next page."""
_WRAP_GAP = 0.8
"""Of the height of letters: how far below a row of a table its cells go on."""


@dataclass(frozen=True, slots=True)
class Text:
    """What was made of pages: lines, what was left out, and how many tables there were."""

    lines: tuple[Line, ...]
    left_out: tuple[LeftOut, ...]
    tables: int


@dataclass(frozen=True, slots=True)
class _Shape:
    """How text is set: its edges, the height of its letters, the step from row to row.

    It `flows` where its rows are wide enough to be broken ones.
    """

    left: float
    right: float
    size: float
    step: float
    flows: bool = True


def text_of(pages: Sequence[Page], *, titles: bool = True) -> Text:
    """Return the text of `pages`, paragraphs joined also across pages.

    With `titles`, large letters in the middle of the first page are marked as the title.
    """
    dropped = furniture(pages)
    every = [block for page in pages for block in page.blocks]
    blocks = [x for x in every if isinstance(x, Table) or (x.text and x not in dropped)]
    left_out = tuple(
        LeftOut(0, row.text, Reason.PAGE_FURNITURE, row.page)
        for row in every
        if isinstance(row, Row) and row in dropped
    )
    if not blocks:
        return Text((), left_out, 0)
    rows = [block for block in blocks if isinstance(block, Row)]
    wide = middle_of([page.width for page in pages])
    setter = _Setter(_shape(rows, wide), blocks[0].page if titles else None)
    for block in _blocks(_contents_marked(blocks)):
        if isinstance(block, Row):
            setter.add(block)
        else:
            setter.add_table(block)
    lines = (replace(line, number=i) for i, line in enumerate(setter.lines, start=1))
    return Text(tuple(lines), left_out, setter.tables)


class _Setter:
    """Joins rows into lines; remembers the row before."""

    def __init__(self, shape: _Shape, title_page: int | None) -> None:
        self.lines: list[Line] = []
        self.tables = 0
        self._shape = shape
        self._title_page = title_page
        self._before: Row | None = None

    def add(self, row: Row) -> None:
        if self._before is not None and self._continues(self._before, row):
            line = self.lines[-1]
            self.lines[-1] = replace(line, text=tidy(glue(line.text, row.text)))
        else:
            level = 0 if self._is_title(row) else None
            self.lines.append(Line(0, tidy(row.text), level=level, page=row.page, whole=True))
        self._before = row

    def add_table(self, table: _Grid) -> None:
        self.tables += 1
        unit = unit_of(self.lines[-1].text) if self.lines else ""
        for page, told in zip(table.pages, told_rows(table.rows, unit=unit), strict=True):
            for words in told:
                self.lines.append(Line(0, tidy(words), page=page, whole=True))
        self._before = None

    def _continues(self, before: Row, row: Row) -> bool:
        shape = self._shape
        if not shape.flows and row.column is None:
            return False
        if abs(before.size - row.size) > _OTHER_SIZE * max(before.size, row.size):
            return False
        if _is_entry(before.text) or _is_entry(row.text) or self._is_title(row):
            return False
        short = _SHORT if before.text.endswith(_ENDS) else _RAGGED
        left, _ = row.column or (shape.left, shape.right)
        _, right = before.column or (shape.left, shape.right)
        indented = row.left > left + _INDENT * shape.size
        if indented or before.right < right - short * shape.size:
            return False
        if before.page == row.page and row.top - before.top > _GAP * shape.step:
            return False
        number = marker(row.text)
        if number is None:
            return True
        follows = row.text[number.end : number.end + 1]
        if number.kind in _HEADING_NUMBERS and follows not in _CHINESE_DIGITS:
            return False
        return not before.text.endswith(_ENDS)

    def _is_title(self, row: Row) -> bool:
        """Whether a row is large and stands in the middle, on the page where a title is."""
        centre = (self._shape.left + self._shape.right) / 2
        return (
            row.page == self._title_page
            and row.size > _LARGE * self._shape.size
            and abs(row.middle - centre) < 2 * row.size
            and not _LETTERHEAD.fullmatch(row.text)
        )


def _shape(rows: Sequence[Row], page_width: float) -> _Shape:
    if not rows:
        return _Shape(0, 0, 1, 1)
    size = median(row.size for row in rows for _ in row.text)
    usual = [row for row in rows if abs(row.size - size) < _OTHER_SIZE * size] or list(rows)
    wide = max(row.right - row.left for row in usual)
    full = [row for row in usual if row.right - row.left > 0.7 * wide]
    steps = [
        below.top - above.top
        for above, below in pairwise(usual)
        if above.page == below.page and below.top > above.top
    ]
    left, right = _left_edge([row.left for row in full], size), max(row.right for row in full)
    return _Shape(
        left=left,
        right=right,
        flows=right - left > _FLOWING * page_width,
        size=size,
        step=median(steps) if steps else 2 * size,
    )


def _left_edge(values: Sequence[float], size: float) -> float:
    """Return the edge of the text: of the places where many rows begin, the leftmost."""
    buckets = Counter(round(value / (size / 2)) for value in values)
    often = max(buckets.values()) * 0.3
    edge = min(bucket for bucket, count in buckets.items() if count >= often)
    return min(value for value in values if round(value / (size / 2)) == edge)


def _contents_marked(rows: Iterable[Row | Table]) -> Iterator[Row | Table]:
    """Yield the rows, those of a table of contents all with leaders, so that they are known."""
    inside = False
    for row in rows:
        if isinstance(row, Table):
            yield row
            continue
        entry = _ENTRY.fullmatch(row.text) if inside else None
        inside = entry is not None or _CONTENTS.fullmatch(row.text) is not None
        if entry is None:
            yield row
        else:
            text = f"{entry['title'].rstrip(_LEADERS)}……{entry['page']}"
            yield replace(row, text=text, cells=(text,))


def _is_entry(text: str) -> bool:
    return ("……" in text and text[-1:].isdigit()) or _CONTENTS.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table: its cells row by row, and the page of each row."""

    rows: list[Sequence[str]]
    pages: list[int]


def _blocks(blocks: Iterable[Row | Table]) -> Iterator[Row | _Grid]:
    """Yield the rows; those that make a table together, by lines or by gaps, as one.

    A table between lines goes on where the next page begins with one of the same columns.
    """
    ruled: list[Table] = []
    loose: list[Row] = []
    for block in blocks:
        if isinstance(block, Table):
            yield from _grouped(loose)
            loose = []
            if ruled and not _goes_on(ruled[-1], block):
                yield _joined(ruled)
                ruled = []
            ruled.append(block)
            continue
        if ruled:
            yield _joined(ruled)
            ruled = []
        loose.append(block)
    if ruled:
        yield _joined(ruled)
    yield from _grouped(loose)


def _goes_on(before: Table, table: Table) -> bool:
    same = len(before.edges) == len(table.edges)
    return (
        same
        and before.page + 1 == table.page
        and all(abs(a - b) < _SAME_EDGE for a, b in zip(before.edges, table.edges, strict=True))
    )


def _joined(tables: Sequence[Table]) -> _Grid:
    return _Grid(
        [row for table in tables for row in table.grid],
        [table.page for table in tables for _ in table.grid],
    )


def _grouped(rows: Sequence[Row]) -> Iterator[Row | _Grid]:
    """Yield the rows; those that follow each other with as many cells, together as a table."""
    table: list[Row] = []
    for row in rows:
        wrapped = _wrapped(table[-1], row) if table else None
        if wrapped is not None:
            table[-1] = wrapped
            continue
        if table and len(row.cells) != len(table[0].cells):
            fitted = _fitted(table, row)
            if fitted is not None:
                table = fitted
                continue
            yield from _flushed(table)
            table = []
        if len(row.cells) > 1:
            table.append(row)
        else:
            yield row
    yield from _flushed(table)


def _fitted(table: Sequence[Row], row: Row) -> list[Row] | None:
    """Return a table with one more row, where cells are empty in it or in all rows before.

    None if the cells of the one do not stand in columns of the other.
    """
    before = table[-1]
    if before.page == row.page and row.top - before.bottom > _FARTHEST_ROW * before.size:
        return None
    if len(row.cells) > len(before.cells):
        wider = [_in_columns_of(row, each) for each in table]
        return None if None in wider else [*(each for each in wider if each), row]
    fitted = _in_columns_of(before, row) if len(row.cells) > 1 else None
    return None if fitted is None else [*table, fitted]


def _in_columns_of(wider: Row, row: Row) -> Row | None:
    """Return a row with empty cells, so that it has as many as `wider`, in the same columns."""
    if not len(row.cells) == len(row.begins) == len(row.ends) or not wider.ends:
        return None
    cells = [""] * len(wider.cells)
    for text, begin, end in zip(row.cells, row.begins, row.ends, strict=True):
        places = [
            i
            for i, (left, right) in enumerate(zip(wider.begins, wider.ends, strict=True))
            if begin < right and left < end
        ]
        if len(places) != 1 or cells[places[0]]:
            return None
        cells[places[0]] = text
    return replace(row, cells=tuple(cells), begins=wider.begins, ends=wider.ends)


def _wrapped(before: Row, row: Row) -> Row | None:
    """Return the row of a table with what `row` adds to its cells; None if it is not wrapped.

    What goes on in a cell begins where the cell does, close below, and before the next cell.
    """
    close = before.page == row.page and row.top - before.bottom < _WRAP_GAP * before.size
    if not close or not len(row.begins) == len(row.cells) < len(before.begins):
        return None
    ends = (*before.begins[1:], float("inf"))
    cells = list(before.cells)
    for begin, text in zip(row.begins, row.cells, strict=True):
        places = [i for i, x in enumerate(before.begins) if abs(x - begin) < before.size / 2]
        if not places or marker(text) is not None:
            return None
        cells[places[0]] = glue(cells[places[0]], text)
        if len(row.begins) == 1 and row.right > ends[places[0]]:
            return None
    if row.begins[0] == before.begins[0] and len(row.begins) == 1:
        return None  # as likely the paragraph after the table
    return replace(before, cells=tuple(cells), bottom=row.bottom, text=" ".join(cells))


def _flushed(table: list[Row]) -> Iterator[Row | _Grid]:
    if len(table) < _FEWEST_TABLE_ROWS:
        yield from table
    else:
        yield _Grid([row.cells for row in table], [row.page for row in table])
