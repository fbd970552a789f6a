"""Tests with a whole bot of the client library, polling and handling by itself."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import ForceReply, Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters

from tests.support.botapi import BotApiServer


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    del context
    if update.message and update.message.text:
        markup = ForceReply() if update.message.text == "再问" else None
        await update.message.reply_text(
            f"答：{update.message.text}", do_quote=True, reply_markup=markup
        )


async def pressed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    del context
    if update.callback_query:
        await update.callback_query.answer("好")


@asynccontextmanager
async def running(botapi: BotApiServer) -> AsyncIterator[None]:
    application = (
        Application.builder()
        .token(botapi.token)
        .base_url(botapi.base_url)
        .base_file_url(botapi.base_file_url)
        .build()
    )
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.add_handler(CallbackQueryHandler(pressed))
    async with application:
        await application.start()
        assert application.updater is not None
        await application.updater.start_polling(poll_interval=0)
        yield
        await application.updater.stop()
        await application.stop()


async def test_a_bot_answers_in_private_and_in_a_group(botapi: BotApiServer) -> None:
    alice = botapi.user("Alice")
    group = botapi.group("教师群", members=[alice])
    async with running(botapi):
        private = alice.private.send("一")
        public = group.send(alice, "/ask@baogao_bot 二")
        ignored = group.send(alice, "闲谈")
        first = await asyncio.to_thread(botapi.wait_for_reply, private)
        second = await asyncio.to_thread(botapi.wait_for_reply, public)
        follow_up = group.reply(alice, second, "再问")
        third = await asyncio.to_thread(botapi.wait_for_reply, follow_up)
        await asyncio.to_thread(botapi.wait_until_received)
    assert (first.text, second.text, third.text) == ("答：一", "答：/ask@baogao_bot 二", "答：再问")
    assert botapi.replies(ignored) == []
    assert [message.text for message in group.bot_messages(after=second)] == ["答：再问"]
    assert botapi.violations == []


async def test_nothing_is_answered_twice_after_a_restart(botapi: BotApiServer) -> None:
    alice = botapi.user("Alice")
    async with running(botapi):
        await asyncio.to_thread(botapi.wait_for_reply, alice.private.send("一"))
    asleep = alice.private.send("二")
    async with running(botapi):
        answer = await asyncio.to_thread(botapi.wait_for_reply, asleep)
    assert [message.text for message in alice.private.bot_messages()] == ["答：一", "答：二"]
    assert alice.private.wait_for_message(timeout=0).text == "答：一"
    assert answer.versions[0].text == "答：二"
