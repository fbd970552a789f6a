"""Tests of the chat database: versions, and what they promise."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from bot.telegram.storage.database import FILE, MIGRATIONS, Database
from corpus.durable.faults import StateError

NEXT = (*MIGRATIONS, "CREATE TABLE news (text TEXT)")


def version(folder: Path) -> int:
    connection = sqlite3.connect(folder / FILE)
    try:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
    finally:
        connection.close()


async def test_a_database_of_an_older_version_is_brought_up_to_date_and_keeps_what_it_has(
    tmp_path: Path,
) -> None:
    old = Database.open(tmp_path, MIGRATIONS)
    hashed = old.hashed(7)
    await old.run(lambda db: db.execute("INSERT INTO allowed_group VALUES (-1, NULL, 0)"))
    old.close()
    new = Database.open(tmp_path, NEXT)
    assert await new.run(lambda db: db.execute("SELECT chat_id FROM allowed_group").fetchall())
    assert await new.run(lambda db: db.execute("SELECT * FROM news").fetchall()) == []
    assert new.hashed(7) == hashed
    new.close()
    assert version(tmp_path) == len(NEXT)


def test_a_migration_that_fails_leaves_the_version_before_it(tmp_path: Path) -> None:
    Database.open(tmp_path, MIGRATIONS).close()
    broken = (*MIGRATIONS, "CREATE TABLE half (text TEXT); INSERT INTO nowhere VALUES (1)")
    with pytest.raises(StateError):
        Database.open(tmp_path, broken)
    assert version(tmp_path) == len(MIGRATIONS)
    Database.open(tmp_path, NEXT).close()


def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    Database.open(tmp_path, NEXT).close()
    with pytest.raises(StateError, match="update baogao"):
        Database.open(tmp_path, MIGRATIONS)
    assert version(tmp_path) == len(NEXT)


def test_what_is_no_database_is_set_aside_whole(tmp_path: Path) -> None:
    content = b"not a database, but perhaps somebody's file" * 100
    (tmp_path / FILE).write_bytes(content)
    Database.open(tmp_path).close()
    assert (tmp_path / f"{FILE}.damaged").read_bytes() == content


async def test_what_fails_half_way_changes_nothing(tmp_path: Path) -> None:
    database = Database.open(tmp_path)

    def fail(db: sqlite3.Connection) -> None:
        db.execute("INSERT INTO allowed_group VALUES (-1, NULL, 0)")
        raise KeyError

    with pytest.raises(KeyError):
        await database.run(fail)
    assert await database.run(lambda db: db.execute("SELECT * FROM allowed_group").fetchall()) == []
    database.close()


def test_hashes_differ_between_two_schools(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    one, other = Database.open(tmp_path / "a"), Database.open(tmp_path / "b")
    assert one.hashed(7) != other.hashed(7)
    one.close()
    other.close()


def test_the_database_alone_does_not_tell_whose_the_hashed_ids_are(tmp_path: Path) -> None:
    opened = Database.open(tmp_path, secret=b"123456:of-the-token")
    hashed = opened.hashed(7)
    opened.close()
    again = Database.open(tmp_path, secret=b"123456:of-the-token")
    assert again.hashed(7) == hashed
    again.close()
    stolen = Database.open(tmp_path)
    assert stolen.hashed(7) != hashed
    stolen.close()
    assert b"of-the-token" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
