"""Updates of one chat in their order; those that wait are told of at once."""

from __future__ import annotations

import asyncio

from telegram import Update

from bot.telegram.transport.ordering import OrderedUpdates
from tests.support.handlers import GROUP, HandlerBench


class NoInbox:
    """An inbox that keeps nothing."""

    async def done(self, _: int) -> None: ...


async def test_who_has_to_wait_for_another_answer_is_seen_before_that_is_sent(
    bench: HandlerBench,
) -> None:
    updates = OrderedUpdates(NoInbox())  # type: ignore[arg-type]
    sent, told = asyncio.Event(), []

    async def waiting(update: Update) -> None:
        told.append(update.update_id)

    async def answer(after: asyncio.Event | None = None) -> None:
        if after is not None:
            await after.wait()

    updates.waiting = waiting
    first, second, elsewhere = (bench.message("问", chat=chat) for chat in (GROUP, GROUP, 5))
    tasks = [
        asyncio.ensure_future(updates.do_process_update(update, answer(held)))
        for update, held in ((first, sent), (second, None), (elsewhere, None))
    ]
    await asyncio.sleep(0.01)
    assert told == [second.update_id]
    assert [task.done() for task in tasks] == [False, False, True]
    sent.set()
    await asyncio.gather(*tasks)


async def test_telling_who_waits_lets_no_later_message_overtake(bench: HandlerBench) -> None:
    updates = OrderedUpdates(NoInbox())  # type: ignore[arg-type]
    sent, slow, order = asyncio.Event(), asyncio.Event(), []
    first, second, third = (bench.message("问", chat=GROUP) for _ in range(3))

    async def waiting(update: Update) -> None:
        if update is second:
            await slow.wait()

    async def answer(number: int) -> None:
        await sent.wait()
        order.append(number)

    updates.waiting = waiting
    tasks = []
    for number, update in enumerate((first, second, third)):
        tasks.append(asyncio.ensure_future(updates.do_process_update(update, answer(number))))
        await asyncio.sleep(0)
    sent.set()
    await asyncio.sleep(0.01)
    slow.set()
    await asyncio.gather(*tasks)
    assert order == [0, 1, 2]
