"""Web pages: the main text, without the menus, lists and notices around it."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree, html

from corpus.errors import Trouble
from corpus.formats.html.list_numbers import item_number
from corpus.formats.html.main_text import BLOCKS, main_text
from corpus.formats.source import Draft, Properties, Source
from corpus.formats.tables import rows_as_lines
from corpus.report import Format, LeftOut, ParseDetails, Reason
from corpus.text.decoding import decode
from corpus.text.lines import Line, tidy
from corpus.text.numbering import marker

_DROPPED = frozenset((
    "script", "style", "noscript", "template", "iframe", "object", "embed", "form", "select",
    "button", "input", "textarea", "svg", "nav", "footer", "aside", "head", "link", "meta",
))  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_MIME = re.compile(rb"^(?:mime-version|content-type):", re.IGNORECASE | re.MULTILINE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_INFO = re.compile(
    r"(?:发布|更新)(?:时间|日期|人)|浏览(?:次数|量)|点击(?:数|率|次数)|来源：|作者：|上一篇|下一篇|字体：|打印本页|关闭窗口"
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LONGEST_INFO = 60
_WIDEST = 100


@dataclass(slots=True)
class _Text:
    lines: list[Line] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    tables: int = 0
    number: str = ""
    """Of the item of a list that begins: it stands before its first words."""

    def add(self, text: str, level: int | None) -> None:
        words = tidy(text)
        if not words:
            return
        if self.number and marker(words) is None:
            words = self.number + words
        self.number = ""
        if len(words) <= _LONGEST_INFO and _INFO.search(words):
            self.left_out.append(LeftOut(len(self.lines) + 1, words, Reason.MENU))
            return
        self.lines.append(Line(len(self.lines) + 1, words, level=level, whole=True))


def read_html(source: Source) -> Draft:
    """Read a web page, or an archive of one (.mht).

    Raises:
        UnreadableReport: it holds no page, or its text is in no encoding that is known.
    """
    data = _page(source)
    text, encoding = _decoded(source, data)
    try:
        parser = html.HTMLParser(remove_comments=True, no_network=True)
        root = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as exc:
        raise source.refuse(Trouble.EMPTY) from exc
    title = tidy(root.findtext(".//title") or "")
    headline = _headline(root)
    _clean(root)
    body = root.find("body")
    main = main_text(root if body is None else body)
    found = _Text()
    if headline and not any(headline == tidy(_words(h)) for h in main.iter("h1")):
        found.add(headline, 0)
    _walk(main, found)
    _note_menus(root, main, found)
    return Draft(
        lines=tuple(found.lines),
        reading=ParseDetails(Format.HTML, encoding, tables=found.tables),
        left_out=tuple(found.left_out),
        properties=Properties(title=title or None),
    )


def _page(source: Source) -> bytes:
    """Return the page itself; of an archive (RFC 2557), its first page."""
    if not _MIME.match(source.data.lstrip()[:200]):
        return source.data
    message = email.message_from_bytes(source.data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return payload
    raise source.refuse(Trouble.EMPTY)


def _decoded(source: Source, data: bytes) -> tuple[str, str]:
    """Return the text in the encoding that the page names, if it is in it, else as found."""
    named = _CHARSET.search(data[:4096])
    if named is not None:
        encoding = named[1].decode("ascii", "replace").lower()
        encoding = "gb18030" if encoding in {"gb2312", "gbk", "gb18030"} else encoding
        try:
            return data.decode(encoding), encoding
        except (LookupError, UnicodeDecodeError):
            pass
    text, encoding = decode(data, source.path)
    return re.sub(r"<\?xml[^>]*\?>", "", text, count=1), encoding


def _headline(root: html.HtmlElement) -> str:
    found = [tidy(_words(h)) for h in root.iter("h1")]
    return found[0] if len(found) == 1 and len(found[0]) <= _LONGEST_INFO else ""


def _clean(root: html.HtmlElement) -> None:
    """Take away what no reader sees as text; what follows an element stays."""
    for element in list(root.iter()):
        hidden = isinstance(element.tag, str) and _HIDDEN.search(element.get("style", ""))
        if (hidden or element.tag in _DROPPED) and element.getparent() is not None:
            element.drop_tree()


def _walk(element: html.HtmlElement, found: _Text) -> None:
    """Add the blocks in `element`, and the text between them."""
    pending = [element.text or ""]
    level = _HEADINGS.get(element.tag)
    if element.tag == "li":
        found.number = item_number(element)

    def flush() -> None:
        for part in "".join(pending).split("\n\n"):
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
    rows = [list(row.iterchildren("td", "th")) for row in table.iter("tr")]
    rows = [row for row in rows if row]
    layout = any(cell.find(".//table") is not None for row in rows for cell in row)
    prose = any(len(tidy(_words(cell))) > 200 or len(cell) > 3 for row in rows for cell in row)
    if layout or prose or not rows or max(map(len, rows)) < 2 or len(rows) < 2:
        for row in rows:
            for cell in row:
                _walk(cell, found)
        return
    found.tables += 1
    heads = next((i for i, r in enumerate(rows) if any(c.tag != "th" for c in r)), len(rows))
    for line in rows_as_lines(list(_grid(rows)), heads):
        found.add(line, None)


def _grid(rows: list[list[html.HtmlElement]]) -> Iterator[list[str]]:
    """Yield the texts of the rows, all of one length, merged cells in each of their places."""
    width = max(sum(_span(cell, "colspan") for cell in row) for row in rows)
    open_: dict[int, tuple[int, str]] = {}
    for row in rows:
        cells: list[str] = []
        waiting = list(row)
        while len(cells) < width:
            left, text = open_.get(len(cells), (0, ""))
            if left:
                open_[len(cells)] = (left - 1, text)
                cells.append(text)
            elif waiting:
                cell = waiting.pop(0)
                text = tidy(_words(cell))
                for _ in range(_span(cell, "colspan")):
                    open_[len(cells)] = (_span(cell, "rowspan") - 1, text)
                    cells.append(text)
            else:
                cells.append("")
        yield cells[:width]


def _span(cell: html.HtmlElement, name: str) -> int:
    text = cell.get(name, "1").strip()
    return min(max(int(text), 1), _WIDEST) if text.isdecimal() else 1


def _note_menus(root: html.HtmlElement, main: html.HtmlElement, found: _Text) -> None:
    """Note the texts that stand outside the main one."""
    inside = set(main.iter())
    for element in root.iter():
        if element not in inside and isinstance(element.tag, str) and element.tag != "title":
            words = tidy(element.text or "")
            if words:
                found.left_out.append(LeftOut(0, words, Reason.MENU))
