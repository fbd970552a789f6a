"""Word files (.docx), ECMA-376 part 1.

Read from the XML itself: no library gives the automatic numbers, and 一、（一）1.（1） are the
structure of a report.
"""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from corpus.errors import Trouble
from corpus.formats.detection import detect
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
    notes = _notes(package, relations)
    body = WordBody(source, styles, numbering, notes, package, relations, _inserted)
    body.read(text)
    return Draft(
        lines=tuple(body.lines),
        reading=ParseDetails(Format.DOCX, tables=body.tables, pictures=len(body.pictures)),
        left_out=(*_furniture(package, relations), *_comments(package, relations), *body.left_out),
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


def _comments(package: Package, relations: dict[str, Relation]) -> list[LeftOut]:
    root = _related(package, relations, "comments")
    texts = (
        tidy(" ".join(content(paragraph).text for paragraph in comment.iter(f"{W}p")))
        for comment in (() if root is None else root.iterchildren(f"{W}comment"))
    )
    return [LeftOut(0, text, Reason.COMMENT) for text in texts if text]


def _inserted(source: Source) -> Draft:
    """Read a part of a document that is itself a page, a text or a document.

    Raises:
        UnreadableReport: it is of another format, or not sound.
    """
    match detect(source):
        case Format.HTML:
            from corpus.formats.html.convert_html import read_html

            return read_html(source)
        case Format.TEXT:
            from corpus.formats.plain import read_text

            return read_text(source)
        case Format.DOCX if source.path.suffix == ".docx":
            # a document in a document in a document is an attack
            return read_docx(replace(source, path=source.path.with_suffix(".inner")))
        case _:
            raise source.refuse(Trouble.UNKNOWN_FORMAT, source.path.suffix)
