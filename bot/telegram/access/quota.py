"""How much one person, and one chat, may ask, and how often buttons may be pressed."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Hashable
from dataclasses import dataclass, field
from enum import Enum, auto

_WINDOW = 60.0
_NOTICE_EVERY = 60.0
_MOST_REMEMBERED = 5_000


class Verdict(Enum):
    """What is to be done with one more question, command or press."""

    ANSWER = auto()
    NOTICE = auto()
    SILENCE = auto()


@dataclass(slots=True)
class _Use:
    times: deque[float] = field(default_factory=deque)
    noticed: float = float("-inf")

    def count(self, now: float) -> int:
        while self.times and self.times[0] <= now - _WINDOW:
            self.times.popleft()
        return len(self.times)


class Quota:
    """Counts what was asked for in a sliding minute; says once a minute that it was too much."""

    def __init__(self, person: int, chat: int) -> None:
        """Let a person ask for `person` and a chat for `chat` replies a minute."""
        self._person = person
        self._chat = chat
        self._uses: dict[tuple[str, int], _Use] = {}
        self._notices: dict[Hashable, float] = {}

    def judge(self, person: int, chat: int, replies: int = 1) -> Verdict:
        """Return what to do with `replies` more to `person` in `chat`, and count them."""
        now = time.monotonic()
        self._sweep(now)
        checks = [(self._use("person", person), self._person)]
        if chat != person:
            checks.append((self._use("chat", chat), self._chat))
        for use, most in checks:
            if use.count(now) + replies > most and use.times:
                if now - use.noticed < _NOTICE_EVERY:
                    return Verdict.SILENCE
                use.noticed = now
                return Verdict.NOTICE
        for use, _ in checks:
            use.times.extend([now] * replies)
        return Verdict.ANSWER

    def notice_due(self, about: Hashable, every: float = 3600.0) -> bool:
        """Whether what need not be said often may be said again, and count it."""
        now = time.monotonic()
        if now - self._notices.get(about, float("-inf")) < every:
            return False
        if len(self._notices) >= _MOST_REMEMBERED:
            self._notices.clear()
        self._notices[about] = now
        return True

    def _use(self, kind: str, number: int) -> _Use:
        return self._uses.setdefault((kind, number), _Use())

    def _sweep(self, now: float) -> None:
        if len(self._uses) < _MOST_REMEMBERED:
            return
        for key, use in list(self._uses.items()):
            if use.count(now) == 0 and now - use.noticed >= _NOTICE_EVERY:
                del self._uses[key]
