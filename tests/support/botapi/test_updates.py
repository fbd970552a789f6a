"""Tests of getUpdates: acknowledgement, long poll, kinds of updates, conflicts."""

import asyncio
import threading
import time

import pytest
from telegram import Bot, Update
from telegram.error import Conflict

from tests.support.botapi import BotApiServer
from tests.support.botapi.expectations import refused, texts


async def test_updates_stay_until_a_higher_offset_acknowledges_them(
    bot: Bot, botapi: BotApiServer
) -> None:
    alice = botapi.user("Alice")
    for text in ("一", "二", "三"):
        alice.private.send(text)
    first = await bot.get_updates(timeout=0)
    again = await bot.get_updates(timeout=0)
    assert texts(first) == ["一", "二", "三"]
    assert [update.update_id for update in again] == [update.update_id for update in first]
    rest = await bot.get_updates(offset=first[1].update_id, timeout=0)
    assert texts(rest) == ["二", "三"]
    assert botapi.pending_updates() == 2
    assert await bot.get_updates(offset=first[2].update_id + 1, timeout=0) == ()
    assert botapi.pending_updates() == 0
    assert await bot.get_updates(offset=first[0].update_id, timeout=0) == ()


async def test_limit_and_negative_offset(bot: Bot, botapi: BotApiServer) -> None:
    alice = botapi.user("Alice")
    for number in range(5):
        alice.private.send(str(number))
    assert len(await bot.get_updates(limit=2, timeout=0)) == 2
    last = await bot.get_updates(offset=-1, timeout=0)
    assert texts(last) == ["4"]
    assert botapi.pending_updates() == 1


async def test_a_poll_waits_for_the_next_update(bot: Bot, botapi: BotApiServer) -> None:
    alice = botapi.user("Alice")
    threading.Timer(0.2, lambda: alice.private.send("来了")).start()
    started = time.monotonic()
    (update,) = await bot.get_updates(timeout=20)
    assert texts([update]) == ["来了"]
    assert 0.1 < time.monotonic() - started < 10


async def test_a_poll_returns_empty_when_its_time_is_over(bot: Bot) -> None:
    assert await bot.get_updates(timeout=1) == ()


async def test_only_the_kinds_asked_for_are_kept(bot: Bot, botapi: BotApiServer) -> None:
    alice = botapi.user("Alice")
    await bot.get_updates(timeout=0, allowed_updates=[Update.EDITED_MESSAGE])
    question = alice.private.send("一")
    alice.private.edit(question, "一！")
    (edited,) = await bot.get_updates(timeout=0)
    assert edited.edited_message is not None
    assert edited.edited_message.text == "一！"
    await bot.get_updates(offset=edited.update_id + 1, timeout=0, allowed_updates=[])
    alice.private.send("二")
    assert texts(await bot.get_updates(timeout=0)) == ["二"]


async def test_unknown_kinds_alone_are_refused(bot: Bot) -> None:
    with refused("allowed_updates"):
        await bot.get_updates(timeout=0, allowed_updates=["nonsense"])


async def test_a_newer_poll_ends_the_older_with_409(bot: Bot, botapi: BotApiServer) -> None:
    older = asyncio.create_task(bot.get_updates(timeout=20))
    while not botapi.calls("getUpdates"):
        await asyncio.sleep(0.01)
    async with Bot(botapi.token, base_url=botapi.base_url) as rival:
        assert await rival.get_updates(timeout=0) == ()
    with refused("terminated by other getUpdates request", Conflict):
        await older


async def test_a_poller_that_went_away_is_in_nobodys_way(bot: Bot, botapi: BotApiServer) -> None:
    gone = asyncio.create_task(bot.get_updates(timeout=20))
    while not botapi.calls("getUpdates"):
        await asyncio.sleep(0.01)
    gone.cancel()
    await asyncio.to_thread(botapi.wait_for_calls, "getUpdates")
    question = botapi.user("Alice").private.send("一")
    assert botapi.refresh(question).received_at is None
    assert texts(await bot.get_updates(timeout=0)) == ["一"]
    assert botapi.refusals == []


async def test_a_poll_is_refused_while_a_webhook_is_set(bot: Bot) -> None:
    await bot.set_webhook("https://bot.example/hook")
    with refused("can't use getUpdates method while webhook is active", Conflict):
        await bot.get_updates(timeout=0)
    await bot.delete_webhook()
    assert await bot.get_updates(timeout=0) == ()


async def test_messages_know_when_the_bot_received_them(bot: Bot, botapi: BotApiServer) -> None:
    question = botapi.user("Alice").private.send("一")
    assert question.received_at is None
    await bot.get_updates(timeout=0)
    received = botapi.refresh(question).received_at
    assert received is not None
    assert received >= question.sent_at


async def test_waiting_until_everything_was_received(bot: Bot, botapi: BotApiServer) -> None:
    botapi.user("Alice").private.send("一")
    with pytest.raises(TimeoutError):
        botapi.wait_until_received(timeout=0.05)
    (update,) = await bot.get_updates(timeout=0)
    await bot.get_updates(offset=update.update_id + 1, timeout=0)
    botapi.wait_until_received(timeout=0.05)
