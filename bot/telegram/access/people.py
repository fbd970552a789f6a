"""The admins, and the people who were let in: of the configuration, and of the chat database."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable
from enum import StrEnum

from bot.telegram.storage.database import Database


class Role(StrEnum):
    """What a person may do."""

    ADMIN = "admin"
    STAFF = "staff"


class People:
    """Who looks after the bot, and who may ask without being in a group.

    Kept in memory and in the database; what is configured is not written down.
    """

    def __init__(self, database: Database, admins: Iterable[int], staff: Iterable[int]) -> None:
        """Take the `admins` of the configuration, and the `staff` listed there."""
        self._database = database
        self._configured = {Role.ADMIN: frozenset(admins), Role.STAFF: frozenset(staff)}
        self._kept: dict[int, Role] = {}

    async def load(self) -> None:
        """Read who was appointed and let in before."""
        rows = await self._database.run(
            lambda db: db.execute("SELECT user_id, role FROM person").fetchall()
        )
        self._kept = {user_id: Role(role) for user_id, role in rows}

    @property
    def admins(self) -> frozenset[int]:
        """Every admin."""
        kept = (person for person, role in self._kept.items() if role is Role.ADMIN)
        return self._configured[Role.ADMIN].union(kept)

    def let_in(self, user_id: int) -> bool:
        """Whether an admin let the person in."""
        return user_id in self._kept

    def listed(self, user_id: int) -> bool:
        """Whether the person is on the list of the configuration, or was let in."""
        return user_id in self._configured[Role.STAFF] or self.let_in(user_id)

    async def add(self, user_id: int, role: Role) -> None:
        """Give the person the role from now on; an admin stays one."""
        if self._kept.get(user_id) is Role.ADMIN:
            return

        def work(db: sqlite3.Connection) -> None:
            row = (user_id, role, time.time())
            db.execute("INSERT OR REPLACE INTO person VALUES (?, ?, ?)", row)

        await self._database.run(work)
        self._kept[user_id] = role
