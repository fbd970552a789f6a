"""Telegram's limits on how much a bot may send, enforced with sliding windows."""

import math
import time
from collections import defaultdict, deque
from dataclasses import dataclass

from tests.support.botapi.engine.refusal import too_many_requests
from tests.support.botapi.faults import Limits

COUNTED = frozenset(
    {
        "sendmessage",
        "senddocument",
        "sendphoto",
        "editmessagetext",
        "editmessagecaption",
        "editmessagereplymarkup",
    }
)


@dataclass(frozen=True, slots=True)
class _Window:
    key: str
    most: int
    seconds: float


class Flood:
    """Counts what was sent; enforces nothing until limits are set."""

    def __init__(self) -> None:
        """Start without limits."""
        self.limits: Limits | None = None
        self._sent: dict[str, deque[float]] = defaultdict(deque)

    def check(self, method: str, chat_id: int | None) -> None:
        """Refuse a call that would go over a limit, with the seconds until it would not."""
        now = time.monotonic()
        waits = [self._wait(window, now) for window in self._windows(method, chat_id)]
        longest = max(waits, default=0.0)
        if longest > 0:
            raise too_many_requests(max(1, math.ceil(longest)))

    def count(self, method: str, chat_id: int | None) -> None:
        """Count a call that was carried out."""
        now = time.monotonic()
        for window in self._windows(method, chat_id):
            self._sent[window.key].append(now)

    def _windows(self, method: str, chat_id: int | None) -> list[_Window]:
        if self.limits is None or method.lower() not in COUNTED:
            return []
        windows = [_Window("all", self.limits.per_second, 1.0)]
        if chat_id is not None and chat_id < 0:
            windows.append(
                _Window(f"chat {chat_id}", self.limits.per_group, self.limits.group_window)
            )
        elif chat_id is not None and self.limits.per_private is not None:
            windows.append(_Window(f"chat {chat_id}", self.limits.per_private, 1.0))
        return windows

    def _wait(self, window: _Window, now: float) -> float:
        sent = self._sent[window.key]
        while sent and sent[0] <= now - window.seconds:
            sent.popleft()
        if len(sent) < window.most:
            return 0.0
        return sent[-window.most] + window.seconds - now
