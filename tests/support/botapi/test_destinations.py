"""Tests of where a bot may write: people, groups, threads, replies, migration."""

import pytest
from telegram import Bot, ReplyParameters
from telegram.error import ChatMigrated, Forbidden

from tests.support.botapi import BotApiServer
from tests.support.botapi.expectations import Fetch, refused


async def test_nobody_is_written_to_first(bot: Bot, botapi: BotApiServer) -> None:
    stranger, member = botapi.user("Stranger"), botapi.user("Member")
    botapi.group("教师群", members=[member])
    with refused("chat not found"):
        await bot.send_message(stranger.id, "x")
    with refused("bot can't initiate conversation with a user", Forbidden):
        await bot.send_message(member.id, "x")
    member.start()
    await bot.send_message(member.id, "x")
    assert botapi.violations == []
    assert len(botapi.refusals) == 2


async def test_a_person_who_blocked_the_bot(bot: Bot, botapi: BotApiServer) -> None:
    alice = botapi.user("Alice")
    alice.start()
    alice.block()
    with refused("bot was blocked by the user", Forbidden):
        await bot.send_message(alice.id, "x")
    alice.unblock()
    await bot.send_message(alice.id, "x")
    updates = [u.my_chat_member for u in await bot.get_updates(timeout=0) if u.my_chat_member]
    assert [(u.old_chat_member.status, u.new_chat_member.status) for u in updates] == [
        ("member", "kicked"),
        ("kicked", "member"),
    ]
    alice.disappear()
    with refused("user is deactivated", Forbidden):
        await bot.send_message(alice.id, "x")


async def test_other_bots_and_unknown_chats(bot: Bot, botapi: BotApiServer) -> None:
    other = botapi.user("Other", username="other_bot", is_bot=True)
    with refused("bot can't send messages to bots", Forbidden):
        await bot.send_message(other.id, "x")
    with refused("chat not found"):
        await bot.send_message(-42, "x")
    assert [call.description for call in botapi.violations] == ["Bad Request: chat not found"]


@pytest.mark.parametrize(("kind", "word"), [("group", "group"), ("supergroup", "supergroup")])
async def test_a_group_that_removed_the_bot(
    bot: Bot, botapi: BotApiServer, kind: str, word: str
) -> None:
    alice = botapi.user("Alice")
    group = botapi.group("教师群", admins=[alice], kind=kind)
    group.mute_bot(bot.id, by=alice)
    with refused("not enough rights to send text messages to the chat"):
        await bot.send_message(group.id, "x")
    group.kick_bot(bot.id, by=alice)
    with refused(f"bot was kicked from the {word} chat", Forbidden):
        await bot.send_message(group.id, "x")
    group.add_bot(bot.id, by=alice)
    await bot.leave_chat(group.id)
    with refused(f"bot is not a member of the {word} chat", Forbidden):
        await bot.send_message(group.id, "x")
    assert group.statuses()[bot.id] == "left"
    assert botapi.violations == []


async def test_a_reply_needs_its_message(bot: Bot, botapi: BotApiServer) -> None:
    alice = botapi.user("Alice")
    question = alice.private.send("一")
    answer = await bot.send_message(alice.id, "答", reply_to_message_id=question.message_id)
    assert answer.reply_to_message is not None
    assert answer.reply_to_message.text == "一"
    assert botapi.wait_for_reply(question, timeout=1).text == "答"
    with refused("message to be replied not found"):
        await bot.send_message(alice.id, "答", reply_to_message_id=999)
    alice.private.delete(question)
    with refused("message to be replied not found"):
        await bot.send_message(alice.id, "答", reply_to_message_id=question.message_id)
    loose = ReplyParameters(question.message_id, allow_sending_without_reply=True)
    sent = await bot.send_message(alice.id, "答", reply_parameters=loose)
    assert sent.reply_to_message is None
    assert len(botapi.violations) == 1


async def test_a_quote_must_stand_in_the_message(bot: Bot, botapi: BotApiServer) -> None:
    alice = botapi.user("Alice")
    question = alice.private.send("书记上了几节思政课？")
    quoted = ReplyParameters(question.message_id, quote="几节")
    await bot.send_message(alice.id, "三节", reply_parameters=quoted)
    assert botapi.wait_for_reply(question, timeout=1).quote == "几节"
    with refused("QUOTE_TEXT_INVALID"):
        await bot.send_message(
            alice.id, "x", reply_parameters=ReplyParameters(question.message_id, quote="几课")
        )


async def test_topics_of_a_forum(bot: Bot, botapi: BotApiServer) -> None:
    alice = botapi.user("Alice")
    forum = botapi.forum("教研", admins=[alice])
    topic = forum.topic("语文组", by=alice)
    question = topic.send(alice, "/ask 一")
    await bot.send_message(forum.id, "答", message_thread_id=topic.thread_id)
    await bot.send_message(forum.id, "复", reply_to_message_id=question.message_id)
    assert [message.text for message in topic.bot_messages()] == ["答", "复"]
    assert all(message.is_topic for message in topic.bot_messages())
    general = await bot.send_message(forum.id, "总")
    assert (general.message_thread_id, general.is_topic_message) == (None, None)
    for wrong in (1, 999):
        with refused("message thread not found"):
            await bot.send_message(forum.id, "x", message_thread_id=wrong)
    assert await bot.send_chat_action(forum.id, "typing", message_thread_id=1)


async def test_closed_and_removed_topics(bot: Bot, botapi: BotApiServer) -> None:
    alice = botapi.user("Alice")
    forum = botapi.forum("教研", admins=[alice])
    topic = forum.topic("语文组", by=alice)
    topic.close()
    with refused("TOPIC_CLOSED"):
        await bot.send_message(forum.id, "x", message_thread_id=topic.thread_id)
    topic.remove()
    with refused("message thread not found"):
        await bot.send_message(forum.id, "x", message_thread_id=topic.thread_id)
    assert botapi.violations == []


def test_a_topic_message_names_the_topics_first_message(fetch: Fetch, botapi: BotApiServer) -> None:
    alice = botapi.user("Alice")
    forum = botapi.forum("教研", admins=[alice])
    topic = forum.topic("语文组", by=alice)
    topic.send(alice, "/ask 一")
    message = fetch()[-1]["message"]
    assert message["is_topic_message"] is True
    assert message["reply_to_message"]["forum_topic_created"]["name"] == "语文组"


async def test_reply_threads_of_a_supergroup_are_no_topics(bot: Bot, botapi: BotApiServer) -> None:
    alice = botapi.user("Alice")
    group = botapi.supergroup("教师群", members=[alice])
    question = group.send(alice, "/ask 一")
    answer = await bot.send_message(group.id, "答", reply_to_message_id=question.message_id)
    assert answer.message_thread_id == question.message_id
    assert answer.is_topic_message is None
    with refused("message thread not found"):
        await bot.send_message(group.id, "x", message_thread_id=answer.message_thread_id)


async def test_a_group_that_became_a_supergroup(
    bot: Bot, fetch: Fetch, botapi: BotApiServer
) -> None:
    alice = botapi.user("Alice")
    group = botapi.group("教师群", members=[alice])
    new = group.migrate()
    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(group.id, "x")
    assert caught.value.new_chat_id == new.id
    await bot.send_message(new.id, "x")
    to, came = (update["message"] for update in fetch())
    assert (to["chat"]["id"], to["migrate_to_chat_id"]) == (group.id, new.id)
    assert (came["chat"]["id"], came["migrate_from_chat_id"]) == (new.id, group.id)
    assert botapi.violations == []


async def test_drafts_only_in_private(bot: Bot, botapi: BotApiServer) -> None:
    alice = botapi.user("Alice")
    alice.start()
    group = botapi.group("教师群", members=[alice])
    await bot.send_message_draft(alice.id, 7, "想")
    await bot.send_message_draft(alice.id, 7)
    assert [(draft.draft_id, draft.text) for draft in alice.private.drafts()] == [
        (7, "想"),
        (7, ""),
    ]
    with refused("only to private chats"):
        await bot.send_message_draft(group.id, 7, "想")
    with refused("non-zero"):
        await bot.send_message_draft(alice.id, 0, "想")


async def test_actions_and_reactions(bot: Bot, botapi: BotApiServer) -> None:
    alice = botapi.user("Alice")
    question = alice.private.send("一")
    await bot.send_chat_action(alice.id, "typing")
    assert [action.action for action in alice.private.actions()] == ["typing"]
    with refused("wrong parameter action"):
        await bot.send_chat_action(alice.id, "thinking")
    await bot.set_message_reaction(alice.id, question.message_id, "👀")
    assert alice.private.reactions(question) == ["👀"]
    with refused("REACTION_INVALID"):
        await bot.set_message_reaction(alice.id, question.message_id, "🧮")
