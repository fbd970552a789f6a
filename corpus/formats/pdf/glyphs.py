"""Letters at places → rows, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from corpus.formats.pages.rows import Row

_SAME_ROW = 0.5
_SPACE = 0.25
_WIDE_SPACE = 0.9
_CELL_GAP = 1.8
_FEWEST_ROWS = 4
_WIDE = 0.25
_CENTRE = (0.35, 0.65)


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter and its box; `y` grows downwards."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """The height of the box."""
        return self.bottom - self.top


def rows_of(glyphs: Sequence[Glyph], page: int, width: float) -> list[Row]:
    """Return the rows of a page of `width`: column by column where it has two, else downwards."""
    bands = [_segments(band) for band in _bands(glyphs)]
    gutter = _gutter(bands, width)
    if gutter is None:
        return [_row(band, page) for band in bands]
    return _in_columns([_row(band, page) for band in _by_columns(bands, gutter)], gutter)


Segment = list[Glyph]


def _bands(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Yield the glyphs that stand on one height, from top to bottom."""
    band: list[Glyph] = []
    top = bottom = 0.0
    for glyph in sorted(glyphs, key=lambda g: (g.top + g.bottom) / 2):
        overlap = min(bottom, glyph.bottom) - max(top, glyph.top)
        smaller = min(bottom - top, glyph.height)
        if band and overlap < _SAME_ROW * smaller:
            yield band
            band = []
        if not band:
            top, bottom = glyph.top, glyph.bottom
        elif glyph.height > (bottom - top) * 0.8:
            top, bottom = min(top, glyph.top), max(bottom, glyph.bottom)
        band.append(glyph)
    if band:
        yield band


def _segments(band: Sequence[Glyph]) -> list[Segment]:
    """Return the glyphs of a band from left to right, parted at wide gaps, each printed once."""
    segments: list[Segment] = []
    size = median(glyph.height for glyph in band)
    for glyph in sorted(band, key=lambda g: g.left):
        last = segments[-1][-1] if segments else None
        if last is not None and _printed_twice(last, glyph):
            continue
        if last is None or glyph.left - last.right > _CELL_GAP * size:
            segments.append([])
        segments[-1].append(glyph)
    visible = [segment for segment in segments if any(g.text.strip() for g in segment)]
    return visible or segments[:1]


def _printed_twice(one: Glyph, other: Glyph) -> bool:
    """Whether a letter is printed over itself, slightly shifted, to look bold."""
    shift = max((one.right - one.left) * 0.3, 0.1)
    return one.text == other.text and abs(one.left - other.left) < shift


def _gutter(bands: Sequence[list[Segment]], width: float) -> float | None:
    """Return where the page is parted into two columns of text, None where it is not."""
    wide = [
        segment
        for band in bands
        for segment in band
        if segment[-1].right - segment[0].left > _WIDE * width
    ]
    best: tuple[int, float] | None = None
    for edge in {s[-1].right for s in wide if s[-1].right < _CENTRE[1] * width}:
        left = [s for s in wide if s[-1].right <= edge]
        right = [s for s in wide if s[0].left > max(edge, _CENTRE[0] * width)]
        crossing = len(wide) - len(left) - len(right)
        enough = min(len(left), len(right)) >= _FEWEST_ROWS and crossing <= 0.3 * len(wide)
        if enough and (best is None or crossing < best[0]):
            best = crossing, (edge + min(s[0].left for s in right)) / 2
    return None if best is None else best[1]


def _by_columns(bands: Sequence[list[Segment]], gutter: float) -> Iterator[list[Segment]]:
    """Yield the rows of the left column, then of the right, between rows across both."""
    right: list[list[Segment]] = []
    for band in bands:
        if any(s[0].left < gutter < s[-1].right for s in band):
            yield from right
            right = []
            yield band
            continue
        before = [s for s in band if s[-1].right <= gutter]
        after = [s for s in band if s[0].left >= gutter]
        if before:
            yield before
        if after:
            right.append(after)
    yield from right


def _in_columns(rows: Sequence[Row], gutter: float) -> list[Row]:
    """Return the rows; those in a column know its edges."""
    edges: dict[Row, tuple[float, float]] = {}
    for is_right in (False, True):
        there = [r for r in rows if (r.left >= gutter if is_right else r.right <= gutter)]
        edge = min(row.left for row in there), max(row.right for row in there)
        edges |= dict.fromkeys(there, edge)
    return [replace(row, column=edges.get(row)) for row in rows]


def _row(segments: Sequence[Segment], page: int) -> Row:
    cells = tuple(_text(segment) for segment in segments)
    glyphs = [glyph for segment in segments for glyph in segment]
    visible = [glyph for glyph in glyphs if glyph.text.strip()] or glyphs
    return Row(
        page=page,
        text=" ".join(cell for cell in cells if cell),
        left=min(glyph.left for glyph in visible),
        right=max(glyph.right for glyph in visible),
        top=min(glyph.top for glyph in visible),
        bottom=max(glyph.bottom for glyph in visible),
        size=median(glyph.height for glyph in visible),
        cells=cells,
        begins=tuple(segment[0].left for segment in segments),
    )


def _text(segment: Segment) -> str:
    """Return the letters of a segment, with spaces where there are gaps between words."""
    size = median(glyph.height for glyph in segment)
    pieces = [segment[0].text]
    for before, glyph in pairwise(segment):
        gap = glyph.left - before.right
        latin = before.text.isascii() and glyph.text.isascii()
        if gap > (_SPACE if latin else _WIDE_SPACE) * size and not before.text.isspace():
            pieces.append(" ")
        pieces.append(glyph.text)
    return "".join(pieces).strip()
