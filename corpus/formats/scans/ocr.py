"""Pictures of pages → rows, with RapidOCR: it brings its models along and needs no network.

An extra (`ocr`): without it, pictures are said to be unread.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.formats.pages.glyph_rows import rows_of
from corpus.formats.pages.rows import Page
from corpus.formats.pages.sheet import Box, Glyph
from corpus.formats.source import Source
from corpus.telemetry import disable_telemetry

_LONGEST_SIDE = 2600
_LEAST_SCORE = 0.5
_TALL = 1.5
_CELL_GAP = 0.2
_RED_OVER_OTHERS = 60
_SEAL_SHARE = (0.05, 0.45)
"""A seal is from so much of the width of its page to so much."""


Picture = NDArray[np.uint8]
"""Pixels, (height, width, 3), RGB."""


@dataclass(frozen=True, slots=True)
class _ReadLine:
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


@dataclass(frozen=True, slots=True)
class RecognisedText:
    """A page as it was recognised; `confidence` from 0 to 1, by letters, 0 where there are none."""

    page: Page
    confidence: float


def recognise(picture: Picture, number: int, source: Source) -> RecognisedText:
    """Return the rows in a picture of page `number`, however the page was held.

    Lines are read in whatever direction they run, so a page that lies or stands on its head is
    turned in the measures of its rows only. The columns of vertical text are lines that run down.
    """
    source.afford(source.limits.memory_ocr)
    cleaned = without_seal(picture)[:, :, ::-1].copy()
    height, width = picture.shape[:2]
    found = _lines(cleaned)
    turn = _turn(found)
    lines = [line for line in found if line.text.strip() and line.score >= _LEAST_SCORE]
    if turn % 2:
        width, height = height, width
    glyphs = [_glyph(line, turn, picture) for line in lines]
    rows = tuple(rows_of(glyphs, number, width, cell_gap=_CELL_GAP))
    letters = sum(len(line.text) for line in lines)
    sure = sum(line.score * len(line.text) for line in lines)
    return RecognisedText(Page(number, width, height, rows), sure / letters if letters else 0.0)


def _lines(picture: Picture) -> list[_ReadLine]:
    """Return the lines of a picture (BGR), as they lie in it."""
    engine = _engine()
    found = engine(picture)
    if found.boxes is None or not found.txts:
        return []
    flipped = engine.flipped if len(engine.flipped) == len(found.txts) else [False] * len(found)
    return [
        _ReadLine(
            text,
            float(score),
            Box(
                float(box[:, 0].min()),
                float(box[:, 0].max()),
                float(box[:, 1].min()),
                float(box[:, 1].max()),
            ),
            flipped=turned,
        )
        for box, text, score, turned in zip(
            found.boxes, found.txts, found.scores, flipped, strict=True
        )
    ]


def _turn(lines: Sequence[_ReadLine]) -> int:
    """Return in which direction lines run: 0 to the right, 1 downwards, 2 to the left, 3 upwards.

    Long lines decide: which way a word of two letters lies is but a guess.
    """
    weights = [0.0] * 4
    for line in lines:
        weights[2 * line.flipped + line.is_tall] += line.length / max(line.thickness, 1) - 1
    return max(range(4), key=lambda turn: (weights[turn], -turn))


def _glyph(line: _ReadLine, turn: int, picture: Picture) -> Glyph:
    """Return a line as it is seen when the page is upright."""
    height, width = picture.shape[:2]
    left, right, top, bottom = line.box
    match turn:
        case 1:
            place = Box(top, bottom, width - right, width - left)
        case 2:
            place = Box(width - right, width - left, height - bottom, height - top)
        case 3:
            place = Box(height - bottom, height - top, left, right)
        case _:
            place = line.box
    return Glyph(line.text.strip(), *place)


def without_seal(picture: Picture) -> Picture:
    """Return the picture with the red of round seals made white; red headlines stay.

    A seal is a red figure about as high as wide; the letters under it are black and stay.
    """
    import cv2

    colours = picture.astype(np.int16)
    others = np.maximum(colours[:, :, 1], colours[:, :, 2])
    red = (colours[:, :, 0] - others > _RED_OVER_OTHERS).astype(np.uint8)
    if not red.any():
        return picture
    width = picture.shape[1]
    reach = max(width // 100, 3)
    joined = cv2.dilate(red, np.ones((reach, reach), np.uint8))
    _, _, figures, _ = cv2.connectedComponentsWithStats(joined)
    cleaned = picture.copy()
    for left, top, wide, high, _ in figures[1:]:
        square = 0.7 < wide / high < 1.4
        if square and _SEAL_SHARE[0] * width < wide < _SEAL_SHARE[1] * width:
            area = (slice(top, top + high), slice(left, left + wide))
            cleaned[area][red[area] == 1] = 255
    return cleaned


def fitting(width: float, height: float, dots: float) -> float:
    """Return the scale that gives a page of points `dots` an inch, within what is sensible."""
    return min(dots / 72, _LONGEST_SIDE / max(width, height, 1))


@cache
def _engine() -> Any:
    """Return the engine; `flipped` says which lines of its last picture stood on their heads."""
    disable_telemetry()
    from rapidocr import RapidOCR

    class Engine(RapidOCR):
        flipped: tuple[bool, ...] = ()

        def cls_and_rotate(self, img: Any) -> Any:
            images, found = super().cls_and_rotate(img)
            sure = self.cfg.Cls.cls_thresh
            self.flipped = tuple(
                "180" in label and score > sure for label, score in found.cls_res or ()
            )
            return images, found

        def build_final_output(self, *args: Any) -> Any:
            texts = args[3].txts or ()
            if len(texts) == len(self.flipped):
                pairs = zip(texts, self.flipped, strict=True)
                self.flipped = tuple(turned for text, turned in pairs if text.strip())
            return super().build_final_output(*args)

    threads = max(1, (os.cpu_count() or 1))
    return Engine(
        params={
            "Global.log_level": "critical",
            "Global.text_score": 0.0,
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
