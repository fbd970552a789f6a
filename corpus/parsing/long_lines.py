"""Documents whose line breaks were lost: one long line → the lines it was made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.parsing.margins import is_publication
from corpus.text.lines import Line
from corpus.text.numbering import NumberingStyle, marker

_LONG = 400
_SHARE = 0.5
_LONGEST_TITLE = 60
_FEWEST = 2
_OPENING = 3
_GENRE = re.compile("总结|總結|报告|報告|述职|计划|計劃|要点|汇报|方案|小结")
_TITLE = re.compile(rf"(\S{{4,60}}(?:{_GENRE.pattern}))\s+(?=\S)")
_PLACES = re.compile(r"(?:^|(?<=[。！？；：”）)\s]))(?=[（(第一二三四五六七八九十\d①-⑳★])")
_PARAGRAPH = re.compile(r"(?<=[。！？”）])\s+")
_KINDS = (
    NumberingStyle.PART,
    NumberingStyle.CHINESE,
    NumberingStyle.CHINESE_BRACKETED,
    NumberingStyle.DECIMAL,
)


def spread(lines: Sequence[Line]) -> list[Line]:
    """Return the lines, those without their breaks cut at headings and at spaces behind a stop.

    A line is cut when it is long and at least half of the text, and the first line is the title
    of a report or the line has numbered headings. A first line that runs on behind the title is
    cut there. If any is cut, all are numbered anew.
    """
    titled = any(_GENRE.search(line.text[:_LONGEST_TITLE]) for line in lines[:_OPENING])
    total = sum(len(line.text) for line in lines)
    pieces = [
        replace(line, text=text)
        for i, line in enumerate(lines)
        for text in _pieces(line.text, first=i == 0, total=total, titled=titled)
    ]
    if len(pieces) == len(lines):
        return list(lines)
    return [replace(piece, number=i) for i, piece in enumerate(pieces, start=1)]


def _pieces(text: str, *, first: bool, total: int, titled: bool) -> Iterator[str]:
    long = len(text) >= _LONG and len(text) >= _SHARE * total
    title = _TITLE.match(text) if first else None
    if title and (long or is_publication(text[title.end() :])):
        yield title[1]
        text = text[title.end() :]
    if not long or not (titled or _headings(text)):
        yield text
        return
    for paragraph in _PARAGRAPH.split(text):
        cuts = [0, *sorted(_headings(paragraph)), len(paragraph)]
        parts = (paragraph[a:b].strip() for a, b in pairwise(cuts))
        yield from (part for part in parts if part)


def _headings(text: str) -> set[int]:
    """Return where the numbers stand that count from 1 on, of the kinds that head sections."""
    runs: dict[NumberingStyle, list[tuple[int, int]]] = {}
    found: set[int] = set()
    for place in _PLACES.finditer(text):
        number = marker(text[place.start() : place.start() + 12])
        if number is None or number.kind not in _KINDS:
            continue
        run = runs.setdefault(number.kind, [])
        if number.value == 1:
            run.clear()
        elif not run or number.value != run[-1][1] + 1:
            continue
        run.append((place.start(), number.value))
        if len(run) >= _FEWEST:
            found.update(start for start, _ in run)
    return found
