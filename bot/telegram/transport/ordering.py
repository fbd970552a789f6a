"""Many updates at a time, but one after another where order matters."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.telegram.rendering.keyboards import Subject
from bot.telegram.transport.inbox import Inbox, current

_MOST = 100_000


class OrderedUpdates(BaseUpdateProcessor):
    """Handles the messages of one chat in order, and everything else side by side.

    Pressed buttons have lanes of their own, a person each: they do not wait behind the answers
    that a busy group has queued. Buttons under answers and inline questions wait for nothing,
    for only the last of several counts. Once `closing`, nothing new is begun: what waits is in
    the inbox, and will be answered after the next start.
    """

    __slots__ = ("_inbox", "_lanes", "closing")

    def __init__(self, inbox: Inbox) -> None:
        super().__init__(_MOST)
        self._inbox = inbox
        self._lanes: WeakValueDictionary[object, asyncio.Lock] = WeakValueDictionary()
        self.closing = False

    async def initialize(self) -> None:
        """Nothing is to be prepared."""

    async def shutdown(self) -> None:
        """Nothing is to be cleared away."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle one update in its lane."""
        key = _lane(update)
        lane = self._lanes.get(key)
        if lane is None:
            lane = self._lanes[key] = asyncio.Lock()
        async with lane:
            if self.closing:
                getattr(coroutine, "close", lambda: None)()
                return
            if not isinstance(update, Update):
                await coroutine
                return
            current.set(update.update_id)
            await coroutine
            await self._inbox.done(update.update_id)


def _lane(update: object) -> object:
    if not isinstance(update, Update):
        return None
    query = update.callback_query
    if query is not None:
        turns_a_page = (query.data or "").startswith(f"{Subject.VIEW}:")
        return update.update_id if turns_a_page else ("button", query.from_user.id)
    if update.inline_query is not None:
        return update.update_id
    chat = update.effective_chat
    return ("chat", chat.id) if chat is not None else update.update_id
