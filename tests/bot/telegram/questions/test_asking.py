"""What is a question to the bot and what is not, in groups, topics and in private."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.botapi import Message
from tests.support.bots import BotThread
from tests.support.school import ANSWER, EARLIER_ANSWER, Staff, earlier_report, running_school

OF_2020 = "2020年书记上了几节思政课？"
OF_2021 = "2021年书记上了几节思政课？"
_STICKER = {
    "file_id": "sticker",
    "file_unique_id": "sticker",
    "type": "regular",
    "width": 512,
    "height": 512,
    "is_animated": False,
    "is_video": False,
}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staff]:
    """A school with two look-alike reports; the bot is shown everything in its group."""
    limits = {"person": 1000, "chat": 1000}
    folder = tmp_path_factory.mktemp("school") / "home"
    with running_school(folder, earlier_report(), BotThread, limits=limits) as made:
        made.server.set_privacy(on=False)
        yield made


@pytest.fixture
def staff(running: Staff) -> Staff:
    """The school, in a group of its own for each test."""
    return running.elsewhere()


def answered(staff: Staff, question: Message) -> Message:
    """The one reply to a question."""
    staff.server.wait_for_reply(question)
    (answer,) = staff.server.replies(question)
    return answer


def come_to_the_end(staff: Staff) -> None:
    """Return when everything that was written in the group before has been handled."""
    answered(staff, staff.group.send(staff.teacher, f"/ask {OF_2021}"))


def ignored(staff: Staff, *messages: Message) -> bool:
    """Whether there is no reply to any of the messages in the group."""
    come_to_the_end(staff)
    return all(staff.server.replies(message) == [] for message in messages)


@pytest.mark.parametrize("command", ["/ask", "/ask@baogao_bot", "/ASK", "/ask@Baogao_Bot"])
def test_a_command_asks_with_and_without_the_name_of_the_bot(staff: Staff, command: str) -> None:
    question = staff.group.send(staff.teacher, f"{command} {OF_2021}")
    assert ANSWER in answered(staff, question).text


def test_a_command_in_reply_to_what_someone_wrote_asks_that(staff: Staff) -> None:
    written = staff.group.send(staff.teacher, OF_2021)
    assert ANSWER in answered(staff, staff.group.reply(staff.admin, written, "/ask")).text
    assert ANSWER in answered(staff, staff.group.reply(staff.admin, written, "@baogao_bot")).text


def test_a_command_alone_says_how_to_ask_with_an_example(staff: Staff) -> None:
    usage = answered(staff, staff.group.send(staff.teacher, "/ask"))
    assert usage.text == "请回复这条消息，写下问题。"
    field = staff.server.calls("sendMessage")[-1].parameters["reply_markup"]
    assert ANSWER in answered(staff, staff.group.reply(staff.teacher, usage, OF_2021)).text
    assert field["force_reply"]
    assert field["selective"]
    assert field["input_field_placeholder"].startswith("2021年")


@pytest.mark.parametrize(
    "text",
    [
        f"@baogao_bot {OF_2021}",
        f"🏫🎓 请问 @Baogao_Bot ，{OF_2021}",
        f"{OF_2021} @baogao_bot",
        "2021年书记上了几节 @baogao_bot 思政课？",
    ],
)
def test_a_mention_anywhere_asks_the_words_around_it(staff: Staff, text: str) -> None:
    assert ANSWER in answered(staff, staff.group.send(staff.teacher, text)).text


def test_a_mention_by_the_name_of_the_bot_asks(staff: Staff) -> None:
    text = f"🏫 报告助手，{OF_2021}"
    question = staff.group.send(
        staff.teacher, text, text_mentions={"报告助手": staff.server.bot_id}
    )
    assert ANSWER in answered(staff, question).text


def test_a_mention_in_the_caption_of_a_file_asks(staff: Staff) -> None:
    caption = f"@baogao_bot {OF_2021}"
    question = staff.group.upload(staff.teacher, "图.png", b"picture", caption=caption)
    assert ANSWER in answered(staff, question).text


def test_what_only_looks_like_a_mention_or_a_command_is_ignored(staff: Staff) -> None:
    texts = [
        f"https://t.me/@baogao_bot {OF_2021}",
        f"mail@baogao_bot {OF_2021}",
        f"@baogao_bot2 {OF_2021}",
        f"@other_bot {OF_2021}",
        f"/ask@other_bot {OF_2021}",
        f"/start@other_bot {OF_2021}",
        f"/asking {OF_2021}",
        f"/unknown {OF_2021}",
        f"你们说 /ask {OF_2021}",
    ]
    assert ignored(staff, *(staff.group.send(staff.teacher, text) for text in texts))


def test_ordinary_talk_and_service_messages_are_ignored(staff: Staff) -> None:
    group, teacher, admin = staff.group, staff.teacher, staff.admin
    talk = group.send(teacher, "书记上了几节思政课？")
    reply = group.reply(admin, talk, "不知道，12节吧？")
    answer = answered(staff, group.send(teacher, f"/ask {OF_2021}"))
    assert ignored(
        staff,
        talk,
        reply,
        group.reply(admin, answer, "谢谢！"),
        group.service(admin, {"new_chat_title": "@baogao_bot 教师群"}),
        group.service(admin, {"delete_chat_photo": True}),
        group.send(teacher, None, reply_to=answer, fields={"sticker": _STICKER}),
    )


def test_other_bots_are_ignored_and_so_is_what_was_sent_through_a_bot(staff: Staff) -> None:
    group, server = staff.group, staff.server
    other = server.user("Other", username="other_bot", is_bot=True, talks_to_bots=True)
    group.add(other)
    answer = answered(staff, group.send(staff.teacher, f"/ask {OF_2021}"))
    commanded = group.send(other, f"/ask@baogao_bot {OF_2021}")
    replied = group.reply(other, answer, OF_2021)
    shared = staff.teacher.inline_query(OF_2021)
    chosen = staff.teacher.choose(shared, shared.results[0], group)
    assert ignored(staff, commanded, replied, chosen)
    assert server.refresh(commanded).received_at is not None


def test_a_reply_goes_on_in_the_thread_of_that_answer(staff: Staff) -> None:
    group, teacher = staff.group, staff.teacher
    lessons = answered(staff, group.send(teacher, f"/ask {OF_2021}"))
    other = answered(staff, group.send(staff.admin, "/ask 2021年课后服务是怎么开展的？"))
    assert ANSWER in lessons.text
    assert ANSWER not in other.text
    earlier = answered(staff, group.reply(teacher, lessons, "那2020年呢？"))
    assert EARLIER_ANSWER in earlier.text
    assert "\n2020年总结 · " in earlier.text
    back = answered(staff, group.reply(staff.admin, earlier, "2021年呢？"))
    assert ANSWER in back.text


def test_in_private_plain_words_ask_and_go_on(staff: Staff) -> None:
    chat = staff.teacher.private
    assert EARLIER_ANSWER in answered(staff, chat.send(OF_2020)).text
    assert ANSWER in answered(staff, chat.send("那2021年呢？")).text


def test_an_edit_soon_after_updates_the_answer_in_its_place(staff: Staff) -> None:
    for room, sent in (
        (staff.group, staff.group.send(staff.teacher, f"/ask {OF_2021}")),
        (staff.teacher.private, staff.teacher.private.send(OF_2021)),
    ):
        answer = answered(staff, sent)
        prefix = "/ask " if room is staff.group else ""
        room.edit(sent, prefix + OF_2020)
        edited = staff.server.wait_for_edit(answer)
        assert EARLIER_ANSWER in edited.text
        assert "\n2020年总结 · " in edited.text
        assert staff.server.replies(sent) == [edited]


def test_an_edit_of_several_questions_updates_adds_and_takes_away(staff: Staff) -> None:
    server, chat = staff.server, staff.teacher.private
    sent = chat.send(f"{OF_2021}\n{OF_2020}")
    first = server.wait_for_reply(sent)
    while len(server.replies(sent)) < 2:
        chat.wait_for_message(after=first)
    first, second = server.replies(sent)
    chat.edit(sent, OF_2020)
    assert EARLIER_ANSWER in server.wait_for_edit(first).text
    server.wait_until_deleted(second)
    chat.edit(sent, f"{OF_2020}\n{OF_2021}")
    added = chat.wait_for_message(after=second)
    assert ANSWER in added.text
    assert added.reply_to == sent.message_id


def test_an_edit_of_a_comparison_compares_what_is_asked_now(staff: Staff) -> None:
    sent = staff.group.send(staff.teacher, "/compare 2020 2021 书记上了几节思政课？")
    answer = answered(staff, sent)
    assert ANSWER in answer.text
    assert EARLIER_ANSWER in answer.text
    staff.group.edit(sent, "/compare 2020 2021 课后服务是怎么开展的？")
    edited = staff.server.wait_for_edit(answer)
    assert ANSWER not in edited.text
    assert staff.server.replies(sent) == [edited]


def test_an_edit_that_changes_no_word_changes_nothing(staff: Staff) -> None:
    sent = staff.group.send(staff.teacher, f"/ask {OF_2021}")
    answer = answered(staff, sent)
    staff.group.edit(sent, f"/ask {OF_2021}")
    come_to_the_end(staff)
    assert staff.server.refresh(answer).versions == answer.versions


@pytest.mark.parametrize("asking", ["@baogao_bot ", "/ask "])
def test_an_edit_soon_after_that_names_the_bot_asks(staff: Staff, asking: str) -> None:
    group, server = staff.group, staff.server
    talk = group.send(staff.teacher, OF_2021)
    assert ignored(staff, talk)
    group.edit(talk, asking + OF_2021)
    answer = answered(staff, talk)
    assert ANSWER in answer.text
    group.edit(talk, asking + OF_2020)
    assert EARLIER_ANSWER in server.wait_for_edit(answer).text
    assert len(server.replies(talk)) == 1


def test_an_edit_that_completes_a_command_asks(staff: Staff) -> None:
    sent = staff.teacher.private.send("/ask")
    usage = answered(staff, sent)
    staff.teacher.private.edit(sent, f"/ask {OF_2021}")
    answer = staff.teacher.private.wait_for_message(after=usage)
    assert ANSWER in answer.text
    assert answer.reply_to == sent.message_id


def test_late_edits_and_edits_that_do_not_name_the_bot_change_nothing(staff: Staff) -> None:
    group, teacher, server = staff.group, staff.teacher, staff.server
    old = group.send(teacher, f"/ask {OF_2021}", age=200)
    old_talk = group.send(teacher, "大家好", age=200)
    talk = group.send(teacher, "大家好")
    other = group.send(teacher, f"/ask {OF_2021}")
    answer, other_answer = answered(staff, old), answered(staff, other)
    group.edit(old, f"/ask {OF_2020}")
    group.edit(old_talk, f"@baogao_bot {OF_2020}")
    group.edit(talk, OF_2020)
    group.edit(other, f"/ask@other_bot {OF_2020}")
    assert ignored(staff, talk, old_talk)
    assert server.replies(old) == [answer]
    assert server.replies(other) == [other_answer]


def test_in_a_forum_each_topic_is_answered_where_it_was_asked(staff: Staff) -> None:
    server, teacher = staff.server, staff.teacher
    forum = server.forum("年级组", members=[teacher], admins=[staff.admin], bot="left")
    forum.add_bot(server.bot_id, by=staff.admin)
    chinese, maths = (forum.topic(name, by=staff.admin) for name in ("语文", "数学"))
    rooms = (chinese, forum, maths)
    for room, asked in [(room, room.send(teacher, f"/ask {OF_2021}")) for room in rooms]:
        answer = answered(staff, asked)
        assert (answer.thread_id, answer.is_topic) == (room.thread_id, room is not forum)
        follow_up = answered(staff, room.reply(teacher, answer, "2020年呢？"))
        assert EARLIER_ANSWER in follow_up.text
        assert follow_up.thread_id == room.thread_id
    no_question = chinese.send(teacher, OF_2021)
    maths.close()
    lost = maths.send(staff.admin, f"/ask {OF_2021}")
    answered(staff, chinese.send(teacher, f"@baogao_bot {OF_2021}"))
    assert server.replies(no_question) == server.replies(lost) == []


def test_several_questions_in_one_message_are_answered_one_by_one(staff: Staff) -> None:
    server, group = staff.server, staff.group
    sent = group.send(staff.teacher, f"/ask 老师好！\n1. {OF_2021}\n2. {OF_2020}\n谢谢")
    first = server.wait_for_reply(sent)
    second = group.wait_for_message(after=first)
    assert ANSWER in first.text
    assert EARLIER_ANSWER in second.text
    assert second.reply_to == sent.message_id


def test_anonymous_admins_and_channels_in_the_group_are_answered(staff: Staff) -> None:
    group, server = staff.group, staff.server
    channel = server.channel("学校频道", admins=[staff.admin])
    by_admin = group.send_anonymously(staff.admin, f"/ask {OF_2021}")
    by_channel = group.send_as_channel(staff.admin, channel, f"@baogao_bot {OF_2021}")
    assert ANSWER in answered(staff, by_admin).text
    assert ANSWER in answered(staff, by_channel).text


def test_posts_of_a_channel_are_ignored_in_it_and_where_they_arrive(staff: Staff) -> None:
    group, server = staff.group, staff.server
    channel = server.channel("学校频道", admins=[staff.admin])
    channel.post(staff.admin, f"/ask {OF_2021}")
    forwarded = group.send_as_channel(
        staff.admin, channel, f"@baogao_bot {OF_2021}", forwarded=True
    )
    assert ignored(staff, forwarded)
    assert channel.bot_messages() == []
