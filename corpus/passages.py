"""A report → its passages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from corpus.parsing.section_types import turns
from corpus.report import Paragraph, Passage, Report, SectionType
from corpus.text.numbering import marker
from corpus.text.sentences import parts, sentences

LONGEST = 320
"""Characters in a passage, at most; a single sentence may be longer (docs/retrieval.md)."""

CEILING = 4 * LONGEST
"""Characters in a passage, whatever it is: a longer sentence is cut, at commas where it has any."""

SHORTEST = 100
"""A paragraph of fewer characters goes with its neighbour under the same heading."""


_LONGEST_HEADING = 20
_SAYS = re.compile(r".[。！？；!?;，,\n].")
"""What stands in text and not in a heading."""


@dataclass(frozen=True, slots=True)
class _Extent:
    """Text that becomes one passage: offsets into the report, and where it belongs."""

    first: Paragraph
    start: int
    end: int
    type: SectionType
    part: int = 1


def passages(report: Report, longest: int = LONGEST, shortest: int = SHORTEST) -> list[Passage]:
    """Return the passages of `report` in its order; together they cover all its paragraphs.

    A passage is a paragraph. A paragraph of more than `longest` characters is cut at sentence
    ends into parts of nearly the same length, and one that turns to something else (究其原因)
    where it turns; paragraphs of fewer than `shortest` join the next under the same heading and
    of the same type, and the last one the one before where both fit. None is only a heading.
    """
    pieces = [piece for paragraph in report.paragraphs for piece in _turned(report, paragraph)]
    extents = _with_headings(report, list(_gather(pieces, longest, shortest)))
    parts = [part for extent in extents for part in _split(report, extent, longest)]
    return [_passage(report, part) for part in _numbered(parts)]


def _turned(report: Report, paragraph: Paragraph) -> Iterator[_Extent]:
    """Yield the parts of a paragraph that tell of one thing each; only reports have several."""
    start, kind = paragraph.start, paragraph.type
    year = None if "year" in report.guesses else max(report.years, default=None)
    for at, turned in turns(report.words(paragraph), year):
        if kind is not SectionType.OTHER and turned is not kind:
            yield _Extent(paragraph, start, paragraph.start + at, kind)
            start, kind = paragraph.start + at, turned
    yield _Extent(paragraph, start, paragraph.end, kind)


def _gather(pieces: Sequence[_Extent], longest: int, shortest: int) -> Iterator[_Extent]:
    """Yield the paragraphs, short ones joined with their neighbours.

    A short one leads in what follows it (加强国防建设是重要保证。), so it goes with the next;
    only the last one under a heading goes with the one before.
    """
    for _, group in groupby(pieces, key=lambda piece: (piece.first.path, piece.type)):
        gathered: list[_Extent] = []
        for piece in group:
            last = gathered[-1] if gathered else None
            if last is not None and last.end - last.start < shortest:
                gathered[-1] = replace(last, end=piece.end)
            else:
                gathered.append(piece)
        if len(gathered) > 1 and gathered[-1].end - gathered[-1].start < shortest:
            last, before = gathered[-1], gathered[-2]
            if last.end - before.start <= longest:
                gathered[-2:] = [replace(before, end=last.end)]
        yield from gathered


def _with_headings(report: Report, extents: Sequence[_Extent]) -> list[_Extent]:
    """Return the extents, those that are only a heading joined with the one behind or before."""
    joined: list[_Extent] = []
    heading: _Extent | None = None
    for found in extents:
        extent = found
        if heading is not None:
            extent = replace(found, first=heading.first, start=heading.start)
            heading = None
        text = report.text[extent.start : extent.end]
        if marker(text) and len(text) <= _LONGEST_HEADING and not _SAYS.search(text):
            heading = extent
        else:
            joined.append(extent)
    if heading is not None and joined:
        joined[-1] = replace(joined[-1], end=heading.end)
    elif heading is not None:
        joined.append(heading)
    return joined


def _numbered(parts: Sequence[_Extent]) -> Iterator[_Extent]:
    """Yield the parts, those that begin in the same paragraph counted from 1."""
    for _, group in groupby(parts, key=lambda part: part.first.number):
        yield from (replace(part, part=i) for i, part in enumerate(group, start=1))


def _split(report: Report, extent: _Extent, longest: int) -> Iterator[_Extent]:
    length = extent.end - extent.start
    if length <= longest:
        yield extent
        return
    text = report.text[extent.start : extent.end]
    target = length / -(-length // longest)
    start = end = 0
    for piece_start, piece_end in _pieces(text, longest):
        if (end > start and piece_end - start > longest) or end - start >= target:
            yield replace(extent, start=extent.start + start, end=extent.start + end)
            start = piece_start
        end = piece_end
    yield replace(extent, start=extent.start + start, end=extent.start + end)


def _pieces(text: str, longest: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences of `text`; those that are too long, cut at semicolons."""
    for start, end in sentences(text):
        if end - start <= longest:
            yield start, end
        else:
            for a, b in parts(text[start:end]):
                yield from _cut(text, start + a, start + b)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield [start, end) in pieces no longer than the ceiling."""
    while end - start > CEILING:
        comma = max(text.rfind(mark, start, start + CEILING) for mark in "，,、 ")
        at = comma + 1 if comma > start + CEILING // 2 else start + CEILING
        yield start, at
        start = at
    yield start, end


def _passage(report: Report, extent: _Extent) -> Passage:
    paragraph = extent.first
    return Passage(
        id=f"{report.name}:{paragraph.number}:{extent.part}",
        report=report.name,
        title=report.title,
        year=report.year,
        path=paragraph.path,
        paragraph=paragraph.number,
        part=extent.part,
        text=report.text[extent.start : extent.end],
        start=extent.start,
        end=extent.end,
        page=paragraph.page,
        section_type=extent.type,
    )
