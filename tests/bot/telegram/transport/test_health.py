"""Tests of the watch: how long another instance is waited out."""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import time
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

import pytest

from bot.telegram.transport.health import End, HealthWatch, beat
from tests.faults.damage import damage


class Clock:
    """A loop whose time is told; what is due is done when the time comes."""

    def __init__(self) -> None:
        self.now = 0.0
        self._due: list[tuple[float, Callable[[], None], Timer]] = []

    def create_future(self) -> asyncio.Future[End]:
        return asyncio.get_running_loop().create_future()

    def time(self) -> float:
        return self.now

    def call_later(self, delay: float, call: Callable[[End], None], why: End) -> Timer:
        timer = Timer()
        self._due.append((self.now + delay, lambda: call(why), timer))
        return timer

    def go_on(self, seconds: float) -> None:
        self.now += seconds
        for due, call, timer in self._due:
            if due <= self.now and not timer.cancelled:
                call()


class Timer:
    cancelled = False

    def cancel(self) -> None:
        self.cancelled = True


@pytest.fixture
async def clock() -> Clock:
    return Clock()


async def test_another_instance_is_waited_out_for_ninety_seconds(clock: Clock) -> None:
    watch = HealthWatch(90, clock)  # type: ignore[arg-type]
    for _ in range(9):
        watch.polled(HTTPStatus.CONFLICT)
        clock.go_on(9.9)
    assert not watch.ended.done()
    clock.go_on(1)
    assert watch.ended.result() is End.CONFLICT


async def test_an_instance_that_goes_in_time_is_forgotten(clock: Clock) -> None:
    watch = HealthWatch(90, clock)  # type: ignore[arg-type]
    watch.polled(HTTPStatus.CONFLICT)
    clock.go_on(80)
    watch.polled(HTTPStatus.OK)
    clock.go_on(80)
    assert not watch.ended.done()
    watch.polled(HTTPStatus.CONFLICT)
    clock.go_on(80)
    assert not watch.ended.done()


async def test_a_newcomer_whose_polls_pause_between_refusals_ends(clock: Clock) -> None:
    watch = HealthWatch(2, clock)  # type: ignore[arg-type]
    watch.polled(HTTPStatus.CONFLICT)
    clock.go_on(2)
    assert watch.ended.result() is End.CONFLICT


async def test_a_newcomer_that_gets_a_poll_in_between_ends_all_the_same(clock: Clock) -> None:
    watch = HealthWatch(90, clock)  # type: ignore[arg-type]
    for turn in range(10):
        watch.polled(HTTPStatus.CONFLICT if turn % 2 == 0 else HTTPStatus.OK)
        clock.go_on(10)
    assert watch.ended.done()
    assert watch.ended.result() is End.CONFLICT


async def test_the_one_that_serves_goes_on_and_says_so_once_for_each_dispute(clock: Clock) -> None:
    told: list[float] = []
    watch = HealthWatch(90, clock, lambda: told.append(clock.now))  # type: ignore[arg-type]
    for _ in range(10):
        watch.polled(HTTPStatus.OK)
        clock.go_on(10)
    for _ in range(60):
        watch.polled(HTTPStatus.CONFLICT)
        clock.go_on(10)
    assert not watch.ended.done()
    assert len(told) == 1
    clock.go_on(60)
    watch.polled(HTTPStatus.OK)
    watch.polled(HTTPStatus.CONFLICT)
    assert len(told) == 2


@pytest.mark.parametrize("status", [HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND])
async def test_a_token_that_is_revoked_ends_the_bot_at_once(clock: Clock, status: int) -> None:
    watch = HealthWatch(90, clock)  # type: ignore[arg-type]
    watch.polled(status)
    assert watch.ended.result() is End.WRONG_TOKEN


@pytest.mark.parametrize("kind", ["emptied", "deleted", "unreadable", "folder gone"])
async def test_the_heart_beats_on_whatever_becomes_of_its_file(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "var" / "heartbeat"
    path.parent.mkdir()
    await beat(path)
    if kind == "folder gone":
        shutil.rmtree(path.parent)
        await beat(path)
        path.parent.mkdir()
    else:
        damage(path, kind, random.Random(1))
    before = time.time() - 100
    if path.exists():
        os.utime(path, (before, before))
    await beat(path)
    assert path.stat().st_mtime > before + 50
