"""Tests of who is let in when Telegram is hard to ask."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
from telegram import Bot, Chat, ChatMemberLeft, ChatMemberMember, User
from telegram.error import BadRequest, ChatMigrated, NetworkError, TelegramError

from bot.config.settings import TelegramConfig
from bot.telegram.access.allowed_groups import Groups
from bot.telegram.access.membership import Access
from bot.telegram.access.people import People
from bot.telegram.storage.database import Database

OLD, NEW = -100, -1000000000200
TEACHER = User(7, "王老师", is_bot=False)
PRIVATE = Chat(7, Chat.PRIVATE)


class Telegram:
    """Answers about members as it is told to: by chat, a membership or an error."""

    def __init__(self, **_: Any) -> None:
        self.says: dict[int, bool | TelegramError] = {}
        self.asked: list[int] = []

    async def get_chat_member(self, chat_id: int, user_id: int) -> Any:
        self.asked.append(chat_id)
        said = self.says[chat_id]
        if isinstance(said, TelegramError):
            raise said
        return ChatMemberMember(TEACHER) if said else ChatMemberLeft(TEACHER)


@pytest.fixture
async def groups(tmp_path: Path) -> Any:
    database = Database.open(tmp_path)
    made = Groups(database, (OLD,))
    await made.load()
    yield made
    database.close()


def access(telegram: Telegram, groups: Groups) -> Access:
    people = People(groups._database, (), ())
    return Access(cast("Bot", telegram), TelegramConfig(groups=(OLD,)), groups, people)


async def test_members_of_a_group_that_became_a_supergroup_unnoticed_are_let_in(
    groups: Groups,
) -> None:
    telegram = Telegram()
    telegram.says = {OLD: ChatMigrated(NEW), NEW: True}
    assert await access(telegram, groups).may_ask(PRIVATE, TEACHER)
    assert groups.allows(NEW)


async def test_a_member_stays_one_while_telegram_cannot_be_asked(
    groups: Groups, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.access.membership._MEMBER_FOR", 0.0)
    telegram = Telegram()
    telegram.says = {OLD: True}
    door = access(telegram, groups)
    assert await door.may_ask(PRIVATE, TEACHER)
    telegram.says = {OLD: NetworkError("gone")}
    assert await door.may_ask(PRIVATE, TEACHER)
    telegram.says = {OLD: False}
    assert not await door.may_ask(PRIVATE, TEACHER)


async def test_who_is_unknown_while_telegram_cannot_be_asked_is_asked_about_again(
    groups: Groups,
) -> None:
    telegram = Telegram()
    telegram.says = {OLD: NetworkError("gone")}
    door = access(telegram, groups)
    assert not await door.may_ask(PRIVATE, TEACHER)
    telegram.says = {OLD: True}
    assert await door.may_ask(PRIVATE, TEACHER)


async def test_a_group_that_the_bot_left_lets_nobody_in(groups: Groups) -> None:
    telegram = Telegram()
    telegram.says = {OLD: BadRequest("chat not found")}
    assert not await access(telegram, groups).may_ask(PRIVATE, TEACHER)


async def test_membership_is_asked_once_for_a_while(groups: Groups) -> None:
    telegram = Telegram()
    telegram.says = {OLD: True}
    door = access(telegram, groups)
    for _ in range(3):
        assert await door.may_ask(PRIVATE, TEACHER)
    assert telegram.asked == [OLD]
