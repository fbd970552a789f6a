"""A page as it is drawn → rows and tables in the order of reading."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.formats.pages.glyph_rows import rows_of
from corpus.formats.pages.rows import Page, Row, Table
from corpus.formats.pages.ruled_tables import tables_of
from corpus.formats.pages.sheet import Sheet
from corpus.formats.pages.vertical import is_vertical, laid_down


def page_of(sheet: Sheet) -> Page:
    """Return the rows and tables of a page; columns of vertical text become rows."""
    if is_vertical(sheet.glyphs):
        sheet = laid_down(sheet)
    tables, rest = tables_of(sheet)
    rows = rows_of(rest, sheet.number, sheet.width)
    return Page(sheet.number, sheet.width, sheet.height, in_order(rows, tables))


def in_order(rows: Sequence[Row], tables: Sequence[Table]) -> tuple[Row | Table, ...]:
    """Return the rows, each table before the first row that stands below its top."""
    blocks: list[Row | Table] = []
    waiting = list(tables)
    for row in rows:
        while waiting and row.top > waiting[0].top:
            blocks.append(waiting.pop(0))
        blocks.append(row)
    return (*blocks, *waiting)
