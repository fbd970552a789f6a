"""The pages of a file as pixels, each with its letters: of a PDF, a scan, a picture, a Word file.

PDFium is not thread-safe, and files are nobody's promise: this runs in the process of a worker.
"""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from corpus.errors import Trouble
from corpus.formats import installed
from corpus.formats.detection import detect
from corpus.formats.office import convert_by_office
from corpus.formats.page_pictures.marking import Letter, Pixels
from corpus.formats.pdf import fallback_font
from corpus.formats.source import Source
from corpus.report import Format

_DOTS = 150.0
_LONGEST_SIDE = 2600
_FEWEST_LETTERS = 5
_MOST_SEARCHED = 80
"""Pages of a Word file that are searched: in it no page is known."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page in pixels, with the letters that can be told on it; `number` counts from 1."""

    number: int
    picture: Pixels
    letters: tuple[Letter, ...]


def pages(source: Source, page: int | None) -> Iterator[PageImage]:
    """Yield the pages on which words of `page` may stand: it and the next, all where it is None.

    Raises:
        UnreadableReport: the format has no pages, or they cannot be drawn here.
    """
    match detect(source):
        case Format.PDF:
            yield from _of_pdf(source, source.data, page)
        case Format.IMAGE:
            yield from _of_image(source, page)
        case Format.DOCX:
            yield from _of_pdf(source, convert_by_office(source, "pdf", suffix=".docx"), None)
        case Format.OFFICE:
            yield from _of_pdf(source, convert_by_office(source, "pdf"), None)
        case _:
            raise source.refuse(Trouble.NO_PAGES)


def _of_pdf(source: Source, data: bytes, page: int | None) -> Iterator[PageImage]:
    fallback_font.lend()
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as exc:
        raise source.refuse(Trouble.DAMAGED) from exc
    try:
        first, last = (page, page + 1) if page is not None else (1, _MOST_SEARCHED)
        for number in range(max(first, 1), min(last, len(document)) + 1):
            yield _drawn(document, number, source)
    finally:
        document.close()


def _drawn(document: pdfium.PdfDocument, number: int, source: Source) -> PageImage:
    try:
        page = document[number - 1]
    except pdfium.PdfiumError as exc:
        raise source.refuse(Trouble.DAMAGED) from exc
    try:
        scale = min(_DOTS / 72, _LONGEST_SIDE / max(*page.get_size(), 1))
        picture = page.render(scale=scale, rev_byteorder=True).to_numpy()[:, :, :3].copy()
        letters = tuple(_letters(page, picture.shape[1], picture.shape[0]))
    except pdfium.PdfiumError as exc:
        raise source.refuse(Trouble.DAMAGED) from exc
    finally:
        page.close()
    if len(letters) < _FEWEST_LETTERS:
        letters = _recognised(picture, number, source)
    return PageImage(number, picture, letters)


def _letters(page: pdfium.PdfPage, width: int, height: int) -> Iterator[Letter]:
    """Yield the letters of a page where they stand in its picture, however the page is turned."""
    text = page.get_textpage()
    try:
        for index in range(text.count_chars()):
            code = raw.FPDFText_GetUnicode(text, index)
            box = raw.FS_RECTF()
            if code < 0x20 or not raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box)):
                continue
            corners = [
                _on_picture(page, width, height, x, y)
                for x, y in ((box.left, box.top), (box.right, box.bottom))
            ]
            (x0, y0), (x1, y1) = corners
            yield Letter(chr(code), min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    finally:
        text.close()


def _on_picture(page: Any, width: int, height: int, x: float, y: float) -> tuple[int, int]:
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(
        page, 0, 0, width, height, 0, x, y, ctypes.byref(across), ctypes.byref(down)
    )
    return across.value, down.value


def _of_image(source: Source, page: int | None) -> Iterator[PageImage]:
    import numpy as np
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    if not installed.can_recognise():
        raise source.refuse(Trouble.NEEDS_OCR)
    source.afford(source.limits.memory_ocr)
    try:
        image = Image.open(io.BytesIO(source.data))
        if image.width * image.height > source.limits.pixels:
            raise source.refuse(Trouble.TOO_LARGE)
        for number, frame in enumerate(ImageSequence.Iterator(image), start=1):
            if page is not None and number not in {page, page + 1}:
                continue
            upright = (ImageOps.exif_transpose(frame) or frame).convert("RGB")
            upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
            picture = np.asarray(upright)
            yield PageImage(number, picture, _recognised(picture, number, source))
    except (UnidentifiedImageError, Image.DecompressionBombError) as exc:
        raise source.refuse(Trouble.DAMAGED) from exc
    except (OSError, SyntaxError, ValueError, EOFError) as exc:
        raise source.refuse(Trouble.DAMAGED) from exc


def _recognised(picture: Pixels, number: int, source: Source) -> tuple[Letter, ...]:
    """Return the letters in a picture, recognised: each has its share of its row."""
    if not installed.can_recognise():
        return ()
    from corpus.formats.scans import ocr

    source.told(number, number)
    rows = ocr.recognise(picture, number, source).page.rows
    return tuple(letter for row in rows for letter in _shares(row))


def _shares(row: Any) -> Iterator[Letter]:
    whole = Letter(row.text, row.left, row.top, row.right, row.bottom)
    each = (whole.right - whole.left) / max(len(whole.text), 1)
    for at, character in enumerate(whole.text):
        left = whole.left + at * each
        yield replace(whole, text=character, left=left, right=left + each)
