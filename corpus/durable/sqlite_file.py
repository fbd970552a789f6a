"""One SQLite file: opened, its pages checked, begun anew where they are damaged.

with state_errors(path):
    connection = open_sound(path, SCRIPT, take_away=set_aside)
…
with state_errors(path), transaction(connection):
    connection.execute(…)
"""

from __future__ import annotations

import logging
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.durable.atomic_files import make_folder, sync_directory
from corpus.durable.faults import StateError, StateFault

_SUFFIXES = ("", "-wal", "-shm", "-journal")
_log = logging.getLogger(__name__)


def remove(path: Path) -> None:
    """Remove what is at `path`, if anything is."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def open_sound(
    path: Path, script: str, take_away: Callable[[Path], None] = remove, *, check: bool = True
) -> sqlite3.Connection:
    """Return a connection to the database in the file `path`, which is made where it is not.

    Any thread may use it, one at a time, and each change is made in a `transaction`.

    Args:
        path: The file; its folder is made, too.
        script: Statements that are run before it is checked: pragmas, tables that may be there.
        take_away: Called with the file and those beside it (-wal, -shm, -journal), there or not,
            where its content is damaged; afterwards there is nothing of that name.
        check: Whether every page is looked at; a file that was just checked need not be again.

    Raises:
        OSError, sqlite3.Error: the file cannot be used (rights, full disk, another program).
    """
    make_folder(path.parent)
    try:
        return _connect(path, script, check=check)
    except sqlite3.Error as exc:
        if StateFault.of_sqlite(exc, path) is not StateFault.DATABASE:
            raise
        _log.warning("%s is damaged and is begun anew: %s", path.name, exc)
        for suffix in _SUFFIXES:
            take_away(path.with_name(path.name + suffix))
        sync_directory(path.parent)
        return _connect(path, script, check=True)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Make the changes of the block all at once, or none of them where it raises."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def state_errors(path: Path) -> Iterator[None]:
    """Turn errors of the system and of SQLite over the file `path` into ours.

    Raises:
        StateError: the file cannot be used.
    """
    try:
        yield
    except OSError as exc:
        raise StateError(path, StateFault.of(exc)) from exc
    except sqlite3.Error as exc:
        raise StateError(path, StateFault.of_sqlite(exc, path)) from exc


def _connect(path: Path, script: str, *, check: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
    try:
        connection.executescript(script)
        if check and connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("its pages are not sound")
    except sqlite3.Error:
        connection.close()
        raise
    return connection
