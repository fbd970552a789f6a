"""Word files for tests, written part by part: the XML is in the test, the rest is here."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from corpus.formats import Draft, Source, draft
from corpus.report import Reason

NAMESPACES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = ("styles", "numbering", "footnotes", "endnotes", "header1", "footer1", "comments")


def docx(body: str, parts: Mapping[str, str] | None = None) -> bytes:
    """Return a file with `body` inside w:body, and `parts` (styles, numbering …) by their name."""
    given = dict(parts or {})
    files = {
        "[Content_Types].xml": _content_types(given),
        "_rels/.rels": _relations({"document": ("officeDocument", "word/document.xml")}),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(
            {name: (name.rstrip("1"), f"{name}.xml") for name in given if name in _PARTS}
        ),
    }
    for name, content in given.items():
        path = f"word/{name}.xml" if name in _PARTS else name
        root = {"header1": "hdr", "footer1": "ftr"}.get(name, name)
        wrapped = f"<w:{root} {NAMESPACES}>{content}</w:{root}>"
        files[path] = wrapped if name in _PARTS else content
    return packed(files)


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP archive of `files`, the same bytes for the same content."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, (2022, 1, 10, 9, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return buffer.getvalue()


def p(text: str, properties: str = "") -> str:
    """Return a paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """Return a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def numbered(text: str, number: int, level: int = 0) -> str:
    """Return a paragraph with an automatic number."""
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def level(index: int, number_format: str, text: str, more: str = "", start: int | None = 1) -> str:
    """Return a level of an abstract number."""
    begin = "" if start is None else f'<w:start w:val="{start}"/>'
    return (
        f'<w:lvl w:ilvl="{index}">{begin}<w:numFmt w:val="{number_format}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(number: int, *levels: str) -> str:
    """Return an abstract number."""
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def use(number: int, of: int, overrides: str = "") -> str:
    """Return a number that uses an abstract number."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def style(name: str, properties: str = "", based_on: str | None = None, more: str = "") -> str:
    """Return a paragraph style whose id is its name."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/>{base}'
        f"<w:pPr>{properties}</w:pPr>{more}</w:style>"
    )


def styled(text: str, name: str) -> str:
    """Return a paragraph in a style."""
    return p(text, f'<w:pStyle w:val="{name}"/>')


def row(*cells: str, properties: str = "") -> str:
    """Return a row; a cell is a text, or the XML of a w:tc."""
    made = [c if c.startswith("<w:tc>") else f"<w:tc>{p(c)}</w:tc>" for c in cells]
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(made)}</w:tr>"


def cell(text: str, properties: str) -> str:
    """Return a cell with properties."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def table(*rows: str) -> str:
    """Return a table."""
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def read(data: bytes, name: str = "a.docx") -> Draft:
    """Return what the converter reads."""
    return draft(Source(data, Path(name)))


def texts(data: bytes) -> list[str]:
    """Return the texts of the lines that are read."""
    return [line.text for line in read(data).lines]


def left_out(data: bytes) -> list[tuple[str, Reason]]:
    """Return what is left out, and why."""
    return [(x.text, x.reason) for x in read(data).left_out]


def _relations(relations: Mapping[str, tuple[str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for key, (kind, target) in relations.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def _content_types(given: Mapping[str, str]) -> str:
    names = ["document", *(name for name in given if name in _PARTS)]
    kinds = {name: name.rstrip("1") for name in names} | {"document": "document.main"}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPES}.{kinds[name]}+xml"/>'
        for name in names
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
