"""PDF files, with PDFium, which is not thread-safe: it runs in the process of a worker."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from corpus.errors import Trouble
from corpus.formats import installed
from corpus.formats.pages.paragraphs import text_of
from corpus.formats.pages.rows import Page, Row
from corpus.formats.pdf import fallback_font
from corpus.formats.pdf.glyphs import Glyph, rows_of
from corpus.formats.source import Draft, Properties, Source
from corpus.report import Format, ParseDetails, Recognised
from corpus.text.legibility import is_garbage
from corpus.text.lines import tidy

_FEWEST_LETTERS = 5
_MOST_JUNK = 0.3
_DRAWN_LETTERS = 20
_DOTS = 150.0
_MADE = re.compile(r"D:(\d{4})(\d{2})")
_RIGHT_ANGLE = math.pi / 2
_SAME_ANGLE = 0.1


@dataclass(frozen=True, slots=True)
class _Read:
    """A page that was looked at: its text, or that it is a picture of one, or neither."""

    page: Page
    pictured: bool = False
    damaged: int = 0
    broken: bool = False
    confidence: float = 1.0


def read_pdf(source: Source) -> Draft:
    """Read a PDF file: text in reading order, whole paragraphs, each with its page.

    Raises:
        UnreadableReport: it is damaged, encrypted, or has too many pages.
    """
    document = _open(source)
    try:
        count = len(document)
        if count > source.limits.pages:
            raise source.refuse(Trouble.TOO_LONG, f"> {source.limits.pages:,}")
        found = [_look(document, number) for number in range(1, count + 1)]
        if all(read.broken for read in found):
            raise source.refuse(Trouble.DAMAGED)
        properties = _properties(document)
        seen = _recognised(document, found, source)
    finally:
        document.close()
    found = [seen.get(read.page.number, read) for read in found]
    text = text_of([read.page for read in found], titles=not seen)
    return Draft(
        lines=text.lines,
        reading=ParseDetails(
            Format.PDF,
            pages=count,
            empty_pages=tuple(_numbers(found, pictured=False)),
            unread_pages=tuple(_numbers(found, pictured=True)),
            recognised=tuple(
                Recognised(number, round(read.confidence, 3))
                for number, read in seen.items()
                if read.page.rows
            ),
            tables=text.tables,
            damaged=sum(read.damaged for read in found),
        ),
        left_out=text.left_out,
        properties=properties,
    )


def _open(source: Source) -> pdfium.PdfDocument:
    fallback_font.lend()
    try:
        document = pdfium.PdfDocument(source.data)
    except pdfium.PdfiumError as exc:
        locked = exc.err_code in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}
        raise source.refuse(Trouble.ENCRYPTED if locked else Trouble.DAMAGED) from exc
    if len(document) == 0:
        document.close()
        raise source.refuse(Trouble.DAMAGED)
    return document


def _look(document: pdfium.PdfDocument, number: int) -> _Read:
    """Read one page; one that cannot be loaded is a picture that was not read."""
    try:
        page = document[number - 1]
    except pdfium.PdfiumError:
        return _Read(Page(number, 0, 0, ()), pictured=True, broken=True)
    try:
        glyphs, damaged, (width, height) = _glyphs(page)
        letters = sum(1 for glyph in glyphs if not glyph.text.isspace())
        senseless = is_garbage("".join(glyph.text for glyph in glyphs))
        if letters < _FEWEST_LETTERS or damaged > _MOST_JUNK * letters or senseless:
            if letters < _FEWEST_LETTERS and not _has_pictures(page):
                return _Read(Page(number, width, height, ()))
            return _Read(Page(number, width, height, ()), pictured=True)
        rows = rows_of(glyphs, number, width)
        return _Read(Page(number, width, height, tuple(rows)), damaged=damaged)
    finally:
        page.close()


def _recognised(
    document: pdfium.PdfDocument, found: list[_Read], source: Source
) -> dict[int, _Read]:
    """Return the pages that are pictures, recognised; none where that is not installed."""
    wanted = [read.page for read in found if read.pictured and not read.broken]
    if not wanted or not installed.can_recognise():
        return {}
    from corpus.formats.scans import ocr

    seen = {}
    for page in wanted:
        source.told(page.number, len(found))
        scale = ocr.fitting(page.width, page.height, _DOTS)
        shown = document[page.number - 1]
        try:
            picture = shown.render(scale=scale, rev_byteorder=True).to_numpy()[:, :, :3]
        except pdfium.PdfiumError:
            continue
        finally:
            shown.close()
        result = ocr.recognise(picture, page.number, source)
        unit = replace(result.page, rows=tuple(_in_points(row, scale) for row in result.page.rows))
        measured = replace(unit, width=page.width, height=page.height)
        seen[page.number] = _Read(measured, pictured=True, confidence=result.confidence)
    return seen


def _in_points(row: Row, scale: float) -> Row:
    return replace(
        row,
        left=row.left / scale,
        right=row.right / scale,
        top=row.top / scale,
        bottom=row.bottom / scale,
        size=row.size / scale,
    )


def _numbers(found: list[_Read], *, pictured: bool) -> Iterator[int]:
    for read in found:
        if not read.page.rows and read.pictured is pictured:
            yield read.page.number


def _glyphs(page: pdfium.PdfPage) -> tuple[list[Glyph], int, tuple[float, float]]:
    """Return the letters of a page as it is read, how many have no meaning, and its measures.

    A page is read in the direction of most of its letters: a table across the page lies.
    """
    size = page.get_size()
    text = page.get_textpage()
    try:
        letters = [_letter(text, i) for i in range(text.count_chars())]
    except pdfium.PdfiumError:
        return [], 0, size
    finally:
        text.close()
    known = [letter for letter in letters if letter is not None]
    turns = Counter(letter[1] for letter in known)
    usual = turns.most_common(1)[0][0] if turns else 0
    crop = page.get_cropbox()
    glyphs = [_turned(glyph, turn, crop) for glyph, turn in known if turn == usual]
    damaged = sum(1 for glyph in glyphs if _is_junk(glyph.text))
    wide, high = crop[2] - crop[0], crop[3] - crop[1]
    size = (wide, high) if usual % 2 == 0 else (high, wide)
    return [glyph for glyph in glyphs if not _is_junk(glyph.text)], damaged, size


def _letter(text: pdfium.PdfTextPage, index: int) -> tuple[Glyph, int] | None:
    """Return a letter with its box, y upwards, and its turn; None for no letter.

    The turn is in right angles, clockwise, before the page itself is turned to be seen.
    """
    code = raw.FPDFText_GetUnicode(text, index)
    if code < 0x20 or raw.FPDFText_IsGenerated(text, index) == 1 or 0xD800 <= code < 0xE000:
        return None
    angle = raw.FPDFText_GetCharAngle(text, index)
    turn = round(angle / _RIGHT_ANGLE)
    if abs(angle - turn * _RIGHT_ANGLE) > _SAME_ANGLE:
        return None  # a stamp or a watermark across the page
    box = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box)):
        return None
    return Glyph(chr(code), box.left, box.right, box.bottom, box.top), turn % 4


def _turned(glyph: Glyph, turn: int, crop: tuple[float, float, float, float]) -> Glyph:
    """Return a letter as it is seen when its text is upright, y downwards, within `crop`."""
    left, right, low, high = glyph.left, glyph.right, glyph.top, glyph.bottom
    x0, y0, x1, y1 = crop
    match turn:
        case 1:  # the text runs downwards
            left, right, top, bottom = y1 - high, y1 - low, x1 - right, x1 - left
        case 2:
            left, right, top, bottom = x1 - right, x1 - left, low - y0, high - y0
        case 3:  # the text runs upwards
            left, right, top, bottom = low - y0, high - y0, left - x0, right - x0
        case _:
            left, right, top, bottom = left - x0, right - x0, y1 - high, y1 - low
    return Glyph(glyph.text, left, right, top, bottom)


def _is_junk(text: str) -> bool:
    return text == "\ufffd" or 0xE000 <= ord(text) < 0xF900


def _has_pictures(page: pdfium.PdfPage) -> bool:
    """Whether a page shows a picture, or letters that are drawn as shapes."""
    shapes = 0
    try:
        for found in page.get_objects(max_depth=3):
            if found.type == raw.FPDF_PAGEOBJ_IMAGE:
                return True
            shapes += found.type in {raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING}
            if shapes > _DRAWN_LETTERS:
                return True
    except pdfium.PdfiumError:
        return True
    return False


def _properties(document: pdfium.PdfDocument) -> Properties:
    try:
        known: dict[str, Any] = document.get_metadata_dict()
    except (pdfium.PdfiumError, UnicodeDecodeError):
        return Properties()
    made = _MADE.match(known.get("CreationDate", ""))
    return Properties(
        title=tidy(known.get("Title", "")) or None,
        year=int(made[1]) if made else None,
    )
