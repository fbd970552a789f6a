"""The body of a .docx file → lines, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from lxml import etree

from corpus.errors import Trouble, UnreadableReport
from corpus.formats.docx.drawings import chart_lines, diagram_lines
from corpus.formats.docx.package import Package, Relation, W
from corpus.formats.docx.runs import (
    ALTERNATIVES,
    RunContent,
    alternative,
    content,
    placeholder,
    ticked,
)
from corpus.formats.docx.styles import Styles, is_on, reference, value, whole
from corpus.formats.docx.word_numbering import Numbering
from corpus.formats.forms import is_form
from corpus.formats.source import Draft, Source
from corpus.formats.tables import Cell, told_rows, unit_of
from corpus.report import LeftOut, Reason
from corpus.text.lines import Line, tidy
from corpus.text.pasted_lines import unfolded

_LONGEST_HEADING = 60
_ENDS_TEXT = tuple("。；！？")
_PROSE = 200
_PARAGRAPHS_OF_PROSE = 3
_WRAPPERS = frozenset(f"{W}{name}" for name in ("customXml", "ins", "moveTo", "smartTag"))
_WIDEST = 100
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DRAWN = {"diagram": diagram_lines, "chart": chart_lines}
_NUMBER_ENDS = "、.．。,， "

Inserted = Callable[[Source], Draft]
"""Reads a part of another format that stands in the document."""


@dataclass(slots=True)
class WordBody:
    """What was read so far."""

    source: Source
    styles: Styles
    numbering: Numbering
    notes: Mapping[tuple[str, str], etree._Element]
    package: Package
    relations: Mapping[str, Relation]
    inserted: Inserted
    lines: list[Line] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    tables: int = 0
    _carried: str = ""
    _cells: int = 0
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
            elif element.tag == f"{W}altChunk":
                self._insert(element.get(_R_ID, ""))
            elif element.tag in _WRAPPERS or element.find(f".//{W}p") is not None:
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
        if box := ticked(element):
            self._add(box, "", None)
        elif gallery.lower() == "table of contents":
            self._contents(inside)
        elif shown := placeholder(element, self.styles):
            self.leave_out(shown, Reason.HIDDEN)
        else:
            self.read(inside)

    def _contents(self, inside: etree._Element) -> None:
        """Leave out the entries of a table of contents; a whole paragraph among them is text."""
        for element in inside.iter(f"{W}p"):
            text = content(element, self.styles).text
            if len(tidy(text)) > _LONGEST_HEADING and tidy(text).endswith(_ENDS_TEXT):
                self._paragraph(element)
            else:
                self.leave_out(text, Reason.CONTENTS)

    def _insert(self, relation: str) -> None:
        """Read a part that was inserted as it is (altChunk, 17.17.2): a page, a document, text."""
        target = self.relations.get(relation)
        data = None if target is None else self.package.bytes(target.target)
        if target is None or data is None:
            self.leave_out(f"altChunk {relation}", Reason.NOT_READ)
            return
        path = self.source.path.with_name(PurePosixPath(target.target).name)
        try:
            draft = self.inserted(replace(self.source, data=data, path=path))
        except UnreadableReport:
            self.leave_out(path.name, Reason.NOT_READ)
            return
        start = len(self.lines)
        self.lines += [replace(line, number=start + line.number) for line in draft.lines]
        self.left_out += draft.left_out
        self.tables += draft.reading.tables
        self.pictures += [""] * draft.reading.pictures

    def _paragraph(self, element: etree._Element) -> None:
        properties = element.find(f"{W}pPr")
        style = value(properties, f"{W}pStyle")
        found = content(element, self.styles, self.styles.is_hidden(style))
        self._note_removed(found)
        marks = (f"{W}rPr/{W}del", f"{W}rPr/{W}moveFrom")
        if properties is not None and any(properties.find(mark) is not None for mark in marks):
            # the end of the paragraph is deleted: it goes on in the next
            self._carried += found.text
            return
        number = self.numbering.advance(reference(properties), style)
        text, self._carried = self._carried + found.text, ""
        if found.in_contents or self.styles.is_contents(style):
            self.leave_out(text, Reason.CONTENTS)
        elif self._cells and number and not tidy(text):
            self._add(number.rstrip(_NUMBER_ENDS), "", None)
        else:
            self._add(text, number, self._level(properties, style, text))
        self._attached(found)

    def _add(self, text: str, number: str, level: int | None) -> None:
        parts = unfolded([words for words in map(tidy, text.split("\n")) if words])
        for i, words in enumerate(parts):
            line = Line(
                len(self.lines) + 1,
                words if i else number + words,
                level=None if i else level,
                whole=True,
            )
            self.lines.append(line)

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
        for name in found.unread:
            self.leave_out(name, Reason.NOT_READ)

    def _attached(self, found: RunContent) -> None:
        """Read what hangs on a paragraph: text boxes, drawings with words, then notes."""
        self.pictures += found.pictures
        for box in found.boxes:
            self.read(box)
        for kind, relation in found.parts:
            target = self.relations.get(relation)
            root = None if target is None else self.package.xml(target.target)
            lines = [] if root is None else _DRAWN[kind](root)
            for text in lines:
                self._add(text, "", None)
            if not lines:
                self.leave_out(kind, Reason.NOT_READ)
        for key in found.notes:
            note = self.notes.get(key)
            if note is None:
                continue
            texts = (content(p, self.styles).text for p in note.iter(f"{W}p"))
            text = tidy(" ".join(texts).replace("\n", " "))
            if text:
                self._noted += 1
                self._add(f"注{self._noted}：{text}", "", None)

    def _table(self, element: etree._Element) -> None:
        rows = [_Row(row) for row in self._kept_rows(element)]
        unit = unit_of(self.lines[-1].text) if self.lines else ""
        single = all(len(row.cells) == 1 for row in rows) or len(rows) == 1
        read = [[self._cell(cell) for cell in row.cells] for row in rows]
        if single and not (rows and is_form(_grid(rows, read)) and len(rows[0].cells) > 1):
            self.lines += self._numbered(line for row in read for cell in row for line in cell)
            return
        self.tables += 1
        prose = [any(map(_is_prose, cells)) for cells in read]
        if sum(prose) * 2 >= len(rows):
            self.lines += self._numbered(line for row in read for cell in row for line in cell)
            return
        heads = next((i for i, row in enumerate(rows) if not row.head), len(rows))
        told = told_rows(_grid(rows, read), heads, unit)
        for cells, in_prose, lines in zip(read, prose, told, strict=True):
            if in_prose:
                self.lines += self._numbered(line for cell in cells for line in cell)
                continue
            for text in lines:
                self._add(text, "", None)

    def _kept_rows(self, table: etree._Element) -> Iterator[etree._Element]:
        """Yield the rows of a table; those that were deleted are named."""
        for row in _children(table, f"{W}tr"):
            if row.find(f"{W}trPr/{W}del") is None:
                yield row
                continue
            cells = (content(cell) for cell in row.iter(f"{W}p"))
            texts = ("".join(found.deleted) + found.text for found in cells)
            self.leave_out(" ".join(texts), Reason.DELETED)

    def _numbered(self, lines: Iterable[Line]) -> list[Line]:
        start = len(self.lines)
        return [replace(line, number=i) for i, line in enumerate(lines, start=start + 1)]

    def _cell(self, cell: _Cell) -> list[Line]:
        """Return the lines of a cell, numbers counted on, notes and boxes among them."""
        before, self.lines = self.lines, []
        self._cells += 1
        try:
            if cell.deleted:
                texts = (content(p) for p in cell.element.iter(f"{W}p"))
                self.leave_out("".join(x.text + "".join(x.deleted) for x in texts), Reason.DELETED)
            else:
                self.read(cell.element)
            return self.lines
        finally:
            self.lines = before
            self._cells -= 1


class _Cell:
    """A cell: the columns it spans, and whether it goes on from the cell above it."""

    def __init__(self, element: etree._Element) -> None:
        self.element = element
        properties = element.find(f"{W}tcPr")
        self.span = min(max(whole(value(properties, f"{W}gridSpan")) or 1, 1), _WIDEST)
        merge = None if properties is None else properties.find(f"{W}vMerge")
        self.continues = merge is not None and merge.get(f"{W}val", "continue") == "continue"
        self.deleted = properties is not None and properties.find(f"{W}cellDel") is not None


class _Row:
    """A row of a table, begun after `before` columns; a `head` is repeated on every page."""

    def __init__(self, element: etree._Element) -> None:
        self.cells = [_Cell(cell) for cell in _children(element, f"{W}tc")]
        properties = element.find(f"{W}trPr")
        head = None if properties is None else properties.find(f"{W}tblHeader")
        self.head = is_on(head)
        self.before = min(max(whole(value(properties, f"{W}gridBefore")) or 0, 0), _WIDEST)


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


def _grid(rows: list[_Row], read: list[list[list[Line]]]) -> list[list[Cell]]:
    """Return the texts of a table, merged cells in each of their places."""
    width = max(row.before + sum(cell.span for cell in row.cells) for row in rows)
    grid: list[list[Cell]] = []
    for row, texts in zip(rows, read, strict=True):
        cells = [Cell("")] * row.before
        for cell, lines in zip(row.cells, texts, strict=True):
            text = " ".join(line.text for line in lines)
            goes_on = cell.continues and bool(grid) and len(cells) < width and not text
            text = grid[-1][len(cells)] if goes_on else text
            cells += [Cell(text, across=i > 0, down=goes_on) for i in range(cell.span)]
        grid.append((cells + [Cell("")] * width)[:width])
    return grid
