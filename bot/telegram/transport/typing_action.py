"""The typing status of a chat while an answer takes its time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.telegram.transport.periodic import every
from bot.telegram.transport.sender import ChatPlace

_LASTS = 4.5
"""Seconds; Telegram shows it for 5 (https://core.telegram.org/bots/api#sendchataction)."""


@asynccontextmanager
async def typing(bot: Bot, place: ChatPlace) -> AsyncIterator[None]:
    """Show that the bot is typing while the block runs."""

    async def show() -> None:
        with suppress(TelegramError):
            await bot.send_chat_action(
                place.chat_id, ChatAction.TYPING, message_thread_id=place.topic
            )

    async with every(_LASTS, show):
        yield
