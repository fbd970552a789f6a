"""Web pages: the main text, without the menus, lists and notices around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree, html

from corpus.errors import Trouble
from corpus.formats.forms import is_form
from corpus.formats.html.controls import write_out
from corpus.formats.html.list_numbers import item_number
from corpus.formats.html.main_text import BLOCKS, main_text, stops
from corpus.formats.mime_parts import Part, is_message, message_of, parts_of
from corpus.formats.source import Draft, Properties, Source
from corpus.formats.tables import Cell, told_rows, unit_of
from corpus.report import Format, LeftOut, ParseDetails, Reason
from corpus.text.decoding import decode_declared
from corpus.text.lines import Line, tidy
from corpus.text.numbering import marker
from corpus.text.pasted_lines import unfolded

_DROPPED = frozenset((
    "script", "style", "noscript", "template", "button", "svg", "head", "link", "meta",
    "datalist",
))  # fmt: skip
_FRAMES = {"iframe": "src", "object": "data", "embed": "src", "frame": "src"}
_AROUND = frozenset(("nav", "footer", "aside", "form"))
"""What stands around the text as a rule, and is the text where it holds most of it."""
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_INFO = re.compile(
    r"(?:发布|更新)(?:时间|日期|人)|浏览(?:次数|量)|点击(?:数|率|次数)|来源：|作者：|上一篇|下一篇|字体：|打印本页|关闭窗口"
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE
)
_LONGEST_INFO = 60
_WIDEST = 100
_PROSE = 200
_PARAGRAPHS_OF_PROSE = 3
_LARGE_SHARE = 0.3


@dataclass(slots=True)
class _Text:
    lines: list[Line] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    tables: int = 0
    pictures: int = 0
    in_cell: bool = False
    number: str = ""
    """Of the item of a list that begins: it stands before its first words."""

    def add(self, text: str, level: int | None) -> None:
        words = tidy(text)
        if not words:
            return
        if self.number and marker(words) is None:
            words = self.number + words
        self.number = ""
        if not self.in_cell and len(words) <= _LONGEST_INFO and _INFO.search(words):
            self.left_out.append(LeftOut(len(self.lines) + 1, words, Reason.MENU))
            return
        self.lines.append(Line(len(self.lines) + 1, words, level=level, whole=True))


def read_html(source: Source) -> Draft:
    """Read a web page, or an archive of one (.mht).

    Raises:
        UnreadableReport: it holds no page, or its text is in no encoding that is known.
    """
    if not is_message(source.data):
        return _read_page(source, source.data, "")
    pages = [part for part in parts_of(message_of(source.data)) if part.kind == "text/html"]
    if not pages:
        raise source.refuse(Trouble.EMPTY)
    return _read_archive(source, pages)


def _read_archive(source: Source, pages: Sequence[Part]) -> Draft:
    """Return the root page of an archive, or of a page of frames the first with sentences."""
    first = _read_page(source, pages[0].data, pages[0].charset)
    if any(stops(line.text) for line in first.lines):
        return first
    for part in pages[1:]:
        draft = _read_page(source, part.data, part.charset)
        if any(stops(line.text) for line in draft.lines):
            return draft
    return first


def _read_page(source: Source, data: bytes, declared: str) -> Draft:
    text, encoding = _decoded(source, data, declared)
    try:
        parser = html.HTMLParser(remove_comments=True, no_network=True)
        root = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as exc:
        raise source.refuse(Trouble.EMPTY) from exc
    title = tidy(root.findtext(".//title") or "")
    headline = _headline(root)
    found = _Text()
    _clean(root, found)
    write_out(root)
    body = root.find("body")
    main = main_text(root if body is None else body)
    if headline and not any(headline == tidy(_words(h)) for h in main.iter("h1")):
        found.add(headline, 0)
    _walk(main, found)
    _note_menus(root, main, found, headline)
    found.pictures = sum(1 for _ in main.iter("img"))
    return Draft(
        lines=tuple(found.lines),
        reading=ParseDetails(Format.HTML, encoding, tables=found.tables, pictures=found.pictures),
        left_out=tuple(found.left_out),
        properties=Properties(title=title or None),
    )


def _decoded(source: Source, data: bytes, declared: str) -> tuple[str, str]:
    """Return the text in the encoding that its bytes are in, if need be the one it names."""
    named = _CHARSET.search(data[:4096])
    charset = named[1].decode("ascii", "replace") if named is not None else declared
    text, encoding = decode_declared(data, charset, source.path)
    return re.sub(r"<\?xml[^>]*\?>", "", text, count=1), encoding


def _headline(root: html.HtmlElement) -> str:
    found = [tidy(_words(h)) for h in root.iter("h1")]
    return found[0] if len(found) == 1 and len(found[0]) <= _LONGEST_INFO else ""


def _clean(root: html.HtmlElement, found: _Text) -> None:
    """Take away what no reader sees as text, and name it; what follows an element stays."""
    whole = stops("".join(root.itertext()))
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None:
            continue
        reason = _reason(element, whole)
        if element.tag in _FRAMES and (address := element.get(_FRAMES[element.tag])):
            found.left_out.append(LeftOut(0, address[:80], Reason.NOT_READ))
        if reason is not None and (words := tidy("".join(element.itertext()))):
            found.left_out.append(LeftOut(0, words, reason))
        if reason is not None or element.tag in _DROPPED or element.tag in _FRAMES:
            element.drop_tree()


def _reason(element: html.HtmlElement, whole: int) -> Reason | None:
    """Return why an element is no part of the text; one that holds much of it is.

    Articles are hidden until a script shows them, and whole pages stand in one form.
    """
    hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "")
    around = element.tag in _AROUND
    if not hidden and not around:
        return None
    count = stops("".join(element.itertext()))
    if count and count >= _LARGE_SHARE * whole:
        return None
    if element.tag == "form" and not hidden and (count > 1 or element.find(".//table") is not None):
        return None
    return Reason.HIDDEN if hidden else Reason.MENU


def _walk(element: html.HtmlElement, found: _Text) -> None:
    """Add the blocks in `element`, and the text between them."""
    pending = [element.text or ""]
    level = _HEADINGS.get(element.tag)
    if element.tag == "li":
        found.number = item_number(element)

    def flush() -> None:
        parts = map(tidy, "".join(pending).split("\n\n"))
        for part in unfolded([part for part in parts if part]):
            found.add(part, level)
        pending.clear()

    for child in element:
        if child.tag == "br":
            pending.append("\n\n")
        elif child.tag == "table":
            flush()
            _table(child, found)
        elif child.tag in BLOCKS or any(inner.tag in BLOCKS for inner in child.iter()):
            flush()
            _walk(child, found)
        else:
            pending.append(_words(child))
        pending.append(child.tail or "")
    flush()


def _words(element: html.HtmlElement) -> str:
    pieces = [element.text or ""]
    for child in element:
        pieces.append("\n\n" if child.tag == "br" else _words(child))
        pieces.append(child.tail or "")
    return "".join(pieces) if isinstance(element.tag, str) else ""


def _table(table: html.HtmlElement, found: _Text) -> None:
    """Add a table of data a line a row; a table that only places things is walked through."""
    for caption in table.iterchildren("caption"):
        _walk(caption, found)
    rows = [list(row.iterchildren("td", "th")) for row in table.iter("tr")]
    rows = [row for row in rows if row]
    layout = any(cell.find(".//table") is not None for row in rows for cell in row)
    read = [[_cell(cell) for cell in row] for row in rows] if not layout else []
    prose = [any(map(_is_prose, cells)) for cells in read]
    grid = list(_grid(rows, read)) if read else []
    narrow = not rows or max(map(len, rows)) < 2 or (len(rows) < 2 and not is_form(grid))
    if layout or narrow or sum(prose) * 2 >= len(rows):
        for row in rows:
            for cell in row:
                _walk(cell, found)
        return
    found.tables += 1
    heads = next((i for i, r in enumerate(rows) if any(not _is_head(c) for c in r)), len(rows))
    unit = unit_of(found.lines[-1].text) if found.lines else ""
    for row, in_prose, lines in zip(rows, prose, told_rows(grid, heads, unit), strict=True):
        for cell in row if in_prose else ():
            _walk(cell, found)
        for line in () if in_prose else lines:
            found.add(line, None)


def _is_head(cell: html.HtmlElement) -> bool:
    return cell.tag == "th" or any(True for _ in cell.iterancestors("thead"))


def _cell(cell: html.HtmlElement) -> list[str]:
    """Return the lines in a cell."""
    inside = _Text(in_cell=True)
    _walk(cell, inside)
    return [line.text for line in inside.lines]


def _is_prose(lines: Sequence[str]) -> bool:
    return len(lines) >= _PARAGRAPHS_OF_PROSE and sum(map(len, lines)) > _PROSE


def _grid(
    rows: Sequence[Sequence[html.HtmlElement]], read: Sequence[Sequence[Sequence[str]]]
) -> Iterator[list[Cell]]:
    """Yield the texts of the rows, all of one length, merged cells in each of their places."""
    width = min(max(sum(_span(cell, "colspan") for cell in row) for row in rows), _WIDEST)
    open_: dict[int, tuple[int, Cell]] = {}
    for row, texts in zip(rows, read, strict=True):
        cells: list[Cell] = []
        waiting = list(zip(row, texts, strict=True))
        while len(cells) < width:
            left, above = open_.get(len(cells), (0, Cell("")))
            if left:
                open_[len(cells)] = (left - 1, above)
                cells.append(above)
            elif waiting:
                cell, lines = waiting.pop(0)
                text = " ".join(lines)
                for i in range(_span(cell, "colspan")):
                    below = Cell(text, across=i > 0, down=True)
                    open_[len(cells)] = (_span(cell, "rowspan") - 1, below)
                    cells.append(Cell(text, across=i > 0))
            else:
                cells.append(Cell(""))
        yield cells[:width]


def _span(cell: html.HtmlElement, name: str) -> int:
    text = cell.get(name, "1").strip()
    return min(max(int(text), 1), _WIDEST) if text.isdecimal() else 1


def _note_menus(
    root: html.HtmlElement, main: html.HtmlElement, found: _Text, headline: str
) -> None:
    """Note the texts that stand outside the main one."""
    inside = set(main.iter())
    for element in root.iter():
        if element not in inside and isinstance(element.tag, str) and element.tag != "title":
            words = tidy(element.text or "")
            if words and words != headline:
                found.left_out.append(LeftOut(0, words, Reason.MENU))
