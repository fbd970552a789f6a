"""Word files (.docx), ECMA-376 part 1.

Read from the XML itself: no library gives the automatic numbers, and 一、（一）1.（1） are the
structure of a report.
"""

from __future__ import annotations

from lxml import etree

from corpus.errors import Trouble
from corpus.formats.docx.body import WordBody
from corpus.formats.docx.package import Package, Relation, W
from corpus.formats.docx.properties import properties
from corpus.formats.docx.runs import content
from corpus.formats.docx.styles import Styles
from corpus.formats.docx.word_numbering import Numbering
from corpus.formats.source import Draft, Source
from corpus.report import Format, LeftOut, ParseDetails, Reason
from corpus.text.lines import tidy


def read_docx(source: Source) -> Draft:
    """Read a Word file.

    Headers, footers, tables of contents, comments, tracked deletions and hidden text are left
    out; text boxes and notes follow the paragraph they hang on.

    Raises:
        UnreadableReport: it is damaged, encrypted, a bomb, or too long.
    """
    package = Package(source)
    part = next(
        (r.target for r in package.relations("").values() if r.kind == "officeDocument"),
        "word/document.xml",
    )
    root = package.xml(part)
    text = None if root is None else root.find(f"{W}body")
    if text is None:
        raise source.refuse(Trouble.DAMAGED)
    relations = package.relations(part)
    styles = Styles(_related(package, relations, "styles"))
    numbering = Numbering(_related(package, relations, "numbering"), styles)
    body = WordBody(source, styles, numbering, _notes(package, relations))
    body.read(text)
    return Draft(
        lines=tuple(body.lines),
        reading=ParseDetails(Format.DOCX, tables=body.tables, pictures=len(body.pictures)),
        left_out=(*_furniture(package, relations), *body.left_out),
        properties=properties(package),
    )


def _related(package: Package, relations: dict[str, Relation], kind: str) -> etree._Element | None:
    target = next((r.target for r in relations.values() if r.kind == kind), None)
    return None if target is None else package.xml(target)


def _notes(
    package: Package, relations: dict[str, Relation]
) -> dict[tuple[str, str], etree._Element]:
    found = {}
    for kind in ("footnote", "endnote"):
        root = _related(package, relations, f"{kind}s")
        for note in () if root is None else root.iterchildren(f"{W}{kind}"):
            if note.get(f"{W}type", "normal") == "normal":
                found[kind, note.get(f"{W}id", "")] = note
    return found


def _furniture(package: Package, relations: dict[str, Relation]) -> list[LeftOut]:
    """Return the different texts of headers and footers."""
    texts: dict[str, None] = {}
    for relation in relations.values():
        if relation.kind in {"header", "footer"}:
            root = package.xml(relation.target)
            for paragraph in () if root is None else root.iter(f"{W}p"):
                texts[tidy(content(paragraph).text)] = None
    return [LeftOut(0, text, Reason.PAGE_FURNITURE) for text in texts if text]
