"""Tests of edits and deletions."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message

from tests.support.botapi import BotApiServer, User
from tests.support.botapi.expectations import refused

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("下一段", callback_data="next")]])


@pytest.fixture
def alice(botapi: BotApiServer) -> User:
    person = botapi.user("Alice")
    person.start()
    return person


async def test_an_edit_changes_text_and_keyboard_and_keeps_versions(
    bot: Bot, botapi: BotApiServer, alice: User
) -> None:
    sent = await bot.send_message(alice.id, "一", reply_markup=KEYBOARD)
    seen = alice.private.bot_messages()[0]
    edited = await bot.edit_message_text("<b>二</b>", alice.id, sent.message_id, parse_mode="HTML")
    assert isinstance(edited, Message)
    assert edited.edit_date is not None
    stored = botapi.wait_for_edit(seen, timeout=1)
    assert stored.text == "二"
    assert stored.labels() == ()
    assert [version.text for version in stored.versions] == ["一", "二"]
    assert stored.versions[0].buttons[0][0].data == "next"


@pytest.mark.parametrize("text", ["一", " 一\n"])
async def test_an_edit_that_changes_nothing_is_refused(bot: Bot, alice: User, text: str) -> None:
    sent = await bot.send_message(alice.id, "一", reply_markup=KEYBOARD)
    with refused("message is not modified"):
        await bot.edit_message_text(text, alice.id, sent.message_id, reply_markup=KEYBOARD)
    with refused("message is not modified"):
        await bot.edit_message_reply_markup(alice.id, sent.message_id, reply_markup=KEYBOARD)
    await bot.edit_message_text("一", alice.id, sent.message_id)


async def test_only_own_messages_that_exist_are_edited(
    bot: Bot, botapi: BotApiServer, alice: User
) -> None:
    theirs = alice.private.send("一")
    with refused("message can't be edited"):
        await bot.edit_message_text("x", alice.id, theirs.message_id)
    with refused("message to edit not found"):
        await bot.edit_message_text("x", alice.id, 999)
    own = await bot.send_message(alice.id, "二")
    alice.private.delete(alice.private.bot_messages()[0])
    with refused("message to edit not found"):
        await bot.edit_message_text("x", alice.id, own.message_id)
    assert len(botapi.violations) == 2


async def test_an_edit_keeps_the_limits(bot: Bot, alice: User) -> None:
    sent = await bot.send_message(alice.id, "一")
    with refused("MESSAGE_TOO_LONG"):
        await bot.edit_message_text("字" * 4097, alice.id, sent.message_id)
    with refused("message text is empty"):
        await bot.edit_message_text("", alice.id, sent.message_id)


async def test_text_and_caption_are_edited_each_in_its_way(bot: Bot, alice: User) -> None:
    text = await bot.send_message(alice.id, "一")
    file = await bot.send_document(alice.id, b"x", filename="总结.txt", caption="旧")
    with refused("no caption in the message to edit"):
        await bot.edit_message_caption(alice.id, text.message_id, caption="x")
    with refused("no text in the message to edit"):
        await bot.edit_message_text("x", alice.id, file.message_id)
    await bot.edit_message_caption(alice.id, file.message_id, caption="新")
    assert alice.private.bot_messages()[1].text == "新"


async def test_deletions(bot: Bot, botapi: BotApiServer, alice: User) -> None:
    own = await bot.send_message(alice.id, "一")
    seen = alice.private.bot_messages()[0]
    await bot.delete_message(alice.id, own.message_id)
    botapi.wait_until_deleted(seen, timeout=1)
    with refused("message to delete not found"):
        await bot.delete_message(alice.id, own.message_id)
    old = alice.private.send("旧", age=49 * 3600)
    with refused("can't be deleted for everyone"):
        await bot.delete_message(alice.id, old.message_id)


async def test_in_groups_only_administrators_delete_what_others_wrote(
    bot: Bot, botapi: BotApiServer, alice: User
) -> None:
    group = botapi.supergroup("教师群", admins=[alice])
    theirs = group.send(alice, "一")
    with refused("message can't be deleted"):
        await bot.delete_message(group.id, theirs.message_id)
    group.add_bot(bot.id, by=alice, status="administrator")
    own = await bot.send_message(group.id, "二")
    assert await bot.delete_messages(group.id, [theirs.message_id, own.message_id, 999])
    assert all(message.deleted for message in group.messages() if message.text)
