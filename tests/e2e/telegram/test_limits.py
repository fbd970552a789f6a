"""How much may be asked for and pressed, and who may ask in private where not every member may."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from tests.e2e.telegram.school import ANSWER, QUESTION, Staff, school
from tests.support.botapi import Group, Message, User

TURNED_AWAY = "抱歉，我只为本校教职工服务。"
TOO_MANY = "问得太快了，请稍等一分钟再问。"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staff]:
    """A school that answers listed people in private; 3 questions a person, 8 a chat."""
    with school(tmp_path_factory.mktemp("school") / "home") as made:
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


def replies(office: Staff, asked: Sequence[Message]) -> list[list[str]]:
    """The replies to each of the messages, once all have been handled."""
    office.school.wait_until_handled()
    return [[reply.text for reply in office.server.replies(message)] for message in asked]


def someone(office: Staff) -> tuple[User, Group]:
    """A person who asked for nothing yet, in a group of their own."""
    person = office.server.user("周老师", language_code="zh-hans")
    group = office.server.supergroup("别的组", members=[person], admins=[office.admin], bot="left")
    group.add_bot(office.server.bot_id, by=office.admin)
    group.wait_for_message()
    return person, group


def test_one_who_asks_too_much_is_told_so_once_and_no_more(office: Staff) -> None:
    person = office.teacher
    found = replies(office, [person.private.send(QUESTION) for _ in range(7)])
    assert [len(texts) for texts in found] == [1, 1, 1, 1, 0, 0, 0]
    assert all(ANSWER in texts[0] for texts in found[:3])
    assert found[3] == [TOO_MANY]


def test_a_group_that_asks_too_much_is_told_so_once(office: Staff) -> None:
    people = [office.server.user(f"老师{i}", language_code="zh-hans") for i in range(5)]
    for person in people:
        office.group.add(person)
    asked = [office.group.send(person, f"/ask {QUESTION}") for person in people for _ in range(2)]
    found = replies(office, asked)
    assert [len(texts) for texts in found] == [1] * 9 + [0]
    assert all(ANSWER in texts[0] for texts in found[:8])
    assert found[8] == [TOO_MANY]


def test_each_of_several_questions_in_a_message_counts(office: Staff) -> None:
    person, group = someone(office)
    first = group.send(person, f"/ask {QUESTION}\n{QUESTION}\n{QUESTION}")
    refused = group.send(person, f"/ask {QUESTION}")
    found = replies(office, [first, refused])
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
def test_whatever_gets_a_reply_counts(office: Staff, commands: Sequence[str]) -> None:
    person, group = someone(office)
    found = replies(office, [group.send(person, command) for command in commands])
    assert [len(texts) for texts in found] == [1, 1, 1, 1, 0]
    assert TOO_MANY not in {text for texts in found[:3] for text in texts}
    assert found[3] == [TOO_MANY]


def test_one_who_presses_too_often_is_told_so_once_and_the_message_stays(office: Staff) -> None:
    person, group = someone(office)
    answer = office.server.wait_for_reply(group.send(person, f"/ask {QUESTION}"))
    thanks = [person.press(answer, "👍").text for _ in range(9)]
    assert set(thanks) == {"谢谢！"}
    assert person.press(answer, "下一段").text == "按得太快了，请稍等一分钟。"
    assert person.press(answer, "下一段").text == ""
    assert office.server.refresh(answer).versions == answer.versions
    assert office.admin.press(answer, "👍").text == "谢谢！"


def test_listed_people_and_admins_are_answered_in_private_and_no_member_else(
    office: Staff,
) -> None:
    server, member = office.server, office.stranger
    assert server.wait_for_reply(member.private.send(QUESTION)).text == TURNED_AWAY
    assert member.inline_query(QUESTION).results == ()
    assert ANSWER in server.wait_for_reply(office.admin.private.send(QUESTION)).text
    assert server.calls("getChatMember") == []


def test_where_nobody_is_let_in_only_groups_and_admins_are_answered(office: Staff) -> None:
    server = office.server
    office.school.stop()
    office.school.telegram["private"] = "nobody"
    office.school.start()
    group = server.supergroup("新组", members=[office.teacher], admins=[office.admin], bot="left")
    group.add_bot(server.bot_id, by=office.admin)
    group.wait_for_message()
    assert server.wait_for_reply(office.teacher.private.send(QUESTION)).text == TURNED_AWAY
    assert office.teacher.inline_query(QUESTION).results == ()
    assert ANSWER in server.wait_for_reply(office.admin.private.send(QUESTION)).text
    assert ANSWER in server.wait_for_reply(group.send(office.teacher, f"/ask {QUESTION}")).text
