"""Pages as they are drawn → a draft: what PDF and OFD files have in common.

How much of a page is picture decides whether it is recognised, not how few letters it has: a scan
may carry the mark of an app, or a page number, and a page may be half a scan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import islice
from typing import TYPE_CHECKING

from corpus.errors import Trouble
from corpus.formats import installed
from corpus.formats.pages.layout import page_of
from corpus.formats.pages.overlays import without_overlays
from corpus.formats.pages.paragraphs import text_of
from corpus.formats.pages.picture_share import picture_share
from corpus.formats.pages.rows import Page, Row
from corpus.formats.pages.sheet import Box, Sheet
from corpus.formats.source import Draft, Properties, Source
from corpus.report import Format, LeftOut, ParseDetails, Reason, Recognised
from corpus.text.legibility import is_garbage

if TYPE_CHECKING:
    from corpus.formats.scans.ocr import Picture

Render = Callable[[Sheet, float], "Picture | None"]
"""Given a page and pixels a point, its picture as it is read; None where it cannot be drawn."""

_DOTS = 150.0
_WINDOW = 20
"""Pages that are read together; what comes again on one of them is seen. Each window is some time
more, so that a long file has it on a slow machine."""
_MOST_JUNK = 0.3
_LARGE_SHARE = 0.35
"""Of a page: a picture of this size may be a scan, whatever else stands there."""
_SHARE = 0.1
"""The same where there are few letters or hidden ones."""
_TOLD_SHARE = 0.03
"""A picture of this size that is not read is told."""
_FEW_LETTERS = 60
_FEWEST_FOUND = 12
_LEAST_SURE = 0.6


class _Kind(Enum):
    """How a page is read."""

    TEXT = auto()
    """Its letters are its text."""
    PARTLY = auto()
    """Its letters are, and what is recognised in its pictures."""
    WHOLE = auto()
    """It is recognised as one picture: its letters are hidden ones, or mean nothing."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What was recognised on a page: rows in points, and how surely."""

    rows: tuple[Row, ...]
    confidence: float

    @property
    def letters(self) -> int:
        return sum(len(row.text) for row in self.rows)


def draft_of(
    sheets: Iterable[Sheet],
    count: int,
    render: Render,
    source: Source,
    format_: Format,
    properties: Properties | None = None,
) -> Draft:
    """Return the draft of a file of `count` pages; pictures of text are recognised if they can be.

    Raises:
        UnreadableReport: all pages are broken.
    """
    reader = _Reader(count, render, source)
    waiting = iter(sheets)
    while window := list(islice(waiting, _WINDOW)):
        reader.add(window)
    if len(reader.broken) == count:
        raise source.refuse(Trouble.DAMAGED)
    first = reader.pages[0].number if reader.pages else 0
    text = text_of(reader.pages, titles=first not in reader.used)
    return Draft(
        lines=text.lines,
        reading=ParseDetails(
            format_,
            pages=count,
            empty_pages=tuple(reader.empty),
            unread_pages=tuple(sorted({*reader.broken, *reader.unread})),
            pictured_pages=tuple(reader.pictured),
            recognised=tuple(Recognised(n, round(x, 3)) for n, x in reader.used.items()),
            tables=text.tables,
            damaged=reader.damaged,
        ),
        left_out=(*reader.left_out, *text.left_out),
        properties=properties or Properties(),
    )


class _Reader:
    """Reads pages a window at a time, for the letters of a long file would fill the memory."""

    def __init__(self, count: int, render: Render, source: Source) -> None:
        self.pages: list[Page] = []
        self.left_out: list[LeftOut] = []
        self.used: dict[int, float] = {}
        self.broken: list[int] = []
        self.unread: list[int] = []
        self.pictured: list[int] = []
        self.empty: list[int] = []
        self.damaged = 0
        self._count = count
        self._render = render
        self._source = source

    def add(self, window: Sequence[Sheet]) -> None:
        self._source.told(window[0].number, self._count)
        self.broken += [sheet.number for sheet in window if sheet.broken]
        sheets = [sheet for sheet in window if not sheet.broken]
        kinds = {sheet.number: _kind(sheet) for sheet in sheets}
        found = self._recognised([x for x in sheets if kinds[x.number] is not _Kind.TEXT], kinds)
        visible, hidden = _without_hidden(sheets, kinds)
        cleaned, overlays = without_overlays(visible)
        self.left_out += [*hidden, *overlays]
        for sheet in cleaned:
            self._add_page(sheet, kinds[sheet.number], found.get(sheet.number))

    def _add_page(self, sheet: Sheet, kind: _Kind, found: _Found | None) -> None:
        number = sheet.number
        page = _page(sheet, found)
        self.pages.append(page)
        if found is not None and found.rows and found.rows[0] in page.blocks:
            self.used[number] = found.confidence
        elif kind is not _Kind.TEXT and found is None:
            self.unread.append(number)
        elif picture_share(sheet) >= _TOLD_SHARE:
            self.pictured.append(number)
        elif not page.blocks:
            self.empty.append(number)
        if kind is not _Kind.WHOLE:
            self.damaged += sheet.damaged

    def _recognised(self, wanted: Sequence[Sheet], kinds: Mapping[int, _Kind]) -> dict[int, _Found]:
        """Return what was recognised of pages; none where that is not installed."""
        if not wanted or not installed.can_recognise():
            return {}
        from corpus.formats.scans import ocr

        found = {}
        for sheet in wanted:
            self._source.told(sheet.number, self._count)
            scale = ocr.fitting(sheet.width, sheet.height, _DOTS)
            picture = self._render(sheet, scale)
            if picture is None:
                continue
            result = ocr.recognise(picture, sheet.number, self._source)
            rows = [_in_points(row, scale) for row in result.page.rows]
            if kinds[sheet.number] is _Kind.PARTLY:
                rows = _unknown(rows, sheet)
            found[sheet.number] = _Found(tuple(rows), result.confidence)
        return found


def _kind(sheet: Sheet) -> _Kind:
    shown = [glyph.text for glyph in sheet.glyphs if not glyph.ink.hidden]
    letters = sum(not text.isspace() for text in shown)
    hidden = len(sheet.glyphs) - len(shown)
    share = picture_share(sheet)
    if sheet.damaged > _MOST_JUNK * (letters + sheet.damaged) or is_garbage("".join(shown)):
        return _Kind.WHOLE
    if hidden > letters and share >= _SHARE:
        return _Kind.WHOLE
    if share >= _LARGE_SHARE or (share >= _SHARE and letters < _FEW_LETTERS):
        return _Kind.PARTLY
    return _Kind.TEXT


def _without_hidden(
    sheets: Sequence[Sheet], kinds: Mapping[int, _Kind]
) -> tuple[list[Sheet], list[LeftOut]]:
    """Return the pages with the letters that are seen, and the hidden ones that no picture says."""
    cleaned, left_out = [], []
    for sheet in sheets:
        kind = kinds[sheet.number]
        hidden = "".join(glyph.text for glyph in sheet.glyphs if glyph.ink.hidden).strip()
        if hidden and kind is _Kind.TEXT:
            left_out.append(LeftOut(0, hidden, Reason.HIDDEN, sheet.number))
        if kind is _Kind.WHOLE:
            cleaned.append(replace(sheet, glyphs=(), rules=(), slanted=""))
        elif hidden:
            shown = tuple(glyph for glyph in sheet.glyphs if not glyph.ink.hidden)
            cleaned.append(replace(sheet, glyphs=shown))
        else:
            cleaned.append(sheet)
    return cleaned, left_out


def _page(sheet: Sheet, found: _Found | None) -> Page:
    """Return a page with what was recognised on it, unless that is but a word in a photo."""
    page = page_of(sheet)
    if found is None or not found.rows:
        return page
    letters = sum(not glyph.text.isspace() for glyph in sheet.glyphs)
    if letters >= _FEW_LETTERS and (
        found.letters < _FEWEST_FOUND or found.confidence < _LEAST_SURE
    ):
        return page
    if not page.blocks:
        return replace(page, blocks=found.rows)
    blocks = sorted([*page.blocks, *found.rows], key=lambda block: block.top)
    return replace(page, blocks=tuple(blocks))


def _unknown(rows: Sequence[Row], sheet: Sheet) -> list[Row]:
    """Return the recognised rows of which the page does not have the letters as such."""
    known = [glyph for glyph in sheet.glyphs if not glyph.ink.hidden and not glyph.text.isspace()]
    unknown = []
    for row in rows:
        box = Box(row.left, row.right, row.top - row.size / 4, row.bottom + row.size / 4)
        if 2 * sum(box.holds(glyph) for glyph in known) < len(row.text):
            unknown.append(row)
    return unknown


def _in_points(row: Row, scale: float) -> Row:
    return replace(
        row,
        left=row.left / scale,
        right=row.right / scale,
        top=row.top / scale,
        bottom=row.bottom / scale,
        size=row.size / scale,
        begins=tuple(value / scale for value in row.begins),
        ends=tuple(value / scale for value in row.ends),
        column=row.column and (row.column[0] / scale, row.column[1] / scale),
    )
