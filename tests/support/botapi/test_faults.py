"""Tests of injected faults and of Telegram's limits on sending."""

from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import NetworkError, RetryAfter, TelegramError, TimedOut

from tests.support.botapi import (
    BotApiServer,
    DropRequest,
    InvalidJson,
    Limits,
    LoseResponse,
    Refused,
    ServerError,
    Slow,
    TooManyRequests,
    User,
)
from tests.support.botapi.expectations import refused


@pytest.fixture
def alice(botapi: BotApiServer) -> User:
    person = botapi.user("Alice")
    person.start()
    return person


def seconds(error: RetryAfter) -> float:
    waits = error.retry_after
    return waits.total_seconds() if isinstance(waits, timedelta) else waits


async def test_too_many_requests_carries_the_time_to_wait(
    bot: Bot, botapi: BotApiServer, alice: User
) -> None:
    trouble = botapi.fail("sendMessage", TooManyRequests(3))
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(alice.id, "一")
    assert seconds(caught.value) == 3
    assert trouble.met() == 1
    await bot.send_message(alice.id, "二")
    assert [message.text for message in alice.private.bot_messages()] == ["二"]
    assert botapi.violations == botapi.refusals == []


async def test_server_errors_and_gateways_do_nothing(
    bot: Bot, botapi: BotApiServer, alice: User
) -> None:
    botapi.fail("sendMessage", ServerError())
    with refused("Internal Server Error", NetworkError):
        await bot.send_message(alice.id, "一")
    botapi.fail("sendMessage", InvalidJson())
    with pytest.raises(TelegramError):
        await bot.send_message(alice.id, "一")
    botapi.fail("sendMessage", Refused(400, "Bad Request: can't parse entities: x"))
    with refused("can't parse entities"):
        await bot.send_message(alice.id, "一")
    assert alice.private.bot_messages() == []
    assert botapi.violations == []


async def test_a_dropped_request_never_arrives_and_a_lost_response_does(
    bot: Bot, botapi: BotApiServer, alice: User
) -> None:
    botapi.fail("sendMessage", DropRequest())
    with pytest.raises(NetworkError):
        await bot.send_message(alice.id, "一")
    botapi.fail("sendMessage", LoseResponse())
    with pytest.raises(NetworkError):
        await bot.send_message(alice.id, "二")
    assert [message.text for message in alice.private.bot_messages()] == ["二"]


async def test_a_send_that_timed_out_may_have_arrived(
    bot: Bot, botapi: BotApiServer, alice: User
) -> None:
    botapi.fail("sendMessage", LoseResponse(hang=20))
    with pytest.raises(TimedOut):
        await bot.send_message(alice.id, "一", read_timeout=0.2)
    botapi.fail("sendMessage", DropRequest(hang=20))
    with pytest.raises(TimedOut):
        await bot.send_message(alice.id, "二", read_timeout=0.2)
    assert [message.text for message in alice.private.bot_messages()] == ["一"]


async def test_a_slow_answer_comes_late_but_well(
    bot: Bot, botapi: BotApiServer, alice: User
) -> None:
    botapi.fail("sendMessage", Slow(0.3))
    sent = await bot.send_message(alice.id, "一")
    (call,) = botapi.wait_for_calls("sendMessage")
    assert call.finished_at is not None
    assert call.finished_at - call.at >= 0.3
    assert sent.text == "一"


async def test_faults_can_skip_pick_a_chat_last_and_end(
    bot: Bot, botapi: BotApiServer, alice: User
) -> None:
    bob = botapi.user("Bob")
    bob.start()
    botapi.fail("sendMessage", ServerError(), skip=1)
    await bot.send_message(alice.id, "一")
    with pytest.raises(NetworkError):
        await bot.send_message(alice.id, "二")
    trouble = botapi.fail("*", ServerError(), times=None, room=bob.private)
    await bot.send_message(alice.id, "三")
    for _ in range(2):
        with pytest.raises(NetworkError):
            await bot.send_message(bob.id, "四")
    trouble.end()
    await bot.send_message(bob.id, "五")
    botapi.fail("*", ServerError(), times=None)
    botapi.heal()
    await bot.get_me()


async def test_limits_of_a_group(bot: Bot, botapi: BotApiServer, alice: User) -> None:
    group = botapi.group("教师群", members=[alice])
    botapi.limit(Limits(per_group=2, group_window=60))
    for text in ("一", "二"):
        await bot.send_message(group.id, text)
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(group.id, "三")
    assert 50 <= seconds(caught.value) <= 60
    await bot.send_message(alice.id, "四")
    await bot.send_chat_action(group.id, "typing")
    assert len(group.bot_messages()) == 2
    assert botapi.violations == []
    assert [call.code for call in botapi.refusals] == [429]


async def test_limits_over_all_chats_slide(bot: Bot, botapi: BotApiServer, alice: User) -> None:
    botapi.limit(Limits(per_second=3))
    with pytest.raises(RetryAfter):
        for number in range(4):
            await bot.send_message(alice.id, str(number))
    botapi.limit(Limits(per_private=1))
    with pytest.raises(RetryAfter):
        for number in range(2):
            await bot.send_message(alice.id, str(number))
    botapi.limit(None)
    await bot.send_message(alice.id, "x")


async def test_the_world_outlives_an_outage() -> None:
    server = BotApiServer()
    with server.running():
        question = server.user("Alice").private.send("一")
    client = Bot(server.token, base_url=server.base_url)
    with pytest.raises(NetworkError):
        await client.initialize()
    with server.running():
        async with client:
            (update,) = await client.get_updates(timeout=0)
        assert update.message is not None
        assert update.message.message_id == question.message_id
