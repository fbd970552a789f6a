"""The body of a .docx file → lines, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from corpus.errors import Trouble
from corpus.formats.docx.package import W
from corpus.formats.docx.runs import ALTERNATIVES, RunContent, alternative, content, placeholder
from corpus.formats.docx.styles import Styles, is_on, reference, value, whole
from corpus.formats.docx.word_numbering import Numbering
from corpus.formats.source import Source
from corpus.formats.tables import rows_as_lines
from corpus.report import LeftOut, Reason
from corpus.text.lines import Line, tidy

_LONGEST_HEADING = 60
_ENDS_TEXT = tuple("。；！？")
_PROSE = 200
_PARAGRAPHS_OF_PROSE = 3
_WRAPPERS = frozenset(f"{W}{name}" for name in ("customXml", "ins", "moveTo", "smartTag"))
_WIDEST = 100


@dataclass(slots=True)
class WordBody:
    """What was read so far."""

    source: Source
    styles: Styles
    numbering: Numbering
    notes: Mapping[tuple[str, str], etree._Element]
    lines: list[Line] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    tables: int = 0
    _carried: str = ""
    _noted: int = 0

    def read(self, parent: Iterable[etree._Element]) -> None:
        """Read the paragraphs and tables in `parent`."""
        for element in parent:
            if len(self.lines) > self.source.limits.lines:
                raise self.source.refuse(Trouble.TOO_LONG, f"> {self.source.limits.lines:,}")
            if element.tag == f"{W}p":
                self._paragraph(element)
            elif element.tag == f"{W}tbl":
                self._table(element)
            elif element.tag == f"{W}sdt":
                self._structured(element)
            elif element.tag == ALTERNATIVES:
                chosen = alternative(element)
                self.read([] if chosen is None else chosen)
            elif element.tag in _WRAPPERS:
                self.read(element)

    def leave_out(self, text: str, reason: Reason) -> None:
        """Note what is in the file and not in the report."""
        words = tidy(text)
        if words:
            self.left_out.append(LeftOut(len(self.lines) + 1, words, reason))

    def _structured(self, element: etree._Element) -> None:
        gallery = value(element, f"{W}sdtPr/{W}docPartObj/{W}docPartGallery") or ""
        inside = element.find(f"{W}sdtContent")
        if inside is None:
            return
        if gallery.lower() == "table of contents":
            for paragraph in inside.iter(f"{W}p"):
                self.leave_out(content(paragraph).text, Reason.CONTENTS)
        elif shown := placeholder(element):
            self.leave_out(shown, Reason.HIDDEN)
        else:
            self.read(inside)

    def _paragraph(self, element: etree._Element) -> None:
        properties = element.find(f"{W}pPr")
        found = content(element)
        self._note_removed(found)
        marks = (f"{W}rPr/{W}del", f"{W}rPr/{W}moveFrom")
        if properties is not None and any(properties.find(mark) is not None for mark in marks):
            # the end of the paragraph is deleted: it goes on in the next
            self._carried += found.text
            return
        style = value(properties, f"{W}pStyle")
        number = self.numbering.advance(reference(properties), style)
        text, self._carried = self._carried + found.text, ""
        if found.in_contents or self.styles.is_contents(style):
            self.leave_out(text, Reason.CONTENTS)
        elif self.styles.is_hidden(style):
            self.leave_out(text, Reason.HIDDEN)
        else:
            self._add(text, number, self._level(properties, style, text))
        self._attached(found)

    def _add(self, text: str, number: str, level: int | None) -> None:
        first = True
        for part in text.split("\n"):
            words = tidy(part)
            if not words:
                continue
            line = Line(
                len(self.lines) + 1,
                (number + words) if first else words,
                level=level if first else None,
                whole=True,
            )
            self.lines.append(line)
            first = False

    def _level(self, properties: etree._Element | None, style: str | None, text: str) -> int | None:
        words = tidy(text)
        if len(words) > _LONGEST_HEADING or words.endswith(_ENDS_TEXT):
            return None  # a whole paragraph in the style of a heading is a paragraph
        direct = whole(value(properties, f"{W}outlineLvl"))
        if direct is not None:
            return direct + 1 if 0 <= direct < 9 else None
        return self.styles.level(style)

    def _note_removed(self, found: RunContent) -> None:
        self.leave_out("".join(found.deleted), Reason.DELETED)
        self.leave_out("".join(found.hidden), Reason.HIDDEN)

    def _attached(self, found: RunContent) -> None:
        """Read what hangs on a paragraph: text boxes, then notes."""
        self.pictures += found.pictures
        for box in found.boxes:
            self.read(box)
        for key in found.notes:
            note = self.notes.get(key)
            if note is None:
                continue
            text = tidy(" ".join(content(p).text for p in note.iter(f"{W}p")))
            if text:
                self._noted += 1
                self._add(f"注{self._noted}：{text}", "", None)

    def _table(self, element: etree._Element) -> None:
        rows = [_Row(row) for row in _rows(element)]
        single = all(len(row.cells) == 1 for row in rows) or len(rows) == 1
        if single:
            for row in rows:
                for cell in row.cells:
                    self.read(cell.element)
            return
        read = [[self._cell(cell) for cell in row.cells] for row in rows]
        self.tables += 1
        if any(_is_prose(lines) for row in read for lines in row):
            for line in (line for cells in read for lines in cells for line in lines):
                self._add(line.text, "", line.level)
            return
        heads = next((i for i, row in enumerate(rows) if not row.head), len(rows))
        for text in rows_as_lines(_grid(rows, read), heads):
            self._add(text, "", None)

    def _cell(self, cell: _Cell) -> list[Line]:
        """Return the lines of a cell, numbers counted on, notes and boxes among them."""
        before, self.lines = self.lines, []
        try:
            self.read(cell.element)
            return self.lines
        finally:
            self.lines = before


class _Cell:
    """A cell: the columns it spans, and whether it goes on from the cell above it."""

    def __init__(self, element: etree._Element) -> None:
        self.element = element
        properties = element.find(f"{W}tcPr")
        self.span = min(max(whole(value(properties, f"{W}gridSpan")) or 1, 1), _WIDEST)
        merge = None if properties is None else properties.find(f"{W}vMerge")
        self.continues = merge is not None and merge.get(f"{W}val", "continue") == "continue"


class _Row:
    """A row of a table, begun after `before` columns; a `head` is repeated on every page."""

    def __init__(self, element: etree._Element) -> None:
        self.cells = [_Cell(cell) for cell in _children(element, f"{W}tc")]
        properties = element.find(f"{W}trPr")
        head = None if properties is None else properties.find(f"{W}tblHeader")
        self.head = is_on(head)
        self.before = min(max(whole(value(properties, f"{W}gridBefore")) or 0, 0), _WIDEST)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for row in _children(table, f"{W}tr"):
        if row.find(f"{W}trPr/{W}del") is None:
            yield row


def _children(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield the children with that tag, also those in structured tags and tracked insertions."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag == f"{W}sdt":
            inside = child.find(f"{W}sdtContent")
            if inside is not None:
                yield from _children(inside, tag)
        elif child.tag in _WRAPPERS:
            yield from _children(child, tag)


def _is_prose(lines: list[Line]) -> bool:
    length = sum(len(line.text) for line in lines)
    return len(lines) >= _PARAGRAPHS_OF_PROSE and length > _PROSE


def _grid(rows: list[_Row], read: list[list[list[Line]]]) -> list[list[str]]:
    """Return the texts of a table, merged cells in each of their places."""
    width = max(row.before + sum(cell.span for cell in row.cells) for row in rows)
    grid: list[list[str]] = []
    for row, texts in zip(rows, read, strict=True):
        cells = [""] * row.before
        for cell, lines in zip(row.cells, texts, strict=True):
            text = " ".join(line.text for line in lines)
            if cell.continues and grid and len(cells) < width:
                text = text or grid[-1][len(cells)]
            cells += [text] * cell.span
        grid.append((cells + [""] * width)[:width])
    return grid
