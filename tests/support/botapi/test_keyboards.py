"""Tests of inline keyboards, of pressing them, and of the answers to presses."""

import asyncio
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from tests.support.botapi import BotApiServer, ControlError, Message, User
from tests.support.botapi.expectations import Fetch, RawCall, refused


@pytest.fixture
def alice(botapi: BotApiServer) -> User:
    person = botapi.user("Alice")
    person.start()
    return person


async def with_buttons(bot: Bot, alice: User) -> Message:
    keyboard = [[InlineKeyboardButton("◀ 上一段", callback_data="p")], []]
    keyboard[1].append(InlineKeyboardButton("下一段 ▶", callback_data="n"))
    markup = InlineKeyboardMarkup(keyboard)
    await bot.send_message(alice.id, "答", reply_markup=markup)
    return alice.private.bot_messages()[-1]


@pytest.mark.parametrize(
    ("button", "reason"),
    [
        ({"text": "x", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": "字" * 21 + "xx"}, "BUTTON_DATA_INVALID"),
        ({"text": "", "callback_data": "x"}, "button text must be non-empty"),
        ({"callback_data": "x"}, 'field "text" must be of type String'),
        ({"text": "x"}, "Text buttons are unallowed in the inline keyboard"),
        ({"text": "x", "callback_data": "y", "url": "https://a.example"}, "exactly one action"),
        ({"text": "x", "callback_data": "y", "style": "loud"}, "wrong button style"),
        ({"text": "x", "copy_text": {"text": "字" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
        ({"text": "x", "url": "nonsense"}, "is invalid: Wrong HTTP URL"),
    ],
)
def test_refuses_buttons_telegram_refuses(
    raw: RawCall, alice: User, button: dict[str, Any], reason: str
) -> None:
    markup = {"inline_keyboard": [[button]]}
    response = raw("sendMessage", chat_id=alice.id, text="答", reply_markup=markup)
    assert response.status_code == 400
    assert reason in response.json()["description"]
    assert alice.private.bot_messages() == []


def test_takes_64_bytes_of_data_and_a_hundred_buttons(raw: RawCall, alice: User) -> None:
    button = {"text": "x", "callback_data": "字" * 21 + "x"}
    for count, code in ((100, 200), (101, 400)):
        markup = {"inline_keyboard": [[button]] * count}
        response = raw("sendMessage", chat_id=alice.id, text="答", reply_markup=markup)
        assert response.status_code == code


async def test_a_press_reaches_the_bot_and_its_answer_the_person(
    bot: Bot, botapi: BotApiServer, alice: User, fetch: Fetch
) -> None:
    answer = await with_buttons(bot, alice)
    fetch()
    pressed = asyncio.create_task(asyncio.to_thread(alice.press, answer, "下一段"))
    (update,) = await bot.get_updates(timeout=10)
    query = update.callback_query
    assert query is not None
    assert (query.data, query.from_user.id) == ("n", alice.id)
    assert query.message is not None
    assert query.message.message_id == answer.message_id
    await query.answer("没有下一段了", show_alert=True)
    result = await pressed
    assert (result.text, result.show_alert) == ("没有下一段了", True)
    with refused("query is too old"):
        await query.answer()
    assert len(botapi.violations) == 1


async def test_an_unanswered_press_times_out(bot: Bot, alice: User) -> None:
    answer = await with_buttons(bot, alice)
    with pytest.raises(TimeoutError, match="下一段"):
        alice.press(answer, "下一段", timeout=0.05)


async def test_late_answers_are_refused_without_blame(
    bot: Bot, botapi: BotApiServer, alice: User
) -> None:
    answer = await with_buttons(bot, alice)
    botapi.set_query_lifetime(0)
    query_id = alice.tap(answer, "下一段")
    with refused("query is too old"):
        await bot.answer_callback_query(query_id)
    assert botapi.violations == []
    with refused("query is too old"):
        await bot.answer_callback_query("12345")
    assert len(botapi.violations) == 1


async def test_the_text_of_an_answer_is_limited(bot: Bot, alice: User) -> None:
    query_id = alice.tap(await with_buttons(bot, alice), "下一段")
    with refused("MESSAGE_TOO_LONG"):
        await bot.answer_callback_query(query_id, "字" * 201)
    with refused("URL_INVALID"):
        await bot.answer_callback_query(query_id, url="https://example.com")


async def test_only_buttons_that_are_there_are_pressed_unless_forged(
    bot: Bot, alice: User, fetch: Fetch
) -> None:
    answer = await with_buttons(bot, alice)
    with pytest.raises(LookupError, match="0 buttons contain '删除'"):
        alice.tap(answer, "删除")
    with pytest.raises(LookupError, match="2 buttons contain '一段'"):
        answer.button("一段")
    fetch()
    alice.tap(answer, data="admin:drop")
    assert fetch()[0]["callback_query"]["data"] == "admin:drop"
    await bot.edit_message_text("无", alice.id, answer.message_id)
    with pytest.raises(ControlError, match="no button of the message carries this data"):
        alice.tap(answer, "下一段")


async def test_an_old_message_may_be_inaccessible(bot: Bot, alice: User, fetch: Fetch) -> None:
    answer = await with_buttons(bot, alice)
    fetch()
    alice.tap(answer, "下一段", inaccessible=True)
    message = fetch()[0]["callback_query"]["message"]
    assert (message["message_id"], message["date"]) == (answer.message_id, 0)
    assert "text" not in message


@pytest.mark.parametrize(("length", "code"), [(64, 200), (65, 400)])
def test_a_field_to_write_in_holds_at_most_64_characters(
    raw: RawCall, alice: User, length: int, code: int
) -> None:
    markup = {"force_reply": True, "input_field_placeholder": "字" * length}
    response = raw("sendMessage", chat_id=alice.id, text="问", reply_markup=markup)
    assert response.status_code == code
