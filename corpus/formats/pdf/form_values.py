"""What people filled in: the values of form fields, and text typed onto a page."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from corpus.formats.pages.sheet import Glyph
from corpus.text.lines import display_width

_USUAL_SIZE = 12.0
_SMALLEST_SIZE = 4.0
_LEADING = 1.2
_MOST_ANNOTATIONS = 2_000
_BOXES = {raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON}
_TEXTS = {raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX}


def values_on(page: pdfium.PdfPage, form: Any) -> list[Glyph]:
    """Return the letters of the values on a page, y upwards, where they are filled in.

    Boxes to be ticked are ☑ and ☐. `form` is the form environment, None where there is none;
    then only text that is typed onto the page is read. Comments are not.
    """
    glyphs: list[Glyph] = []
    count = min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST_ANNOTATIONS)
    for i in range(count):
        annotation = raw.FPDFPage_GetAnnot(page.raw, i)
        if not annotation:
            continue
        try:
            glyphs += _letters(annotation, form)
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
    return glyphs


def _letters(annotation: Any, form: Any) -> Iterator[Glyph]:
    kind = raw.FPDFAnnot_GetSubtype(annotation)
    hidden = raw.FPDFAnnot_GetFlags(annotation) & (raw.FPDF_ANNOT_FLAG_HIDDEN)
    box = raw.FS_RECTF()
    if hidden or not raw.FPDFAnnot_GetRect(annotation, box):
        return
    text = ""
    if kind == raw.FPDF_ANNOT_FREETEXT:
        text = _said(lambda *to: raw.FPDFAnnot_GetStringValue(annotation, b"Contents", *to))
    elif kind == raw.FPDF_ANNOT_WIDGET and form is not None:
        text = _value(annotation, form)
    bounds = (box.left, min(box.bottom, box.top), box.right, max(box.bottom, box.top))
    yield from _set(text, *bounds)


def _value(annotation: Any, form: Any) -> str:
    """Return the value of a form field, "" where it has none."""
    kind = raw.FPDFAnnot_GetFormFieldType(form, annotation)
    if kind in _BOXES:
        return "☑" if raw.FPDFAnnot_IsChecked(form, annotation) else "☐"
    if kind not in _TEXTS:
        return ""
    return _said(lambda *to: raw.FPDFAnnot_GetFormFieldValue(form, annotation, *to))


def _said(ask: Callable[..., int]) -> str:
    """Return a text of PDFium, which is asked for its length first; UTF-16."""
    size = ask(None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    ask(ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace").strip()


def _set(text: str, left: float, low: float, right: float, high: float) -> Iterator[Glyph]:
    """Yield the letters of a text as they fit into a box, row by row from its top."""
    size = min(_USUAL_SIZE, max(high - low, _SMALLEST_SIZE))
    while (rows := _rows(text, (right - left) / size)) and size > _SMALLEST_SIZE:
        if len(rows) == 1 or len(rows) * size * _LEADING <= high - low:
            break
        size *= 0.9
    single = len(rows) == 1
    top = (low + high + size) / 2 if single else high
    for i, row in enumerate(rows):
        x, y = left, top - i * size * _LEADING
        for letter in row:
            wide = display_width(letter) * size / 2
            yield Glyph(letter, x, x + wide, y - size, y)
            x += wide


def _rows(text: str, letters: float) -> list[str]:
    """Return a text in rows of so many wide letters."""
    rows = []
    for line in text.splitlines():
        row, width = "", 0.0
        for letter in line:
            step = display_width(letter) / 2
            if row and width + step > max(letters, 1):
                rows.append(row)
                row, width = "", 0.0
            row, width = row + letter, width + step
        rows.append(row)
    return rows
