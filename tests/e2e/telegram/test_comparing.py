"""/compare, and what follows it: the years side by side, in the group and in private."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.telegram.school import ANSWER, EARLIER_ANSWER, Staff, earlier_report, staff
from tests.support.botapi import Message

COMPARE = "/compare 2020 2021 书记上了几节思政课？"
USAGE = "请写上年份和问题，例如：/compare 2020 2021 双减"
TURNED_AWAY = "抱歉，我只为本校教职工服务。"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staff]:
    """A school with two look-alike reports."""
    limits = {"person": 1000, "chat": 1000}
    folder = tmp_path_factory.mktemp("school") / "home"
    with staff(folder, earlier_report(), limits=limits) as made:
        yield made


def answered(office: Staff, question: Message) -> Message:
    return office.server.wait_for_reply(question)


def years(compared: Message) -> list[str]:
    """The years under which something stands."""
    return [words for words in compared.marked("bold") if words in {"2019年", "2020年", "2021年"}]


def test_each_year_stands_under_its_number_quoted_and_cited(office: Staff) -> None:
    compared = answered(office, office.group.send(office.teacher, COMPARE))
    assert years(compared) == ["2020年", "2021年"]
    bold = "".join(compared.marked("bold"))
    assert EARLIER_ANSWER in bold
    assert ANSWER in bold
    earlier, later = compared.marked("blockquote")
    assert EARLIER_ANSWER in earlier
    assert ANSWER not in earlier
    assert ANSWER in later
    cited = compared.marked("italic")
    assert "2020年度工作总结》" in cited[0]
    assert "2021年度工作总结》" in cited[1]
    assert compared.labels()[-2:] == ("👍", "👎")


def test_a_bare_topic_is_compared_too(office: Staff) -> None:
    for topic in ("思政课", "双减"):
        asked = office.group.send(office.teacher, f"/compare 2020 2021 {topic}")
        compared = answered(office, asked)
        assert years(compared) == ["2020年", "2021年"], topic


def test_a_year_without_a_report_is_said_to_have_none(office: Staff) -> None:
    compared = answered(
        office, office.group.send(office.teacher, "/compare 2019 2021 书记上了几节思政课？")
    )
    assert "2019年　没有这一年的报告" in compared.text
    assert ANSWER in compared.text


def test_a_reply_to_a_comparison_goes_on_from_it(office: Staff) -> None:
    group, server = office.group, office.server
    compared = answered(office, group.send(office.teacher, COMPARE))
    other = answered(office, group.send(office.admin, "/ask 2021年课后服务是怎么开展的？"))
    one = server.wait_for_reply(group.reply(office.admin, compared, "2020年呢？"))
    assert EARLIER_ANSWER in one.text
    assert "2020年度工作总结》" in one.text
    assert "2021年度工作总结》" not in one.text
    assert EARLIER_ANSWER not in other.text


def test_a_comparison_in_reply_to_an_answer_stands_for_itself(office: Staff) -> None:
    answer = answered(office, office.group.send(office.teacher, "/ask 2021年书记上了几节思政课？"))
    replied = office.group.reply(office.teacher, answer, "/compare 2020 2021 课后服务")
    compared = answered(office, replied)
    assert years(compared) == ["2020年", "2021年"]
    assert ANSWER not in compared.text


def test_in_private_what_follows_a_comparison_goes_on_from_it(office: Staff) -> None:
    room = office.teacher.private
    assert EARLIER_ANSWER in answered(office, room.send(COMPARE)).text
    later = answered(office, room.send("那2021年呢？"))
    assert ANSWER in later.text
    assert "2020年度工作总结》" not in later.text


def test_without_two_years_or_without_a_question_it_is_said_how_to_compare(office: Staff) -> None:
    for words in ("", " 2021 双减", " 2020 2021", " 双减"):
        told = answered(office, office.group.send(office.teacher, f"/compare{words}"))
        assert told.text == USAGE


def test_strangers_who_compare_rightly_or_wrongly_learn_nothing(office: Staff) -> None:
    for text in (COMPARE, "/compare", "/compare 2021"):
        stranger = office.server.user("Stranger", language_code="zh-hans")
        assert answered(office, stranger.private.send(text)).text == TURNED_AWAY
    group = office.server.supergroup("外校群", members=[office.stranger])
    leaves = len(office.server.calls("leaveChat"))
    group.send(office.stranger, "/compare 2021")
    office.server.wait_for_calls("leaveChat", leaves + 1)
    (said,) = [m.text for m in group.bot_messages() if m.text]
    assert said.startswith("抱歉，我只在本校允许的群里回答。")
