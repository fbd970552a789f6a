"""Tests of what is done again and again beside something else."""

from __future__ import annotations

import asyncio

import pytest

from bot.telegram.transport.periodic import every

HOUR = 3600.0


class Calls:
    """Counts calls; lets a test wait for so many."""

    def __init__(self) -> None:
        self.count = 0
        self._more = asyncio.Event()

    async def __call__(self) -> None:
        self.count += 1
        self._more.set()

    async def reach(self, count: int) -> None:
        while self.count < count:
            self._more.clear()
            await self._more.wait()


async def test_it_is_called_again_and_again_until_the_block_ends() -> None:
    calls = Calls()
    async with every(0.001, calls):
        await calls.reach(3)
    count = calls.count
    await asyncio.sleep(0.02)
    assert calls.count == count


async def test_it_is_called_at_once_unless_the_first_time_is_later() -> None:
    at_once, later = Calls(), Calls()
    async with every(HOUR, at_once), every(HOUR, later, first=HOUR):
        await at_once.reach(1)
        await asyncio.sleep(0.01)
    assert (at_once.count, later.count) == (1, 0)


async def test_a_call_that_fails_leaves_the_block_alone_and_is_told_at_its_end() -> None:
    done = []

    async def fail() -> None:
        raise OSError("full")

    with pytest.raises(OSError, match="full"):
        async with every(0.001, fail):
            await asyncio.sleep(0.01)
            done.append("the block")
    assert done == ["the block"]
