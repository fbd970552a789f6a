"""Tests of what the questions tell: kept without names, grouped, forgotten in time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.telegram.admin.question_groups import grouped, is_small_talk
from bot.telegram.storage.database import FILE, Database
from bot.telegram.storage.question_log import Feedback, LoggedQuestion, QuestionLog

ASKED = LoggedQuestion(700000001, -700000002, "食堂几点开门？", False, None, 12.0, "view-1")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database.open(tmp_path)
    yield made
    made.close()


def ledger(database: Database, *, keeping: bool = True, days: int = 90) -> QuestionLog:
    return QuestionLog(database, keeping=keeping, retention_days=days)


def test_questions_that_are_alike_are_one_group_the_most_frequent_first() -> None:
    texts = ["食堂几点开门？", "校车几点出发", "食堂几点开门", "食堂，几点开门？"]
    groups = grouped(Feedback(text, answered=False) for text in texts)
    assert [(group.text, group.count) for group in groups] == [
        ("食堂几点开门？", 3),
        ("校车几点出发", 1),
    ]


def test_what_was_refused_and_what_was_thumbed_down_are_not_mixed() -> None:
    complaints = [
        Feedback("食堂几点开门", answered=False),
        Feedback("食堂几点开门", answered=True),
    ]
    assert [group.count for group in grouped(complaints)] == [1, 1]


@pytest.mark.parametrize(
    "text",
    [
        "你好",
        "在吗",
        "谢谢老师",
        "哈哈哈",
        "收到！",
        "嗯嗯",
        "再见",
        "？？",
        "😀",
        "hello",
        "你能做什么",
        "测试",
    ],
)
def test_small_talk_is_left_out(text: str) -> None:
    assert is_small_talk(text)
    assert grouped([Feedback(text, answered=False)]) == []


@pytest.mark.parametrize("text", ["食堂几点开门", "老师好，校车几点出发？", "好人好事有多少件"])
def test_questions_are_no_small_talk(text: str) -> None:
    assert not is_small_talk(text)


def test_courtesies_do_not_set_questions_apart_and_years_do() -> None:
    texts = [
        "你好，请问食堂几点开门？",
        "食堂几点开门",
        "2020年的公开课有几节",
        "2021年的公开课有几节",
    ]
    groups = grouped(Feedback(text, answered=False) for text in texts)
    assert [group.count for group in groups] == [2, 1, 1]
    assert set(groups[0].texts) == set(texts[:2])


async def test_no_id_stands_in_what_is_kept(database: Database, tmp_path: Path) -> None:
    await ledger(database).note(ASKED)
    await ledger(database).vote("view-1", ASKED.person, up=False)
    connection = sqlite3.connect(tmp_path / FILE)
    dump = "\n".join(connection.iterdump())
    connection.close()
    assert ASKED.text in dump
    for number in (ASKED.person, ASKED.chat):
        assert str(abs(number)) not in dump


async def test_refused_and_thumbed_down_questions_are_listed_and_others_are_not(
    database: Database,
) -> None:
    kept = ledger(database)
    await kept.note(ASKED)
    await kept.note(replace(ASKED, text="几节课？", answered=True, view="view-2"))
    await kept.note(replace(ASKED, text="几个人？", answered=True, view="view-3"))
    await kept.vote("view-2", 1, up=True)
    await kept.vote("view-3", 1, up=True)
    await kept.vote("view-3", 1, up=False)
    texts = {complaint.text for complaint in await kept.complaints()}
    assert texts == {ASKED.text, "几个人？"}


async def test_a_question_that_was_changed_counts_once(database: Database) -> None:
    kept = ledger(database)
    await kept.note(ASKED)
    await kept.note(replace(ASKED, text="食堂几点关门？", answered=True))
    assert (await kept.stats()).questions == 1
    assert await kept.complaints() == []


async def test_after_the_retention_questions_are_gone(database: Database) -> None:
    kept = ledger(database, days=1)
    await kept.note(ASKED)
    await kept.forget_old()
    assert (await kept.stats()).questions == 1
    await database.run(lambda db: db.execute("UPDATE question SET at = at - 2 * 86400"))
    await kept.forget_old()
    assert (await kept.stats(days=30)).questions == 0


async def test_where_keeping_is_off_nothing_is_kept_nor_anything_of_before(
    database: Database,
) -> None:
    await ledger(database).note(ASKED)
    off = ledger(database, keeping=False)
    await off.note(replace(ASKED, view="view-9"))
    await off.forget_old()
    assert (await off.stats()).questions == 0


async def test_the_figures_say_what_was_asked(database: Database) -> None:
    kept = ledger(database)
    for view, milliseconds, answered in (("a", 10.0, True), ("b", 30.0, True), ("c", 20.0, False)):
        await kept.note(replace(ASKED, view=view, milliseconds=milliseconds, answered=answered))
    await kept.vote("a", 1, up=True)
    stats = await kept.stats()
    assert (stats.questions, stats.answered, stats.people) == (3, 2, 1)
    assert (stats.up, stats.down, stats.median_ms) == (1, 0, 20.0)
    assert [day.questions for day in stats.days] == [3]
