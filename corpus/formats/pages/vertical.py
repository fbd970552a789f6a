"""Text that runs downwards, in columns from right to left → the same as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.formats.pages.sheet import Box, Glyph, Sheet

_FEWEST_LETTERS = 12
_SAMPLE = 500
_SHARE = 0.6
_ASIDE = 0.6
_STEP = (0.5, 2.2)
"""How far a letter is below the one before, of its size."""


def is_vertical(glyphs: Sequence[Glyph]) -> bool:
    """Whether most of the first letters stand below the letter before them."""
    letters = [glyph for glyph in glyphs[:_SAMPLE] if not glyph.text.isspace()]
    if len(letters) < _FEWEST_LETTERS:
        return False
    below = sum(_follows(a, b) for a, b in pairwise(letters))
    return below >= _SHARE * len(letters)


def laid_down(sheet: Sheet) -> Sheet:
    """Return a page of vertical text as one of rows: its first column, at the right, on top."""
    columns: list[list[Glyph]] = []
    for glyph in sheet.glyphs:
        if glyph.text.isspace():
            continue
        if columns and _follows(columns[-1][-1], glyph):
            columns[-1].append(glyph)
        else:
            columns.append([glyph])
    laid: list[Glyph] = []
    for column in columns:
        top = sheet.width - max(glyph.right for glyph in column)
        for glyph in column:
            size = glyph.height
            laid.append(
                glyph._replace(left=glyph.top, right=glyph.bottom, top=top, bottom=top + size)
            )
    return replace(
        sheet,
        width=sheet.height,
        height=sheet.width,
        glyphs=tuple(laid),
        rules=tuple(_laid(rule, sheet.width) for rule in sheet.rules),
        pictures=tuple(_laid(picture, sheet.width) for picture in sheet.pictures),
    )


def _laid(box: Box, width: float) -> Box:
    return Box(box.top, box.bottom, width - box.right, width - box.left)


def _follows(before: Glyph, glyph: Glyph) -> bool:
    """Whether a letter stands right below another, or beside it in a number of two digits."""
    size = max(before.height, glyph.height)
    aside = min(
        abs((before.left + before.right) - (glyph.left + glyph.right)) / 2,
        abs(before.right - glyph.right),
    )
    down = glyph.top - before.top
    return aside < _ASIDE * size and _STEP[0] * before.height < down < _STEP[1] * size
