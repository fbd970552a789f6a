"""Tests of whether a message asks the bot something, and what."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Chat, Document, ForumTopicCreated, Message, MessageEntity, User

from bot.telegram.access.senders import ANONYMOUS_ADMIN, CHANNEL_IN_GROUP, from_person
from bot.telegram.questions.addressing import (
    AddressedQuestion,
    asked_by_command,
    asked_in_text,
)

BOT = User(99, "报告", is_bot=True, username="baogao_bot")
WANG = User(7, "王老师", is_bot=False)
OTHER_BOT = User(98, "其他", is_bot=True, username="other_bot")
GROUP = Chat(-1, "supergroup")
PRIVATE = Chat(7, "private")
QUESTION = "书记上了几节思政课？"
NAMED = AddressedQuestion(QUESTION, named=True)


def written(text: str, chat: Chat = GROUP, by: User | None = WANG, **fields: Any) -> Message:
    """A message with the entities that Telegram finds: commands at the start, and mentions."""
    entities = fields.pop("entities", None)
    if entities is None:
        entities = [*_commands(text), *_mentions(text)]
    return Message(5, datetime.now(UTC), chat, from_user=by, text=text, entities=entities, **fields)


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _commands(text: str) -> list[MessageEntity]:
    end = next((i for i, c in enumerate(text) if i and not (c.isascii() and c not in " ,\n")), 0)
    command = text[: end or len(text)]
    return [MessageEntity("bot_command", 0, len(command))] if text.startswith("/") else []


def _mentions(text: str) -> list[MessageEntity]:
    found = []
    for name in ("@baogao_bot", "@BaoGao_Bot", "@other_bot"):
        at = text.find(name)
        if at > 0 or (at == 0 and not text.startswith("/")):
            found.append(MessageEntity("mention", _length(text[:at]), len(name)))
    return found


def by_bot(text: str = "《报告》……") -> Message:
    return Message(4, datetime.now(UTC), GROUP, from_user=BOT, text=text)


@pytest.mark.parametrize(
    "text",
    [
        f"@baogao_bot {QUESTION}",
        f"@baogao_bot，{QUESTION}",
        f"{QUESTION} @BaoGao_Bot",
        f"𠮷😀 @baogao_bot {QUESTION}",
    ],
)
def test_a_mention_anywhere_in_the_text_asks(text: str) -> None:
    asked = asked_in_text(written(text), BOT)
    assert asked is not None
    assert QUESTION in asked.text
    assert "aogao" not in asked.text.lower()


def test_the_name_without_an_entity_is_no_mention() -> None:
    assert asked_in_text(written(f"x@baogao_bot.cn {QUESTION}", entities=[]), BOT) is None


def test_a_mention_of_the_account_without_a_name_is_a_mention() -> None:
    mention = MessageEntity("text_mention", 0, 2, user=BOT)
    asked = asked_in_text(written(f"报告 {QUESTION}", entities=[mention]), BOT)
    assert asked == NAMED
    someone = MessageEntity("text_mention", 0, 2, user=WANG)
    assert asked_in_text(written(f"报告 {QUESTION}", entities=[someone]), BOT) is None


@pytest.mark.parametrize(
    "message",
    [
        written(QUESTION),
        written(f"@other_bot {QUESTION}"),
        written(f"/ask@other_bot {QUESTION}"),
        written(f"@baogao_bot {QUESTION}", by=OTHER_BOT),
        written(f"@baogao_bot {QUESTION}", by=None),
        written(f"@baogao_bot {QUESTION}", via_bot=BOT),
        written(f"@baogao_bot {QUESTION}", is_automatic_forward=True),
        written("谢谢！", reply_to_message=by_bot()),
    ],
)
def test_ordinary_talk_and_what_is_for_others_asks_nothing(message: Message) -> None:
    assert asked_in_text(message, BOT) is None


def test_a_reply_to_any_message_of_the_bot_continues_it() -> None:
    asked = asked_in_text(written("那去年呢？", reply_to_message=by_bot()), BOT)
    assert asked == AddressedQuestion("那去年呢？", follows=4)


def test_the_first_message_of_a_topic_is_no_reply_to_the_bot_that_made_it() -> None:
    opened = by_bot()
    topic = Message(
        3,
        opened.date,
        GROUP,
        from_user=BOT,
        forum_topic_created=ForumTopicCreated("教务", 1),
    )
    assert asked_in_text(written(QUESTION, reply_to_message=topic), BOT) is None


def test_a_bare_mention_under_somebody_s_question_asks_that_question() -> None:
    theirs = Message(3, datetime.now(UTC), GROUP, from_user=WANG, text=QUESTION)
    assert asked_in_text(written("@baogao_bot", reply_to_message=theirs), BOT) == NAMED
    assert asked_by_command(written("/ask", reply_to_message=theirs), BOT) == NAMED


@pytest.mark.parametrize(
    "text", [f"/ask {QUESTION}", f"/ask@baogao_bot {QUESTION}", f"/ask\n{QUESTION}"]
)
def test_a_command_asks_what_stands_behind_it(text: str) -> None:
    assert asked_by_command(written(text), BOT) == NAMED


@pytest.mark.parametrize("between", ["，", "：", "　", "、"])
def test_full_width_marks_behind_the_command_do_not_swallow_the_question(between: str) -> None:
    assert asked_by_command(written(f"/ask{between}{QUESTION}"), BOT) == NAMED


def test_in_private_everything_asks_even_a_command_glued_to_its_question() -> None:
    assert asked_in_text(written(QUESTION, PRIVATE), BOT) == AddressedQuestion(QUESTION)
    glued = written(f"/ask{QUESTION}", PRIVATE, entities=[])
    assert asked_in_text(glued, BOT) == AddressedQuestion(QUESTION)


def test_a_caption_asks_as_a_text_does() -> None:
    words = f"@baogao_bot {QUESTION}"
    message = Message(
        5,
        datetime.now(UTC),
        GROUP,
        from_user=WANG,
        caption=words,
        caption_entities=_mentions(words),
        document=Document("id", "unique"),
    )
    assert asked_in_text(message, BOT) == NAMED


def test_people_behind_a_mask_are_people() -> None:
    for account in (ANONYMOUS_ADMIN, CHANNEL_IN_GROUP):
        assert from_person(written("问", by=User(account, "Group", is_bot=True)))
    assert not from_person(written("问", by=OTHER_BOT))
