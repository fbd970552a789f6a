"""Words on a page: found among its letters, marked in its pixels, cut out for a phone."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from statistics import median

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""(height, width, 3), RGB."""

_MARKER = np.array([255, 232, 110], np.uint16)
_SURE = 8
"""Letters in a row that are the same are no chance; of a shorter text all have to be."""

_INK = 140
_PHONE, _READABLE = 370, 12
"""The width of a picture on a phone, and the height of letters that are read without effort."""

_BAND = 0.8
_MARGIN = 1.5


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of a page and its box in pixels, y downwards."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def find(words: str, letters: Sequence[Letter]) -> tuple[list[Letter], int]:
    """Return the letters that are `words`, and how many of them are the same.

    Line breaks, spaces and signs count for nothing; of words that run over to another page the part
    on this one is found. Nothing is where too few letters are the same in a row.
    """
    wanted = _plain(words)
    spelled = [(plain, letter) for letter in letters for plain in _plain(letter.text)]
    there = "".join(plain for plain, _ in spelled)
    if not wanted or not there:
        return [], 0
    match = SequenceMatcher(None, there, wanted, autojunk=False).find_longest_match()
    if match.size < min(_SURE, len(wanted)):
        return [], 0
    start = max(match.a - match.b, 0)
    end = min(match.a + len(wanted) - match.b, len(spelled))
    return [letter for _, letter in spelled[start:end]], match.size


def marked(picture: Pixels, found: Sequence[Letter]) -> Pixels:
    """Return the picture with the letters as if a marker had gone over them."""
    drawn = picture.copy()
    height, width, _ = drawn.shape
    for line in lines(found):
        pad = 0.1 * (line.bottom - line.top)
        top, bottom = _within(line.top - pad, height), _within(line.bottom + pad, height)
        left, right = _within(line.left - pad, width), _within(line.right + pad, width)
        area = drawn[top:bottom, left:right].astype(np.uint16)
        drawn[top:bottom, left:right] = (area * _MARKER // 255).astype(np.uint8)
    return drawn


def inked(picture: Pixels, found: Sequence[Letter]) -> bool:
    """Whether anything is drawn where the letters are: without their font nothing is."""
    height, width, _ = picture.shape
    return any(
        (
            picture[
                _within(line.top, height) : _within(line.bottom, height),
                _within(line.left, width) : _within(line.right, width),
            ]
            < _INK
        ).any()
        for line in lines(found)
    )


def cut_for_phone(
    picture: Pixels, found: Sequence[Letter], letters: Sequence[Letter]
) -> tuple[Pixels, bool]:
    """Return the part around the letters that were found, and whether it is a part.

    It is the whole picture where a phone shows its letters large enough.
    """
    height, width, _ = picture.shape
    size = median(letter.bottom - letter.top for letter in found)
    if size / width * _PHONE >= _READABLE:
        return picture, False
    margin = _MARGIN * size
    top, bottom = min(f.top for f in found), max(f.bottom for f in found)
    beside = [letter for letter in letters if top - 8 * size < letter.top < bottom + 8 * size]
    left = _within(min(letter.left for letter in beside) - margin, width)
    right = _within(max(letter.right for letter in beside) + margin, width)
    band = max(_BAND * (right - left), bottom - top + 4 * size)
    middle = (top + bottom) / 2
    low = _within(middle - band / 2, height)
    high = _within(low + band, height)
    return picture[low:high, left:right], (high - low, right - left) != (height, width)


def lines(found: Sequence[Letter]) -> list[Letter]:
    """Return the letters joined to the lines that they stand in."""
    joined: list[Letter] = []
    for letter in found:
        last = joined[-1] if joined else None
        if last is not None and _in_line(last, letter):
            joined[-1] = Letter(
                last.text + letter.text,
                min(last.left, letter.left),
                min(last.top, letter.top),
                max(last.right, letter.right),
                max(last.bottom, letter.bottom),
            )
        else:
            joined.append(letter)
    return joined


def _in_line(line: Letter, letter: Letter) -> bool:
    overlap = min(line.bottom, letter.bottom) - max(line.top, letter.top)
    beside = abs(letter.left - line.right) < 4 * (line.bottom - line.top)
    return beside and overlap > 0.5 * min(line.bottom - line.top, letter.bottom - letter.top)


def _within(place: float, end: int) -> int:
    return min(max(round(place), 0), end)


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())
