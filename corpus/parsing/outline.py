"""Lines of a report → its paragraphs and its section tree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.report import Paragraph, Section
from corpus.text.lines import Line
from corpus.text.numbering import NumberingStyle, marker

_Rank = tuple[float, int]
"""Which of two headings stands above: the smaller one."""

_UNMARKED = 100.0
_LONGEST_HEADING = 40
_LONGEST_RUN_IN = 30
_SHORTEST_BODY = 12
_RUN_IN = re.compile(rf"[^。；！？：:]{{2,{_LONGEST_RUN_IN}}}[。：:](?=.)")
_ENDS_TEXT = tuple("。！？；，,、!?;：:")


@dataclass(frozen=True, slots=True)
class Outline:
    """The text of a report, its paragraphs and the roots of its section tree."""

    text: str
    paragraphs: tuple[Paragraph, ...]
    sections: tuple[Section, ...]


@dataclass(slots=True)
class _Open:
    """A section that is being read. `rank` orders kinds of headings; a smaller one is above."""

    heading: str
    rank: _Rank
    first: int
    line: Line | None
    below: list[_Open] = field(default_factory=list)
    last: int = 0


@dataclass(frozen=True, slots=True)
class _Heading:
    """What a line says as a heading. `runs_in`: the paragraph goes on in the same line."""

    text: str
    rank: _Rank
    runs_in: bool


class _Reader:
    """Reads lines one after another, and remembers the chain of open sections."""

    def __init__(self, ranks: _Ranks) -> None:
        self._ranks = ranks
        self._roots: list[_Open] = []
        self._chain: list[_Open] = []
        self._paragraphs: list[Paragraph] = []
        self._text: list[str] = []
        self._length = 0

    def read(self, line: Line) -> None:
        heading = _heading(line, self._ranks)
        if heading is None:
            self._paragraph(line)
            return
        self._open(heading, line)
        if heading.runs_in:
            self._paragraph(line)

    def finish(self) -> Outline:
        self._close(0)
        roots = tuple(_section(root, 1) for root in self._roots)
        return Outline("\n".join(self._text), tuple(self._paragraphs), roots)

    def _open(self, heading: _Heading, line: Line) -> None:
        ranks = [section.rank for section in self._chain]
        if heading.rank in ranks:
            self._close(ranks.index(heading.rank))
        else:
            self._close(sum(rank < heading.rank for rank in ranks))
        section = _Open(heading.text, heading.rank, len(self._paragraphs) + 1, line)
        (self._chain[-1].below if self._chain else self._roots).append(section)
        self._chain.append(section)

    def _close(self, depth: int) -> None:
        """Close the open sections deeper than `depth`.

        A heading with nothing under it is an item of a list: it becomes a paragraph of the
        section above, so that its words are not lost.
        """
        while len(self._chain) > depth:
            section = self._chain.pop()
            section.last = len(self._paragraphs)
            if section.last >= section.first or section.below or section.line is None:
                continue
            siblings = self._chain[-1].below if self._chain else self._roots
            siblings.remove(section)
            self._paragraph(section.line)

    def _paragraph(self, line: Line) -> None:
        start = self._length
        self._text.append(line.text)
        self._length += len(line.text) + 1
        path = tuple(section.heading for section in self._chain)
        number = len(self._paragraphs) + 1
        end = start + len(line.text)
        self._paragraphs.append(Paragraph(number, path, start, end, line.page))


def outline(lines: Sequence[Line]) -> Outline:
    """Return the outline of a report of `lines`, which hold one block each.

    A numbered line is a heading when it is short and ends no sentence, or when a short first
    sentence is followed by its paragraph (（一）加强领导。一年来……). Where a kind of number
    comes up again, it closes all that was opened since; a new kind goes below the kinds that
    stand above it in GB/T 9704. Headings the format itself marks (Markdown, Word) come first.
    """
    reader = _Reader(_Ranks(lines))
    for line in lines:
        reader.read(line)
    return reader.finish()


class _Ranks:
    """Orders the headings of one report, by their numbers and by the levels its format knows.

    Where the format marks headings of some kind of number, all of that kind are taken to its
    level: in real files some are marked and some forgotten. Kinds it never marks stand where
    GB/T 9704 puts them among those it does.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        levels: dict[NumberingStyle, Counter[int]] = {}
        for line in lines:
            number = marker(line.text) if line.level is not None else None
            if number is not None and line.level is not None:
                levels.setdefault(number.kind, Counter())[line.level] += 1
        self._levels = {kind: count.most_common(1)[0][0] for kind, count in levels.items()}

    def numbered(self, kind: NumberingStyle) -> _Rank:
        if kind in self._levels:
            return (self._levels[kind], kind)
        below = [level for other, level in self._levels.items() if other > kind]
        return (min(below) - 0.5 if below else _UNMARKED, kind)

    def unnumbered(self, level: int) -> _Rank:
        beside = [kind for kind, its_level in self._levels.items() if its_level == level]
        return (level, min(beside, default=0))


def _heading(line: Line, ranks: _Ranks) -> _Heading | None:
    number = marker(line.text)
    if line.level is not None:
        rank = ranks.numbered(number.kind) if number else ranks.unnumbered(line.level)
        return _Heading(line.text, rank, runs_in=False)
    if number is None or number.value > 99:
        return None
    rank = ranks.numbered(number.kind)
    title = line.text[number.end :]
    if number.kind is NumberingStyle.SECTION and "条" in line.text[: number.end]:
        return _Heading(line.text[: number.end].strip(), rank, runs_in=True)
    if title and len(title) <= _LONGEST_HEADING and not title.endswith(_ENDS_TEXT):
        return _Heading(line.text, rank, runs_in=False)
    opening = _RUN_IN.match(title)
    if opening and len(title) - opening.end() >= _SHORTEST_BODY:
        text = line.text[: number.end + opening.end() - 1]
        return _Heading(text, rank, runs_in=True)
    return None


def _section(section: _Open, level: int) -> Section:
    below = tuple(_section(child, level + 1) for child in section.below)
    return Section(section.heading, level, range(section.first, section.last + 1), below)
