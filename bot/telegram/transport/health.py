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

_LONGEST_QUIET = 45.0
"""Seconds without a refusal after which another instance is gone: refused polls pause up to 30."""


class End(Enum):
    """Why the bot ends."""

    SIGNAL = auto()
    CONFLICT = auto()
    WRONG_TOKEN = auto()


class HealthWatch:
    """Ends the bot on a signal, for a wrong token, or where another instance keeps polling.

    Telegram refuses the polls of two instances by turns. A bot that has polled for `patience`
    seconds before serves, and goes on: `contested` is called, once for each dispute. A newcomer
    waits `patience` seconds for the other, which a new deployment may be about to stop, and
    ends if the polls are still refused then.
    """

    def __init__(
        self,
        patience: float,
        loop: asyncio.AbstractEventLoop,
        contested: Callable[[], None] = lambda: None,
    ) -> None:
        self.contested = contested
        self._patience = patience
        self._quiet = min(_LONGEST_QUIET, patience / 2)
        self._loop = loop
        self._timer: asyncio.TimerHandle | None = None
        self._undisturbed: float | None = None
        self._refused: float | None = None
        self._serves = self._got_one = False
        self.ended: asyncio.Future[End] = loop.create_future()

    def end(self, why: End) -> None:
        """End the bot, once."""
        if not self.ended.done():
            self.ended.set_result(why)

    def polled(self, status: int) -> None:
        """Record how Telegram answered a poll."""
        if status == HTTPStatus.CONFLICT:
            self._dispute()
        elif status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND}:
            self.end(End.WRONG_TOKEN)
        elif status == HTTPStatus.OK:
            self._answered()

    def _dispute(self) -> None:
        begins = self._refused is None
        self._refused = self._loop.time()
        self._undisturbed, self._got_one = None, False
        if not begins:
            return
        if self._serves:
            _log.error("another instance polls; this one was first and goes on")
            self.contested()
        else:
            self._timer = self._loop.call_later(self._patience, self._settle, End.CONFLICT)
            _log.warning("another instance polls; waiting seconds=%.0f", self._patience)

    def _answered(self) -> None:
        now, self._got_one = self._loop.time(), True
        if self._refused is not None:
            if now - self._refused >= self._quiet:
                self._forget_dispute()
        elif self._undisturbed is None:
            self._undisturbed = now
        elif now - self._undisturbed >= self._patience:
            self._serves = True

    def _settle(self, why: End) -> None:
        """End where the polls are refused still."""
        refused = self._refused
        if refused is None:
            return
        if not self._got_one or self._loop.time() - refused < self._quiet:
            self.end(why)
        else:
            self._forget_dispute()

    def _forget_dispute(self) -> None:
        self._refused = None
        if self._timer is not None:
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
