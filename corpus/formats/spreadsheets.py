"""Spreadsheets (.xlsx, .xls, .et, .ods, .csv): each sheet is a table, a line a row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from corpus.errors import Trouble
from corpus.formats.cells import Cell, is_head, is_label
from corpus.formats.docx.package import Package
from corpus.formats.source import Draft, Source
from corpus.formats.tables import told_rows
from corpus.report import Format, LeftOut, ParseDetails, Reason, name_of
from corpus.text.decoding import decode
from corpus.text.lines import Line, tidy

_DEFAULT_NAME = re.compile(r"(?:sheet|工作表|表)\s*[\d一二三]*(?:\s*[（(]\d+[）)])?", re.IGNORECASE)
_RATE = re.compile(r"率|占比|比例|比重|百分比|[%％]")
_DELIMITERS = (",", "\t", ";", "，", "|")
_WIDEST = 200
_LONGEST_TITLE = 60

_Row = list[Cell]


@dataclass(slots=True)
class _Book:
    lines: list[Line] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    tables: int = 0

    def add(self, text: str, level: int | None = None) -> None:
        if words := tidy(text):
            self.lines.append(Line(len(self.lines) + 1, words, level=level, whole=True))


def read_table(source: Source) -> Draft:
    """Read a spreadsheet. Where no sheet has a title above its table, the file's name is one.

    Raises:
        UnreadableReport: it is damaged, has a password, is a bomb, or too long.
    """
    binary = source.data.startswith((b"PK", b"\xd0\xcf\x11\xe0"))
    encoding, pictures = "", 0
    book = _Book()
    if binary:
        pictures = _beside(source, book)  # a bomb is refused before it is opened
        sheets = _sheets(source, book)
    else:
        rows, encoding = _separated(source)
        sheets = [("", rows)]
    if sum(len(rows) for _, rows in sheets) > source.limits.lines:
        raise source.refuse(Trouble.TOO_LONG, f"> {source.limits.lines:,}")
    _tell(book, source, sheets)
    details = ParseDetails(Format.TABLE, encoding, tables=book.tables, pictures=pictures)
    return Draft(tuple(book.lines), details, tuple(book.left_out))


def _tell(book: _Book, source: Source, sheets: Sequence[tuple[str, list[_Row]]]) -> None:
    blocks = [(name, block) for name, rows in sheets for block in _blocks(rows)]
    if not blocks:
        return
    first = blocks[0][1]
    titled = len(first) > 1 and _is_title(first[0])
    if not titled:
        book.add(name_of(source.path), 0)
    else:
        book.add(first[0][0], 0)
        blocks[0] = (blocks[0][0], first[1:])
    headed = len({name for name, _ in blocks}) > 1
    before = ""
    for name, block in blocks:
        if headed and name != before and not _DEFAULT_NAME.fullmatch(name):
            book.add(name, 1)
        before = name
        book.tables += 1
        for line in (line for lines in told_rows(block) for line in lines):
            book.add(line)


def _is_title(row: _Row) -> bool:
    """Whether a row above a table is the title of all: one cell, and no pair."""
    alone = all(cell.across or not cell for cell in row[1:])
    return alone and bool(row[0]) and len(row[0]) <= _LONGEST_TITLE and is_head(row[0])


def _blocks(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """Yield the tables of a sheet: an empty row ends one where a title or heads come next."""
    block: list[_Row] = []
    empty = False
    for row in rows:
        if not any(row):
            empty = True
            continue
        if empty and block and (_is_title(row) or _names_columns(row)):
            yield _narrowed(block)
            block = []
        block.append(row)
        empty = False
    if block:
        yield _narrowed(block)


def _narrowed(block: list[_Row]) -> list[_Row]:
    """Return a table without its empty columns."""
    kept = [i for i in range(len(block[0])) if any(row[i] for row in block)]
    return [[row[i] for i in kept] for row in block]


def _names_columns(row: _Row) -> bool:
    words = [cell for cell in row if cell]
    return len(words) > 1 and all(map(is_head, words)) and sum(map(is_label, words)) > 1


def _sheets(source: Source, book: _Book) -> list[tuple[str, list[_Row]]]:
    """Return the names and the rows of the sheets that are shown."""
    import python_calamine as calamine

    broken = (calamine.CalamineError, OSError, ValueError, OverflowError, UnicodeError)
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(source.data))
        shown = []
        for about in workbook.sheets_metadata:
            if about.typ != calamine.SheetTypeEnum.WorkSheet:
                book.left_out.append(LeftOut(0, about.name, Reason.NOT_READ))
            elif about.visible != calamine.SheetVisibleEnum.Visible:
                book.left_out.append(LeftOut(0, about.name, Reason.HIDDEN))
            else:
                shown.append((about.name, _rows(source, workbook.get_sheet_by_name(about.name))))
    except calamine.PasswordError as exc:
        raise source.refuse(Trouble.ENCRYPTED) from exc
    except broken as exc:
        raise source.refuse(Trouble.DAMAGED) from exc
    except BaseException as exc:
        if type(exc).__name__ != "PanicException":
            raise
        raise source.refuse(Trouble.DAMAGED) from exc  # the library is of Rust, and gives up so
    return shown


def _rows(source: Source, sheet: Any) -> list[_Row]:
    if sheet.height > source.limits.lines or sheet.width > _WIDEST * 100:
        raise source.refuse(Trouble.TOO_LONG, f"{sheet.height:,} × {sheet.width:,}")
    values = sheet.to_python(skip_empty_area=True)
    width = max(map(len, values), default=0)
    columns = [[row[i] if i < len(row) else "" for row in values] for i in range(width)]
    written = [list(map(_written, column)) for column in map(_in_percent, columns)]
    rows = [[Cell(text) for text in row] for row in zip(*written, strict=True)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        first, start = sheet.start or (0, 0)
        _merge(rows, range(top - first, bottom - first + 1), range(left - start, right - start + 1))
    return rows


def _merge(rows: list[_Row], down: range, across: range) -> None:
    """Write the text of a merged cell into each of its places."""
    if down.start < 0 or across.start < 0 or down.start >= len(rows):
        return
    if across.start >= len(rows[down.start]):
        return
    text = rows[down.start][across.start]
    for i in range(down.start, min(down.stop, len(rows))):
        for k in range(across.start, min(across.stop, len(rows[i]))):
            rows[i][k] = Cell(text, across=k > across.start, down=i > down.start)


def _in_percent(column: list[Any]) -> list[Any]:
    """Return a column, its fractions as percents where its head says that it holds rates.

    A spreadsheet keeps 94.8% as 0.948, and how it is shown elsewhere.
    """
    heads = [value for value in column if isinstance(value, str) and value]
    numbers = [value for value in column if isinstance(value, int | float)]
    rates = any(len(head) <= 20 and _RATE.search(head) for head in heads[:3])
    if not rates or not numbers or any(abs(n) > 1 for n in numbers):
        return column
    return [f"{_number(round(v * 100, 2))}%" if isinstance(v, int | float) else v for v in column]


def _written(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case int() | float():
            return _number(value)
        case datetime() if value.time() != time():
            return value.strftime("%Y-%m-%d %H:%M")
        case datetime() | date():
            return value.strftime("%Y-%m-%d")
        case time():
            return value.strftime("%H:%M")
        case timedelta():
            minutes = int(value.total_seconds() // 60)
            return f"{minutes // 60}:{minutes % 60:02}"
        case _:
            return tidy(str(value))


def _number(value: float) -> str:
    """Return a number without the digits that only binary fractions have."""
    whole = value == int(value) if abs(value) < 1e15 else False
    return str(int(value)) if whole else f"{value:.10g}"


def _beside(source: Source, book: _Book) -> int:
    """Name the charts and notes of a book, which are not read; return how many pictures it has."""
    if not source.data.startswith(b"PK"):
        return 0
    package = Package(source)
    for part in (*package.names("xl/charts/chart"), *package.names("xl/comments")):
        book.left_out.append(LeftOut(0, part.rpartition("/")[2], Reason.NOT_READ))
    return len(package.names("xl/media/"))


def _separated(source: Source) -> tuple[list[_Row], str]:
    """Return the rows of a text with separated values, and its encoding."""
    text, encoding = decode(source.data, source.path)
    lines = text.lstrip("\ufeff").splitlines()
    if lines and (said := re.fullmatch(r"sep=(.)", lines[0].strip())):
        delimiter, lines = said[1], lines[1:]
    else:
        delimiter = max(_DELIMITERS, key=lambda mark: sum(mark in line for line in lines))
    csv.field_size_limit(source.limits.characters)
    try:
        rows = list(csv.reader(lines, delimiter=delimiter, skipinitialspace=True))
    except csv.Error as exc:
        raise source.refuse(Trouble.DAMAGED) from exc
    width = min(max(map(len, rows), default=0), _WIDEST)
    return [
        [Cell(tidy(row[i])) if i < len(row) else Cell("") for i in range(width)] for row in rows
    ], encoding
