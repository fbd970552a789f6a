"""Lines of a report → its paragraphs and its section tree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from corpus.parsing.heading_marks import MarkForm, Sign, is_item, marks
from corpus.parsing.series import Role, series
from corpus.report import Paragraph, Section
from corpus.text.lines import Line
from corpus.text.numbering import NumberingStyle, marker

_Kind = NumberingStyle | Sign
_Rank = tuple[float, int]
"""Which of two headings stands above: the smaller one."""

_UNMARKED = 100.0


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
    series: int
    first: int
    line: Line | None
    single: bool = False
    below: list[_Open] = field(default_factory=list)
    last: int = 0


@dataclass(frozen=True, slots=True)
class _Heading:
    """What a line says as a heading. `runs_in`: the paragraph goes on in the same line."""

    text: str
    rank: _Rank
    series: int
    runs_in: bool
    single: bool = False


class _Reader:
    """Reads lines one after another, and remembers the chain of open sections."""

    def __init__(self) -> None:
        self._roots: list[_Open] = []
        self._chain: list[_Open] = []
        self._paragraphs: list[Paragraph] = []
        self._text: list[str] = []
        self._length = 0

    def heading(self, heading: _Heading, line: Line) -> None:
        ranks = [section.rank for section in self._chain]
        if heading.rank in ranks:
            self._close(ranks.index(heading.rank))
        else:
            self._close(sum(rank < heading.rank for rank in ranks))
        first = len(self._paragraphs) + 1
        section = _Open(heading.text, heading.rank, heading.series, first, line, heading.single)
        (self._chain[-1].below if self._chain else self._roots).append(section)
        self._chain.append(section)
        if heading.runs_in:
            self._paragraph(line)

    def item(self, series: int, line: Line) -> None:
        """Read a paragraph that stands beside the headings of its series."""
        beside = [section.series for section in self._chain]
        if series in beside:
            self._close(beside.index(series))
        self._paragraph(line)

    def text(self, line: Line) -> None:
        """Read a paragraph; one that is no item ends a section that holds one, or a list."""
        full = [each.single and each.first <= len(self._paragraphs) for each in self._chain]
        if True in full and not is_item(line.text):
            self._close(full.index(True))
        self._paragraph(line)

    def finish(self) -> Outline:
        self._close(0)
        roots = tuple(_section(root, 1) for root in self._roots)
        return Outline("\n".join(self._text), tuple(self._paragraphs), roots)

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

    What is a heading is decided for each series of numbers as a whole (`corpus.parsing.series`):
    short titles that end no sentence, and short first sentences followed by their paragraph
    (（一）加强领导。一年来……). Where a kind of number comes up again, it closes all that was
    opened since; a new kind goes below the kinds that stand above it in this report, or else in
    GB/T 9704. Headings the format itself marks (Markdown, Word) come first.
    """
    found = marks(lines)
    decided = series(found)
    ranks = _Ranks(lines, decided.order)
    reader = _Reader()
    for i, (line, mark) in enumerate(zip(lines, found, strict=True)):
        number = decided.numbers[i]
        if line.level is not None:
            rank = ranks.unnumbered(line.level) if mark is None else ranks.numbered(mark.kind)
            reader.heading(_Heading(line.text, rank, number, runs_in=False), line)
        elif mark is not None and decided.roles[i] is Role.HEADING:
            rank, runs_in = ranks.numbered(mark.kind), mark.form is MarkForm.RUN_IN
            single = number in decided.single
            reader.heading(_Heading(mark.heading, rank, number, runs_in, single), line)
        elif decided.roles[i] is Role.ITEM:
            reader.item(number, line)
        else:
            reader.text(line)
    return reader.finish()


class _Ranks:
    """Orders the headings of one report, by their numbers and by the levels its format knows.

    Where the format marks headings of some kind of number, all of that kind are taken to its
    level: in real files some are marked and some forgotten. Kinds it never marks stand where
    GB/T 9704 puts them among those it does. `order` says where each kind stands in this report.
    """

    def __init__(self, lines: Sequence[Line], order: Mapping[_Kind, int]) -> None:
        self._order = order
        levels: dict[_Kind, Counter[int]] = {}
        for line in lines:
            number = marker(line.text) if line.level is not None else None
            if number is not None and line.level is not None:
                levels.setdefault(number.kind, Counter())[line.level] += 1
        self._levels = {kind: count.most_common(1)[0][0] for kind, count in levels.items()}

    def numbered(self, kind: _Kind) -> _Rank:
        place = self._order.get(kind, 0)
        if kind in self._levels:
            return (self._levels[kind], place)
        below = [level for other, level in self._levels.items() if other > kind]
        return (min(below) - 0.5 if below else _UNMARKED, place)

    def unnumbered(self, level: int) -> _Rank:
        beside = [kind for kind, its_level in self._levels.items() if its_level == level]
        return (level, min((self._order.get(kind, 0) for kind in beside), default=0))


def _section(section: _Open, level: int) -> Section:
    below = tuple(_section(child, level + 1) for child in section.below)
    return Section(section.heading, level, range(section.first, section.last + 1), below)
