"""A SQLite file is opened, its pages checked, and begun anew where they are damaged."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from corpus.durable.faults import StateError, StateFault
from corpus.durable.sqlite_file import open_sound, state_errors, transaction

SCRIPT = "PRAGMA journal_mode = WAL; CREATE TABLE IF NOT EXISTS word (text TEXT);"
WORDS = [(f"word {i}" * 20,) for i in range(2000)]


def words(path: Path, **options: bool) -> int:
    with closing(open_sound(path, SCRIPT, **options)) as database:
        return int(database.execute("SELECT count(*) FROM word").fetchone()[0])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a database of many pages."""
    path = tmp_path / "state" / "words.sqlite"
    with closing(open_sound(path, SCRIPT)) as database, transaction(database):
        database.executemany("INSERT INTO word VALUES (?)", WORDS)
    return path


def test_what_was_written_is_there_when_it_is_opened_again(path: Path) -> None:
    assert words(path) == words(path, check=False) == len(WORDS)


def test_a_transaction_that_fails_changes_nothing(path: Path) -> None:
    with closing(open_sound(path, SCRIPT)) as database:
        with pytest.raises(KeyError), transaction(database):
            database.execute("DELETE FROM word")
            raise KeyError
        with transaction(database):
            database.execute("INSERT INTO word VALUES ('one more')")
    assert words(path) == len(WORDS) + 1


@pytest.mark.parametrize("where", ["head", "middle", "whole"])
def test_a_damaged_file_is_taken_away_with_those_beside_it(path: Path, where: str) -> None:
    data = bytearray(path.read_bytes())
    start = {"head": 0, "middle": len(data) // 2 // 4096 * 4096, "whole": 0}[where]
    stop = len(data) if where == "whole" else start + 4096
    data[start:stop] = b"\xa5" * (stop - start)
    path.write_bytes(data)
    path.with_name("words.sqlite-wal").write_bytes(b"stale")
    taken: list[Path] = []

    def set_aside(file: Path) -> None:
        taken.append(file)
        if file.exists():
            file.rename(file.with_suffix(".aside"))

    with closing(open_sound(path, SCRIPT, set_aside)) as database:
        assert database.execute("SELECT count(*) FROM word").fetchone() == (0,)
    assert path in taken
    assert {file.name for file in taken} >= {"words.sqlite-wal", "words.sqlite-shm"}
    assert words(path) == 0


def test_a_folder_in_its_place_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "words.sqlite" / "inside").mkdir(parents=True)
    assert words(tmp_path / "words.sqlite") == 0


def test_what_is_locked_or_cannot_be_written_is_no_damage(path: Path) -> None:
    with (
        closing(sqlite3.connect(path, isolation_level=None)) as other,
        closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as mine,
    ):
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StateError) as caught, state_errors(path), transaction(mine):
            pass
        assert caught.value.reason is StateFault.BUSY
        other.execute("ROLLBACK")
    assert words(path) == len(WORDS)
    file = path.parent / "file"
    file.write_text("")
    with pytest.raises(StateError), state_errors(file):
        open_sound(file / "words.sqlite", SCRIPT)
