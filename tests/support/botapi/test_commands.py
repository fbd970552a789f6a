"""Tests of command menus and of what the bot says about itself."""

from typing import Any

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    BotCommandScopeChatMember,
)

from tests.support.botapi import BotApiServer
from tests.support.botapi.expectations import RawCall, refused

ASK = [BotCommand("ask", "提问")]


async def test_menus_are_kept_by_scope_and_language(bot: Bot, botapi: BotApiServer) -> None:
    alice = botapi.user("Alice")
    group = botapi.group("教师群", members=[alice])
    await bot.set_my_commands(ASK)
    await bot.set_my_commands([("ask", "Ask")], language_code="en")
    await bot.set_my_commands([("add", "加")], BotCommandScopeAllGroupChats(), "zh")
    await bot.set_my_commands([("selfcheck", "查")], BotCommandScopeChat(group.id))
    await bot.set_my_commands([("stats", "数")], BotCommandScopeChatMember(group.id, alice.id))
    assert botapi.commands() == [("ask", "提问")]
    assert botapi.commands(language_code="en") == [("ask", "Ask")]
    assert botapi.commands("all_group_chats", language_code="zh") == [("add", "加")]
    assert botapi.commands("chat", room=group) == [("selfcheck", "查")]
    assert botapi.commands("chat_member", room=group, user=alice) == [("stats", "数")]
    assert [command.command for command in await bot.get_my_commands()] == ["ask"]
    await bot.delete_my_commands(language_code="en")
    assert await bot.get_my_commands(language_code="en") == ()


@pytest.mark.parametrize(
    ("commands", "reason"),
    [
        ([{"command": "问", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "Ask", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "a" * 33, "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "ask", "description": ""}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "ask", "description": "字" * 257}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "ask"}], "can't parse BotCommand"),
        ([{"command": "ask", "description": "x"}] * 101, "BOT_COMMANDS_TOO_MUCH"),
    ],
)
def test_refuses_commands_telegram_refuses(
    raw: RawCall, commands: list[dict[str, Any]], reason: str
) -> None:
    assert reason in raw("setMyCommands", commands=commands).json()["description"]


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"language_code": "zh-hans"}, "invalid language code specified"),
        ({"scope": {"type": "nonsense"}}, "can't parse BotCommandScope"),
        ({"scope": {"type": "chat", "chat_id": -5}}, "chat not found"),
        ({"scope": {"type": "chat"}}, "chat_id is empty"),
    ],
)
def test_refuses_scopes_and_languages_telegram_refuses(
    raw: RawCall, options: dict[str, Any], reason: str
) -> None:
    commands = [{"command": "ask", "description": "x"}]
    assert reason in raw("setMyCommands", commands=commands, **options).json()["description"]


async def test_descriptions_are_kept_by_language(bot: Bot) -> None:
    await bot.set_my_description("问学校的工作报告")
    await bot.set_my_description("Ask the school's reports", language_code="en")
    await bot.set_my_short_description("报告")
    assert (await bot.get_my_description()).description == "问学校的工作报告"
    assert (await bot.get_my_description("en")).description == "Ask the school's reports"
    assert (await bot.get_my_description("zh")).description == "问学校的工作报告"
    assert (await bot.get_my_short_description()).short_description == "报告"
    assert (await bot.get_my_name()).name == "报告"
    with refused("TOO_LONG"):
        await bot.set_my_description("字" * 513)


async def test_menu_button(bot: Bot, raw: RawCall) -> None:
    assert await bot.set_chat_menu_button()
    response = raw("setChatMenuButton", menu_button={"type": "nonsense"})
    assert "can't parse menu button" in response.json()["description"]
