"""Tests of the inbox: nothing is lost in a crash, nothing is handled twice, nothing goes deaf."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest
from telegram import Bot, Chat, Message, Update, User

from bot.telegram.storage.database import FILE, Database
from bot.telegram.transport.inbox import Inbox, InboxQueue, current
from corpus.durable.faults import StateError, StateFault

BOT = cast("Bot", None)


def question(update_id: int) -> Update:
    user = User(7, "王老师", is_bot=False, username="wang")
    message = Message(1, datetime.now(UTC), Chat(7, "private"), from_user=user, text="几节课？")
    return Update(update_id, message=message)


@pytest.fixture
def database(tmp_path: Path) -> Any:
    made = Database.open(tmp_path)
    yield made
    made.close()


async def test_what_was_not_begun_comes_again_after_a_crash(database: Database) -> None:
    await InboxQueue(Inbox(database)).put(question(1))
    after = InboxQueue(Inbox(database))
    await after.replay(BOT)
    again = after.get_nowait()
    assert isinstance(again, Update)
    assert again.message is not None
    assert again.message.text == "几节课？"


async def test_what_may_have_been_answered_does_not_come_again(database: Database) -> None:
    inbox = Inbox(database)
    await inbox.take(question(1))
    current.set(1)
    await inbox.sending()
    assert await Inbox(database).waiting(BOT) == []


async def test_what_telegram_delivers_twice_is_handled_once(database: Database) -> None:
    queue = InboxQueue(Inbox(database))
    await queue.put(question(1))
    await queue.put(question(1))
    assert queue.qsize() == 1


async def test_no_name_and_after_the_answer_no_word_is_kept(
    database: Database, tmp_path: Path
) -> None:
    inbox = Inbox(database)
    await inbox.take(question(1))
    with sqlite3.connect(tmp_path / FILE) as db:
        (payload,) = db.execute("SELECT payload FROM inbox").fetchone()
        assert "王老师" not in payload
        assert "wang" not in payload
    await inbox.done(1)
    with sqlite3.connect(tmp_path / FILE) as db:
        assert db.execute("SELECT payload FROM inbox").fetchone() == (None,)
    db.close()


async def test_where_nothing_can_be_written_down_questions_are_handled_all_the_same(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: Any) -> Any:
        raise StateError(Path("var"), StateFault.FULL)

    inbox = Inbox(database)
    queue = InboxQueue(inbox)
    monkeypatch.setattr(Database, "run", full)
    await queue.put(question(1))
    assert queue.qsize() == 1
    current.set(1)
    await inbox.sending()
    await inbox.done(1)
