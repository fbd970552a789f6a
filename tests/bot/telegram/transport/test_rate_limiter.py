"""Tests of the pace: windows, orders to wait, and what may be sent again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.telegram.transport.rate_limiter import Latest, RateLimiter, SendWindow


class Calls:
    """A call that fails with these errors in turn, then succeeds."""

    def __init__(self, *errors: TelegramError) -> None:
        self.errors = list(errors)
        self.made = 0

    async def __call__(self) -> str:
        self.made += 1
        if self.errors:
            raise self.errors.pop(0)
        return "sent"


@pytest.fixture(autouse=True)
def time_flies(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Let sleep return at once, moving the clock; what was slept is in the list."""
    slept: list[float] = []
    now = [1000.0]
    real = asyncio.sleep

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds
        await real(0)

    clock = SimpleNamespace(monotonic=lambda: now[0])
    timeless = SimpleNamespace(sleep=sleep, Lock=asyncio.Lock)
    monkeypatch.setattr("bot.telegram.transport.rate_limiter.asyncio", timeless)
    monkeypatch.setattr("bot.telegram.transport.rate_limiter.time", clock)
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    return slept


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


async def send(pacer: RateLimiter, call: Callable[[], Awaitable[Any]], chat: int = 1) -> Any:
    return await pacer.process_request(call, (), {}, "sendMessage", {"chat_id": chat}, None)  # type: ignore[arg-type]


async def edit(pacer: RateLimiter, call: Callable[[], Awaitable[Any]], chat: int = 1) -> Any:
    return await pacer.process_request(call, (), {}, "editMessageText", {"chat_id": chat}, None)  # type: ignore[arg-type]


def test_a_window_lets_so_many_through_and_then_waits_for_the_oldest() -> None:
    window = SendWindow(2, 60.0)
    window.count(0.0)
    window.count(10.0)
    assert window.delay(20.0) == 40.0
    assert window.delay(60.0) == 0.0


async def test_a_group_gets_twenty_messages_a_minute(time_flies: list[float]) -> None:
    pacer = RateLimiter()
    for _ in range(20):
        await send(pacer, Calls(), chat=-1)
    assert sum(time_flies) < 2
    await send(pacer, Calls(), chat=-1)
    assert sum(time_flies) > 58


async def test_edits_count_as_messages_do(time_flies: list[float]) -> None:
    pacer = RateLimiter()
    for _ in range(10):
        await send(pacer, Calls(), chat=-1)
        await edit(pacer, Calls(), chat=-1)
    await edit(pacer, Calls(), chat=-1)
    assert sum(time_flies) > 58


async def test_no_second_sees_thirty_messages(time_flies: list[float]) -> None:
    pacer = RateLimiter()
    for chat in range(1, 31):
        await send(pacer, Calls(), chat)
    assert sum(time_flies) >= 1


async def test_another_chat_does_not_wait_for_a_full_group(time_flies: list[float]) -> None:
    pacer = RateLimiter()
    for _ in range(20):
        await send(pacer, Calls(), chat=-1)
    await send(pacer, Calls(), chat=-2)
    assert sum(time_flies) < 2


async def test_told_to_wait_it_waits_and_sends_again(time_flies: list[float]) -> None:
    call = Calls(RetryAfter(7))
    assert await send(RateLimiter(), call) == "sent"
    assert call.made == 2
    assert sum(time_flies) == pytest.approx(7.1)


@pytest.mark.parametrize(
    "error",
    [
        caused(NetworkError("connect"), httpx.ConnectError("refused")),
        caused(TimedOut(), httpx.ConnectTimeout("slow")),
        NetworkError("Bad Gateway"),
    ],
)
async def test_what_cannot_have_arrived_is_sent_again(error: TelegramError) -> None:
    call = Calls(error)
    assert await send(RateLimiter(), call) == "sent"
    assert call.made == 2


@pytest.mark.parametrize(
    "error",
    [
        caused(TimedOut(), httpx.ReadTimeout("slow")),
        caused(NetworkError("broken"), httpx.ReadError("reset")),
        BadRequest("chat not found"),
        Forbidden("bot was blocked by the user"),
    ],
)
async def test_what_may_have_arrived_or_was_refused_is_not_sent_again(
    error: TelegramError,
) -> None:
    call = Calls(error)
    with pytest.raises(type(error)):
        await send(RateLimiter(), call)
    assert call.made == 1


async def test_an_edit_that_may_have_arrived_is_made_again() -> None:
    call = Calls(caused(TimedOut(), httpx.ReadTimeout("slow")))
    assert await edit(RateLimiter(), call) == "sent"
    assert call.made == 2


async def test_the_inbox_is_told_before_anything_new_is_sent_and_not_before_edits() -> None:
    told: list[str] = []

    async def tell() -> None:
        told.append("told")

    pacer = RateLimiter(tell)
    await edit(pacer, Calls())
    assert told == []
    await send(pacer, Calls())
    assert told == ["told"]


async def test_messages_of_a_chat_go_out_in_order() -> None:
    pacer, sent = RateLimiter(), []

    def call(number: int) -> Callable[[], Awaitable[None]]:
        async def made() -> None:
            await asyncio.sleep(0.01 * (3 - number))
            sent.append(number)

        return made

    await asyncio.gather(*(send(pacer, call(number)) for number in range(3)))
    assert sent == [0, 1, 2]


async def test_of_several_changes_that_wait_only_the_last_is_made() -> None:
    latest, made, gate = Latest(), [], asyncio.Event()

    def change(number: int) -> Callable[[], Awaitable[None]]:
        async def make() -> None:
            made.append(number)
            await gate.wait()

        return make

    tasks = []
    for number in range(5):
        tasks.append(asyncio.create_task(latest.run("message", change(number))))
        await asyncio.wait(tasks, timeout=0.01)
    gate.set()
    await asyncio.gather(*tasks)
    assert made == [0, 4]


async def test_how_long_a_chat_has_to_wait_is_known_before_anything_is_sent() -> None:
    pacer = RateLimiter()
    assert pacer.delay(-1) <= 0
    for _ in range(20):
        await send(pacer, Calls(), chat=-1)
    assert pacer.delay(-1) > 50
    assert pacer.delay(-2) <= 0
