"""Markdown and typed tables: what is markup is no text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus.formats import Draft, Source, draft
from corpus.report import Reason

BODY = "学校坚持立德树人，完成了全年各项任务，取得了新的进步。"


def read(text: str, name: str = "a.md") -> Draft:
    return draft(Source(text.encode(), Path(name)))


def texts(text: str, name: str = "a.md") -> list[str]:
    return [line.text for line in read(text, name).lines if line.text]


BARS = "| 活动 | 次数 |\n|---|:--:|\n| 读书节 | 2 |\n| 运动会 | 1 |"
BOX = "┌────┬────┐\n│活动│次数│\n├────┼────┤\n│读书节│2│\n│运动会│1│\n└────┴────┘"
RULED = "+----+----+\n|活动|次数|\n+----+----+\n|读书|2|\n|节||\n+----+----+\n|运动会|1|\n+--+--+"
TABS = "活动\t次数\n读书节\t2\n运动会\t1"
GAPS = "活动　　次数\n读书节　　2\n运动会　　1"


@pytest.mark.parametrize("table", [BARS, re.sub(r"^\| ?| ?\|$", "", BARS, flags=re.M)])
def test_a_table_is_a_line_a_row(table: str) -> None:
    found = read(f"{BODY}\n\n{table}\n\n{BODY}")
    told = ["活动：读书节；次数：2", "活动：运动会；次数：1"]
    assert [line.text for line in found.lines if line.text] == [BODY, *told, BODY]
    assert found.reading.tables == 1


@pytest.mark.parametrize("table", [BARS, BOX, RULED, TABS, GAPS])
def test_a_table_in_plain_text_too(table: str) -> None:
    told = ["活动：读书节；次数：2", "活动：运动会；次数：1"]
    assert texts(f"{BODY}\n{table}\n{BODY}", "a.txt") == [BODY, *told, BODY]


def test_a_table_of_words_alone_is_known_by_its_heads() -> None:
    table = "部门　　完成情况　　负责人\n安全办　　演练4次　　周明\n教务处　　研修36次　　林小禾"
    assert texts(table, "a.txt")[0] == "部门：安全办；完成情况：演练4次；负责人：周明"


def test_rows_of_heads_and_the_unit_above_are_known_in_plain_text() -> None:
    table = "（单位：分）\n\n年级\t语文\t\t数学\t\n\t期中\t期末\t期中\t期末\n三年级\t86\t88\t90\t91"
    assert texts(table, "a.txt")[-1] == (
        "年级：三年级；语文·期中（分）：86；语文·期末（分）：88；数学·期中（分）：90；数学·期末（分）：91"
    )


@pytest.mark.parametrize(
    "text",
    [
        "校长　张三\n书记　李四\n主任　王五",
        "\t一、教学工作\n\t全年研修。\n\t二、安全工作",
        "语文 数学 英语\n今天 明天 后天",
    ],
)
def test_lines_that_are_no_table_stay_lines(text: str) -> None:
    assert texts(text, "a.txt") == [" ".join(line.split()) for line in text.splitlines()]


def test_tasks_are_boxes_and_bullets_are_no_text() -> None:
    assert texts("- [x] 已验收\n- [ ] 未完成\n* 读书节\n+ 运动会") == [
        *("☑已验收", "☐未完成", "读书节", "运动会")
    ]


def test_comments_code_and_front_matter_are_left_out_and_named() -> None:
    found = read(f"---\ntitle: x\n---\n{BODY}\n<!-- 注\n释 -->\n```py\n代码\n```\n{BODY}")
    assert [line.text for line in found.lines if line.text] == [BODY, BODY]
    assert [(x.text, x.reason) for x in found.left_out] == [
        ("title: x", Reason.HIDDEN),
        ("代码", Reason.CODE),
        ("注释", Reason.HIDDEN),
    ]


def test_a_fence_that_never_ends_is_text() -> None:
    assert BODY in texts(f"```\n{BODY}")


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("**书记**上课`12`节", "书记上课12节"),
        ("*书记*上课~~11~~12节", "书记上课1112节"),
        ("见[附件](b.pdf)", "见附件"),
        ("前![图](a.png)后", "前后"),
        ("> 引用", "引用"),
        (r"合格率为$\frac{588}{620}$", "合格率为588/620"),
        (r"1\. 教学\_A", "1. 教学_A"),
        ("甲<br>乙<u>丙</u>", "甲乙丙"),
        ("a_b_c 与 2*3*4", "a_b_c 与 2*3*4"),
    ],
)
def test_marks_are_no_text(marked: str, plain: str) -> None:
    assert texts(f"{marked}\n\n{BODY}")[0] == plain


def test_underlined_headings_have_levels() -> None:
    found = read(f"党建\n====\n{BODY}\n\n组织\n----\n{BODY}")
    assert [(x.text, x.level) for x in found.lines if x.text] == [
        ("党建", 1),
        (BODY, None),
        ("组织", 2),
        (BODY, None),
    ]
