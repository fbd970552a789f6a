"""Tests of the progress that is shown: not too often, only what changed, and stopped in between."""

from __future__ import annotations

import asyncio
import itertools
import time

import pytest

from bot.telegram.progress import EVERY, Steps, Stopped, shown

PAUSE = 0.05


async def test_progress_is_shown_when_it_changed_and_no_oftener_than_it_may_be() -> None:
    steps = Steps()
    said: list[tuple[int, int, float]] = []

    async def show(done: int, total: int) -> None:
        said.append((done, total, time.monotonic()))

    async with shown(steps, show, every=PAUSE):
        await asyncio.sleep(2 * PAUSE)
        assert said == []
        steps.start(100)
        while len(said) < 3:
            steps.advance(1)
            await asyncio.sleep(PAUSE / 20)
        quiet = len(said)
        await asyncio.sleep(PAUSE * 1.5)
        settled = said[-1]
        await asyncio.sleep(PAUSE * 3)
        assert said[-1] == settled
    assert quiet <= len(said) <= quiet + 1
    assert all(later[2] - sooner[2] >= PAUSE * 0.9 for sooner, later in itertools.pairwise(said))


def test_one_chat_of_a_group_leaves_room_for_answers_beside_the_progress() -> None:
    assert EVERY >= 3.0


def test_a_build_that_is_stopped_ends_at_its_next_step() -> None:
    steps = Steps()
    steps.start(10)
    steps.advance(1)
    steps.stop()
    with pytest.raises(Stopped):
        steps.advance(1)
