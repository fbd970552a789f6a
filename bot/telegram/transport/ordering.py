"""Many updates at a time, but one after another where order matters."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.telegram.rendering.callback_data import AnswerButton, decode
from bot.telegram.transport.inbox import Inbox, current

_MOST = 100_000


class OrderedUpdates(BaseUpdateProcessor):
    """Handles the messages of one chat in order, and everything else side by side.

    Pressed buttons are handled in order by person: they do not wait behind the answers that a
    busy group has queued. Buttons under answers and inline questions wait for nothing,
    for only the last of several counts. `waiting` is called with each update that has to wait for
    its turn. Once `closing`, nothing new is begun: what waits is in
    the inbox, and will be answered after the next start.
    """

    __slots__ = ("_inbox", "_locks", "_told", "closing", "waiting")

    def __init__(self, inbox: Inbox) -> None:
        super().__init__(_MOST)
        self._inbox = inbox
        self._locks: WeakValueDictionary[object, asyncio.Lock] = WeakValueDictionary()
        self._told: set[asyncio.Future[None]] = set()
        self.closing = False
        self.waiting: Callable[[Update], Awaitable[None]] | None = None

    async def initialize(self) -> None:
        """Prepare nothing."""

    async def shutdown(self) -> None:
        """Clear nothing away."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle one update after those of the same key."""
        key = _order_key(update)
        lock = self._locks.get(key)
        if lock is None:
            lock = self._locks[key] = asyncio.Lock()
        if lock.locked() and self.waiting is not None and isinstance(update, Update):
            # beside the queue for the lock: waiting for it here would let a later one overtake
            told = asyncio.ensure_future(self.waiting(update))
            self._told.add(told)
            told.add_done_callback(self._told.discard)
        async with lock:
            if self.closing:
                getattr(coroutine, "close", lambda: None)()
                return
            if not isinstance(update, Update):
                await coroutine
                return
            current.set(update.update_id)
            await coroutine
            await self._inbox.done(update.update_id)


def _order_key(update: object) -> object:
    """Return what updates that are handled in order have in common."""
    if not isinstance(update, Update):
        return None
    query = update.callback_query
    if query is not None:
        waits_for_nothing = isinstance(decode(query.data), AnswerButton)
        return update.update_id if waits_for_nothing else ("button", query.from_user.id)
    if update.inline_query is not None:
        return update.update_id
    chat = update.effective_chat
    return ("chat", chat.id) if chat is not None else update.update_id
