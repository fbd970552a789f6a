"""Whether the bot is alive, and whether it is alone: what its polling tells."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from enum import Enum, auto
from http import HTTPStatus
from pathlib import Path
from typing import Any

from telegram.request import HTTPXRequest

_log = logging.getLogger(__name__)
PATIENCE = 90.0
"""Seconds for which another instance with the same token is waited out."""

_BEAT = 10.0


class End(Enum):
    """Why the bot ends."""

    TOLD = auto()
    CONFLICT = auto()
    WRONG_TOKEN = auto()


class Watch:
    """Knows since when another instance has been in the way; ends the bot when it must."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._conflict_since: float | None = None
        self.ended: asyncio.Future[End] = asyncio.get_running_loop().create_future()

    def end(self, why: End) -> None:
        """End the bot, once."""
        if not self.ended.done():
            self.ended.set_result(why)

    def polled(self, status: int) -> None:
        """Take note of how Telegram answered a poll."""
        now = time.monotonic()
        if status == HTTPStatus.CONFLICT:
            if self._conflict_since is None:
                self._conflict_since = now
                _log.warning(
                    "another instance uses this token; waiting seconds=%.0f", self._patience
                )
            elif now - self._conflict_since >= self._patience:
                self.end(End.CONFLICT)
        elif status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND}:
            self.end(End.WRONG_TOKEN)
        elif status == HTTPStatus.OK and self._conflict_since is not None:
            self._conflict_since = None
            _log.info("the other instance is gone")


class PollRequest(HTTPXRequest):
    """The requests that poll; how each was answered is told to `polled`."""

    def __init__(self, polled: Callable[[int], None], **settings: Any) -> None:
        super().__init__(**settings)
        self._polled = polled

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Make one request."""
        status, payload = await super().do_request(*args, **kwargs)
        self._polled(status)
        return status, payload


async def beat(path: Path) -> None:
    """Touch the file `path` every few seconds for as long as the event loop turns."""
    while True:
        try:
            path.touch()
        except OSError as exc:
            _log.warning("no heartbeat reason=%r", exc.strerror)
        await asyncio.sleep(_BEAT)
