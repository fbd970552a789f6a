"""SQLite files that are only caches: whatever happens to one costs time and nothing else."""

from __future__ import annotations

import logging
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from corpus.durable import make_folder
from index.errors import Damage, IndexDamaged, StateError, StateFault

_log = logging.getLogger(__name__)


@contextmanager
def open_cache(
    path: Path, schema: str, damaged: list[IndexDamaged] | None = None
) -> Iterator[sqlite3.Connection]:
    """Yield the cache in the file `path`, its tables made; a damaged one is thrown away first.

    What is in it is committed at the end. One writer at a time. What was thrown away is added
    to `damaged`.

    Raises:
        StateError: the file cannot be used (rights, full disk).
    """
    try:
        make_folder(path.parent)
        with closing(_sound(path, schema, [] if damaged is None else damaged)) as database:
            yield database
            database.commit()
    except OSError as exc:
        raise StateError(path, StateFault.of(exc)) from exc
    except sqlite3.Error as exc:
        raise StateError(path, StateFault.of_sqlite(exc, path)) from exc


def _sound(path: Path, schema: str, damaged: list[IndexDamaged]) -> sqlite3.Connection:
    try:
        return _connect(path, schema)
    except sqlite3.Error as exc:
        if StateFault.of_sqlite(exc, path) is not StateFault.DATABASE:
            raise
        _log.warning("the cache %s is damaged and is made anew: %s", path.name, exc)
        damaged.append(IndexDamaged(path, Damage.MADE_ANEW))
        for suffix in ("", "-wal", "-shm", "-journal"):
            _remove(path.with_name(path.name + suffix))
        return _connect(path, schema)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _connect(path: Path, schema: str) -> sqlite3.Connection:
    database = sqlite3.connect(path)
    try:
        database.executescript(f"PRAGMA journal_mode = WAL;{schema}")
        if database.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("its pages are not sound")
    except sqlite3.Error:
        database.close()
        raise
    return database
