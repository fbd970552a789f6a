"""Whether the bot runs, and whether another instance polls with its token."""

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
"""Seconds between two touches of the heartbeat file."""


class End(Enum):
    """Why the bot ends."""

    SIGNAL = auto()
    CONFLICT = auto()
    WRONG_TOKEN = auto()


class HealthWatch:
    """Ends the bot on a signal, for a wrong token, or where another instance keeps polling.

    The bot waits `patience` seconds for another instance, from the first poll that
    Telegram refused because of it: it may be the one that a new deployment is about to stop.
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
        """Record how Telegram answered a poll."""
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
    """The requests that poll; `polled` is called with the status of each."""

    def __init__(self, polled: Callable[[int], None], **settings: Any) -> None:
        super().__init__(**settings)
        self._polled = polled

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Make one request."""
        status, payload = await super().do_request(*args, **kwargs)
        self._polled(status)
        return status, payload


async def beat(path: Path) -> None:
    """Touch the file `path`: its time shows that the event loop runs."""
    try:
        path.touch()
    except OSError as exc:
        _log.warning("no heartbeat reason=%r", exc.strerror)
