"""The texts of a generation: reports, paragraphs and passages in one SQLite file.

The file is written once and then only read; it is opened immutable, so that reading it never
writes a lock or a journal beside it.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Sequence
from contextlib import closing
from itertools import accumulate
from pathlib import Path
from urllib.parse import quote

from corpus.durable.faults import StateError, StateFault
from corpus.report import Passage
from index.errors import Damage, IndexDamaged
from index.store.row_codecs import (
    read_paragraph,
    read_passage,
    read_report,
    report_row,
)
from index.store.store import IndexedParagraph, ReportTexts, Row

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
_HOLDING = """
SELECT * FROM passage WHERE row >= :first AND row < :stop AND paragraph = (
    SELECT max(paragraph) FROM passage
    WHERE row >= :first AND row < :stop AND paragraph <= :paragraph
) ORDER BY row
"""
"""The passages of a report, whose rows are `first` to `stop`, that hold words of a paragraph."""


def write_texts(folder: Path, reports: Iterable[ReportTexts]) -> None:
    """Write the texts of `reports` into `folder`.

    Reports are numbered through from 0 in the order given, and so are passages: the rows of the
    vectors.

    Raises:
        StateError: SQLite cannot write it.
    """
    try:
        with closing(sqlite3.connect(_uri(folder / FILE, "rwc"), uri=True)) as database:
            database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
            row = 0
            for number, texts in enumerate(reports):
                of: Row = {"report": number}
                passages = [
                    {**of, "row": at, **passage}
                    for at, passage in enumerate(texts.passages, start=row)
                ]
                _insert(database, "report", [{"id": number, **report_row(texts.report)}])
                _insert(database, "paragraph", [of | paragraph for paragraph in texts.paragraphs])
                _insert(database, "passage", passages)
                row += len(passages)
            database.commit()
    except sqlite3.Error as exc:
        raise StateError(folder / FILE, StateFault.of_sqlite(exc, folder / FILE)) from exc


def _insert(database: sqlite3.Connection, table: str, rows: Sequence[Row]) -> None:
    """Insert rows, all of the same columns in the same order."""
    if rows:
        columns = ", ".join(f'"{column}"' for column in rows[0])
        values = ", ".join("?" * len(rows[0]))
        statement = f"INSERT INTO {table} ({columns}) VALUES ({values})"  # noqa: S608 - own names
        database.executemany(statement, (tuple(row.values()) for row in rows))


class TextStore:
    """The texts, opened for reading; safe to use from many threads."""

    def __init__(self, folder: Path) -> None:
        """Open the file in `folder`.

        Raises:
            IndexDamaged: SQLite cannot read it.
        """
        self._path = folder / FILE
        self._lock = threading.Lock()
        uri = _uri(self._path, "ro&immutable=1")
        try:
            self._database = sqlite3.connect(uri, uri=True, check_same_thread=False)
            self._database.row_factory = sqlite3.Row
            found = self._rows("SELECT * FROM report ORDER BY id")
        except sqlite3.Error as exc:
            raise IndexDamaged(self._path, Damage.UNUSABLE) from exc
        self.entries = tuple(map(read_report, found))
        self._number = {entry.name: i for i, entry in enumerate(self.entries)}
        self._firsts = list(accumulate((entry.passages for entry in self.entries), initial=0))

    def rows(self, rows: Sequence[int]) -> dict[int, Passage]:
        """Return the passages of those rows, by row."""
        marks = ", ".join("?" * len(rows))
        found = self._rows(f"SELECT * FROM passage WHERE row IN ({marks})", rows)  # noqa: S608
        return {row["row"]: self._passage(row) for row in found}

    def passage(self, passage_id: str) -> Passage | None:
        """Return the passage of that id, None where there is none."""
        found = self._rows("SELECT * FROM passage WHERE id = ?", (passage_id,))
        return self._passage(found[0]) if found else None

    def passages_of(self, report: str, paragraph: int) -> list[Passage]:
        """Return the passages with words of that paragraph of `report`, in their order."""
        number = self._number.get(report)
        if number is None:
            return []
        first, stop = self._firsts[number : number + 2]
        found = self._rows(_HOLDING, {"first": first, "stop": stop, "paragraph": paragraph})
        return [self._passage(row) for row in found]

    def paragraphs(self, report: str, numbers: range) -> list[IndexedParagraph]:
        """Return the paragraphs of `report` with those numbers, in order."""
        if report not in self._number or not numbers:
            return []
        found = self._rows(
            "SELECT * FROM paragraph WHERE report = ? AND number BETWEEN ? AND ? ORDER BY number",
            (self._number[report], numbers[0], numbers[-1]),
        )
        return [read_paragraph(row) for row in found]

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._database.close()

    def _passage(self, row: sqlite3.Row) -> Passage:
        return read_passage(row, self.entries[row["report"]])

    def _rows(
        self, query: str, parameters: Sequence[object] | dict[str, int] = ()
    ) -> list[sqlite3.Row]:
        try:
            with self._lock:
                return self._database.execute(query, parameters).fetchall()
        except sqlite3.DatabaseError as exc:
            raise IndexDamaged(self._path, Damage.ALTERED) from exc


def _uri(path: Path, mode: str) -> str:
    return f"file:{quote(str(path.absolute()))}?mode={mode}"
