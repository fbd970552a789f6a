"""The link that makes its opener the first admin: it works once, and for a limited time."""

from __future__ import annotations

import hmac
import secrets
import time

from bot.telegram.access.people import People, Role

PREFIX = "claim_"
"""Begins the parameter of the link (https://core.telegram.org/bots/features#deep-linking)."""

LASTS = 1800.0
"""Seconds that a link works."""


class Claims:
    """Makes links and checks them; only the last one works, and none once there is an admin."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._code: str | None = None
        self._until = 0.0

    @property
    def open(self) -> bool:
        """Whether there is no admin yet."""
        return not self._people.admins

    def new_link(self, username: str) -> str:
        """Return a new link to the bot of that name; the one before works no more."""
        self._code = PREFIX + secrets.token_urlsafe(24)
        self._until = time.monotonic() + LASTS
        return f"https://t.me/{username}?start={self._code}"

    async def take(self, code: str, user_id: int) -> bool:
        """Make the person an admin where `code` is that of the link; whether it was."""
        known, self._code = self._code, None
        in_time = known is not None and self.open and time.monotonic() < self._until
        if not in_time or not hmac.compare_digest(str(known).encode(), code.encode()):
            self._code = known
            return False
        await self._people.add(user_id, Role.ADMIN)
        return True
