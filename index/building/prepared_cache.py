"""Reports that were prepared before, by what they are made from and by encoder.

A cache: whatever happens to it costs time and nothing else. Each report carries a checksum, for
a damaged vector would be a wrong answer and not a missing one.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.durable.sqlite_file import open_sound, remove, state_errors, transaction
from index.building.prepare import PreparedReport
from index.errors import Damage, IndexDamaged
from index.lexical.fields import dense_text
from index.lexical.postings import Postings
from index.lexical.vocabulary import Vocabulary
from index.store.row_codecs import (
    read_passage,
    read_report,
    report_row,
)
from index.store.store import ReportTexts

FILE = "prepared.sqlite"

_SCRIPT = """
PRAGMA page_size = 32768;
PRAGMA journal_mode = WAL;
CREATE TABLE IF NOT EXISTS report (
    key BLOB PRIMARY KEY, encoder TEXT NOT NULL, name TEXT NOT NULL, digest TEXT NOT NULL,
    checksum INTEGER NOT NULL, texts BLOB NOT NULL, vectors BLOB NOT NULL, postings BLOB NOT NULL,
    vocabulary BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS report_name ON report (name);
CREATE INDEX IF NOT EXISTS report_digest ON report (digest);
CREATE TABLE IF NOT EXISTS used (key BLOB PRIMARY KEY, generation INTEGER NOT NULL) WITHOUT ROWID;
"""


class PreparedCache:
    """The cache in one SQLite file, of one encoder; used by one writer at a time.

    Every method raises StateError where the file cannot be used.
    """

    def __init__(self, folder: Path, encoder: str) -> None:
        """Keep the cache in `folder`; nothing is opened yet.

        `encoder` is the fingerprint of the one that made the vectors. `damaged` is what was found
        broken.
        """
        self._path = folder / FILE
        self._encoder = encoder
        self._checked = False
        self.damaged: list[IndexDamaged] = []

    def find(self, sources: Iterable[str]) -> dict[str, PreparedReport]:
        """Return the reports made from `sources` that are known, by source."""
        found: dict[str, PreparedReport] = {}
        with self._opened() as database:
            for source in sources:
                for report in self._read(database, "key = ?", self._key(source)):
                    found[source] = report
        return found

    def vectors(self, name: str, digest: str) -> dict[str, NDArray[np.float32]]:
        """Return known vectors by text, of a report of that name or of a file of that SHA-256."""
        with self._opened() as database:
            query = "encoder = ? AND (name = ? OR digest = ?)"
            found = self._read(database, query, self._encoder, name, digest)
        return {
            dense_text(read_passage(row, report.report)): vector
            for report in found
            for row, vector in zip(report.texts.passages, report.vectors, strict=True)
        }

    def keep(self, reports: Iterable[PreparedReport]) -> None:
        """Keep reports, on the disk when this returns."""
        with self._opened() as database:
            database.executemany(
                "INSERT OR REPLACE INTO report VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                map(self._row, reports),
            )

    def forget(self, sources: Iterable[str], generation: int, before: int) -> None:
        """Drop the reports that no generation from `before` on is made of.

        `generation` is made of those of `sources`.
        """
        used = [(self._key(source), generation) for source in sources]
        with self._opened() as database:
            database.executemany("INSERT OR REPLACE INTO used VALUES (?, ?)", used)
            database.execute("DELETE FROM used WHERE generation < ?", (before,))
            database.execute("DELETE FROM report WHERE key NOT IN (SELECT key FROM used)")

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """Yield the cache in one transaction; its pages are checked when it is first opened."""
        with state_errors(self._path):
            check = not self._checked
            database = open_sound(self._path, _SCRIPT, self._made_anew, check=check)
            self._checked = True
            with closing(database), transaction(database):
                yield database

    def _made_anew(self, path: Path) -> None:
        if path == self._path:
            self.damaged.append(IndexDamaged(path, Damage.MADE_ANEW))
        remove(path)

    def _key(self, source: str) -> bytes:
        return hashlib.sha256(f"{self._encoder} {source}".encode()).digest()

    def _row(self, prepared: PreparedReport) -> tuple[object, ...]:
        report = prepared.report
        parts = (
            _texts_to_json(prepared.texts),
            prepared.vectors.tobytes(),
            prepared.postings.to_bytes(),
            prepared.vocabulary.to_bytes(),
        )
        key = self._key(report.source)
        return key, self._encoder, report.name, report.digest, _checksum(key, *parts), *parts

    def _read(
        self, database: sqlite3.Connection, where: str, *values: object
    ) -> list[PreparedReport]:
        columns = "key, checksum, texts, vectors, postings, vocabulary"
        query = f"SELECT {columns} FROM report WHERE {where}"  # noqa: S608 - own conditions
        found, spoilt = [], []
        for key, checksum, *parts in database.execute(query, values):
            with suppress(TypeError, ValueError):
                if checksum == _checksum(key, *parts):
                    found.append(_read_report(*parts))
                    continue
            spoilt.append((key,))
        if spoilt:
            self.damaged.append(IndexDamaged(self._path, Damage.ENTRIES_LOST))
            database.executemany("DELETE FROM report WHERE key = ?", spoilt)
        return found


def _checksum(*parts: bytes) -> int:
    checksum = 0
    for part in parts:
        checksum = zlib.crc32(part, checksum)
    return checksum


def _texts_to_json(texts: ReportTexts) -> bytes:
    return json.dumps(
        {
            "report": report_row(texts.report),
            "paragraphs": texts.paragraphs,
            "passages": texts.passages,
        },
        ensure_ascii=False,
    ).encode("utf-8", "surrogatepass")


def _read_report(
    texts: bytes, vectors: bytes, postings: bytes, vocabulary: bytes
) -> PreparedReport:
    rows = json.loads(texts)
    read = ReportTexts(read_report(rows["report"]), rows["paragraphs"], rows["passages"])
    return PreparedReport(
        read,
        np.frombuffer(vectors, np.float32).reshape(len(read.passages), -1 if vectors else 0),
        Postings.from_bytes(postings),
        Vocabulary.from_bytes(vocabulary),
    )
