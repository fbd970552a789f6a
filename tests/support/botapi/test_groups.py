"""Tests of what a bot sees in groups and may ask about them."""

import pytest
from telegram import Bot
from telegram.error import Forbidden

from tests.support.botapi import BotApiServer, ControlError, Group, User
from tests.support.botapi.expectations import Fetch, refused


@pytest.fixture
def alice(botapi: BotApiServer) -> User:
    return botapi.user("Alice", language_code="zh-hans")


@pytest.fixture
def group(botapi: BotApiServer, alice: User) -> Group:
    return botapi.supergroup("教师群", admins=[alice])


def seen(fetch: Fetch) -> list[str]:
    return [update["message"].get("text", "") for update in fetch() if "message" in update]


def test_privacy_mode_shows_what_is_meant_for_the_bot(
    group: Group, alice: User, fetch: Fetch, botapi: BotApiServer
) -> None:
    meant = ["/ask 一", "/ask@baogao_bot 二", "请 @baogao_bot 三", "报告，四"]
    for text in ("大家好", "/ask@other_bot 零", "@other_bot 零", "/ask书记", *meant[:3]):
        group.send(alice, text)
    group.send(alice, meant[3], text_mentions={"报告": botapi.bot_id})
    assert seen(fetch) == meant


async def test_privacy_mode_shows_replies_to_the_bot(
    bot: Bot, group: Group, alice: User, fetch: Fetch
) -> None:
    question = group.send(alice, "/ask 一")
    await bot.send_message(group.id, "答")
    answer = group.bot_messages()[0]
    group.reply(alice, answer, "去年呢？")
    group.reply(alice, question, "我也想问")
    group.reply(alice, group.send(alice, "闲谈"), "是啊")
    assert seen(fetch) == ["/ask 一", "去年呢？", "我也想问"]


async def test_without_privacy_or_as_administrator_the_bot_sees_everything(
    bot: Bot, group: Group, alice: User, fetch: Fetch, botapi: BotApiServer
) -> None:
    botapi.set_privacy(on=False)
    assert (await bot.get_me()).can_read_all_group_messages
    group.send(alice, "一")
    botapi.set_privacy(on=True)
    group.send(alice, "二")
    group.add_bot(bot.id, by=alice, status="administrator")
    group.send(alice, "三")
    assert seen(fetch) == ["一", "三"]


async def test_a_bare_command_goes_to_the_bot_that_wrote_last(
    bot: Bot, group: Group, alice: User, fetch: Fetch, botapi: BotApiServer
) -> None:
    other = botapi.user("Other", username="other_bot", is_bot=True)
    group.add(other)
    group.send(other, "/ask 别的机器人")
    group.send(alice, "/ask 一")
    group.send(alice, "/ask@baogao_bot 二")
    await bot.send_message(group.id, "答")
    group.send(alice, "/ask 三")
    fetched = [text for text in seen(fetch) if text]
    assert fetched == ["/ask@baogao_bot 二", "/ask 三"]


def test_bots_do_not_see_each_other(group: Group, fetch: Fetch, botapi: BotApiServer) -> None:
    other = botapi.user("Other", username="other_bot", is_bot=True)
    group.add(other)
    group.send(other, "/ask@baogao_bot 一")
    botapi.set_privacy(on=False)
    group.send(other, "@baogao_bot 二")
    assert [text for text in seen(fetch) if text] == []


def test_a_bot_that_talks_to_bots_is_heard_where_it_speaks_to_this_one(
    group: Group, alice: User, fetch: Fetch, botapi: BotApiServer
) -> None:
    other = botapi.user("Other", username="other_bot", is_bot=True, talks_to_bots=True)
    group.add(other)
    botapi.set_privacy(on=False)
    group.send(other, "/ask 一")
    group.send(other, "@baogao_bot 二")
    group.send(other, "/ask@baogao_bot 三")
    assert [text for text in seen(fetch) if text] == ["/ask@baogao_bot 三"]


def test_edits_reach_the_bot_as_edits(group: Group, alice: User, fetch: Fetch) -> None:
    question = group.send(alice, "/ask 一", age=600)
    group.edit(question, "/ask 二")
    first, edited = fetch()
    assert first["message"]["text"] == "/ask 一"
    assert edited["edited_message"]["text"] == "/ask 二"
    assert edited["edited_message"]["edit_date"] - edited["edited_message"]["date"] >= 600


def test_anonymous_administrators_and_channels_write_through_telegrams_bots(
    group: Group, alice: User, fetch: Fetch, botapi: BotApiServer
) -> None:
    channel = botapi.channel("校讯", admins=[alice])
    group.send_anonymously(alice, "/ask 一")
    group.send_as_channel(alice, channel, "/ask 二")
    group.send_as_channel(alice, channel, "/ask 三", forwarded=True)
    channel.post(alice, "公告")
    anonymous, as_channel, forwarded, post = fetch()
    assert anonymous["message"]["from"]["username"] == "GroupAnonymousBot"
    assert anonymous["message"]["sender_chat"]["id"] == group.id
    assert as_channel["message"]["from"]["username"] == "Channel_Bot"
    assert as_channel["message"]["sender_chat"]["id"] == channel.id
    assert forwarded["message"]["is_automatic_forward"] is True
    assert "from" not in post["channel_post"]


def test_members_and_service_messages(
    group: Group, alice: User, fetch: Fetch, botapi: BotApiServer
) -> None:
    bob = botapi.user("Bob")
    group.add(bob)
    group.service(alice, {"new_chat_title": "教师群二"})
    group.remove(bob)
    with pytest.raises(ControlError, match="Bob is not in this chat"):
        group.send(bob, "/ask 一")
    came, title, left = (update["message"] for update in fetch())
    assert came["new_chat_members"][0]["id"] == bob.id
    assert title["new_chat_title"] == "教师群二"
    assert left["left_chat_member"]["id"] == bob.id


def test_being_added_is_told_and_a_removed_bot_sees_nothing(
    group: Group, alice: User, fetch: Fetch, botapi: BotApiServer
) -> None:
    group.kick_bot(botapi.bot_id, by=alice)
    group.send(alice, "/ask 零")
    group.add_bot(botapi.bot_id, by=alice)
    group.send(alice, "/ask 一")
    kicked, added, joined, question = fetch()
    assert kicked["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert added["my_chat_member"]["from"]["id"] == alice.id
    assert joined["message"]["new_chat_members"][0]["id"] == botapi.bot_id
    assert question["message"]["text"] == "/ask 一"


async def test_members_can_be_asked_for(
    bot: Bot, group: Group, alice: User, botapi: BotApiServer
) -> None:
    bob, stranger = botapi.user("Bob"), botapi.user("Stranger")
    group.add(bob)
    assert (await bot.get_chat_member(group.id, alice.id)).status == "creator"
    assert (await bot.get_chat_member(group.id, bob.id)).status == "member"
    assert (await bot.get_chat_member(group.id, stranger.id)).status == "left"
    with refused("PARTICIPANT_ID_INVALID"):
        await bot.get_chat_member(group.id, 42)
    group.add_bot(bot.id, by=alice, status="administrator")
    administrators = await bot.get_chat_administrators(group.id)
    assert {(member.user.id, member.status) for member in administrators} == {
        (alice.id, "creator"),
        (bot.id, "administrator"),
    }
    assert await bot.get_chat_member_count(group.id) == 3
    group.kick_bot(bot.id, by=alice)
    with refused("bot was kicked", Forbidden):
        await bot.get_chat_member(group.id, alice.id)


async def test_chats_can_be_asked_for(
    bot: Bot, group: Group, alice: User, botapi: BotApiServer
) -> None:
    alice.start()
    private = await bot.get_chat(alice.id)
    assert (private.type, private.first_name) == ("private", "Alice")
    assert (await bot.get_chat(group.id)).title == "教师群"
    forum = botapi.forum("教研", members=[alice])
    assert (await bot.get_chat(forum.id)).is_forum
    with refused("no administrators in the private chat"):
        await bot.get_chat_administrators(alice.id)
    with refused("chat not found"):
        await bot.get_chat(-5)
