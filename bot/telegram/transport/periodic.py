"""What is done again and again beside something else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress


@asynccontextmanager
async def every(
    seconds: float, call: Callable[[], Awaitable[None]], *, first: float = 0.0
) -> AsyncIterator[None]:
    """Call `call` while the block runs, `first` seconds from its beginning and every `seconds`.

    What it raises ends the calls, and is raised at the end of the block.
    """

    async def repeat() -> None:
        await asyncio.sleep(first)
        while True:
            await call()
            await asyncio.sleep(seconds)

    task = asyncio.create_task(repeat())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
