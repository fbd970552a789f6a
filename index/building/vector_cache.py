"""Vectors that were worked out before, by encoder and text.

A cache: whatever happens to it costs time and nothing else. Each vector carries a checksum,
for a damaged one would be a wrong answer and not a missing one.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.building.cache import CacheFile
from index.encoders import Encoder
from index.errors import Damage, IndexDamaged

FILE = "vectors.sqlite"
_BATCH = 256
_SPARE = 1000
"""How many vectors more than twice what is needed are no nuisance."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS vector (
    encoder TEXT NOT NULL, text BLOB NOT NULL, checksum INTEGER NOT NULL, vector BLOB NOT NULL,
    used INTEGER NOT NULL, PRIMARY KEY (encoder, text)
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Encoded:
    """`vectors`: float32, (n, dimension), unit rows; how many were encoded and how many known."""

    vectors: NDArray[np.float32]
    encoded: int
    reused: int


class VectorCache:
    """The cache in one SQLite file; used by one writer at a time."""

    def __init__(self, folder: Path) -> None:
        """Keep the cache in `folder`; nothing is opened yet. `damaged` is what was found broken."""
        self._path = folder / FILE
        self._file = CacheFile(self._path, _SCHEMA)
        self.damaged = self._file.damaged

    def encode(
        self,
        encoder: Encoder,
        texts: Sequence[str],
        generation: int,
        progress: Callable[[int], None] | None = None,
    ) -> Encoded:
        """Return the vectors of `texts`, asking `encoder` only for those not known.

        Each batch is kept as soon as it is encoded, so that an interrupted run goes on where it
        stopped. `progress` is given the number of texts just done.
        """
        keys = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest() for text in texts]
        with self._file.opened() as database:
            known, spoilt = _known(database, encoder, set(keys))
            if spoilt:
                self.damaged.append(IndexDamaged(self._path, Damage.VECTORS_LOST))
            missing = list(
                {k: t for k, t in zip(keys, texts, strict=True) if k not in known}.items()
            )
            if progress is not None:
                progress(sum(key in known for key in keys))
            for batch in _batches(missing):
                vectors = encoder.encode_passages([text for _, text in batch], progress)
                fresh = {key: vector for (key, _), vector in zip(batch, vectors, strict=True)}
                _keep(database, encoder.fingerprint, fresh, generation)
                known |= fresh
            _touch(database, encoder.fingerprint, set(keys), generation)
        rows = [known[key] for key in keys]
        stacked = np.stack(rows) if rows else np.empty((0, encoder.dimension), np.float32)
        return Encoded(stacked, len(missing), len(keys) - len(missing))

    def crowded(self, needed: int) -> bool:
        """Whether there are far more vectors than the `needed` ones.

        A build that takes vectors over from the generation before does not say which it uses.
        So it only adds; and once there is too much, one that asks for all has to `forget`.
        """
        with self._file.opened() as database:
            (count,) = database.execute("SELECT count(*) FROM vector").fetchone()
        return bool(count > 2 * needed + _SPARE)

    def forget(self, before: int) -> None:
        """Drop the vectors that no generation from `before` on has asked for."""
        with self._file.opened() as database:
            database.execute("DELETE FROM vector WHERE used < ?", (before,))


def _known(
    database: sqlite3.Connection, encoder: Encoder, keys: set[bytes]
) -> tuple[dict[bytes, NDArray[np.float32]], int]:
    """Return the vectors known of `keys`, and how many were there but damaged."""
    known = {}
    spoilt = 0
    query = "SELECT checksum, vector FROM vector WHERE encoder = ? AND text = ?"
    for key in keys:
        row = database.execute(query, (encoder.fingerprint, key)).fetchone()
        if row is None:
            continue
        vector = _vector(key, *row)
        if vector is not None and vector.shape == (encoder.dimension,):
            known[key] = vector
        else:
            spoilt += 1
    return known, spoilt


def _vector(key: bytes, checksum: object, data: object) -> NDArray[np.float32] | None:
    """Return the vector of a row; None where it is not what was written."""
    if not isinstance(data, bytes) or zlib.crc32(key + data) != checksum:
        return None
    return np.frombuffer(data, np.float32)


def _keep(
    database: sqlite3.Connection,
    encoder: str,
    vectors: dict[bytes, NDArray[np.float32]],
    generation: int,
) -> None:
    database.executemany(
        "INSERT OR REPLACE INTO vector VALUES (?, ?, ?, ?, ?)",
        (
            (encoder, key, zlib.crc32(key + (data := vector.tobytes())), data, generation)
            for key, vector in vectors.items()
        ),
    )
    database.commit()


def _touch(database: sqlite3.Connection, encoder: str, keys: set[bytes], generation: int) -> None:
    database.executemany(
        "UPDATE vector SET used = ? WHERE encoder = ? AND text = ? AND used <> ?",
        ((generation, encoder, key, generation) for key in keys),
    )


def _batches(items: Sequence[tuple[bytes, str]]) -> Iterator[Sequence[tuple[bytes, str]]]:
    """Yield batches of `items`, longest texts together, so that little is padded."""
    ordered = sorted(items, key=lambda item: len(item[1]), reverse=True)
    for start in range(0, len(ordered), _BATCH):
        yield ordered[start : start + _BATCH]
