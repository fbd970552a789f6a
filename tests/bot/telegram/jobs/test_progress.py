"""Tests of the progress that is shown: not too often, only what changed, and stopped in between."""

from __future__ import annotations

import asyncio
import itertools
import time

import pytest

from bot.messages import messages_in
from bot.telegram.jobs.progress import EVERY, BuildProgress, Stopped, show_progress

PAUSE = 0.05


async def test_progress_is_shown_when_it_changed_and_no_oftener_than_it_may_be() -> None:
    progress = BuildProgress()
    said: list[tuple[str, float]] = []

    async def show(words: str) -> None:
        said.append((words, time.monotonic()))

    async with show_progress(progress, messages_in("zh"), show, seconds=PAUSE):
        await asyncio.sleep(2 * PAUSE)
        assert said == []
        progress.start(100)
        while len(said) < 3:
            progress.advance(1)
            await asyncio.sleep(PAUSE / 20)
        quiet = len(said)
        await asyncio.sleep(PAUSE * 1.5)
        settled = said[-1]
        await asyncio.sleep(PAUSE * 3)
        assert said[-1] == settled
    assert quiet <= len(said) <= quiet + 1
    assert said[-1][0] == f"正在更新：{progress.done}/100"
    assert all(later[1] - sooner[1] >= PAUSE * 0.9 for sooner, later in itertools.pairwise(said))


def test_before_passages_are_counted_the_page_of_a_scan_is_said() -> None:
    progress, m = BuildProgress(), messages_in("zh")
    assert progress.words(m) == ""
    progress.page("总结\u202e.pdf", 3, 8)
    assert progress.words(m) == "正在识别 总结.pdf 第 3/8 页"
    progress.start(40)
    assert progress.words(m) == "正在更新：0/40"


def test_one_chat_of_a_group_leaves_room_for_answers_beside_the_progress() -> None:
    assert EVERY >= 3.0


def test_a_build_that_is_stopped_ends_at_its_next_step() -> None:
    progress = BuildProgress()
    progress.start(10)
    progress.advance(1)
    progress.stop()
    with pytest.raises(Stopped):
        progress.advance(1)
    with pytest.raises(Stopped):
        progress.page("a.pdf", 1, 2)
