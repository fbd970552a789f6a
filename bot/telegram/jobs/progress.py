"""A message that shows how far a build is, changed within Telegram's limits."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from bot.messages import Messages
from bot.telegram.rendering.rich_text import clean
from bot.telegram.transport.periodic import every

EVERY = 3.0
"""Seconds between two changes of the message: a group lets the bot write 20 times a minute."""


class Stopped(Exception):
    """The build is to end before it is done; it can be done again from its beginning."""


class BuildProgress:
    """Counts the passages of a build; called from the threads that build, stopped from any."""

    def __init__(self) -> None:
        self.total = 0
        self.done = 0
        self._page: tuple[str, int, int] | None = None
        self._stopped = False

    def words(self, m: Messages) -> str:
        """Return how far it is: the passages, before them the page of a scan; "" before both."""
        if self.total:
            return m.telegram.reindex_progress.format(done=self.done, total=self.total)
        if self._page is None:
            return ""
        name, page, pages = self._page
        return m.recognising.format(name=clean(name), page=page, pages=pages)

    def stop(self) -> None:
        """Let the build end at its next step."""
        self._stopped = True

    def start(self, total: int) -> None:
        """Set how many passages there are."""
        self.total = total

    def advance(self, count: int) -> None:
        """Count `count` more of them as done.

        Raises:
            Stopped: the build has to end.
        """
        if self._stopped:
            raise Stopped
        self.done += count

    def page(self, name: str, page: int, pages: int) -> None:
        """Record that page `page` of `pages` of a scan is about to be recognised.

        Raises:
            Stopped: the build has to end.
        """
        self._page = (name, page, pages)
        self.advance(0)


@asynccontextmanager
async def show_progress(
    progress: BuildProgress,
    m: Messages,
    show: Callable[[str], Awaitable[None]],
    seconds: float = EVERY,
) -> AsyncIterator[None]:
    """Show how far it is every `seconds` while the block runs, where that has changed."""
    last = ""

    async def update() -> None:
        nonlocal last
        words = progress.words(m)
        if words != last:
            last = words
            await show(words)

    async with every(seconds, update, first=seconds):
        yield
