"""What a preview warns of, and what of it can be corrected."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.reports import report
from tests.support.school import Staff
from tests.support.waiting import wait_until

SAID = "全校共开展公开课三十一节，教师人人参与听课评课，课堂面貌有了明显改变。"
WITHOUT_YEAR = f"青禾中学工作总结\n\n一、教学工作\n{SAID}\n"
WITHOUT_HEADINGS = f"青禾中学2003年度工作总结\n\n{SAID}\n食堂全年更新蒸柜两台，环境改善。\n"
WITH_RESIDUE = f"""青禾中学2002年度工作总结
青禾中学2002年度工作总结

一、教学工作
{SAID}

2002-01-05
2002-02-06
2002-12-30
"""


@pytest.fixture
def staff(admins: Iterator[Staff]) -> Staff:
    """The school with an admin to whom the bot wrote nothing yet."""
    return next(admins)


@pytest.mark.parametrize(
    ("name", "text", "warnings"),
    [
        ("无年份.txt", WITHOUT_YEAR, ["年份不明，带年份的提问查不到它；请更正"]),
        ("无标题.txt", WITHOUT_HEADINGS, ["没有识别出标题，全文不分章节"]),
        (
            "残留.txt",
            WITH_RESIDUE,
            ["略去 3 行（网页残留的日期）：7, 8, 9", "略去 1 行（重复的标题）：2"],
        ),
    ],
    ids=["year", "headings", "left out"],
)
def test_what_was_not_understood_or_left_out_is_warned_of(
    staff: Staff, name: str, text: str, warnings: list[str]
) -> None:
    sent = staff.admin.private.upload(name, text.encode())
    preview = staff.server.wait_for_reply(sent)
    noted = [line for line in preview.text.splitlines() if line.startswith("注意：")]
    assert noted == [f"注意：{warning}" for warning in warnings]
    staff.admin.press(preview, "取消")


def test_a_report_that_is_all_right_is_not_warned_of(staff: Staff) -> None:
    preview = staff.server.wait_for_reply(staff.admin.private.upload("好.txt", report(2004)))
    assert "注意" not in preview.text
    staff.admin.press(preview, "取消")


def test_an_unknown_year_once_corrected_is_found_by_questions_that_name_it(staff: Staff) -> None:
    server, room = staff.server, staff.admin.private
    preview = server.wait_for_reply(room.upload("无年份.txt", WITHOUT_YEAR.encode()))
    assert "年份：不明" in preview.text
    staff.admin.press(preview, "改年份")
    prompt = server.wait_for_reply(preview)
    room.reply(prompt, "二〇〇五年")
    second = room.wait_for_message(after=prompt)
    assert "年份：2005年" in second.text
    assert "注意" not in second.text
    staff.admin.press(second, "上线")
    wait_until(server, second, "已上线")
    answer = server.wait_for_reply(room.send("2005年开展了多少节公开课？"))
    assert "三十一节" in answer.text
    assert "2005年总结 · " in answer.text
    staff.admin.press(answer, "原文")
    assert "《青禾中学工作总结》" in server.refresh(answer).text


def test_an_organisation_is_corrected_and_stays_so(staff: Staff) -> None:
    server, room = staff.server, staff.admin.private
    preview = server.wait_for_reply(room.upload("青禾2006.txt", report(2006)))
    assert "单位：青禾中学" in preview.text
    staff.admin.press(preview, "改单位")
    prompt = server.wait_for_reply(preview)
    assert prompt.text == "请回复正确的单位名称。"
    told = server.wait_for_reply(room.reply(prompt, "字" * 101))
    assert told.text == "请回复 1 到 100 个字。"
    room.reply(prompt, "青禾教育集团")
    second = room.wait_for_message(after=told)
    assert "单位：青禾教育集团" in second.text
    staff.admin.press(second, "上线")
    wait_until(server, second, "已上线")
    replaced = room.upload("青禾2006.txt", report(2006, lessons=77))
    third = server.wait_for_reply(replaced)
    assert "将替换现有的《青禾中学2006年度工作总结》" in third.text
    assert "单位：青禾教育集团" in third.text
    staff.admin.press(third, "取消")
