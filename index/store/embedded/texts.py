"""The texts of a generation: reports, paragraphs and passages in one SQLite file.

The file is written once and then only read; it is opened immutable, so that reading it never
writes a lock or a journal beside it.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import accumulate, groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

from corpus.durable.faults import StateError, StateFault
from corpus.report import LeftOut, Passage, Reason, Report, Section, SectionType
from index.errors import Damage, IndexDamaged
from index.store.store import IndexedParagraph, IndexedReport, NewReport, StoreContent

FILE = "passages.sqlite"

_SCHEMA = """
CREATE TABLE report (
    id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL, title TEXT NOT NULL, years TEXT NOT NULL,
    organisation TEXT, digest TEXT NOT NULL, sections TEXT NOT NULL, left_out TEXT NOT NULL,
    encoding TEXT NOT NULL, guesses TEXT NOT NULL, paragraphs INTEGER NOT NULL,
    passages INTEGER NOT NULL, source TEXT NOT NULL
);
CREATE TABLE paragraph (
    report INTEGER NOT NULL, number INTEGER NOT NULL, path TEXT NOT NULL, text TEXT NOT NULL,
    page INTEGER, section_type TEXT NOT NULL, PRIMARY KEY (report, number)
) WITHOUT ROWID;
CREATE TABLE passage (
    row INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, report INTEGER NOT NULL, path TEXT NOT NULL,
    paragraph INTEGER NOT NULL, part INTEGER NOT NULL, text TEXT NOT NULL, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, page INTEGER, section_type TEXT NOT NULL
);
"""
_INSERT = {
    table: f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"  # noqa: S608 - marks only
    for table, columns in (("report", 13), ("paragraph", 6), ("passage", 11))
}
_COPY = (
    """
    INSERT INTO report SELECT id + :numbers, name, title, years, organisation, digest, sections,
        left_out, encoding, guesses, paragraphs, passages, source
    FROM base.report WHERE id >= :first AND id < :stop ORDER BY id
    """,
    """
    INSERT INTO paragraph SELECT report + :numbers, number, path, text, page, section_type
    FROM base.paragraph WHERE report >= :first AND report < :stop ORDER BY report, number
    """,
    """
    INSERT INTO passage SELECT row + :rows, id, report + :numbers, path, paragraph, part, text,
        start, "end", page, section_type
    FROM base.passage WHERE row >= :first_row AND row < :stop_row ORDER BY row
    """,
)
"""Copies reports of the base, to other `numbers` and `rows`: by how much they move."""

_PASSAGE = """
SELECT passage.row, passage.id, report.name, report.title, report.years, passage.path,
       passage.paragraph, passage.part, passage.text, passage.start, passage."end", passage.page,
       passage.section_type
FROM passage JOIN report ON report.id = passage.report
"""


def write_catalogue(folder: Path, content: StoreContent) -> None:
    """Write the catalogue of the reports of `content` into `folder`.

    Passages are numbered through from 0 in the order given: the rows of the vectors. Reports
    that are taken over are copied from the catalogue of the base, as many at once as follow
    one another there, too.

    Raises:
        StateError: SQLite cannot write it.
    """
    try:
        with closing(sqlite3.connect(_uri(folder / FILE, "rwc"), uri=True)) as database:
            database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
            before = _attach(database, content.base.folder) if content.base is not None else {}
            row = 0
            for stretch in _stretches(content.reports, before):
                number, first = stretch[0]
                held = sum(report.passages for _, report in stretch)
                if isinstance(first, NewReport):
                    _insert(database, number, row, first)
                else:
                    old, old_row = before[first.name]
                    moved = {
                        "numbers": number - old,
                        "rows": row - old_row,
                        "first": old,
                        "stop": old + len(stretch),
                        "first_row": old_row,
                        "stop_row": old_row + held,
                    }
                    for copy in _COPY:
                        database.execute(copy, moved)
                row += held
            database.commit()
    except sqlite3.Error as exc:
        raise StateError(folder / FILE, StateFault.of_sqlite(exc, folder / FILE)) from exc


def _attach(database: sqlite3.Connection, folder: Path) -> dict[str, tuple[int, int]]:
    """Attach the catalogue in `folder` as `base`; return number and first row of its reports."""
    database.execute("ATTACH ? AS base", (_uri(folder / FILE, "ro&immutable=1"),))
    reports = database.execute("SELECT name, id, passages FROM base.report ORDER BY id").fetchall()
    firsts = accumulate((passages for *_, passages in reports), initial=0)
    return {name: (number, row) for (name, number, _), row in zip(reports, firsts, strict=False)}


def _stretches(
    reports: Sequence[NewReport | IndexedReport], before: Mapping[str, tuple[int, int]]
) -> Iterator[list[tuple[int, NewReport | IndexedReport]]]:
    """Yield the reports, numbered: a fresh one alone, others with those beside them in both."""

    def shift(item: tuple[int, NewReport | IndexedReport]) -> tuple[bool, int]:
        number, report = item
        fresh = isinstance(report, NewReport)
        return fresh, number if fresh else number - before[report.name][0]

    for _, stretch in groupby(enumerate(reports), shift):
        yield list(stretch)


def _insert(database: sqlite3.Connection, number: int, row: int, fresh: NewReport) -> None:
    for table, rows in (
        ("report", [report_row(number, fresh)]),
        ("paragraph", paragraph_rows(number, fresh.report)),
        ("passage", passage_rows(row, number, fresh.found)),
    ):
        database.executemany(_INSERT[table], rows)


class TextStore:
    """A catalogue, opened for reading; safe to use from many threads."""

    def __init__(self, folder: Path) -> None:
        """Open the catalogue in `folder`.

        Raises:
            IndexDamaged: SQLite cannot read it.
        """
        self._path = folder / FILE
        self._lock = threading.Lock()
        uri = _uri(self._path, "ro&immutable=1")
        try:
            self._database = sqlite3.connect(uri, uri=True, check_same_thread=False)
            self.entries = tuple(map(read_entry, self._rows("SELECT * FROM report ORDER BY id")))
        except sqlite3.Error as exc:
            raise IndexDamaged(self._path, Damage.UNUSABLE) from exc
        self._number = {entry.name: i for i, entry in enumerate(self.entries)}

    def rows(self, rows: Sequence[int]) -> dict[int, Passage]:
        """Return the passages of those rows, by row."""
        marks = ", ".join("?" * len(rows))
        found = self._rows(f"{_PASSAGE} WHERE passage.row IN ({marks})", rows)
        return {row[0]: read_passage(row) for row in found}

    def passage(self, passage_id: str) -> Passage | None:
        """Return the passage of that id, None where there is none."""
        found = self._rows(f"{_PASSAGE} WHERE passage.id = ?", (passage_id,))
        return read_passage(found[0]) if found else None

    def paragraphs(self, report: str, numbers: range) -> list[IndexedParagraph]:
        """Return the paragraphs of `report` with those numbers, in order."""
        if report not in self._number or not numbers:
            return []
        found = self._rows(
            "SELECT number, path, text, page, section_type FROM paragraph"
            " WHERE report = ? AND number BETWEEN ? AND ? ORDER BY number",
            (self._number[report], numbers[0], numbers[-1]),
        )
        return [
            IndexedParagraph(number, tuple(json.loads(p)), text, page, SectionType(kind))
            for number, p, text, page, kind in found
        ]

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._database.close()

    def _rows(self, query: str, parameters: Sequence[object] = ()) -> list[Any]:
        try:
            with self._lock:
                return self._database.execute(query, parameters).fetchall()
        except sqlite3.DatabaseError as exc:
            raise IndexDamaged(self._path, Damage.ALTERED) from exc


def _uri(path: Path, mode: str) -> str:
    return f"file:{quote(str(path.absolute()))}?mode={mode}"


def report_row(number: int, fresh: NewReport) -> tuple[object, ...]:
    """Return the row of report `number`, which counts from 0."""
    report = fresh.report
    return (
        number,
        report.name,
        report.title,
        json.dumps(report.years),
        report.organisation,
        report.digest,
        _json([_section_to_json(section) for section in report.sections]),
        _json([[left.line, left.text, left.reason] for left in report.left_out]),
        report.encoding,
        json.dumps(sorted(report.guesses)),
        len(report.paragraphs),
        fresh.passages,
        fresh.source,
    )


def paragraph_rows(number: int, report: Report) -> Iterable[tuple[object, ...]]:
    """Yield the rows of the paragraphs of report `number`."""
    for p in report.paragraphs:
        yield number, p.number, _json(p.path), report.words(p), p.page, p.type.value


def passage_rows(
    row: int, number: int, passages: Sequence[Passage]
) -> Iterable[tuple[object, ...]]:
    """Yield the rows of the passages of report `number`, the first of them `row`."""
    for i, p in enumerate(passages, start=row):
        path = _json(p.path)
        place = p.start, p.end, p.page
        yield i, p.id, number, path, p.paragraph, p.part, p.text, *place, p.section_type.value


def read_passage(row: Sequence[Any]) -> Passage:
    """Return the passage of a row of `_PASSAGE`."""
    _, passage_id, name, title, years, path, paragraph, part, text, start, end, page, kind = row
    year = next(iter(json.loads(years)), None)
    return Passage(
        passage_id,
        name,
        title,
        year,
        tuple(json.loads(path)),
        paragraph,
        part,
        text,
        start,
        end,
        page,
        SectionType(kind),
    )


def read_entry(row: Sequence[Any]) -> IndexedReport:
    """Return the entry that `report_row` wrote."""
    _, name, title, years, organisation, digest, sections, left_out, encoding, guesses = row[:10]
    return IndexedReport(
        name=name,
        title=title,
        years=tuple(json.loads(years)),
        organisation=organisation,
        digest=digest,
        sections=tuple(_section_from_json(section, 1) for section in json.loads(sections)),
        left_out=tuple(LeftOut(a, b, Reason(c)) for a, b, c in json.loads(left_out)),
        encoding=encoding,
        guesses=frozenset(json.loads(guesses)),
        paragraphs=row[10],
        passages=row[11],
        source=row[12],
    )


def _section_to_json(section: Section) -> list[object]:
    below = [_section_to_json(child) for child in section.sections]
    numbers = section.paragraphs
    return [section.heading, section.type.value, numbers.start, numbers.stop, below]


def _section_from_json(data: Sequence[Any], level: int) -> Section:
    heading, kind, start, stop, below = data
    sections = tuple(_section_from_json(child, level + 1) for child in below)
    return Section(heading, level, range(start, stop), sections, SectionType(kind))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
