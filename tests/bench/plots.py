"""Line charts on logarithmic axes as SVG, by hand: one picture needs no library."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

WIDTH, HEIGHT = 640, 400
LEFT, RIGHT, TOP, BOTTOM = 70, 150, 44, 64
COLOURS = ("#1f5fa8", "#c2521d", "#2b8a4b", "#7a3fa0", "#555555")


@dataclass(frozen=True, slots=True)
class Line:
    """A named row of points, all above 0."""

    name: str
    points: Sequence[tuple[float, float]]


def write_chart(path: Path, title: str, x: str, y: str, lines: Sequence[Line], note: str) -> None:
    """Write a chart of `lines` to `path`; `x` and `y` name the axes, `note` stands below."""
    path.write_text("\n".join(_chart(title, x, y, lines, note)) + "\n", "utf-8")


def _chart(title: str, x: str, y: str, lines: Sequence[Line], note: str) -> Iterable[str]:
    across = _Axis([a for line in lines for a, _ in line.points], LEFT, WIDTH - RIGHT)
    up = _Axis([b for line in lines for _, b in line.points], HEIGHT - BOTTOM, TOP)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
        ' font-family="sans-serif" font-size="12">'
    )
    yield f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>'
    yield _text(LEFT, 22, title, size=15)
    for value in across.ticks():
        at = across.place(value)
        yield _stroke([(at, TOP), (at, HEIGHT - BOTTOM)], "#dddddd", 1)
        yield _text(at, HEIGHT - BOTTOM + 16, _short(value), anchor="middle")
    for value in up.ticks():
        at = up.place(value)
        yield _stroke([(LEFT, at), (WIDTH - RIGHT, at)], "#dddddd", 1)
        yield _text(LEFT - 6, at + 4, _short(value), anchor="end")
    yield _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - BOTTOM + 34, x, anchor="middle")
    yield _text(LEFT, TOP - 6, y)
    yield _text(LEFT, HEIGHT - 8, note, size=10)
    for i, line in enumerate(lines):
        colour = COLOURS[i % len(COLOURS)]
        places = [(across.place(a), up.place(b)) for a, b in line.points]
        yield _stroke(places, colour, 2)
        yield from (f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3" fill="{colour}"/>' for a, b in places)
        yield _text(WIDTH - RIGHT + 10, TOP + 14 + 18 * i, line.name, colour=colour)
    yield "</svg>"


class _Axis:
    def __init__(self, values: Sequence[float], start: float, stop: float) -> None:
        self._low = math.floor(math.log10(min(values)))
        self._high = max(math.ceil(math.log10(max(values))), self._low + 1)
        self._start, self._stop = start, stop

    def ticks(self) -> list[float]:
        return [10.0**power for power in range(self._low, self._high + 1)]

    def place(self, value: float) -> float:
        share = (math.log10(value) - self._low) / (self._high - self._low)
        return self._start + share * (self._stop - self._start)


def _stroke(points: Sequence[tuple[float, float]], colour: str, width: int) -> str:
    path = " ".join(f"{a:.1f},{b:.1f}" for a, b in points)
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width}"/>'


def _text(
    x: float, y: float, words: str, anchor: str = "start", size: int = 12, colour: str = "black"
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}"'
        f' fill="{colour}">{escape(words)}</text>'
    )


def _short(value: float) -> str:
    for unit, name in ((1e6, "M"), (1e3, "k")):
        if value >= unit:
            return f"{value / unit:g}{name}"
    return f"{value:g}"
