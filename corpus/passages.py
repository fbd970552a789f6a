"""A report → its passages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from corpus.report import Paragraph, Passage, Report
from corpus.text.sentences import parts, sentences

LONGEST = 320
"""Characters in a passage, at most; a single sentence may be longer (docs/retrieval.md)."""

SHORTEST = 100
"""A paragraph of fewer characters goes with its neighbour under the same heading."""


@dataclass(frozen=True, slots=True)
class _Extent:
    """Text that becomes one passage: offsets into the report, and where it belongs."""

    first: Paragraph
    start: int
    end: int
    part: int = 1


def passages(report: Report, longest: int = LONGEST, shortest: int = SHORTEST) -> list[Passage]:
    """Return the passages of `report` in its order; together they cover all its paragraphs.

    A passage is a paragraph. A paragraph of more than `longest` characters is cut at sentence
    ends into parts of nearly the same length; paragraphs of fewer than `shortest` join the
    next under the same heading and of the same type, and the last one the one before where
    both fit.
    """
    return [
        _passage(report, part)
        for extent in _gather(report, longest, shortest)
        for part in _split(report, extent, longest)
    ]


def _gather(report: Report, longest: int, shortest: int) -> Iterator[_Extent]:
    """Yield the paragraphs, short ones joined with their neighbours.

    A short one leads in what follows it (加强国防建设是重要保证。), so it goes with the next;
    only the last one under a heading goes with the one before.
    """
    for _, group in groupby(report.paragraphs, key=lambda each: (each.path, each.type)):
        gathered: list[_Extent] = []
        for paragraph in group:
            last = gathered[-1] if gathered else None
            if last is not None and last.end - last.start < shortest:
                gathered[-1] = _Extent(last.first, last.start, paragraph.end)
            else:
                gathered.append(_Extent(paragraph, paragraph.start, paragraph.end))
        if len(gathered) > 1 and gathered[-1].end - gathered[-1].start < shortest:
            last, before = gathered[-1], gathered[-2]
            if last.end - before.start <= longest:
                gathered[-2:] = [_Extent(before.first, before.start, last.end)]
        yield from gathered


def _split(report: Report, extent: _Extent, longest: int) -> Iterator[_Extent]:
    length = extent.end - extent.start
    if length <= longest:
        yield extent
        return
    text = report.text[extent.start : extent.end]
    target = length / -(-length // longest)
    start, part = 0, 1
    end = 0
    for piece_start, piece_end in _pieces(text, longest):
        if (end > start and piece_end - start > longest) or end - start >= target:
            yield _Extent(extent.first, extent.start + start, extent.start + end, part)
            start, part = piece_start, part + 1
        end = piece_end
    yield _Extent(extent.first, extent.start + start, extent.start + end, part)


def _pieces(text: str, longest: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences of `text`; those that are too long, cut at semicolons."""
    for start, end in sentences(text):
        if end - start <= longest:
            yield start, end
        else:
            yield from ((start + a, start + b) for a, b in parts(text[start:end]))


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
        section_type=paragraph.type,
    )
