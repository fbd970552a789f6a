"""A message that shows how far an index is, changed at a bearable rate."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

EVERY = 3.0
"""Seconds between two changes of the message: a group lets the bot write 20 times a minute."""


class Stopped(Exception):
    """The build is to end before it is done; it can be done again from its beginning."""


class Steps:
    """Counts the steps of a build; told from the thread that builds, and stopped from any."""

    def __init__(self) -> None:
        self.total = 0
        self.done = 0
        self._stopped = False

    def stop(self) -> None:
        """Let the build end at its next step."""
        self._stopped = True

    def start(self, total: int) -> None:
        """`total` passages there are."""
        self.total = total

    def advance(self, count: int) -> None:
        """`count` more of them are done.

        Raises:
            Stopped: no more are to be done.
        """
        if self._stopped:
            raise Stopped
        self.done += count


@asynccontextmanager
async def shown(
    steps: Steps, show: Callable[[int, int], Awaitable[None]], every: float = EVERY
) -> AsyncIterator[None]:
    """Call `show(done, total)` now and then while the block runs, when something has changed."""

    async def watch() -> None:
        last = (0, 0)
        while True:
            await asyncio.sleep(every)
            now = (steps.done, steps.total)
            if now != last and steps.total:
                last = now
                await show(*now)

    task = asyncio.create_task(watch())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
