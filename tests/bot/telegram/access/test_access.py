"""Who is let in: groups, their people in private, and what strangers learn."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from tests.support.botapi import Group
from tests.support.bots import BotThread
from tests.support.school import ANSWER, QUESTION, Staff, running_school

TURNED_AWAY = "抱歉，我只为本校教职工服务。"
LEAVING = "抱歉，我只在学校允许的群里回答。我已通知管理员，现在退出本群。"
UNKNOWN = "这个按钮已经不能用了。"
ADMINS_ONLY = "这个命令只有管理员可以用。"
COMMANDS = (
    *("/start", "/help", "/ask", f"/ask {QUESTION}", QUESTION, "/reports", "/report 2021"),
    *("/add", "/reindex", "/remove", "/rollback", "/unanswered", "/stats", "/selfcheck"),
)


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staff]:
    """A school whose bot answers the members of its group."""
    limits = {"person": 1000, "chat": 1000}
    home = tmp_path_factory.mktemp("school") / "home"
    with running_school(home, bot=BotThread, limits=limits) as made:
        yield made


def strange_group(staff: Staff, title: str = "别的学校", bot: str = "left") -> Group:
    """A group of strangers."""
    return staff.server.supergroup(title, members=[staff.stranger], bot=bot)


def written(group: Group) -> list[str]:
    """What the bot wrote in a group; that it came or left is no writing."""
    return [message.text for message in group.bot_messages() if message.text]


def has_left(staff: Staff, group: Group) -> bool:
    """Whether the bot is outside of a group, or will be in a moment."""
    calls = [
        c for c in staff.server.calls("leaveChat") if str(c.parameters["chat_id"]) == str(group.id)
    ]
    return len(calls) == 1 and group.statuses()[staff.server.bot_id] == "left"


def test_in_a_strangers_group_the_bot_says_one_sentence_tells_the_admins_and_leaves(
    staff: Staff,
) -> None:
    server, admin = staff.server, staff.admin
    group = strange_group(staff, "<b>别的学校</b>😀")
    leaves = len(server.calls("leaveChat"))
    before = admin.private.messages()[-1]
    group.add_bot(server.bot_id, by=staff.stranger)
    sentence = group.wait_for_message()
    assert sentence.text == LEAVING
    notice = admin.private.wait_for_message(after=before)
    assert f"<b>别的学校</b>😀（编号 {group.id}）" in notice.text
    server.wait_for_calls("leaveChat", leaves + 1)
    assert has_left(staff, group)
    assert written(group) == [LEAVING]

    assert admin.press(notice, "允许这个群").text == "好了"
    assert server.refresh(notice).text == f"已允许群 {group.id}。请再把我加进去。"
    group.add_bot(server.bot_id, by=staff.stranger)
    answer = server.wait_for_reply(group.send(staff.stranger, f"/ask {QUESTION}"))
    assert ANSWER in answer.text
    assert [text.splitlines()[0][:3] for text in written(group)[:2]] == [LEAVING[:3], "大家好"]
    assert written(group)[2:] == [answer.text]


def test_in_a_strange_group_that_it_was_in_already_it_says_the_sentence_once(
    staff: Staff,
) -> None:
    server = staff.server
    group = strange_group(staff, bot="member")
    leaves = len(server.calls("leaveChat"))
    for command in COMMANDS:
        if command.startswith("/"):
            group.send(staff.stranger, command)
    server.wait_for_calls("leaveChat", leaves + 1)
    server.wait_until_received()
    assert written(group) == [LEAVING]
    assert has_left(staff, group)


def test_added_again_at_once_it_leaves_again_without_a_word(staff: Staff) -> None:
    server = staff.server
    group = strange_group(staff, "纠缠的群")
    leaves = len(server.calls("leaveChat"))
    for times in (1, 2):
        group.add_bot(server.bot_id, by=staff.stranger)
        server.wait_for_calls("leaveChat", leaves + times)
    assert written(group) == [LEAVING]
    assert group.statuses()[server.bot_id] == "left"


def test_an_admin_who_adds_the_bot_lets_the_group_in(staff: Staff) -> None:
    server = staff.server
    group = server.supergroup("新年级", admins=[staff.admin], bot="left")
    group.add_bot(server.bot_id, by=staff.admin)
    assert group.wait_for_message().text.startswith("大家好，我回答关于本校工作报告的问题")
    assert ANSWER in server.wait_for_reply(group.send(staff.admin, f"/ask {QUESTION}")).text


def test_a_group_that_becomes_a_supergroup_keeps_its_place_and_its_people(staff: Staff) -> None:
    server = staff.server
    person = server.user("赵老师", language_code="zh-hans")
    old = server.group("小组", members=[person], admins=[staff.admin], bot="left")
    old.add_bot(server.bot_id, by=staff.admin)
    old.wait_for_message()
    asked = old.send(person, f"/ask {QUESTION}")
    server.wait_for_reply(asked)
    new = old.migrate()
    assert ANSWER in server.wait_for_reply(new.send(person, f"/ask {QUESTION}")).text
    assert ANSWER in server.wait_for_reply(person.private.send(QUESTION)).text


def test_an_answer_to_a_group_that_has_just_become_a_supergroup_follows_it(staff: Staff) -> None:
    server = staff.server
    old = server.group("教研组", admins=[staff.admin], bot="left")
    old.add_bot(server.bot_id, by=staff.admin)
    old.wait_for_message()
    old.send(staff.admin, f"/ask {QUESTION}")
    answer = old.migrate().wait_for_message()
    assert ANSWER in answer.text
    assert staff.admin.press(answer, "原文").text == ""
    assert server.refresh(answer).labels()[-3:] == ("返回", "报告", "复制")


def test_members_are_answered_in_private_and_telegram_is_asked_once(staff: Staff) -> None:
    server = staff.server
    person = server.user("钱老师", language_code="zh-hans")
    staff.group.add(person)
    before = len(server.calls("getChatMember"))
    for _ in range(3):
        assert ANSWER in server.wait_for_reply(person.private.send(QUESTION)).text
    assert len(person.inline_query(QUESTION).results) == 5
    asked = [call.parameters["user_id"] for call in server.calls("getChatMember")[before:]]
    assert len(asked) <= 8
    assert len(set(map(str, asked))) <= 1


@pytest.mark.parametrize("text", COMMANDS)
def test_strangers_get_one_sentence_whatever_they_write(staff: Staff, text: str) -> None:
    stranger = staff.server.user("Stranger", language_code="zh-hans")
    for message in (text, text, text):
        stranger.private.send(message)
    stranger.private.wait_for_message()
    staff.school.wait_until_handled()
    assert [message.text for message in stranger.private.bot_messages()] == [
        f"{TURNED_AWAY}\n您的编号：{stranger.id}（请告诉学校的管理员）"
    ]


def test_strangers_learn_nothing_from_files_inline_questions_and_old_buttons(
    staff: Staff,
) -> None:
    stranger = staff.server.user("Stranger", language_code="zh-hans")
    stranger.private.upload("报告.txt", b"report")
    sentence = stranger.private.wait_for_message()
    assert sentence.text.splitlines()[0] == TURNED_AWAY
    assert stranger.inline_query(QUESTION).results == ()
    for data in ("l:0", "o:0:0:0", "v:0:p:0", "g:1"):
        assert stranger.press(sentence, data=data).text in {TURNED_AWAY, ADMINS_ONLY}
    assert stranger.private.bot_messages() == [sentence]


def test_who_has_left_the_group_is_a_stranger(staff: Staff) -> None:
    person = staff.server.user("孙老师", language_code="zh-hans")
    staff.group.add(person)
    staff.group.remove(person)
    refusal = staff.server.wait_for_reply(person.private.send(QUESTION)).text
    assert refusal.splitlines()[0] == TURNED_AWAY


def test_a_button_of_another_chat_shows_nothing_and_changes_nothing_there(staff: Staff) -> None:
    server, teacher = staff.server, staff.teacher
    answer = server.wait_for_reply(staff.group.send(teacher, f"/ask {QUESTION}"))
    mine = server.wait_for_reply(teacher.private.send(QUESTION))
    written = len(staff.group.bot_messages())
    for label in ("原文", "报告", "👎"):
        pressed = teacher.press(mine, data=answer.button(label).data)
        assert pressed.text == "这条回答已经过期，请再问一遍。"
    assert server.refresh(answer).versions == answer.versions
    assert server.refresh(mine).versions == mine.versions
    assert len(staff.group.bot_messages()) == written


def test_admins_buttons_do_nothing_for_others(staff: Staff) -> None:
    server, teacher = staff.server, staff.teacher
    mine = server.wait_for_reply(teacher.private.send(QUESTION))
    for data in ("g:-1009999", "b:1", "x:0:0:y", "j:0:live", "e:u"):
        assert teacher.press(mine, data=data).text == ADMINS_ONLY
    assert server.refresh(mine).versions == mine.versions


def test_data_that_no_button_carries_breaks_nothing(staff: Staff) -> None:
    server = staff.server
    answer = server.wait_for_reply(staff.admin.private.send(QUESTION))
    view = (answer.button("原文").data or "").split(":")[1]
    tails = ("", ":", "::::", ":-1", ":𠮷:x", f":{view}:p:99", f":{view}:p:-1", f":{view}:?:0")
    made_up = [a + b for a, b in itertools.product("vogjxbz非", tails)]
    for data in ("l", "l:-5", ":", *made_up):
        staff.admin.press(answer, data=data)
    assert "failed error=" not in staff.school.log


def test_who_makes_group_after_group_cannot_flood_the_admins(staff: Staff) -> None:
    server, room = staff.server, staff.admin.private
    leaves, last = len(server.calls("leaveChat")), room.messages()[-1]
    groups = [strange_group(staff, f"群{i}") for i in range(8)]
    for group in groups:
        group.add_bot(server.bot_id, by=staff.stranger)
    server.wait_for_calls("leaveChat", leaves + 8)
    staff.school.wait_until_handled()
    assert [written(group) for group in groups] == [[LEAVING]] * 8
    told = [m for m in room.bot_messages(after=last) if "未允许的群" in m.text]
    assert len(told) <= 5
