"""The groups that are answered: those of the configuration, and those an admin allowed."""

from __future__ import annotations

import sqlite3
import time

from bot.telegram.storage.database import Database


class Groups:
    """The allow-list of groups, kept in memory and in the database.

    A group that became a supergroup is allowed as long as the one it came from is.
    """

    def __init__(self, database: Database, configured: tuple[int, ...]) -> None:
        self._database = database
        self._configured = frozenset(configured)
        self._came_from: dict[int, int | None] = {}

    async def load(self) -> None:
        """Read what admins allowed."""
        self._came_from = await self._database.run(
            lambda db: dict(db.execute("SELECT chat_id, came_from FROM allowed_group"))
        )

    def allowed(self) -> list[int]:
        """Return every group that is answered."""
        candidates = [*self._configured, *self._came_from]
        return sorted({chat for chat in candidates if self.allows(chat)})

    def allows(self, chat_id: int) -> bool:
        """Whether the group is answered."""
        seen: set[int] = set()
        while chat_id not in self._configured:
            if chat_id in seen or chat_id not in self._came_from:
                return False
            seen.add(chat_id)
            earlier = self._came_from[chat_id]
            if earlier is None:
                return True
            chat_id = earlier
        return True

    async def allow(self, chat_id: int) -> None:
        """Answer the group from now on."""
        await self._keep(chat_id, None)

    async def follow(self, old: int, new: int) -> None:
        """Note that the group `old` is the supergroup `new` now."""
        if self.allows(old) and not self.allows(new):
            await self._keep(new, old)

    async def _keep(self, chat_id: int, came_from: int | None) -> None:
        def work(db: sqlite3.Connection) -> None:
            row = (chat_id, came_from, time.time())
            db.execute("INSERT OR REPLACE INTO allowed_group VALUES (?, ?, ?)", row)

        await self._database.run(work)
        self._came_from[chat_id] = came_from
