"""Updates that are not done: on the disk before Telegram learns that they arrived.

Telegram forgets an update at the next poll, whether it was answered by then or not. So each is
written down first, without names, and replayed after a crash. An update whose answer may have
gone out already is not replayed: nothing is answered twice. Once handled, only its number
stays, so that it is known when Telegram delivers it again.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from contextvars import ContextVar
from typing import Any

from telegram import Bot, Update

from bot.telegram.storage.database import Database
from corpus.durable.faults import StateError

_log = logging.getLogger(__name__)
_NAMES = frozenset(
    {"first_name", "last_name", "username", "title", "author_signature", "sender_user_name"}
)
_FLEETING = ("inline_query", "chosen_inline_result")
_REMEMBERED = 2 * 24 * 3600.0

current: ContextVar[int | None] = ContextVar("current", default=None)
"""The number of the update that this task handles."""


class Inbox:
    """The updates that are not done, in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take(self, update: Update) -> bool:
        """Write `update` down; False where it had come before."""
        if any(getattr(update, kind) is not None for kind in _FLEETING):
            return True
        payload = json.dumps(_nameless(update.to_dict()))
        row = (update.update_id, time.time(), payload)
        return await self._database.run(
            lambda db: (
                db.execute("INSERT OR IGNORE INTO inbox VALUES (?, ?, ?, 'waiting')", row).rowcount
                == 1
            )
        )

    async def sending(self) -> None:
        """Note that what the current update asked for is about to be written to a chat."""
        update_id = current.get()
        if update_id is not None:
            await self._note(
                "UPDATE inbox SET state = 'sending' WHERE update_id = ? AND state = 'waiting'",
                update_id,
            )

    async def done(self, update_id: int) -> None:
        """Forget what the update said."""
        await self._note(
            "UPDATE inbox SET state = 'done', payload = NULL WHERE update_id = ?", update_id
        )

    async def _note(self, change: str, update_id: int) -> None:
        """Make the change; an answer goes out even where it cannot be noted."""
        try:
            await self._database.run(lambda db: db.execute(change, (update_id,)))
        except StateError as exc:
            _log.error("not noted update=%d reason=%s", update_id, exc.reason)

    async def forget_old(self) -> None:
        """Delete the numbers of updates too old to be delivered again."""
        before = time.time() - _REMEMBERED
        await self._database.run(
            lambda db: db.execute("DELETE FROM inbox WHERE state = 'done' AND at < ?", (before,))
        )

    async def waiting(self, bot: Bot) -> list[Update]:
        """Return what was not begun when the bot last ended, and forget what was."""

        def work(db: Any) -> list[str]:
            db.execute("UPDATE inbox SET state = 'done', payload = NULL WHERE state = 'sending'")
            query = "SELECT payload FROM inbox WHERE state = 'waiting' ORDER BY update_id"
            return [row[0] for row in db.execute(query)]

        payloads = await self._database.run(work)
        found = []
        for payload in payloads:
            try:
                found.append(Update.de_json(json.loads(payload), bot))
            except (ValueError, TypeError, KeyError, AttributeError):
                _log.exception("an update in the database is damaged and skipped")
        return found


class InboxQueue(asyncio.Queue[object]):
    """The queue between the updater and the handlers; what is put in has been written down."""

    def __init__(self, inbox: Inbox) -> None:
        super().__init__()
        self._inbox = inbox

    async def put(self, item: object) -> None:
        """Write an update down and queue it, unless it had come before.

        Where it cannot be written down it is handled all the same: a full disk must not
        stop the answers.
        """
        if isinstance(item, Update):
            try:
                fresh = await self._inbox.take(item)
            except StateError as exc:
                _log.error("not written down update=%d reason=%s", item.update_id, exc.reason)
                fresh = True
            if not fresh:
                _log.info("came again update=%d", item.update_id)
                return
        await super().put(item)

    async def replay(self, bot: Bot) -> None:
        """Queue what was left when the bot last ended."""
        for update in await self._inbox.waiting(bot):
            await super().put(update)


def _nameless(value: Any) -> Any:
    """Return the JSON `value` without the names of people and chats."""
    if isinstance(value, dict):
        return {key: "" if key in _NAMES else _nameless(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_nameless(entry) for entry in value]
    return value
