"""The chat database: `chat.sqlite` in the state directory, its schema versioned and migrated.

It holds nobody's name. People and chats in what is kept for later stand as keyed hashes; plain
ids stand only where the bot must know or write to them again by itself (jobs, allowed groups,
admins and people who were let in, updates that are not answered yet). All access is from one
thread; each call is one transaction, on the disk when it returns.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Self, TypeVar

from corpus.durable.faults import StateError, StateFault
from corpus.durable.sqlite_file import open_sound, state_errors, transaction

FILE = "chat.sqlite"
_DURABLE = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA secure_delete = ON;
"""

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE inbox (
        update_id INTEGER PRIMARY KEY, at REAL NOT NULL, payload TEXT, state TEXT NOT NULL
    );
    CREATE INDEX inbox_state ON inbox (state, update_id);
    CREATE TABLE allowed_group (
        chat_id INTEGER PRIMARY KEY, came_from INTEGER, at REAL NOT NULL
    );
    CREATE TABLE view (
        id TEXT PRIMARY KEY, chat BLOB NOT NULL, asked INTEGER NOT NULL, at REAL NOT NULL,
        language TEXT NOT NULL, question TEXT, content TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX view_asked ON view (chat, asked);
    CREATE INDEX view_at ON view (at);
    CREATE TABLE view_message (
        chat BLOB NOT NULL, message INTEGER NOT NULL, view TEXT NOT NULL,
        PRIMARY KEY (chat, message)
    ) WITHOUT ROWID;
    CREATE INDEX view_message_view ON view_message (view);
    CREATE TABLE question (
        id INTEGER PRIMARY KEY, at REAL NOT NULL, person BLOB NOT NULL, chat BLOB NOT NULL,
        text TEXT NOT NULL, answered INTEGER NOT NULL, passage TEXT, milliseconds REAL NOT NULL,
        view TEXT
    );
    CREATE INDEX question_at ON question (at);
    CREATE INDEX question_view ON question (view);
    CREATE TABLE vote (
        view TEXT NOT NULL, person BLOB NOT NULL, up INTEGER NOT NULL, at REAL NOT NULL,
        PRIMARY KEY (view, person)
    ) WITHOUT ROWID;
    CREATE TABLE job (
        id TEXT PRIMARY KEY, kind TEXT NOT NULL, state TEXT NOT NULL, at REAL NOT NULL,
        chat_id INTEGER NOT NULL, message_id INTEGER, notice_id INTEGER, language TEXT NOT NULL,
        content TEXT NOT NULL
    ) WITHOUT ROWID;
    """,
    "ALTER TABLE vote ADD COLUMN objection TEXT;",
    """
    CREATE TABLE person (user_id INTEGER PRIMARY KEY, role TEXT NOT NULL, at REAL NOT NULL);
    CREATE TABLE guide (chat_id INTEGER PRIMARY KEY, message_id INTEGER NOT NULL);
    CREATE TABLE dismissed (text TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID;
    """,
)
"""Each entry leads from the version of its position to the next. Never change one; add one."""

Result = TypeVar("Result")
Work = Callable[[sqlite3.Connection], Result]


class Database:
    """One open chat database; safe to use from many tasks."""

    def __init__(self, path: Path, connection: sqlite3.Connection, key: bytes) -> None:
        """Use `connection`, which was made in any thread and is from now on used in one."""
        self._path = path
        self._connection = connection
        self._key = key
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="chat-database")

    @classmethod
    def open(
        cls, folder: Path, migrations: Sequence[str] = MIGRATIONS, secret: bytes = b""
    ) -> Self:
        """Open the database in `folder`, making it or bringing it up to date.

        A damaged one is set aside as chat.sqlite.damaged, and a new one begun. `secret`, of any
        length, is half of the key of the hashed ids: it is never written here, so that whoever
        has only the database cannot find out whose they are.

        Raises:
            StateError: it cannot be written, or was written by a newer version.
        """
        path = folder / FILE
        with state_errors(path), ExitStack() as unless_ready:
            connection = open_sound(path, _DURABLE, take_away=_set_aside)
            unless_ready.callback(connection.close)
            _migrate(connection, path, migrations)
            salt = _salt(connection)
            unless_ready.pop_all()
        half = hashlib.blake2b(secret).digest()
        return cls(path, connection, hashlib.blake2b(salt, key=half).digest())

    async def run(self, work: Work[Result]) -> Result:
        """Do `work` in one transaction and return its result.

        Raises:
            StateError: the database cannot be read or written.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._transact, work)

    def hashed(self, number: int) -> bytes:
        """Return the keyed hash of an id (RFC 7693); half of the key lies elsewhere."""
        return hashlib.blake2b(str(number).encode(), key=self._key, digest_size=12).digest()

    def close(self) -> None:
        """Wait for what is being done, and close."""
        self._thread.shutdown(wait=True)
        self._connection.close()

    def _transact(self, work: Work[Result]) -> Result:
        with state_errors(self._path), transaction(self._connection):
            return work(self._connection)


def _set_aside(path: Path) -> None:
    aside = path.with_name(f"{path.name}.damaged")
    if aside.is_dir() and not aside.is_symlink():
        shutil.rmtree(aside)
    if path.exists():
        aside.unlink(missing_ok=True)
        path.rename(aside)


def _migrate(connection: sqlite3.Connection, path: Path, migrations: Sequence[str]) -> None:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > len(migrations):
        raise StateError(path, StateFault.NEWER)
    for number, script in enumerate(migrations[version:], start=version + 1):
        connection.executescript(f"BEGIN; {script}; PRAGMA user_version = {number}; COMMIT;")


def _salt(connection: sqlite3.Connection) -> bytes:
    connection.execute("INSERT OR IGNORE INTO meta VALUES ('salt', ?)", (secrets.token_bytes(32),))
    row = connection.execute("SELECT value FROM meta WHERE key = 'salt'").fetchone()
    return bytes(row[0])
