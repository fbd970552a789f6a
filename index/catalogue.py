"""The texts of a generation: reports, paragraphs and passages in one SQLite file.

The file is written once and then only read; it is opened immutable, so that reading it never
writes a lock or a journal beside it.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

from corpus.report import LeftOut, Passage, Reason, Report, Section
from index.errors import Damage, IndexDamaged, StateError, StateFault
from index.store import Body, Entry

FILE = "passages.sqlite"

_SCHEMA = """
CREATE TABLE report (
    id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL, title TEXT NOT NULL, years TEXT NOT NULL,
    organisation TEXT, digest TEXT NOT NULL, sections TEXT NOT NULL, left_out TEXT NOT NULL,
    encoding TEXT NOT NULL, guesses TEXT NOT NULL, paragraphs INTEGER NOT NULL,
    passages INTEGER NOT NULL
);
CREATE TABLE paragraph (
    report INTEGER NOT NULL, number INTEGER NOT NULL, path TEXT NOT NULL, text TEXT NOT NULL,
    page INTEGER, PRIMARY KEY (report, number)
) WITHOUT ROWID;
CREATE TABLE passage (
    row INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, report INTEGER NOT NULL, path TEXT NOT NULL,
    paragraph INTEGER NOT NULL, part INTEGER NOT NULL, text TEXT NOT NULL, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, page INTEGER
);
"""
_PASSAGE = """
SELECT passage.row, passage.id, report.name, report.title, report.years, passage.path,
       passage.paragraph, passage.part, passage.text, passage.start, passage."end", passage.page
FROM passage JOIN report ON report.id = passage.report
"""


def write_catalogue(folder: Path, reports: Sequence[tuple[Report, Sequence[Passage]]]) -> None:
    """Write the catalogue of `reports`, each with its passages, into `folder`.

    Passages are numbered through from 0 in the order given: the rows of the vectors.

    Raises:
        StateError: SQLite cannot write it.
    """
    try:
        with closing(sqlite3.connect(folder / FILE)) as database:
            database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
            row = 0
            for number, (report, found) in enumerate(reports):
                database.execute(
                    f"INSERT INTO report VALUES ({', '.join('?' * 12)})",  # noqa: S608 - marks only
                    report_row(number, report, len(found)),
                )
                database.executemany(
                    "INSERT INTO paragraph VALUES (?, ?, ?, ?, ?)", paragraph_rows(number, report)
                )
                database.executemany(
                    "INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    passage_rows(row, number, found),
                )
                row += len(found)
            database.commit()
    except sqlite3.Error as exc:
        raise StateError(folder / FILE, StateFault.of_sqlite(exc, folder / FILE)) from exc


class Catalogue:
    """A catalogue, opened for reading; safe to use from many threads."""

    def __init__(self, folder: Path) -> None:
        """Open the catalogue in `folder`.

        Raises:
            IndexDamaged: SQLite cannot read it.
        """
        self._path = folder / FILE
        self._lock = threading.Lock()
        uri = f"file:{quote(str(self._path.absolute()))}?mode=ro&immutable=1"
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

    def paragraphs(self, report: str, numbers: range) -> list[Body]:
        """Return the paragraphs of `report` with those numbers, in order."""
        if report not in self._number or not numbers:
            return []
        found = self._rows(
            "SELECT number, path, text, page FROM paragraph"
            " WHERE report = ? AND number BETWEEN ? AND ? ORDER BY number",
            (self._number[report], numbers[0], numbers[-1]),
        )
        return [Body(number, tuple(json.loads(p)), text, page) for number, p, text, page in found]

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


def report_row(number: int, report: Report, passages: int) -> tuple[object, ...]:
    """Return the row of report `number`, which counts from 0."""
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
        passages,
    )


def paragraph_rows(number: int, report: Report) -> Iterable[tuple[object, ...]]:
    """Yield the rows of the paragraphs of report `number`."""
    for p in report.paragraphs:
        yield number, p.number, _json(p.path), report.words(p), p.page


def passage_rows(
    row: int, number: int, passages: Sequence[Passage]
) -> Iterable[tuple[object, ...]]:
    """Yield the rows of the passages of report `number`, the first of them `row`."""
    for i, p in enumerate(passages, start=row):
        path = _json(p.path)
        yield i, p.id, number, path, p.paragraph, p.part, p.text, p.start, p.end, p.page


def read_passage(row: Sequence[Any]) -> Passage:
    """Return the passage of a row of `_PASSAGE`."""
    _, passage_id, name, title, years, path, paragraph, part, text, start, end, page = row
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
    )


def read_entry(row: Sequence[Any]) -> Entry:
    """Return the entry that `report_row` wrote."""
    _, name, title, years, organisation, digest, sections, left_out, encoding, guesses, n, m = row
    return Entry(
        name=name,
        title=title,
        years=tuple(json.loads(years)),
        organisation=organisation,
        digest=digest,
        sections=tuple(_section_from_json(section, 1) for section in json.loads(sections)),
        left_out=tuple(LeftOut(a, b, Reason(c)) for a, b, c in json.loads(left_out)),
        encoding=encoding,
        guesses=frozenset(json.loads(guesses)),
        paragraphs=n,
        passages=m,
    )


def _section_to_json(section: Section) -> list[object]:
    below = [_section_to_json(child) for child in section.sections]
    return [section.heading, section.paragraphs.start, section.paragraphs.stop, below]


def _section_from_json(data: Sequence[Any], level: int) -> Section:
    heading, start, stop, below = data
    sections = tuple(_section_from_json(child, level + 1) for child in below)
    return Section(heading, level, range(start, stop), sections)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
