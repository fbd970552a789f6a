"""Tests of the text of messages: lengths, markup, entities, white space."""

import json

import httpx
import pytest
from telegram import Bot, MessageEntity

from tests.support.botapi import BotApiServer, PrivateChat
from tests.support.botapi.expectations import refused


@pytest.fixture
def room(botapi: BotApiServer) -> PrivateChat:
    person = botapi.user("Alice")
    person.start()
    return person.private


async def test_stores_plain_text_and_utf16_entities(bot: Bot, room: PrivateChat) -> None:
    sent = await bot.send_message(room.id, "😀 答：<b>三节</b> &amp; 更多", parse_mode="HTML")
    (stored,) = room.bot_messages()
    assert stored.text == sent.text == "😀 答：三节 & 更多"
    assert stored.marked("bold") == ("三节",)
    assert [(e.type, e.offset) for e in sent.entities] == [("bold", 5)]
    assert sent.parse_entities() == {sent.entities[0]: "三节"}


async def test_counts_the_limit_after_parsing_in_utf16(bot: Bot, room: PrivateChat) -> None:
    await bot.send_message(room.id, "<b>" + "字" * 4096 + "</b>", parse_mode="HTML")
    await bot.send_message(room.id, "😀" * 2048)
    for text in ("字" * 4097, "😀" * 2049):
        with refused("message is too long"):
            await bot.send_message(room.id, text)
    assert len(room.bot_messages()) == 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "message text is empty"),
        ("  \n ", "text must be non-empty"),
        ("<b> </b>", "text must be"),
    ],
)
async def test_refuses_empty_text(bot: Bot, room: PrivateChat, text: str, reason: str) -> None:
    with refused(reason):
        await bot.send_message(room.id, text, parse_mode="HTML")


async def test_refuses_malformed_html_and_stores_nothing(
    bot: Bot, room: PrivateChat, botapi: BotApiServer
) -> None:
    with refused("can't parse entities: Unsupported start tag"):
        await bot.send_message(room.id, "报告 <2021>", parse_mode="HTML")
    assert room.bot_messages() == []
    assert [call.method for call in botapi.violations] == ["sendMessage"]


@pytest.mark.parametrize("mode", ["MarkdownV2", "Markdown", "nonsense"])
async def test_refuses_other_parse_modes(bot: Bot, room: PrivateChat, mode: str) -> None:
    with refused("unsupported parse_mode"):
        await bot.send_message(room.id, "x", parse_mode=mode)


async def test_takes_explicit_entities_only_inside_the_text(bot: Bot, room: PrivateChat) -> None:
    await bot.send_message(room.id, "😀课程", entities=[MessageEntity("bold", 2, 2)])
    assert room.bot_messages()[0].marked("bold") == ("课程",)
    for offset, length in ((1, 2), (2, 3)):
        with refused("ENTITY_BOUNDS_INVALID"):
            await bot.send_message(
                room.id, "😀课程", entities=[MessageEntity("bold", offset, length)]
            )


async def test_cuts_white_space_and_direction_marks_and_moves_entities(
    bot: Bot, room: PrivateChat
) -> None:
    source = "\n  \u202e课\t程<b>三\u2028节 </b>\n"
    sent = await bot.send_message(room.id, source, parse_mode="HTML")
    assert sent.text == "课 程三节"
    assert room.bot_messages()[0].marked("bold") == ("三节",)


async def test_drops_markup_that_telegram_drops(bot: Bot, room: PrivateChat) -> None:
    source = (
        "<code>a<b>b</b></code> <blockquote>q<blockquote>r</blockquote></blockquote> "
        '<a href="no link">x</a> <a href="tg://user?id=5">y</a>'
    )
    await bot.send_message(room.id, source, parse_mode="HTML")
    (stored,) = room.bot_messages()
    assert [(entity.type, entity.text) for entity in stored.entities] == [
        ("code", "ab"),
        ("blockquote", "qr"),
    ]


async def test_mentions_people_the_bot_has_met(bot: Bot, room: PrivateChat) -> None:
    await bot.send_message(
        room.id, f'<a href="tg://user?id={room.id}">李老师</a>', parse_mode="HTML"
    )
    assert room.bot_messages()[0].marked("text_mention") == ("李老师",)


async def test_keeps_a_hundred_entities(bot: Bot, room: PrivateChat) -> None:
    await bot.send_message(room.id, "<b>a</b> " * 120, parse_mode="HTML")
    assert len(room.bot_messages()[0].entities) == 100


def test_refuses_text_that_is_not_unicode(botapi: BotApiServer, room: PrivateChat) -> None:
    response = httpx.post(
        f"{botapi.base_url}{botapi.token}/sendMessage",
        content=json.dumps({"chat_id": room.id, "text": "\ud83d"}),
        headers={"content-type": "application/json"},
    )
    assert response.status_code == 400
    assert response.json()["description"] == "Bad Request: strings must be encoded in UTF-8"
