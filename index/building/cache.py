"""SQLite files that are only caches: whatever happens to one costs time and nothing else."""

from __future__ import annotations

import logging
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from corpus.durable.atomic_files import make_folder
from corpus.durable.faults import StateError, StateFault
from index.errors import Damage, IndexDamaged

_log = logging.getLogger(__name__)


class CacheFile:
    """One cache; its pages are checked once, when it is first opened. One writer at a time."""

    def __init__(self, path: Path, schema: str) -> None:
        """Keep the cache in the file `path`; nothing is opened yet."""
        self._path, self._schema = path, schema
        self._checked = False
        self.damaged: list[IndexDamaged] = []
        """What was found broken and thrown away."""

    @contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        """Yield the cache, its tables made; what is in it is committed at the end.

        Raises:
            StateError: the file cannot be used (rights, full disk).
        """
        path = self._path
        try:
            make_folder(path.parent)
            with closing(self._sound()) as database:
                yield database
                database.commit()
        except OSError as exc:
            raise StateError(path, StateFault.of(exc)) from exc
        except sqlite3.Error as exc:
            raise StateError(path, StateFault.of_sqlite(exc, path)) from exc

    def _sound(self) -> sqlite3.Connection:
        path = self._path
        try:
            database = _connect(path, self._schema, check=not self._checked)
        except sqlite3.Error as exc:
            if StateFault.of_sqlite(exc, path) is not StateFault.DATABASE:
                raise
            _log.warning("the cache %s is damaged and is made anew: %s", path.name, exc)
            self.damaged.append(IndexDamaged(path, Damage.MADE_ANEW))
            for suffix in ("", "-wal", "-shm", "-journal"):
                _remove(path.with_name(path.name + suffix))
            database = _connect(path, self._schema, check=True)
        self._checked = True
        return database


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _connect(path: Path, schema: str, *, check: bool) -> sqlite3.Connection:
    database = sqlite3.connect(path)
    try:
        database.executescript(f"PRAGMA page_size = 32768; PRAGMA journal_mode = WAL;{schema}")
        if check and database.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("its pages are not sound")
    except sqlite3.Error:
        database.close()
        raise
    return database
