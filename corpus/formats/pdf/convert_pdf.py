"""PDF files, with PDFium, which is not thread-safe: it runs in the process of a worker."""

from __future__ import annotations

import ctypes
import re
from typing import TYPE_CHECKING, Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from corpus.errors import Trouble
from corpus.formats.paged import draft_of
from corpus.formats.pages.sheet import Sheet
from corpus.formats.pdf import fallback_font
from corpus.formats.pdf.sheets import sheet_of
from corpus.formats.source import Draft, Properties, Source
from corpus.report import Format
from corpus.text.lines import tidy

if TYPE_CHECKING:
    from corpus.formats.scans.ocr import Picture

_MADE = re.compile(r"D:(\d{4})(\d{2})")


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
        form = _form(document)
        sheets = (_sheet(document, number, form) for number in range(1, count + 1))

        def render(sheet: Sheet, scale: float) -> Picture | None:
            return _picture(document, sheet, scale)

        return draft_of(sheets, count, render, source, Format.PDF, _properties(document))
    finally:
        document.close()


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


def _form(document: pdfium.PdfDocument) -> Any:
    """Return the form environment of a document that has fields to fill in, else None."""
    if document.get_formtype() == raw.FORMTYPE_NONE:
        return None
    try:
        document.init_forms()
    except pdfium.PdfiumError:
        return None
    return document.formenv.raw if document.formenv is not None else None


def _sheet(document: pdfium.PdfDocument, number: int, form: Any) -> Sheet:
    """Return one page; one that cannot be loaded is broken."""
    try:
        page = document[number - 1]
    except pdfium.PdfiumError:
        return Sheet(number, 0, 0, broken=True)
    try:
        return sheet_of(page, number, form)
    except (pdfium.PdfiumError, ctypes.ArgumentError):
        return Sheet(number, 0, 0, broken=True)
    finally:
        page.close()


def _picture(document: pdfium.PdfDocument, sheet: Sheet, scale: float) -> Picture | None:
    """Return what a page looks like, turned as its letters stand."""
    page = document[sheet.number - 1]
    turn = (-90 * sheet.turn - page.get_rotation()) % 360
    try:
        shown = page.render(scale=scale, rotation=turn, rev_byteorder=True, may_draw_forms=False)
        picture: Picture = shown.to_numpy()[:, :, :3]
    except pdfium.PdfiumError:
        return None
    finally:
        page.close()
    return picture


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
