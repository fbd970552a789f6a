"""Values of a store ⇄ rows with named columns: one form for SQLite, Milvus and the cache.

A column holds a string, a number or None; what has parts is JSON.
"""

from __future__ import annotations

import json
from typing import Any, Protocol

from corpus.report import LeftOut, Passage, Reason, SectionType
from corpus.sandbox.report_json import section_from_json, section_to_json
from index.store.store import IndexedParagraph, IndexedReport, Row


class ReadRow(Protocol):
    """A row that was read: a dict, or a `sqlite3.Row`; it may have other columns, too."""

    def __getitem__(self, column: str, /) -> Any: ...


def report_row(report: IndexedReport) -> Row:
    """Return the row of a report."""
    return {
        "name": report.name,
        "title": report.title,
        "years": _json(report.years),
        "organisation": report.organisation,
        "digest": report.digest,
        "sections": _json([section_to_json(section) for section in report.sections]),
        "left_out": _json([[left.line, left.text, left.reason] for left in report.left_out]),
        "encoding": report.encoding,
        "guesses": _json(sorted(report.guesses)),
        "paragraphs": report.paragraphs,
        "passages": report.passages,
        "source": report.source,
    }


def read_report(row: ReadRow) -> IndexedReport:
    """Return the report whose row this is."""
    return IndexedReport(
        name=row["name"],
        title=row["title"],
        years=tuple(json.loads(row["years"])),
        organisation=row["organisation"],
        digest=row["digest"],
        sections=tuple(section_from_json(each) for each in json.loads(row["sections"])),
        left_out=tuple(LeftOut(a, b, Reason(c)) for a, b, c in json.loads(row["left_out"])),
        encoding=row["encoding"],
        guesses=frozenset(json.loads(row["guesses"])),
        paragraphs=row["paragraphs"],
        passages=row["passages"],
        source=row["source"],
    )


def paragraph_row(paragraph: IndexedParagraph) -> Row:
    """Return the row of a paragraph."""
    return {
        "number": paragraph.number,
        "path": _json(paragraph.path),
        "text": paragraph.text,
        "page": paragraph.page,
        "section_type": paragraph.section_type.value,
    }


def read_paragraph(row: ReadRow) -> IndexedParagraph:
    """Return the paragraph whose row this is."""
    return IndexedParagraph(
        number=row["number"],
        path=tuple(json.loads(row["path"])),
        text=row["text"],
        page=row["page"],
        section_type=SectionType(row["section_type"]),
    )


def passage_row(passage: Passage) -> Row:
    """Return the row of a passage; what it shares with its report stands there."""
    return {
        "id": passage.id,
        "path": _json(passage.path),
        "paragraph": passage.paragraph,
        "part": passage.part,
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "page": passage.page,
        "section_type": passage.section_type.value,
    }


def read_passage(row: ReadRow, report: IndexedReport) -> Passage:
    """Return the passage of `report` whose row this is."""
    return Passage(
        id=row["id"],
        report=report.name,
        title=report.title,
        year=report.year,
        path=tuple(json.loads(row["path"])),
        paragraph=row["paragraph"],
        part=row["part"],
        text=row["text"],
        start=row["start"],
        end=row["end"],
        page=row["page"],
        section_type=SectionType(row["section_type"]),
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
