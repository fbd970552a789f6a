"""Tests of the ledger: what is kept of questions, and for how long."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.telegram.admin.question_groups import grouped
from bot.telegram.storage.database import FILE, MIGRATIONS, Database
from bot.telegram.storage.question_log import Feedback, LoggedQuestion, QuestionLog
from corpus.durable.faults import StateError

DAY = 24 * 3600.0


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database.open(tmp_path)
    yield opened
    opened.close()


def asked(text: str, *, answered: bool = True, person: int = 1) -> LoggedQuestion:
    return LoggedQuestion(
        person, -5, text, answered, "2021#1" if answered else None, 20.0, f"view-{text}"
    )


async def age(database: Database, text: str, days: float) -> None:
    values = (time.time() - days * DAY, text)
    await database.run(lambda db: db.execute("UPDATE question SET at = ? WHERE text = ?", values))


async def test_questions_are_forgotten_after_the_retention(database: Database) -> None:
    ledger = QuestionLog(database, keeping=True, retention_days=30)
    for text, days in (("旧的", 31), ("新的", 29)):
        await ledger.note(asked(text, answered=False))
        await age(database, text, days)
    await ledger.forget_old()
    assert [complaint.text for complaint in await ledger.complaints()] == ["新的"]


async def test_switched_off_nothing_is_kept_and_what_was_is_deleted(database: Database) -> None:
    await QuestionLog(database, keeping=True, retention_days=30).note(asked("从前", answered=False))
    off = QuestionLog(database, keeping=False, retention_days=30)
    await off.note(asked("现在", answered=False))
    await off.forget_old()
    assert await off.complaints() == []


async def test_switched_off_no_vote_is_kept_either(database: Database) -> None:
    for keeping, votes in ((False, 0), (True, 1)):
        ledger = QuestionLog(database, keeping=keeping, retention_days=30)
        await ledger.vote("view", 1, up=True)
        found = await database.run(lambda db: db.execute("SELECT count(*) FROM vote").fetchone())
        assert found == (votes,)


async def test_stats_count_questions_people_answers_and_passages(database: Database) -> None:
    ledger = QuestionLog(database, keeping=True, retention_days=30)
    for text, person in (("一", 1), ("二", 1), ("三", 2)):
        await ledger.note(asked(text, person=person))
    await ledger.note(asked("四", answered=False, person=2))
    await ledger.note(asked("很久以前"))
    await age(database, "很久以前", 8)
    await ledger.vote("view-一", 1, up=False)
    await ledger.vote("view-一", 1, up=True)
    stats = await ledger.stats(7)
    assert (stats.questions, stats.answered, stats.people) == (4, 3, 2)
    assert (stats.up, stats.down) == (1, 0)
    assert stats.passages == (("2021#1", 3),)
    assert sum(day.questions for day in stats.days) == 4


def test_alike_questions_are_one_group_and_the_most_frequent_comes_first() -> None:
    complaints = [
        Feedback("校车几点发车？", answered=False),
        Feedback("食堂土豆多少钱一斤", answered=False),
        Feedback("食堂的土豆多少钱一斤？", answered=False),
        Feedback("食堂的土豆多少钱一斤？", answered=True),
    ]
    groups = [(group.text, group.answered, group.count) for group in grouped(complaints)]
    assert groups == [
        ("食堂土豆多少钱一斤", False, 2),
        ("校车几点发车？", False, 1),
        ("食堂的土豆多少钱一斤？", True, 1),
    ]


def test_a_database_of_an_earlier_version_is_brought_up_to_date(tmp_path: Path) -> None:
    Database.open(tmp_path).close()
    later = (*MIGRATIONS, "ALTER TABLE question ADD COLUMN mood TEXT")
    Database.open(tmp_path, later).close()
    with sqlite3.connect(tmp_path / FILE) as connection:
        columns = {row[1] for row in connection.execute("PRAGMA table_info(question)")}
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.close()
    assert "mood" in columns
    assert version == len(later)
    with pytest.raises(StateError, match="newer"):
        Database.open(tmp_path)


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    Database.open(tmp_path).close()
    broken = (*MIGRATIONS, "ALTER TABLE question ADD COLUMN mood TEXT; ALTER TABLE none ADD x TEXT")
    with pytest.raises(StateError):
        Database.open(tmp_path, broken)
    Database.open(tmp_path).close()
