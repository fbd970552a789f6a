"""What the bot says about itself in Telegram: its menus of commands, and its descriptions.

A menu offers commands, and permits nothing.
"""

from __future__ import annotations

import logging

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.messages import Messages, messages_in

_log = logging.getLogger(__name__)
_LANGUAGES = ("", "zh", "en")
"""The empty one is for every language without a menu of its own."""


async def publish(bot: Bot, admins: frozenset[int], default: str) -> None:
    """Tell Telegram which commands to offer, by kind of chat and language."""
    for code in _LANGUAGES:
        m = messages_in(code or default)
        staff = _staff(m)
        scopes: list[tuple[BotCommandScope, list[BotCommand]]] = [
            (BotCommandScopeDefault(), staff),
            (BotCommandScopeAllPrivateChats(), staff),
            (BotCommandScopeAllGroupChats(), staff),
        ]
        for scope, commands in scopes:
            await _set(bot, commands, scope, code)
        await _describe(bot, m, code)
    for admin in sorted(admins):
        await publish_to_admin(bot, admin, default)


async def publish_to_admin(bot: Bot, admin: int, default: str) -> None:
    """Tell Telegram which commands to offer to an admin in private, by language."""
    for code in _LANGUAGES:
        m = messages_in(code or default)
        await _set(bot, _staff(m) + _admin(m), BotCommandScopeChat(admin), code)


async def _set(bot: Bot, commands: list[BotCommand], scope: BotCommandScope, code: str) -> None:
    try:
        await bot.set_my_commands(commands, scope=scope, language_code=code or None)
    except (BadRequest, Forbidden) as exc:
        _log.info("menu not set scope=%s reason=%r", scope.type, exc.message)
    except TelegramError as exc:
        _log.warning("menu not set scope=%s error=%s", scope.type, type(exc).__name__)


async def _describe(bot: Bot, m: Messages, code: str) -> None:
    """Set what is shown before the first message, and beside the bot's name."""
    try:
        await bot.set_my_description(m.admin.description, language_code=code or None)
        await bot.set_my_short_description(m.admin.short_description, language_code=code or None)
    except TelegramError as exc:
        _log.warning("description not set error=%s", type(exc).__name__)


def _staff(m: Messages) -> list[BotCommand]:
    words = m.telegram
    return [
        BotCommand("ask", words.command_ask),
        BotCommand("compare", words.command_compare),
        BotCommand("reports", words.command_reports),
        BotCommand("report", words.command_report),
        BotCommand("help", words.command_help),
        BotCommand("id", m.admin.command_id),
    ]


def _admin(m: Messages) -> list[BotCommand]:
    words = m.telegram
    return [
        BotCommand("add", words.command_add),
        BotCommand("reindex", words.command_reindex),
        BotCommand("remove", words.command_remove),
        BotCommand("rollback", words.command_rollback),
        BotCommand("unanswered", words.command_unanswered),
        BotCommand("stats", words.command_stats),
        BotCommand("selfcheck", words.command_selfcheck),
    ]
