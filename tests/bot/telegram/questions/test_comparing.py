"""/compare, and what follows it: the years side by side, in the group and in private."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.botapi import Message
from tests.support.bots import BotThread
from tests.support.school import ANSWER, EARLIER_ANSWER, Staff, earlier_report, running_school

COMPARE = "/compare 2020 2021 书记上了几节思政课？"
USAGE = "请写上年份和问题，例如：/compare 2020 2021 双减"
TURNED_AWAY = "抱歉，我只为本校教职工服务。"


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staff]:
    """A school with two look-alike reports."""
    limits = {"person": 1000, "chat": 1000}
    folder = tmp_path_factory.mktemp("school") / "home"
    with running_school(folder, earlier_report(), BotThread, limits=limits) as made:
        yield made


def answered(staff: Staff, question: Message) -> Message:
    return staff.server.wait_for_reply(question)


def years(compared: Message) -> list[str]:
    """The years under which something stands."""
    return [words for words in compared.marked("bold") if words in {"2019年", "2020年", "2021年"}]


def test_each_year_stands_under_its_number_quoted_and_cited(staff: Staff) -> None:
    compared = answered(staff, staff.group.send(staff.teacher, COMPARE))
    assert years(compared) == ["2020年", "2021年"]
    bold = "".join(compared.marked("bold"))
    assert EARLIER_ANSWER in bold
    assert ANSWER in bold
    earlier, later = compared.marked("blockquote")
    assert EARLIER_ANSWER in earlier
    assert ANSWER not in earlier
    assert ANSWER in later
    cited = [line for line in compared.text.splitlines() if " · 第" in line]
    assert [line[:7] for line in cited] == ["2020年总结", "2021年总结"]
    assert compared.labels() == ("原文", "报告", "👎")


def test_a_bare_topic_is_compared_too(staff: Staff) -> None:
    for topic in ("思政课", "双减"):
        asked = staff.group.send(staff.teacher, f"/compare 2020 2021 {topic}")
        compared = answered(staff, asked)
        assert years(compared) == ["2020年", "2021年"], topic


def test_a_year_without_a_report_is_said_to_have_none(staff: Staff) -> None:
    compared = answered(
        staff, staff.group.send(staff.teacher, "/compare 2019 2021 书记上了几节思政课？")
    )
    assert "2019年　没有这一年的报告" in compared.text
    assert ANSWER in compared.text


def test_a_reply_to_a_comparison_goes_on_from_it(staff: Staff) -> None:
    group, server = staff.group, staff.server
    compared = answered(staff, group.send(staff.teacher, COMPARE))
    other = answered(staff, group.send(staff.admin, "/ask 2021年课后服务是怎么开展的？"))
    one = server.wait_for_reply(group.reply(staff.admin, compared, "2020年呢？"))
    assert EARLIER_ANSWER in one.text
    assert "2020年总结" in one.text
    assert "2021年总结" not in one.text
    assert EARLIER_ANSWER not in other.text


def test_a_comparison_in_reply_to_an_answer_stands_for_itself(staff: Staff) -> None:
    answer = answered(staff, staff.group.send(staff.teacher, "/ask 2021年书记上了几节思政课？"))
    replied = staff.group.reply(staff.teacher, answer, "/compare 2020 2021 课后服务")
    compared = answered(staff, replied)
    assert years(compared) == ["2020年", "2021年"]
    assert ANSWER not in compared.text


def test_in_private_what_follows_a_comparison_goes_on_from_it(staff: Staff) -> None:
    room = staff.teacher.private
    assert EARLIER_ANSWER in answered(staff, room.send(COMPARE)).text
    later = answered(staff, room.send("那2021年呢？"))
    assert ANSWER in later.text
    assert "2020年总结" not in later.text


def test_without_two_years_or_without_a_question_it_is_said_how_to_compare(staff: Staff) -> None:
    for words in ("", " 2021 双减", " 2020 2021", " 双减"):
        told = answered(staff, staff.group.send(staff.teacher, f"/compare{words}"))
        assert told.text == USAGE


def test_strangers_who_compare_rightly_or_wrongly_learn_nothing(staff: Staff) -> None:
    for text in (COMPARE, "/compare", "/compare 2021"):
        stranger = staff.server.user("Stranger", language_code="zh-hans")
        assert answered(staff, stranger.private.send(text)).text.splitlines()[0] == TURNED_AWAY
    group = staff.server.supergroup("外校群", members=[staff.stranger])
    leaves = len(staff.server.calls("leaveChat"))
    group.send(staff.stranger, "/compare 2021")
    staff.server.wait_for_calls("leaveChat", leaves + 1)
    (said,) = [m.text for m in group.bot_messages() if m.text]
    assert said.startswith("抱歉，我只在学校允许的群里回答。")
