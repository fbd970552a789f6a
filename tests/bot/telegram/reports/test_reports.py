"""What there is to ask about: /reports, /report, /help, the menus, and in whose language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.botapi import Message, User
from tests.support.bots import BotThread
from tests.support.school import (
    ANSWER,
    NOT_IN_THE_REPORTS,
    QUESTION,
    Staff,
    earlier_report,
    running_school,
)

OF_2021 = "《中共昆山市第二中学总支部2021年度工作总结》"
OF_2020 = "《中共昆山市第二中学总支部2020年度工作总结》"
OF_2018 = "《昆山市第二中学2018年度工作总结》"
LABELS = (f"2021年 {OF_2021}", f"2020年 {OF_2020}", f"2018年 {OF_2018}")
STAFF = ["ask", "compare", "reports", "report", "help", "id"]
ADMINS = ["add", "reindex", "remove", "rollback", "unanswered", "stats", "selfcheck"]

_DIGITS = "一二三四五六七八九"
_NUMBERS = [
    *_DIGITS,
    *(f"{tens}十{ones}" for tens in ("", *_DIGITS[1:]) for ones in ("", *_DIGITS)),
]
LONG_OUTLINE = "昆山市第二中学2018年度工作总结\n" + "\n".join(
    f"{number}、抓好第{number}项长期坚持并且卓有成效的重点工作任务落实的情况说明以及经验体会\n"
    f"第{number}项工作顺利完成，成效显著，师生满意，社会反响良好。"
    f"各部门分工协作，责任到人，按月检查，及时整改，年底逐项验收。"
    for number in _NUMBERS
)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staff]:
    """A school with three reports, one of them with an outline longer than a message."""
    reports = earlier_report() | {"2018年度工作总结.txt": LONG_OUTLINE}
    limits = {"person": 1000, "chat": 1000}
    home = tmp_path_factory.mktemp("school") / "home"
    with running_school(home, reports, bot=BotThread, limits=limits) as made:
        yield made


@pytest.fixture
def staff(running: Staff) -> Staff:
    """The school, in a group of its own for each test."""
    return running.elsewhere()


def reply(staff: Staff, text: str, sender: User | None = None) -> Message:
    """The answer to what a person, by default the teacher, writes in the group."""
    return staff.server.wait_for_reply(staff.group.send(sender or staff.teacher, text))


def test_the_reports_are_listed_newest_first_and_open_with_buttons(staff: Staff) -> None:
    listing = reply(staff, "/reports")
    assert listing.text.split("\n") == [
        "现有报告 3 份",
        f"1. {OF_2021}",
        f"2. {OF_2020}",
        f"3. {OF_2018}",
    ]
    assert listing.labels() == LABELS
    assert staff.admin.press(listing, "2020").text == ""
    opened = staff.server.refresh(listing)
    assert opened.text.startswith(f"{OF_2020}\n")
    staff.teacher.press(opened, "所有报告")
    assert staff.server.refresh(listing).text == listing.text


def test_the_outline_of_a_report_is_browsed_section_by_section(staff: Staff) -> None:
    server = staff.server
    outline = reply(staff, "/report 2021")
    title, counts, *tree = outline.text.split("\n")
    assert title == OF_2021
    assert counts.startswith("12个标题，")
    assert tree[0].startswith("一、学校党建工作履职情况")
    assert tree[1].startswith("　1.年度党建情况　第")
    assert outline.marked("expandable_blockquote") == ("\n".join(tree),)
    staff.admin.press(outline, "三、学校党建工作下一步思路")
    section = server.refresh(outline)
    assert section.text.split("\n")[1] == "三、学校党建工作下一步思路"
    assert [line[:4] for line in section.text.split("\n")[-3:]] == ["• 1.", "• 2.", "• 3."]
    staff.admin.press(section, "上一级")
    assert server.refresh(outline).text == outline.text


@pytest.mark.parametrize(
    "wanted", ["2020", "2020年", "去年", "去年的报告", "总支部2020", "2020年度工作总结"]
)
def test_a_report_is_found_by_its_year_and_by_a_part_of_its_title(
    staff: Staff, wanted: str
) -> None:
    assert reply(staff, f"/report {wanted}").text.startswith(f"{OF_2020}\n")


def test_a_report_that_is_not_there_or_not_one_is_chosen_from_a_list(staff: Staff) -> None:
    missing = reply(staff, "/report 1999")
    assert missing.text.startswith("没有找到“1999”的报告，请选一份：")
    assert missing.labels() == LABELS
    several = reply(staff, "/report 总支部")
    assert several.text.startswith("请选一份报告：")
    assert several.labels() == LABELS[:2]


def test_an_outline_longer_than_a_message_comes_in_several(staff: Staff) -> None:
    asked = staff.group.send(staff.teacher, "/report 2018")
    staff.server.wait_for_reply(asked)
    reply(staff, "/reports")
    pieces = staff.server.replies(asked)
    assert len(pieces) > 1
    assert "一、抓好第一项" in pieces[0].text
    assert "九十九、抓好第九十九项" in pieces[-1].text


def test_start_and_help_say_how_to_ask_with_an_example_that_is_answered(staff: Staff) -> None:
    server, chat = staff.server, staff.teacher.private
    start = server.wait_for_reply(staff.teacher.start())
    assert "问题保存90天；不存姓名，也看不出是谁问的" in start.text
    helped = server.wait_for_reply(chat.send("/help"))
    assert "/reports" in helped.text
    assert helped.buttons
    for (example,) in helped.buttons:
        assert example.text.startswith("2021年")
        answer = server.wait_for_reply(chat.send(example.text))
        assert "2021年总结 · " in answer.text


def test_the_words_of_a_reply_follow_the_language_of_the_person(staff: Staff) -> None:
    server = staff.server
    people = {
        code: server.user(f"Person {code}", language_code=code) for code in ("en-gb", "zh", "fr")
    }
    for person in people.values():
        staff.group.add(person)
    refusals = {
        code: reply(staff, f"/ask {NOT_IN_THE_REPORTS}", person).text.split("\n")[0]
        for code, person in people.items()
    }
    assert refusals["en-gb"] == "The reports do not say."
    assert refusals["zh"] == refusals["fr"] == "报告里没有找到答案。"


def test_buttons_keep_the_language_of_the_question_whoever_presses_them(staff: Staff) -> None:
    english = staff.server.user("Kate", language_code="en")
    staff.group.add(english)
    answer = reply(staff, f"/ask 2021年{QUESTION}")
    assert ANSWER in answer.text
    assert english.press(answer, "👎").text == "Thanks, noted."
    english.press(staff.server.refresh(answer), "返回")
    english.press(answer, "原文")
    assert "第3段" in staff.server.refresh(answer).text


def test_the_menus_are_set_by_kind_of_chat_and_by_language(staff: Staff) -> None:
    server = staff.server
    server.wait_for_calls("setMyCommands", 12)
    for scope in ("default", "all_private_chats", "all_group_chats"):
        for code, words in (("", "提问"), ("zh", "提问"), ("en", "Ask a question")):
            menu = server.commands(scope, language_code=code)
            assert [command for command, _ in menu] == STAFF
            assert menu[0] == ("ask", words)
        assert server.commands(scope, language_code="en") != server.commands(scope)
    admins = server.commands("chat", language_code="en", room=staff.admin.private)
    assert [command for command, _ in admins] == STAFF + ADMINS


def test_the_bot_says_in_its_profile_what_it_does_in_every_language(staff: Staff) -> None:
    for method, key in (
        ("setMyDescription", "description"),
        ("setMyShortDescription", "short_description"),
    ):
        staff.server.wait_for_calls(method, 3)
        said = {
            str(call.parameters.get("language_code", "")): str(call.parameters[key])
            for call in staff.server.calls(method)
        }
        assert said[""] == said["zh"] != said["en"]
        assert "原话" in said["zh"]
