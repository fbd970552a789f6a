"""A page of a PDF file → a `Sheet`: its letters, its ruling lines and pictures, as it is read."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from corpus.formats.pages.figures import Bounds
from corpus.formats.pages.sheet import Box, Glyph, Ink, Sheet
from corpus.formats.pdf.form_values import values_on
from corpus.formats.pdf.objects import Drawn, drawn_on
from corpus.text.letters import plain_letters

_RIGHT_ANGLE = math.pi / 2
_SAME_ANGLE = 0.1
_INVISIBLE = {3, 7}
"""Modes of rendering text that show nothing (PDF 32000-1, 9.3.6)."""
_DRAWN_LETTERS = 20
_LAST_CODE = 0x10FFFF


@dataclass(frozen=True, slots=True)
class _Style:
    """How the letters of a text object are drawn; `turn` in right angles, None for aslant."""

    turn: int | None
    ink: Ink
    order: int


def sheet_of(page: pdfium.PdfPage, number: int, form: Any = None) -> Sheet:
    """Return a page as it is drawn, with the values of its form fields.

    A page is read in the direction of most of its letters: a table across the page lies. `form`
    is the form environment of the document, None where it has no form.
    """
    drawn = drawn_on(page)
    letters, slanted, damaged = _letters(page, drawn)
    turns = Counter([turn for _, turn in letters])
    usual = turns.most_common(1)[0][0] if turns else -page.get_rotation() // 90 % 4
    crop = page.get_cropbox()
    glyphs = _placed([glyph for glyph, turn in letters if turn == usual], usual, crop)
    others = "".join(glyph.text for glyph, turn in letters if turn != usual)
    glyphs += _placed(values_on(page, form), usual, crop)
    wide, high = crop[2] - crop[0], crop[3] - crop[1]
    width, height = (wide, high) if usual % 2 == 0 else (high, wide)
    pictures = [bounds for _, bounds in drawn.pictures]
    if len(drawn.shapes) > max(_DRAWN_LETTERS, len(glyphs)):
        pictures += drawn.shapes
    return Sheet(
        number,
        width,
        height,
        tuple(glyphs),
        rules=tuple(_turned(bounds, usual, crop) for bounds in drawn.rules),
        pictures=tuple(_turned(bounds, usual, crop) for bounds in pictures),
        slanted=slanted + others,
        damaged=damaged,
        turn=usual,
    )


def _letters(page: pdfium.PdfPage, drawn: Drawn) -> tuple[list[tuple[Glyph, int]], str, int]:
    """Return the letters of a page, y upwards, with their turns; the aslant; how many mean none.

    A letter that a picture is drawn over is as hidden as one that is drawn invisibly.
    """
    text = page.get_textpage()
    styles: dict[int, _Style] = {}
    found: list[tuple[Glyph, int]] = []
    last = max((order for order, _ in drawn.pictures), default=-1)
    slanted: list[str] = []
    damaged = 0
    box = raw.FS_RECTF()
    reference = ctypes.byref(box)
    unicode_of, object_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetTextObject
    box_of, cast, pointer = raw.FPDFText_GetLooseCharBox, ctypes.cast, ctypes.c_void_p
    try:
        handle = text.raw
        for i in range(text.count_chars()):
            code = unicode_of(handle, i)
            place = cast(object_of(handle, i), pointer).value
            if code < 0x20 or place is None or 0xD800 <= code < 0xE000:
                continue  # what PDFium makes up, such as spaces, is of no text object
            style = styles.get(place)
            if style is None:
                style = styles[place] = _style(handle, i, place, drawn)
            letter = _letter(code)
            if letter is None:
                damaged += 1
            elif style.turn is None:
                slanted.append(letter)
            elif box_of(handle, i, reference):
                glyph = Glyph(letter, box.left, box.right, box.bottom, box.top, style.ink)
                if style.order < last and _is_covered(glyph, style.order, drawn):
                    glyph = glyph._replace(ink=replace(style.ink, hidden=True))
                found.append((glyph, style.turn))
    finally:
        text.close()
    return found, "".join(slanted), damaged


def _letter(code: int) -> str | None:
    """Return the letter of a code, None where it has no meaning."""
    if code < 0x2E80:
        return chr(code)
    if code > _LAST_CODE or code == 0xFFFD:
        return None
    letter = chr(code)
    if code < 0x2FE0 or 0xE000 <= code < 0xFB00 or code > 0x2F000:
        letter = plain_letters(letter)
        if 0xE000 <= ord(letter) < 0xF900 or ord(letter) > 0xEFFFF:
            return None
    return letter


def _style(text: Any, index: int, place: int, drawn: Drawn) -> _Style:
    """Return how the letter at `index` is drawn."""
    angle = raw.FPDFText_GetCharAngle(text, index)
    turn = round(angle / _RIGHT_ANGLE)
    aslant = abs(angle - turn * _RIGHT_ANGLE) > _SAME_ANGLE
    found = raw.FPDFText_GetTextObject(text, index)
    red, green, blue, alpha = (ctypes.c_uint(0) for _ in range(4))
    raw.FPDFPageObj_GetFillColor(found, red, green, blue, alpha)
    paper = 255 - alpha.value
    colour = (
        (red.value * alpha.value) // 255 + paper,
        (green.value * alpha.value) // 255 + paper,
        (blue.value * alpha.value) // 255 + paper,
    )
    hidden = raw.FPDFTextObj_GetTextRenderMode(found) in _INVISIBLE
    ink = Ink(_size(found), colour, hidden)
    return _Style(None if aslant else turn % 4, ink, drawn.orders.get(place, 0))


def _size(found: Any) -> float:
    """Return the size of the letters of a text object, to half a point."""
    size = ctypes.c_float()
    matrix = raw.FS_MATRIX()
    raw.FPDFTextObj_GetFontSize(found, size)
    raw.FPDFPageObj_GetMatrix(found, matrix)
    return round(2 * size.value * math.hypot(matrix.c, matrix.d)) / 2


def _is_covered(glyph: Glyph, order: int, drawn: Drawn) -> bool:
    x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
    return any(
        later > order and left < x < right and low < y < high
        for later, (left, low, right, high) in drawn.pictures
    )


def _placed(glyphs: Sequence[Glyph], turn: int, crop: Bounds) -> list[Glyph]:
    """Return letters as they are seen when they are upright, y downwards, within `crop`."""
    if turn == 0:
        x, _, _, y = crop
        return [
            Glyph(text, left - x, right - x, y - high, y - low, ink)
            for text, left, right, low, high, ink in glyphs
        ]
    return [
        Glyph(text, *_turned((left, low, right, high), turn, crop), ink)
        for text, left, right, low, high, ink in glyphs
    ]


def _turned(bounds: Bounds, turn: int, crop: Bounds) -> Box:
    """Return a box as it is seen when the text is upright, y downwards, within `crop`."""
    left, low, right, high = bounds
    x0, y0, x1, y1 = crop
    match turn:
        case 1:  # the text runs downwards
            return Box(y1 - high, y1 - low, x1 - right, x1 - left)
        case 2:
            return Box(x1 - right, x1 - left, low - y0, high - y0)
        case 3:  # the text runs upwards
            return Box(low - y0, high - y0, left - x0, right - x0)
        case _:
            return Box(left - x0, right - x0, y1 - high, y1 - low)
