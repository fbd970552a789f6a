"""Letters at places → rows, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.formats.pages.rows import Row
from corpus.formats.pages.sheet import Glyph

_SAME_ROW = 0.5
_SAME_BASELINE = 0.25
_SAME_LINE = 0.05
_COLLISION = 0.4
"""Of the width of a letter: how much of it another may cover."""
_SPACE = 0.25
_WIDE_SPACE = 0.9
_CELL_GAP = 1.8
_COLONS = ("：", ":")
_LABEL_GAP = 4
"""How much wider a gap may be behind a label with a colon: its value is filled in there."""
_FEWEST_ROWS = 4
_FEWEST_APART = 3
_EVEN = 1.4
_WIDE = 0.25
_CENTRE = (0.35, 0.65)

Segment = list[Glyph]


def rows_of(
    glyphs: Sequence[Glyph],
    page: int,
    width: float,
    *,
    columns: bool = True,
    cell_gap: float = _CELL_GAP,
) -> list[Row]:
    """Return the rows of a page of `width`: column by column where it has two, else downwards.

    `cell_gap`, in heights of letters, is what parts two cells; `columns` False looks for none.
    """
    bands = [_segments(band, cell_gap) for band in _bands(glyphs)]
    gutter = _gutter(bands, width) if columns else None
    if gutter is None:
        return [_row(band, page) for band in bands]
    return _in_columns([_row(band, page) for band in _by_columns(bands, gutter)], gutter)


def _bands(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Yield the glyphs that stand on one height, from top to bottom."""
    band: list[Glyph] = []
    top = bottom = 0.0
    for glyph in sorted(glyphs, key=lambda g: g.top + g.bottom):
        _, _, _, above, below, _ = glyph
        height, reach = below - above, bottom - top
        overlap = (below if below < bottom else bottom) - (above if above > top else top)
        if band and overlap < _SAME_ROW * (height if height < reach else reach):
            yield from _untangled(band)
            band = []
        if not band:
            top, bottom = above, below
        elif height > reach * 0.8:
            top, bottom = min(top, above), max(bottom, below)
        band.append(glyph)
    if band:
        yield from _untangled(band)


def _untangled(band: list[Glyph]) -> list[list[Glyph]]:
    """Return the lines in a band: letters of one line do not stand on each other.

    Lines of different sizes or colours may be so close that their heights overlap; they are told
    apart by how and on which line they are drawn.
    """
    band.sort(key=lambda glyph: glyph.left)
    if not any(b.left < a.right and _collide(a, b) for a, b in pairwise(band)):
        return [band]
    lines: list[list[Glyph]] = []
    for group in sorted(_alike(band), key=len, reverse=True):
        fits = (line for line in lines if _beside(line, group))
        line = next(fits, None)
        if line is None:
            lines.append(group)
        else:
            line.extend(group)
            line.sort(key=lambda glyph: glyph.left)
    lines.sort(key=lambda line: min(glyph.top + glyph.bottom for glyph in line))
    texts = ["".join(glyph.text for glyph in line).strip() for line in lines]
    return [line for i, line in enumerate(lines) if texts[i] not in texts[:i] or not texts[i]]


def _collide(one: Glyph, other: Glyph) -> bool:
    """Whether two letters stand on each other and are not one letter printed twice.

    Letters of one line that are drawn alike do not: narrow ones are measured too wide.
    """
    if one.ink == other.ink and abs(one.bottom - other.bottom) < _SAME_LINE * one.height:
        return False
    overlap = min(one.right, other.right) - max(one.left, other.left)
    least = min(one.right - one.left, other.right - other.left)
    if overlap <= _COLLISION * least or one.text.isspace() or other.text.isspace():
        return False
    return not _printed_twice(one, other)


def _alike(band: Sequence[Glyph]) -> list[list[Glyph]]:
    """Return the glyphs of a band in groups that are drawn alike and on one line."""
    groups: list[list[Glyph]] = []
    for glyph in band:
        for group in groups:
            last = group[-1]
            shift = abs(last.bottom - glyph.bottom)
            if last.ink == glyph.ink and shift < _SAME_BASELINE * glyph.height:
                group.append(glyph)
                break
        else:
            groups.append([glyph])
    return groups


def _beside(line: Sequence[Glyph], group: Sequence[Glyph]) -> bool:
    """Whether a group stands on a line and on none of its letters."""
    size = min(line[0].height, group[0].height)
    if abs(line[0].bottom - group[0].bottom) > _SAME_BASELINE * size:
        return False
    merged = sorted([*line, *group], key=lambda glyph: glyph.left)
    return not any(_collide(a, b) for a, b in pairwise(merged))


def _segments(band: Sequence[Glyph], cell_gap: float) -> list[Segment]:
    """Return the glyphs of a band from left to right, parted at wide gaps, each printed once."""
    segments: list[Segment] = []
    gap = cell_gap * middle_of([glyph.height for glyph in band])
    last: Glyph | None = None
    for glyph in band:
        if last is not None and _printed_twice(last, glyph):
            continue
        wide = _LABEL_GAP * gap if last is not None and last.text in _COLONS else gap
        if last is None or glyph.left - last.right > wide:
            segments.append([])
        segments[-1].append(glyph)
        last = glyph
    visible = [segment for segment in segments if any(g.text.strip() for g in segment)]
    if _is_apart(visible):
        return [[glyph for segment in visible for glyph in segment]]
    return visible or segments[:1]


def _is_apart(segments: Sequence[Segment]) -> bool:
    """Whether the segments are the letters of one heading, set far apart at even steps."""
    if len(segments) < _FEWEST_APART:
        return False
    letters = [[glyph for glyph in segment if not glyph.text.isspace()] for segment in segments]
    if any(len(each) != 1 or not "\u4e00" <= each[0].text <= "\u9fff" for each in letters):
        return False
    steps = [after[0].left - before[0].left for before, after in pairwise(letters)]
    return max(steps) < _EVEN * min(steps)


def _printed_twice(one: Glyph, other: Glyph) -> bool:
    """Whether a letter is printed over itself, slightly shifted, to look bold."""
    if one.text != other.text:
        return False
    shift = max((one.right - one.left) * 0.3, 0.1)
    return abs(one.left - other.left) < shift and abs(one.bottom - other.bottom) < one.height * 0.3


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
    visible = [glyph for glyph in glyphs if not glyph.text.isspace()] or glyphs
    return Row(
        page=page,
        text=" ".join(cell for cell in cells if cell),
        left=min(glyph.left for glyph in visible),
        right=max(glyph.right for glyph in visible),
        top=min(glyph.top for glyph in visible),
        bottom=max(glyph.bottom for glyph in visible),
        size=middle_of([glyph.height for glyph in visible]),
        cells=cells,
        begins=tuple(segment[0].left for segment in segments),
        ends=tuple(segment[-1].right for segment in segments),
    )


def _text(segment: Segment) -> str:
    """Return the letters of a segment, with spaces where there are gaps between words."""
    size = middle_of([glyph.height for glyph in segment])
    text, end = segment[0].text, segment[0].right
    pieces = [text]
    for letter, left, right, _, _, _ in segment[1:]:
        gap = left - end
        if gap > _SPACE * size and not text.isspace():
            latin = text[-1:].isascii() and letter[:1].isascii()
            if latin or gap > _WIDE_SPACE * size:
                pieces.append(" ")
        pieces.append(letter)
        text, end = letter, right
    return "".join(pieces).strip()


def middle_of(values: list[float]) -> float:
    """Return the median of `values`, the upper one of two; faster than that of statistics."""
    return sorted(values)[len(values) // 2]
