"""Reports ⇄ JSON: how they come from the worker process and lie in the cache. No pickle."""

from __future__ import annotations

from typing import Any

from corpus.report import (
    Format,
    LeftOut,
    Paragraph,
    ParseDetails,
    Reason,
    Recognised,
    Report,
    Section,
    SectionType,
)


def report_to_json(report: Report) -> dict[str, Any]:
    """Return `report` as plain values."""
    return {
        "name": report.name,
        "title": report.title,
        "years": list(report.years),
        "organisation": report.organisation,
        "text": report.text,
        "sections": [section_to_json(section) for section in report.sections],
        "paragraphs": [
            [p.number, list(p.path), p.start, p.end, p.page, p.type.value]
            for p in report.paragraphs
        ],
        "left_out": [[x.line, x.text, x.reason.value, x.page] for x in report.left_out],
        "reading": _reading(report.reading),
        "digest": report.digest,
        "guesses": sorted(report.guesses),
    }


def report_from_json(data: Any) -> Report:
    """Return the report that `report_to_json` made plain.

    Raises:
        ValueError: it did not.
    """
    try:
        return Report(
            name=data["name"],
            title=data["title"],
            years=tuple(data["years"]),
            organisation=data["organisation"],
            text=data["text"],
            sections=tuple(section_from_json(section) for section in data["sections"]),
            paragraphs=tuple(
                Paragraph(number, tuple(path), start, end, page, SectionType(kind))
                for number, path, start, end, page, kind in data["paragraphs"]
            ),
            left_out=tuple(
                LeftOut(line, text, Reason(reason), page)
                for line, text, reason, page in data["left_out"]
            ),
            reading=_read_reading(data["reading"]),
            digest=data["digest"],
            guesses=frozenset(data["guesses"]),
        )
    except (KeyError, TypeError, IndexError, AttributeError, RecursionError) as exc:
        raise ValueError("this is no report") from exc


def section_to_json(section: Section) -> list[Any]:
    """Return `section` and all below it as plain values."""
    below = [section_to_json(child) for child in section.sections]
    numbers = section.paragraphs
    return [section.heading, section.type.value, numbers.start, numbers.stop, below]


def section_from_json(data: Any, level: int = 1) -> Section:
    """Return the section that `section_to_json` made plain."""
    heading, kind, start, stop, below = data
    sections = tuple(section_from_json(child, level + 1) for child in below)
    return Section(heading, level, range(start, stop), sections, SectionType(kind))


def _reading(reading: ParseDetails) -> list[Any]:
    return [
        reading.format.value,
        reading.encoding,
        reading.pages,
        list(reading.empty_pages),
        list(reading.unread_pages),
        [[x.page, x.confidence] for x in reading.recognised],
        reading.tables,
        reading.pictures,
        reading.damaged,
        list(reading.pictured_pages),
    ]


def _read_reading(data: Any) -> ParseDetails:
    kind, encoding, pages, empty, unread, recognised, tables, pictures, damaged, pictured = data
    return ParseDetails(
        format=Format(kind),
        encoding=encoding,
        pages=pages,
        empty_pages=tuple(empty),
        unread_pages=tuple(unread),
        pictured_pages=tuple(pictured),
        recognised=tuple(Recognised(page, confidence) for page, confidence in recognised),
        tables=tables,
        pictures=pictures,
        damaged=damaged,
    )
