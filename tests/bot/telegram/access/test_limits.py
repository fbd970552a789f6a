"""How much may be asked for and pressed, and who may ask in private where not every member may."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from tests.support.botapi import Group, Message, User
from tests.support.bots import BotThread
from tests.support.school import ANSWER, QUESTION, Staff, school

TURNED_AWAY = "抱歉，我只为本校教职工服务。"
TOO_MANY = "问得太快了，请稍等一分钟再问。"


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staff]:
    """A school that answers listed people in private; 3 questions a person, 8 a chat."""
    home = tmp_path_factory.mktemp("school") / "home"
    with school(home, bot=BotThread) as made:
        server = made.server
        teacher, admin, member = (
            server.user(name, language_code="zh-hans") for name in ("王老师", "校办", "李老师")
        )
        group = server.supergroup("教师群", members=[teacher, admin, member])
        made.telegram = {
            "admins": [admin.id],
            "groups": [group.id],
            "private": "listed",
            "people": [teacher.id],
            "limits": {"person": 3, "chat": 8},
        }
        made.start()
        yield Staff(made, server, teacher, admin, member, group)
        made.stop()


def replies(staff: Staff, asked: Sequence[Message]) -> list[list[str]]:
    """The replies to each of the messages, once all have been handled."""
    staff.school.wait_until_handled()
    return [[reply.text for reply in staff.server.replies(message)] for message in asked]


def someone(staff: Staff) -> tuple[User, Group]:
    """A person who asked for nothing yet, in a group of their own."""
    person = staff.server.user("周老师", language_code="zh-hans")
    group = staff.server.supergroup("别的组", members=[person], admins=[staff.admin], bot="left")
    group.add_bot(staff.server.bot_id, by=staff.admin)
    group.wait_for_message()
    return person, group


def test_one_who_asks_too_much_is_told_so_once_and_no_more(staff: Staff) -> None:
    person = staff.teacher
    found = replies(staff, [person.private.send(QUESTION) for _ in range(7)])
    assert [len(texts) for texts in found] == [1, 1, 1, 1, 0, 0, 0]
    assert all(ANSWER in texts[0] for texts in found[:3])
    assert found[3] == [TOO_MANY]


def test_a_group_that_asks_too_much_is_told_so_once(staff: Staff) -> None:
    people = [staff.server.user(f"老师{i}", language_code="zh-hans") for i in range(5)]
    for person in people:
        staff.group.add(person)
    asked = [staff.group.send(person, f"/ask {QUESTION}") for person in people for _ in range(2)]
    found = replies(staff, asked)
    assert [len(texts) for texts in found] == [1] * 9 + [0]
    assert all(ANSWER in texts[0] for texts in found[:8])
    assert found[8] == [TOO_MANY]


def test_each_of_several_questions_in_a_message_counts(staff: Staff) -> None:
    person, group = someone(staff)
    first = group.send(person, f"/ask {QUESTION}\n{QUESTION}\n{QUESTION}")
    refused = group.send(person, f"/ask {QUESTION}")
    found = replies(staff, [first, refused])
    assert [len(texts) for texts in found] == [3, 1]
    assert found[1] == [TOO_MANY]


@pytest.mark.parametrize(
    "commands",
    [
        ("/help", "/reports", "/report 2021", "/start", "/help"),
        ("/ask", "/compare", "/compare 2021 双减", "/ask", "/compare"),
        ("/stats", "/reindex", "/remove", "/unanswered", "/help"),
    ],
)
def test_whatever_gets_a_reply_counts(staff: Staff, commands: Sequence[str]) -> None:
    person, group = someone(staff)
    found = replies(staff, [group.send(person, command) for command in commands])
    assert [len(texts) for texts in found] == [1, 1, 1, 1, 0]
    assert TOO_MANY not in {text for texts in found[:3] for text in texts}
    assert found[3] == [TOO_MANY]


def test_one_who_presses_too_often_is_told_so_once_and_the_message_stays(staff: Staff) -> None:
    person, group = someone(staff)
    answer = staff.server.wait_for_reply(group.send(person, f"/ask {QUESTION}"))
    down, original = (answer.button(label).data for label in ("👎", "原文"))
    thanks = [person.press(answer, data=down).text for _ in range(9)]
    assert set(thanks) == {"谢谢，已记下。"}
    assert person.press(answer, data=original).text == "按得太快了，请稍等一分钟。"
    assert person.press(answer, data=original).text == ""
    assert staff.server.refresh(answer).text == answer.text
    assert staff.admin.press(answer, data=down).text == "谢谢，已记下。"


def test_listed_people_and_admins_are_answered_in_private_and_no_member_else(
    staff: Staff,
) -> None:
    server, member = staff.server, staff.stranger
    assert server.wait_for_reply(member.private.send(QUESTION)).text.splitlines()[0] == TURNED_AWAY
    assert member.inline_query(QUESTION).results == ()
    assert ANSWER in server.wait_for_reply(staff.admin.private.send(QUESTION)).text
    assert server.calls("getChatMember") == []


def test_where_nobody_is_let_in_only_groups_and_admins_are_answered(staff: Staff) -> None:
    server = staff.server
    staff.school.stop()
    staff.school.telegram["private"] = "nobody"
    staff.school.start()
    group = server.supergroup("新组", members=[staff.teacher], admins=[staff.admin], bot="left")
    group.add_bot(server.bot_id, by=staff.admin)
    group.wait_for_message()
    assert (
        server.wait_for_reply(staff.teacher.private.send(QUESTION)).text.splitlines()[0]
        == TURNED_AWAY
    )
    assert staff.teacher.inline_query(QUESTION).results == ()
    assert ANSWER in server.wait_for_reply(staff.admin.private.send(QUESTION)).text
    assert ANSWER in server.wait_for_reply(group.send(staff.teacher, f"/ask {QUESTION}")).text
