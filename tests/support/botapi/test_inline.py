"""Tests of inline queries: results, Telegram's cache, chosen results."""

import asyncio

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
)

from tests.support.botapi import BotApiServer, InlineAnswer, User
from tests.support.botapi.expectations import Fetch, refused


def article(
    identifier: str = "1", html: str = "<b>三</b>节", button: str | None = None
) -> InlineQueryResultArticle:
    content = InputTextMessageContent(html, parse_mode="HTML")
    rows = [[InlineKeyboardButton("更多", callback_data=button)]] if button else None
    markup = InlineKeyboardMarkup(rows) if rows else None
    return InlineQueryResultArticle(identifier, "思政课", content, reply_markup=markup)


async def ask(
    bot: Bot,
    person: User,
    text: str,
    *,
    result: InlineQueryResultArticle | None = None,
    cache_time: int | None = None,
    is_personal: bool | None = None,
) -> InlineAnswer:
    """Let a person ask and the bot answer."""
    asked = asyncio.create_task(asyncio.to_thread(person.inline_query, text, timeout=10))
    (update,) = await bot.get_updates(timeout=10)
    await bot.get_updates(timeout=0, offset=update.update_id + 1)
    assert update.inline_query is not None
    await update.inline_query.answer(
        [result or article()], cache_time=cache_time, is_personal=is_personal
    )
    return await asked


async def test_results_reach_the_person_parsed(bot: Bot, botapi: BotApiServer) -> None:
    answer = await ask(bot, botapi.user("Alice"), "思政课", is_personal=True, cache_time=0)
    (result,) = answer.results
    assert (result.title, result.text) == ("思政课", "三节")
    assert [entity.text for entity in result.entities] == ["三"]
    assert (answer.is_personal, answer.cache_time, answer.cached) == (True, 0, False)


async def test_an_answer_that_is_not_personal_is_shown_to_everyone_from_the_cache(
    bot: Bot, botapi: BotApiServer
) -> None:
    member, stranger = botapi.user("Member"), botapi.user("Stranger")
    await ask(bot, member, "思政课")
    assert stranger.inline_query("思政课").cached
    await ask(bot, member, "工会", cache_time=0)
    await ask(bot, member, "德育", is_personal=True)
    assert member.inline_query("德育").cached
    with pytest.raises(TimeoutError):
        stranger.inline_query("德育", timeout=0.05)
    with pytest.raises(TimeoutError):
        member.inline_query("工会", timeout=0.05)


@pytest.mark.parametrize(
    ("results", "reason"),
    [
        ([article("1"), article("1")], "RESULT_ID_DUPLICATE"),
        ([article(str(number)) for number in range(51)], "RESULTS_TOO_MUCH"),
        ([article("字" * 22)], "RESULT_ID_INVALID"),
        ([article("1", "<b>x")], "can't parse entities"),
        ([article("1", "字" * 4097)], "message is too long"),
        ([article(button="字" * 22)], "BUTTON_DATA_INVALID"),
    ],
)
async def test_refuses_results_telegram_refuses(
    bot: Bot, botapi: BotApiServer, results: list[InlineQueryResultArticle], reason: str
) -> None:
    alice = botapi.user("Alice")
    with pytest.raises(TimeoutError):
        alice.inline_query("一", timeout=0.01)
    (update,) = await bot.get_updates(timeout=0)
    assert update.inline_query is not None
    with refused(reason):
        await bot.answer_inline_query(update.inline_query.id, results)


async def test_unknown_queries_are_refused(bot: Bot) -> None:
    with refused("query is too old"):
        await bot.answer_inline_query("12345", [article()])


async def test_a_chosen_result_is_sent_and_can_be_edited_inline(
    bot: Bot, botapi: BotApiServer, fetch: Fetch
) -> None:
    alice = botapi.user("Alice")
    group = botapi.group("教师群", members=[alice])
    botapi.set_inline_feedback(on=True)
    answer = await ask(bot, alice, "思政课", result=article(button="more"))
    sent = alice.choose(answer, answer.results[0], group)
    assert (sent.text, sent.sender_id, sent.via_bot_id) == ("三节", alice.id, bot.id)
    message, chosen = fetch()
    assert message["message"]["via_bot"]["id"] == bot.id
    assert chosen["chosen_inline_result"]["inline_message_id"] == sent.inline_message_id
    alice.tap(sent, "更多")
    query = fetch()[0]["callback_query"]
    assert "message" not in query
    await bot.edit_message_text("五节", inline_message_id=query["inline_message_id"])
    assert botapi.refresh(sent).text == "五节"
