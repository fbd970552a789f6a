"""Vertical text in pictures: the letters of a column side by side, and read as a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.formats.pages.sheet import Box

Picture = NDArray[np.uint8]
"""Pixels, (height, width, 3), RGB unless it is said to be BGR."""

_TALL = 1.5
_SHARE = 0.6
_DOUBTFUL = 0.85
"""Lying text is read surely along its lines; letters that stand on each other are not."""
_HIGHEST = 1.15
"""Of the width of a column: how high a letter is at most."""
_INK = 40
_MOST_LETTERS = 16
_GAP = 0.15


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line in a picture: its words, how sure they are from 0 to 1, where it is.

    It is `flipped` where it was read on its head.
    """

    text: str
    score: float
    box: Box
    flipped: bool = False

    @property
    def is_tall(self) -> bool:
        """Whether it was read lying, being higher than wide."""
        return self.box.height >= _TALL * self.box.width

    @property
    def length(self) -> float:
        """Its longer side."""
        return max(self.box.width, self.box.height)

    @property
    def thickness(self) -> float:
        """Its shorter side."""
        return min(self.box.width, self.box.height)


def is_vertical(lines: Sequence[ReadLine]) -> bool:
    """Whether most of the text stands in columns, letter under letter, and was not well read."""
    total = sum(line.length for line in lines)
    tall = [line for line in lines if line.is_tall]
    length = sum(line.length for line in tall)
    if not tall or length < _SHARE * total:
        return False
    return sum(line.score * line.length for line in tall) < _DOUBTFUL * length


def reread(picture: Picture, lines: Sequence[ReadLine], engine: Any) -> list[ReadLine]:
    """Return the columns of a picture (BGR) read letter by letter."""
    from rapidocr.ch_ppocr_rec import TextRecInput

    read = []
    for line in lines:
        strips = list(_strips(_cut(picture, line.box)))
        if not strips:
            continue
        found = engine.text_rec(TextRecInput(img=strips))
        texts = found.txts or ()
        score = float(np.mean(found.scores)) if texts else 0.0
        read.append(replace(line, text="".join(texts), score=score, flipped=False))
    return read


def _cut(picture: Picture, box: Box) -> Picture:
    rows = slice(max(int(box.top), 0), int(box.bottom) + 1)
    columns = slice(max(int(box.left), 0), int(box.right) + 1)
    return picture[rows, columns]


def _strips(column: Picture) -> Iterator[Picture]:
    """Yield the letters of a column as lines of some letters each."""
    if column.size == 0:
        return
    size = column.shape[1]
    paper = int(np.median(column))
    gap = np.full((size, max(int(size * _GAP), 1), 3), paper, np.uint8)
    letters = [_square(column[top:bottom], size, paper) for top, bottom in _letters(column)]
    for start in range(0, len(letters), _MOST_LETTERS):
        parts = [part for letter in letters[start : start + _MOST_LETTERS] for part in (letter, gap)]
        if parts:
            yield np.hstack(parts)


def _square(letter: Picture, size: int, paper: int) -> Picture:
    """Return a letter in the middle of a square of paper."""
    square = np.full((size, size, 3), paper, np.uint8)
    letter = letter[:size]
    top = (size - letter.shape[0]) // 2
    square[top : top + letter.shape[0]] = letter
    return square


def _letters(column: Picture) -> list[tuple[int, int]]:
    """Return where the letters of a column begin and end: strokes joined up to its width."""
    grey = column.mean(axis=2)
    inked = (np.abs(grey - np.median(grey)) > _INK).any(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], inked.astype(np.int8), [0]))))
    strokes = list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
    letters: list[tuple[int, int]] = []
    size = column.shape[1]
    for top, bottom in strokes:
        if letters and bottom - letters[-1][0] <= size:
            letters[-1] = letters[-1][0], bottom
        else:
            letters.append((top, bottom))
    return [part for letter in letters for part in _parted(letter, size)]


def _parted(letter: tuple[int, int], size: int) -> Iterator[tuple[int, int]]:
    """Yield a piece of a column, in equal parts where it is too high for one letter."""
    top, bottom = letter
    count = max(round((bottom - top) / size), 1) if bottom - top > _HIGHEST * size else 1
    step = (bottom - top) / count
    for i in range(count):
        yield round(top + i * step), round(top + (i + 1) * step)
