"""Whether the bot is alive, and whether it is alone: what its polling tells."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from enum import Enum, auto
from http import HTTPStatus
from pathlib import Path
from typing import Any

from telegram.request import HTTPXRequest

_log = logging.getLogger(__name__)
BEAT = 10.0
"""Seconds between two beats of the heart."""


class End(Enum):
    """Why the bot ends."""

    TOLD = auto()
    CONFLICT = auto()
    WRONG_TOKEN = auto()


class HealthWatch:
    """Knows whether another instance is in the way; ends the bot when it must.

    Another instance is waited out for `patience` seconds from the first poll that Telegram
    refused because of it: it may be the one that a new deployment is about to stop.
    """

    def __init__(self, patience: float, loop: asyncio.AbstractEventLoop) -> None:
        self._patience = patience
        self._loop = loop
        self._timer: asyncio.TimerHandle | None = None
        self.ended: asyncio.Future[End] = loop.create_future()

    def end(self, why: End) -> None:
        """End the bot, once."""
        if not self.ended.done():
            self.ended.set_result(why)

    def polled(self, status: int) -> None:
        """Take note of how Telegram answered a poll."""
        if status == HTTPStatus.CONFLICT:
            if self._timer is None:
                self._timer = self._loop.call_later(self._patience, self.end, End.CONFLICT)
                _log.warning("another instance polls; waiting seconds=%.0f", self._patience)
        elif status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND}:
            self.end(End.WRONG_TOKEN)
        elif status == HTTPStatus.OK and self._timer is not None:
            self._timer.cancel()
            self._timer = None
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
    """Touch the file `path`: whoever looks sees that the event loop turns."""
    try:
        path.touch()
    except OSError as exc:
        _log.warning("no heartbeat reason=%r", exc.strerror)
