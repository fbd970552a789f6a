"""Reliability diagrams: how often answers of a given confidence are there.

The diagram of DeGroot and Fienberg (The Statistician, 1983): questions in ten groups by their
confidence; of a calibrated score, the share that can be answered lies on the diagonal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

GROUPS: Final = 10

_SIZE, _LEFT, _TOP, _FOOT = 320, 56, 40, 64
_FONT = 'font-family="sans-serif" font-size="12" fill="#333"'


@dataclass(frozen=True, slots=True)
class ConfidenceBin:
    """Questions of about the same confidence.

    `confidence` is their mean, `share` that of them which can be answered, both 0 to 1.
    """

    count: int
    confidence: float
    share: float


def groups(confidences: Sequence[float], answerable: Sequence[bool]) -> list[ConfidenceBin]:
    """Return the groups that have questions in them, in ascending confidence."""
    rows: list[list[tuple[float, bool]]] = [[] for _ in range(GROUPS)]
    for confidence, good in zip(confidences, answerable, strict=True):
        rows[min(int(confidence * GROUPS), GROUPS - 1)].append((confidence, good))
    return [
        ConfidenceBin(
            len(row),
            sum(confidence for confidence, _ in row) / len(row),
            sum(good for _, good in row) / len(row),
        )
        for row in rows
        if row
    ]


def expected_error(found: Sequence[ConfidenceBin]) -> float:
    """Return the expected calibration error: the mean distance from the diagonal, 0 to 1."""
    total = sum(group.count for group in found)
    return sum(g.count * abs(g.confidence - g.share) for g in found) / total if total else 0.0


def diagram(found: Sequence[ConfidenceBin], title: str) -> str:
    """Return the diagram as SVG; the area of a point grows with the number of its questions."""
    width, height = _LEFT + _SIZE + 24, _TOP + _SIZE + _FOOT
    largest = max((group.count for group in found), default=1)
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}" role="img">'
        ),
        f"<title>{escape(title)}</title>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        f'<text x="{_LEFT}" y="24" {_FONT}>{escape(title)}</text>',
        *_axes(),
        (
            f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" '
            'stroke="#999" stroke-dasharray="4 4"/>'
        ),
        f'<polyline points="{" ".join(_point(g) for g in found)}" fill="none" stroke="#1f6feb"/>',
        *(_circle(group, largest) for group in found),
        (
            f'<text x="{_LEFT}" y="{height - 12}" {_FONT}>'
            f"n = {sum(g.count for g in found)}, ECE = {expected_error(found):.3f}</text>"
        ),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _axes() -> list[str]:
    parts = [
        (
            f'<rect x="{_LEFT}" y="{_TOP}" width="{_SIZE}" height="{_SIZE}" fill="none" '
            'stroke="#333"/>'
        ),
        (
            f'<text x="{_LEFT + _SIZE / 2}" y="{_TOP + _SIZE + 36}" text-anchor="middle" {_FONT}>'
            "confidence · 把握</text>"
        ),
        (
            f'<text transform="translate(16 {_TOP + _SIZE / 2}) rotate(-90)" text-anchor="middle" '
            f"{_FONT}>answerable · 能回答的比例</text>"
        ),
    ]
    for tick in (0, 0.5, 1):
        parts.append(
            f'<text x="{_x(tick)}" y="{_TOP + _SIZE + 16}" text-anchor="middle" {_FONT}>'
            f"{tick:g}</text>"
        )
        parts.append(
            f'<text x="{_LEFT - 6}" y="{_y(tick) + 4}" text-anchor="end" {_FONT}>{tick:g}</text>'
        )
    return parts


def _circle(group: ConfidenceBin, largest: int) -> str:
    radius = 3 + 7 * (group.count / largest) ** 0.5
    return (
        f'<circle cx="{_x(group.confidence)}" cy="{_y(group.share)}" r="{radius:.1f}" '
        f'fill="#1f6feb" fill-opacity="0.7"><title>{group.count}: {group.confidence:.2f} → '
        f"{group.share:.2f}</title></circle>"
    )


def _point(group: ConfidenceBin) -> str:
    return f"{_x(group.confidence)},{_y(group.share)}"


def _x(value: float) -> float:
    return round(_LEFT + value * _SIZE, 1)


def _y(value: float) -> float:
    return round(_TOP + (1 - value) * _SIZE, 1)
