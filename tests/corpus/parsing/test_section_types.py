from __future__ import annotations

from pathlib import Path

import pytest

from corpus.formats import Source
from corpus.parsing.parse import understand
from corpus.parsing.section_types import type_of_heading, type_of_words
from corpus.passages import passages
from corpus.report import Report, SectionType
from corpus.sandbox.report_json import report_from_json, report_to_json

BODY = "学校召开了会议，明确了分工，各处室按要求落实。"


def report(text: str, title: str = "青禾中学2021年度工作总结") -> Report:
    return understand(Source(f"{title}\n{text}".encode(), Path("r.txt")))


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("一、存在的问题和不足", SectionType.PROBLEMS),
        ("（七）有待解决", SectionType.PROBLEMS),
        ("五、遗憾", SectionType.PROBLEMS),
        ("六、没做好的事", SectionType.PROBLEMS),
        ("第四部分 原因剖析", SectionType.CAUSES),
        ("为什么会这样", SectionType.CAUSES),
        ("八、下一步工作打算", SectionType.PLANS),
        ("三、学校党建工作下一步思路", SectionType.PLANS),
        ("四、德育处明年的工作重点", SectionType.PLANS),
        ("五、教研组工作计划", SectionType.PLANS),
        ("下学期想办的事", SectionType.PLANS),
        ("九、2022年工作思路", SectionType.PLANS),
        ("七、改进措施", SectionType.PLANS),
        ("二、取得的成绩", SectionType.RESULTS),
        ("所获荣誉", SectionType.RESULTS),
        ("一、基本情况", SectionType.PREFACE),
        ("二〇二二年怎么走", SectionType.PLANS),
        ("【七】下一年", SectionType.PLANS),
        ("第三部分 停工与遗留", SectionType.PROBLEMS),
        ("辛、难在哪里", SectionType.CAUSES),
        ("七、研究校外车辆乱停问题", SectionType.DONE),
        ("一、主要工作与成效", SectionType.DONE),
        ("三、2021年重点工作", None),
        ("四、抓教学，提质量", None),
        ("1、问：孩子有困难怎么办？", None),
        ("八、常见问题", SectionType.DONE),
        ("第一章 总则", None),
    ],
)
def test_a_heading_says_what_its_section_tells_of(heading: str, kind: SectionType | None) -> None:
    assert type_of_heading(heading, 2021) is kind


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("存在的不足：一是教师年龄偏大。", SectionType.PROBLEMS),
        ("不足有四：", SectionType.PROBLEMS),
        ("但不足也很明显：一来食堂太小。", SectionType.PROBLEMS),
        ("究其原因，编制多年没有调整。", SectionType.CAUSES),
        ("造成以上问题，有投入的因素。", SectionType.CAUSES),
        ("下一步，学校将改造食堂。", SectionType.PLANS),
        ("2022年，学校要完成三件事。", SectionType.PLANS),
        ("明年打算：换一批电脑。", SectionType.PLANS),
        ("2021年，学校要求教师每周听课。", None),
        ("解决了十个问题，师生都满意。", None),
        ("学校制定计划，开展活动。", None),
        ("说到底，还是人手不够。", SectionType.CAUSES),
        ("之所以如此，一方面是编制少。", SectionType.CAUSES),
        ("新学期收费不变，每学期200元。", None),
        ("新学期，学校将开放操场。", SectionType.PLANS),
        ("因身体原因请假的教师有三人，都已返校。", None),
    ],
)
def test_the_first_words_of_a_paragraph_say_it_too(words: str, kind: SectionType | None) -> None:
    assert type_of_words(words, 2021) is kind


def test_a_section_has_the_type_of_the_one_above_unless_it_says_another() -> None:
    found = report(
        f"一、党建\n（一）组织\n{BODY}\n二、问题与打算\n（一）食堂\n{BODY}\n（二）明年打算\n{BODY}"
    )
    types = {section.heading: section.type for section in found.walk()}
    assert types == {
        "一、党建": SectionType.DONE,
        "（一）组织": SectionType.DONE,
        "二、问题与打算": SectionType.PLANS,
        "（一）食堂": SectionType.PLANS,
        "（二）明年打算": SectionType.PLANS,
    }


def test_what_stands_before_the_first_heading_of_a_report_is_its_preface() -> None:
    found = report(f"学校有36个班。\n一、党建\n{BODY}")
    assert [p.type for p in found.paragraphs] == [SectionType.PREFACE, SectionType.DONE]


def test_a_paragraph_that_says_so_tells_of_something_else_than_its_section() -> None:
    found = report(f"一、食堂\n{BODY}\n存在的不足：座位不够。\n究其原因，学生增加了。")
    assert [p.type for p in found.paragraphs] == [
        SectionType.DONE,
        SectionType.PROBLEMS,
        SectionType.CAUSES,
    ]
    assert [s.type for s in found.sections] == [SectionType.DONE]


def test_causes_do_not_go_on_into_the_next_paragraph() -> None:
    found = report(f"一、食堂\n究其原因，学生增加了。\n{BODY}\n二、安全\n{BODY}")
    assert [p.type for p in found.paragraphs] == [
        SectionType.CAUSES,
        SectionType.DONE,
        SectionType.DONE,
    ]


def test_what_a_paragraph_leads_in_is_of_its_type() -> None:
    found = report(f"{BODY}\n{BODY * 6}\n{BODY}\n存在的问题有：\n食堂座位少，{BODY}\n{BODY}")
    assert [p.type for p in found.paragraphs][-3:] == [SectionType.PROBLEMS] * 3


def test_years_that_were_guessed_make_no_plans() -> None:
    text = f"2021年，学校召开会议。\n一、会议\n{BODY}\n2022年，学校要办好三件事。"
    found = report(text, "第三次会议情况报告")
    assert found.paragraphs[-1].type is SectionType.DONE


def test_paragraphs_of_prizes_and_rates_are_results() -> None:
    found = report(f"一、教学\n{BODY}\n中考合格率96%，居全县第二名。李梅获市一等奖。")
    assert [p.type for p in found.paragraphs] == [SectionType.DONE, SectionType.RESULTS]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("青禾中学2021年度工作总结", SectionType.DONE),
        ("青禾中学2021年工作计划", SectionType.PLANS),
        ("青禾中学门卫制度", SectionType.OTHER),
        ("唐朝", SectionType.OTHER),
    ],
)
def test_the_title_says_what_the_rest_tells_of(title: str, kind: SectionType) -> None:
    found = report(f"一、门卫\n{BODY}", title)
    assert {section.type for section in found.walk()} == {kind}


def test_a_passage_holds_paragraphs_of_one_type_and_tells_which() -> None:
    found = passages(
        report(f"一、食堂\n{BODY}\n{BODY}\n存在的不足：座位不够。\n下一步，扩建食堂。")
    )
    assert [(p.section_type, p.paragraph) for p in found] == [
        (SectionType.DONE, 1),
        (SectionType.PROBLEMS, 3),
        (SectionType.PLANS, 4),
    ]


def test_types_come_through_json() -> None:
    found = report(f"一、党建\n{BODY}\n二、不足\n{BODY}")
    assert report_from_json(report_to_json(found)) == found
    assert {section.type for section in found.sections} == {SectionType.DONE, SectionType.PROBLEMS}
