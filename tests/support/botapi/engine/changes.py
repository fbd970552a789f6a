"""Lets coroutines wait until the world has changed enough."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Changes:
    """A bell rung after every change; not thread-safe, for the server's own loop."""

    def __init__(self) -> None:
        """Start with a silent bell."""
        self._event = asyncio.Event()

    def notify(self) -> None:
        """Wake everyone who waits, so that they look again."""
        self._event.set()
        self._event = asyncio.Event()

    async def until(self, look: Callable[[], T | None], timeout: float) -> T | None:
        """What `look` finds, as soon as it is not None; None after `timeout` seconds."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout
        while (found := look()) is None:
            event, left = self._event, deadline - loop.time()
            if left <= 0:
                return None
            try:
                await asyncio.wait_for(event.wait(), left)
            except TimeoutError:
                return look()
        return found
