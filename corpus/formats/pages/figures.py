"""Figures that a page draws → ruling lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

Point = tuple[float, float]
Bounds = tuple[float, float, float, float]
"""Left, the smaller y, right, the larger y."""

_THIN = 3.0
"""Points up to which a figure is a line."""
_SHORTEST = 4.0


def bounds_of(points: Sequence[Point]) -> Bounds:
    """Return the rectangle around points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def is_thin(bounds: Bounds) -> bool:
    """Whether a figure is so thin that it is a line."""
    left, low, right, high = bounds
    return min(right - left, high - low) <= _THIN


def ruling_lines(points: Sequence[Point], *, outlined: bool) -> Iterator[Bounds]:
    """Yield the ruling lines that a figure of straight lines is: itself, or its sides if drawn."""
    left, low, right, high = around = bounds_of(points)
    if is_thin(around):
        if max(right - left, high - low) >= _SHORTEST:
            yield around
    elif outlined:
        for ends in pairwise(points):
            left, low, right, high = side = bounds_of(ends)
            if min(right - left, high - low) <= 1 and max(right - left, high - low) >= _SHORTEST:
                yield side
