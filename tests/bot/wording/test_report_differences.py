"""What is said of a report that replaces another."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.messages import messages_in
from bot.wording.report_differences import describe_differences, differences
from corpus.library import Library
from corpus.report import Report
from tests.faults.victim import InProcess

BEFORE = """青禾中学2020年度工作总结
一、教学工作
全年开展公开课45节，参加教师120人次，学生满意率95.5%。
二、德育工作
全校举行主题班会，班主任王老师组织活动。
三、后勤工作
食堂更换了新的设备，卫生检查合格。
"""


def read(text: str, tmp_path: Path) -> Report:
    return Library(tmp_path, InProcess()).understand(text.encode(), "2020.txt")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("45节", "46节", ["45节 → 46节"]),
        ("45节，参加教师120人次", "46节，参加教师98人次", ["45节 → 46节", "120人 → 98人"]),
        ("95.5%", "96%", ["95.5% → 96%"]),
        ("王老师", "李老师", ["王 → 李"]),
        ("全年开展", "全年共开展", ["全年 → 全年共"]),
        ("。\n二、", "。\n另有网络课程若干，受到家长好评。\n二、", ["新增1段"]),
        ("三、后勤工作\n食堂更换了新的设备，卫生检查合格。\n", "", ["少了1段"]),
        ("45节", "45节", ["正文没有不同"]),
    ],
)
def test_what_differs_is_said_word_for_word(
    old: str, new: str, said: list[str], tmp_path: Path
) -> None:
    before, after = read(BEFORE, tmp_path), read(BEFORE.replace(old, new, 1), tmp_path)
    found = describe_differences(differences(before, after), messages_in("zh"))
    assert [line.strip() for line in found] == said


def test_many_differences_are_counted(tmp_path: Path) -> None:
    body = "".join(
        f"第{c}组老师开展了听课活动共{n}次。\n" for n, c in enumerate("甲乙丙丁戊己庚辛")
    )
    other = "".join(
        f"第{c}组老师开展了听课活动共{n + 50}次。\n" for n, c in enumerate("甲乙丙丁戊己庚辛")
    )
    head = "青禾中学2020年度工作总结\n一、教学工作\n"
    found = differences(read(head + body, tmp_path), read(head + other, tmp_path))
    assert len(found.changed) == 8
    assert describe_differences(found, messages_in("zh"))[-1].strip() == "……还有2处不同"
