"""Postings of reports that were worked out before, by the words of their passages.

Cutting a report into terms takes longer than all else of an indexing but encoding.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.report import Passage
from index.building.cache import CacheFile
from index.generations.fingerprint import cutting
from index.lexical.fields import lexical_terms
from index.lexical.postings import Postings

FILE = "terms.sqlite"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS postings (
    passages BLOB PRIMARY KEY, checksum INTEGER NOT NULL, data BLOB NOT NULL, used INTEGER NOT NULL
);
"""


class TermCache:
    """The cache in one SQLite file; used by one writer at a time."""

    def __init__(self, folder: Path) -> None:
        """Keep the cache in `folder`; nothing is opened yet. `damaged` is what was thrown away."""
        self._file = CacheFile(folder / FILE, _SCHEMA)
        self.damaged = self._file.damaged

    def postings(self, reports: Sequence[Sequence[Passage]], generation: int) -> list[Postings]:
        """Return the postings of the passages of each report, cutting only what is not known.

        Raises:
            StateError: the cache cannot be used.
        """
        with self._file.opened() as database:
            return list(_postings(database, reports, generation))

    def forget(self, before: int) -> None:
        """Drop the postings that no generation from `before` on has used."""
        with self._file.opened() as database:
            database.execute("DELETE FROM postings WHERE used < ?", (before,))


def _postings(
    database: sqlite3.Connection, reports: Sequence[Sequence[Passage]], generation: int
) -> Iterator[Postings]:
    for passages in reports:
        key = _key(passages)
        found = _known(database, key)
        if found is None:
            found = Postings.build(map(lexical_terms, passages))
            data = found.to_bytes()
            database.execute(
                "INSERT OR REPLACE INTO postings VALUES (?, ?, ?, ?)",
                (key, zlib.crc32(key + data), data, generation),
            )
        else:
            database.execute("UPDATE postings SET used = ? WHERE passages = ?", (generation, key))
        yield found


def _known(database: sqlite3.Connection, key: bytes) -> Postings | None:
    query = "SELECT checksum, data FROM postings WHERE passages = ?"
    row = database.execute(query, (key,)).fetchone()
    if row is None or zlib.crc32(key + row[1]) != row[0]:
        return None
    return Postings.from_bytes(row[1])


def _key(passages: Sequence[Passage]) -> bytes:
    digest = hashlib.sha256(cutting().encode())
    for passage in passages:
        digest.update(repr((passage.path, passage.text)).encode("utf-8", "surrogatepass"))
    return digest.digest()
