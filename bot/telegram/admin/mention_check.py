"""Whether a plain mention of the bot reaches it in a group.

Public reports disagree on what privacy mode lets through. So an admin is asked to mention the
bot, and what arrived is said.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from telegram import Message, Update
from telegram.ext import ContextTypes, filters

from bot.messages import Messages
from bot.telegram.context import BotContext
from bot.telegram.rendering.rich_text import Rich
from bot.telegram.transport.sender import ChatPlace, place_of

_WAITS = 120.0
_WORDS = frozenset({"", "测试", "test"})


@dataclass(frozen=True, slots=True)
class _Awaited:
    """The admin who is to mention the bot, and what ends the wait."""

    admin: int
    arrived: asyncio.Event


class MentionCheck(filters.MessageFilter):
    """Asks for a mention, and takes it; as a filter, the messages that are one."""

    def __init__(
        self, context: BotContext, background: Callable[[Coroutine[Any, Any, None]], None]
    ) -> None:
        """Wait in the background, by `background`."""
        super().__init__()
        self._context = context
        self._background = background
        self._awaited: dict[int, _Awaited] = {}

    async def begin(self, message: Message, m: Messages) -> None:
        """Ask the admin who wrote `message` to mention the bot there, and wait for it."""
        if message.from_user is None:
            return
        words = m.admin.mention_wanted.format(username=self._context.me.username)
        await self._context.sender.send(place_of(message), Rich(words))
        awaited = _Awaited(message.from_user.id, asyncio.Event())
        self._awaited[message.chat.id] = awaited
        self._background(self._wait(place_of(message), awaited, m))

    def filter(self, message: Message) -> bool:
        """Whether the message is the mention that was asked for."""
        awaited = self._awaited.get(message.chat.id)
        if awaited is None or message.from_user is None or message.from_user.id != awaited.admin:
            return False
        text, name = message.text or "", f"@{self._context.me.username}"
        rest = text.casefold().replace(name.casefold(), "", 1)
        return rest != text.casefold() and rest.strip(" 　,，:：") in _WORDS

    async def arrived(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Say that the mention came."""
        message = update.message
        awaited = self._awaited.pop(message.chat.id, None) if message is not None else None
        if message is None or awaited is None:
            return
        awaited.arrived.set()
        m = self._context.messages_for(message.from_user)
        good = m.telegram.check_good.format(text=m.admin.mention_arrived)
        await self._context.sender.send(place_of(message), Rich(good))

    async def _wait(self, place: ChatPlace, awaited: _Awaited, m: Messages) -> None:
        """Say that no mention came, once it has been waited for."""
        try:
            await asyncio.wait_for(awaited.arrived.wait(), _WAITS)
        except TimeoutError:
            if self._awaited.get(place.chat_id) is awaited:
                del self._awaited[place.chat_id]
                bad = m.telegram.check_bad.format(text=m.admin.mention_missing)
                await self._context.sender.send(place, Rich(bad))
