"""Lines that an editor broke are paragraphs again; lists and titles are not."""

from __future__ import annotations

import pytest

from corpus.text.lines import Line
from corpus.text.pasted_lines import unbroken

PASTED = (
    "全年共开展校本研修活动36次，教师参与率达到98%，其中语文组开",
    "展了以大单元教学为主题的系列研讨，邀请县教研室专家到校指导",
    "12次，形成了可供推广的课例26个，受到了兄弟学校的一致好评。",
)


def joined(*texts: str) -> list[str]:
    lines = [Line(i, text, whole=True) for i, text in enumerate(texts, start=1)]
    return [line.text for line in unbroken(lines)]


def test_a_paragraph_a_line_is_one_paragraph() -> None:
    assert joined("一、教学工作", *PASTED, "二、安全工作", "好。") == [
        *("一、教学工作", "".join(PASTED), "二、安全工作", "好。")
    ]


@pytest.mark.parametrize(
    "texts",
    [
        ("张三老师获2024年县优质课比赛一等奖并代表学校参赛",) * 3 + ("李四。",),
        ("1.张三老师获优质课比赛一等奖，并代表学校参加了比赛", "2.李四老师获奖。"),
        ("全年共开展校本研修活动36次，教师参与率达到98%。",) * 4,
        ("青禾县第三小学", "2024年度工作总结"),
        ("年级：三年级；语文·期中：86.5；数学·期末：91.4；英语·期末：90.2",) * 3 + ("以上。",),
    ],
)
def test_lines_of_their_own_stay(texts: tuple[str, ...]) -> None:
    assert joined(*texts) == list(texts)


def test_lines_of_a_page_are_left_to_their_format() -> None:
    lines = [Line(i, text, page=1, whole=True) for i, text in enumerate(PASTED, start=1)]
    assert unbroken(lines) == lines
