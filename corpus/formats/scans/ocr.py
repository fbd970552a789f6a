"""Pictures of pages → rows, with RapidOCR: it brings its models along and needs no network.

An extra (`ocr`): without it, pictures are said to be unread.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.formats.pages.rows import Page, Row
from corpus.formats.source import Source
from corpus.telemetry import disable_telemetry

Picture = NDArray[np.uint8]
"""Pixels, (height, width, 3), RGB."""

_LONGEST_SIDE = 2600
_RED_OVER_OTHERS = 60
_SEAL_SHARE = (0.05, 0.45)
"""A seal is from so much of the width of its page to so much."""


@dataclass(frozen=True, slots=True)
class RecognisedText:
    """A page as it was recognised; `confidence` from 0 to 1, by letters, 0 where there are none."""

    page: Page
    confidence: float


def recognise(picture: Picture, number: int, source: Source) -> RecognisedText:
    """Return the rows in a picture of page `number`."""
    source.afford(source.limits.memory_ocr)
    height, width = picture.shape[:2]
    found = _engine()(without_seal(picture)[:, :, ::-1].copy())
    boxes = found.boxes if found.boxes is not None else ()
    rows, letters, sure = [], 0, 0.0
    for box, text, score in zip(boxes, found.txts or (), found.scores or (), strict=False):
        left, top = float(box[:, 0].min()), float(box[:, 1].min())
        right, bottom = float(box[:, 0].max()), float(box[:, 1].max())
        rows.append(Row(number, text.strip(), left, right, top, bottom, bottom - top, (text,)))
        letters += len(text)
        sure += float(score) * len(text)
    ordered = tuple(_merged(sorted(rows, key=lambda row: (row.top + row.bottom) / 2)))
    return RecognisedText(Page(number, width, height, ordered), sure / letters if letters else 0.0)


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


def _merged(rows: list[Row]) -> list[Row]:
    """Return the rows; pieces that stand on one height as the cells of one row."""
    bands: list[list[Row]] = []
    for row in rows:
        last = bands[-1] if bands else None
        middle = (row.top + row.bottom) / 2
        if last is not None and last[0].top < middle < last[0].bottom:
            last.append(row)
        else:
            bands.append([row])
    return [_one(sorted(band, key=lambda row: row.left)) for band in bands]


def _one(band: list[Row]) -> Row:
    if len(band) == 1:
        return band[0]
    return Row(
        page=band[0].page,
        text=" ".join(row.text for row in band),
        left=band[0].left,
        right=max(row.right for row in band),
        top=min(row.top for row in band),
        bottom=max(row.bottom for row in band),
        size=max(row.size for row in band),
        cells=tuple(row.text for row in band),
    )


@cache
def _engine() -> Any:
    disable_telemetry()
    from rapidocr import RapidOCR

    threads = max(1, (os.cpu_count() or 1))
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
