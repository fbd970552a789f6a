"""Figures of years as a bar chart: a PNG file, drawn with Pillow.

Only digits stand in it, so that it needs no Chinese font; what is counted, and in which unit, the
caption says, which is also what people read who do not see the picture.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal
from importlib.util import find_spec

from index.answering.answer import Figure

FEWEST = 3
"""Figures from which on a chart says more than the lines."""

_WIDTH, _HEIGHT, _MARGIN = 960, 600, 48
_LABEL, _AXIS = 34, 30
_BACK, _BAR, _BEST, _INK = "#ffffff", "#8fb3d1", "#2f6fa7", "#30404d"
_TEN_THOUSAND = 10_000


def can_draw() -> bool:
    """Whether Pillow is installed, which the extra `pictures` brings."""
    return find_spec("PIL") is not None


def bar_chart(figures: Sequence[Figure]) -> bytes:
    """Return a chart of the figures, a bar a year, the highest ones dark."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (_WIDTH, _HEIGHT), _BACK)
    draw = ImageDraw.Draw(image)
    size = min(_LABEL, 300 // len(figures))
    font, small = ImageFont.load_default(size), ImageFont.load_default(min(_AXIS, size))
    best = max(figure.value for figure in figures)
    least = min(figure.value for figure in figures)
    low, high = 2 * _MARGIN, _HEIGHT - 2 * _MARGIN
    room = (_WIDTH - 2 * _MARGIN) / len(figures)
    for place, figure in enumerate(figures):
        left = _MARGIN + (place + 0.18) * room
        share = float(max(figure.value, Decimal(0)) / best) if best > 0 else 0.0
        top = high - share * (high - low)
        colour = _BEST if figure.value == best > least else _BAR
        draw.rectangle((left, top, left + 0.64 * room, high), fill=colour)
        middle = left + 0.32 * room
        draw.text((middle, top - 6), label(figure.value, best), _INK, font, anchor="ms")
        draw.text((middle, high + 12), str(figure.year), _INK, small, anchor="mt")
    draw.line((_MARGIN, high, _WIDTH - _MARGIN, high), fill=_INK, width=2)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def label(value: Decimal, best: Decimal) -> str:
    """Return a value in digits, short enough for a bar."""
    shown = value.normalize()
    if best >= 100 * _TEN_THOUSAND:
        shown = round(value, 0)
    return f"{shown:,f}"
