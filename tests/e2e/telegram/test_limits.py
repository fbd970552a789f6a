"""How much may be asked, and who may ask in private where not every member may."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.botapi import User
from tests.e2e.telegram.school import ANSWER, QUESTION, Staff, school

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


def private(office: Staff, person: User, questions: int) -> list[str]:
    """The texts that a person gets in private for as many questions at once."""
    before = len(person.private.bot_messages())
    for _ in range(questions):
        person.private.send(QUESTION)
    person.private.wait_for_message()
    come_to_the_end(office)
    return [message.text for message in person.private.bot_messages()[before:]]


def come_to_the_end(office: Staff) -> None:
    """Return when what was written has been handled; commands are not counted."""
    office.server.wait_until_received()
    office.server.wait_for_reply(office.admin.private.send("/selfcheck"))


def test_one_who_asks_too_much_is_told_so_once_and_no_more(office: Staff) -> None:
    texts = private(office, office.teacher, 7)
    assert [ANSWER in text for text in texts] == [True, True, True, False]
    assert texts[-1] == TOO_MANY


def test_a_group_that_asks_too_much_is_told_so_once_and_others_are_answered(
    office: Staff,
) -> None:
    server = office.server
    people = [server.user(f"老师{i}", language_code="zh-hans") for i in range(5)]
    for person in people:
        office.group.add(person)
    asked = [office.group.send(person, f"/ask {QUESTION}") for person in people for _ in range(2)]
    server.wait_for_reply(asked[8])
    come_to_the_end(office)
    replies = [server.replies(question) for question in asked]
    assert [len(found) for found in replies] == [1] * 9 + [0]
    assert all(ANSWER in found[0].text for found in replies[:8])
    assert replies[8][0].text == TOO_MANY


def test_each_of_several_questions_in_a_message_counts(office: Staff) -> None:
    person = office.server.user("周老师", language_code="zh-hans")
    other = office.server.supergroup("别的组", members=[person], admins=[office.admin], bot="left")
    other.add_bot(office.server.bot_id, by=office.admin)
    welcome = other.wait_for_message()
    other.send(person, f"/ask {QUESTION}\n{QUESTION}\n{QUESTION}")
    refused = other.send(person, f"/ask {QUESTION}")
    assert office.server.wait_for_reply(refused).text == TOO_MANY
    assert len(other.bot_messages(after=welcome)) == 4


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
