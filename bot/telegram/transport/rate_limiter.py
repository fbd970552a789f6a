"""How fast the bot writes: within Telegram's limits, and waiting where Telegram asks for it.

Telegram lets a bot send 30 messages a second, 20 a minute to one group, and asks for no more
than one a second in one private chat, short bursts apart
(https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this). The windows
here slide; that of a chat begins when Telegram has answered, for what is sent on time may arrive
late. Edits count. Within a chat everything goes out in the order in which it was to be sent.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any
from weakref import WeakValueDictionary

import httpx
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.ext import BaseRateLimiter

_log = logging.getLogger(__name__)

_SENDS = ("sendMessage", "sendDocument", "sendPhoto", "copyMessage", "forwardMessage")
_EDITS = ("editMessageText", "editMessageCaption", "editMessageReplyMarkup")
_LONGEST_WAIT = 900.0
_ATTEMPTS = 5
_FIRST_PAUSE = 0.5

Call = Callable[..., Coroutine[Any, Any, Any]]


class SendWindow:
    """At most `most` calls in any `seconds`."""

    def __init__(self, most: int, seconds: float) -> None:
        self._times: deque[float] = deque(maxlen=most)
        self._seconds = seconds

    def delay(self, now: float) -> float:
        """Return the seconds until one more is within the limit; 0 or less: at once."""
        full = len(self._times) == self._times.maxlen
        return self._times[0] + self._seconds - now if full else 0.0

    def count(self, now: float) -> None:
        """Note that one was sent."""
        self._times.append(now)


class _Chat:
    """What is known of one chat; `lock` is held while something is being sent to it."""

    def __init__(self, chat_id: object) -> None:
        group = not isinstance(chat_id, int) or chat_id < 0
        self.window = SendWindow(20, 60.1) if group else SendWindow(5, 5.0)
        self.lock = asyncio.Lock()
        self.paused_until = 0.0
        self.last_use = time.monotonic()

    def delay(self, now: float) -> float:
        return max(self.window.delay(now), self.paused_until - now)


class RateLimiter(BaseRateLimiter[None]):
    """Sends each request when it may be sent, and again where that is safe.

    `before_sending` is awaited right before anything new is written to a chat.
    """

    def __init__(self, before_sending: Callable[[], Awaitable[None]] | None = None) -> None:
        self._before_sending = before_sending
        self._everywhere = SendWindow(28, 1.1)
        self._chats: dict[object, _Chat] = {}

    async def initialize(self) -> None:
        """Prepare nothing."""

    async def shutdown(self) -> None:
        """Clear nothing away."""

    async def process_request(
        self,
        callback: Call,
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,
    ) -> Any:
        """Make a request of the Bot API in its turn."""
        del rate_limit_args
        if endpoint not in _SENDS and endpoint not in _EDITS:
            return await self._with_retries(lambda: callback(*args, **kwargs), repeat=True)
        chat = self._chat(data.get("chat_id"))

        async def send() -> Any:
            await self._turn(chat)
            if endpoint in _SENDS and self._before_sending is not None:
                await self._before_sending()
            try:
                return await callback(*args, **kwargs)
            finally:
                chat.window.count(time.monotonic())

        async with chat.lock:
            return await self._with_retries(send, repeat=endpoint in _EDITS, chat=chat)

    def delay(self, chat_id: int) -> float:
        """Return the seconds until something can be written to a chat; 0 or less: at once."""
        now = time.monotonic()
        chat = self._chats.get(chat_id)
        return max(chat.delay(now) if chat is not None else 0.0, self._everywhere.delay(now))

    def _chat(self, chat_id: object) -> _Chat:
        now = time.monotonic()
        if len(self._chats) > 1000:
            self._chats = {
                key: chat
                for key, chat in self._chats.items()
                if chat.lock.locked() or now - chat.last_use < 120
            }
        chat = self._chats.setdefault(chat_id, _Chat(chat_id))
        chat.last_use = now
        return chat

    async def _turn(self, chat: _Chat) -> None:
        while True:
            now = time.monotonic()
            delay = max(chat.delay(now), self._everywhere.delay(now))
            if delay <= 0:
                break
            await asyncio.sleep(delay)
        self._everywhere.count(now)

    async def _with_retries(
        self, call: Callable[[], Awaitable[Any]], *, repeat: bool, chat: _Chat | None = None
    ) -> Any:
        """Make the call; wait where Telegram says so, and repeat what cannot have arrived.

        `repeat` says that the call may also be made again where it may have arrived.
        """
        give_up = time.monotonic() + _LONGEST_WAIT
        for attempt in range(1, 1000):
            try:
                return await call()
            except RetryAfter as exc:
                delay = _seconds(exc) + 0.1
                if time.monotonic() + delay > give_up:
                    raise
                _log.info("asked to wait seconds=%.0f", delay)
                if chat is not None:
                    chat.paused_until = time.monotonic() + delay
                else:
                    await asyncio.sleep(delay)
            except TelegramError as exc:
                if attempt >= _ATTEMPTS or not (_not_delivered(exc) or (repeat and _unsure(exc))):
                    raise
                await asyncio.sleep(_FIRST_PAUSE * 2 ** (attempt - 1))
        raise AssertionError("a call was tried a thousand times")


def _seconds(exc: RetryAfter) -> float:
    wait = exc.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()


def _not_delivered(exc: TelegramError) -> bool:
    """Whether the request cannot have had an effect: no connection, or Telegram's own failure."""
    if isinstance(exc, BadRequest) or not isinstance(exc, NetworkError):
        return False
    cause = exc.__cause__
    if isinstance(exc, TimedOut):
        return isinstance(cause, httpx.ConnectTimeout | httpx.PoolTimeout)
    return not isinstance(cause, httpx.HTTPError) or isinstance(cause, httpx.ConnectError)


def _unsure(exc: TelegramError) -> bool:
    """Whether the request may or may not have arrived."""
    return isinstance(exc, NetworkError) and not isinstance(exc, BadRequest)


class Latest:
    """Makes only the newest of several pending calls about one thing, one at a time."""

    def __init__(self) -> None:
        self._pending: WeakValueDictionary[object, _PendingCalls] = WeakValueDictionary()

    async def run(self, key: object, call: Callable[[], Awaitable[None]]) -> None:
        """Make the call, unless a newer one about `key` comes while it waits its turn."""
        pending = self._pending.get(key)
        if pending is None:
            pending = self._pending[key] = _PendingCalls()
        pending.newest += 1
        mine = pending.newest
        async with pending.lock:
            if mine == pending.newest:
                await call()


class _PendingCalls:
    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.newest = 0
