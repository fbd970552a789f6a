from __future__ import annotations

import pytest

from corpus.parsing.outline import Outline, outline
from corpus.report import Section
from corpus.text.lines import Line, text_lines


def read(text: str) -> Outline:
    return outline(text_lines(text))


def tree(sections: tuple[Section, ...]) -> list[object]:
    return [[s.heading, s.paragraphs, tree(s.sections)] for s in sections]


BODY = "这是一个足够长的自然段，说的是学校的工作。"


def test_the_official_order_makes_the_tree() -> None:
    found = read(
        f"一、党建\n（一）组织\n1.支部\n{BODY}\n2.党员\n{BODY}\n（二）作风\n{BODY}\n二、教学\n{BODY}"
    )
    assert tree(found.sections) == [
        [
            "一、党建",
            range(1, 4),
            [
                [
                    "（一）组织",
                    range(1, 3),
                    [["1.支部", range(1, 2), []], ["2.党员", range(2, 3), []]],
                ],
                ["（二）作风", range(3, 4), []],
            ],
        ],
        ["二、教学", range(4, 5), []],
    ]
    assert found.paragraphs[1].path == ("一、党建", "（一）组织", "2.党员")


def test_a_report_may_skip_a_level() -> None:
    found = read(f"一、党建\n1.支部\n{BODY}\n二、教学\n1.课堂\n{BODY}")
    assert [p.path for p in found.paragraphs] == [("一、党建", "1.支部"), ("二、教学", "1.课堂")]


def test_a_heading_may_run_into_its_paragraph() -> None:
    line = "（一）加强组织领导。一年来，学校成立了领导小组，明确了分工。"
    found = read(f"一、党建\n{line}")
    assert found.paragraphs[0].path == ("一、党建", "（一）加强组织领导")
    assert found.text == line


def test_numbered_items_without_text_are_paragraphs_of_the_section_above() -> None:
    found = read("一、下一步\n1.抓好师德建设\n2.完善课后服务")
    assert [p.path for p in found.paragraphs] == [("一、下一步",), ("一、下一步",)]
    assert found.text == "1.抓好师德建设\n2.完善课后服务"
    assert tree(found.sections) == [["一、下一步", range(1, 3), []]]


def test_a_numbered_sentence_is_a_paragraph() -> None:
    found = read("一、措施\n1.学校抓好师德建设，完善课后服务，提高质量；")
    assert len(found.paragraphs) == 1
    assert found.paragraphs[0].path == ("一、措施",)


def test_levels_that_the_format_knows_come_first() -> None:
    lines = [Line(1, "概况", level=1), Line(2, BODY), Line(3, "一、党建", level=2), Line(4, BODY)]
    found = outline(lines)
    assert [p.path for p in found.paragraphs] == [("概况",), ("概况", "一、党建")]


def test_offsets_lead_back_to_the_text() -> None:
    found = read(f"引言。\n一、党建\n{BODY}")
    assert [found.text[p.start : p.end] for p in found.paragraphs] == ["引言。", BODY]
    assert [p.number for p in found.paragraphs] == [1, 2]


def test_a_hundred_thousand_headings_are_read() -> None:
    found = read("\n".join(f"{i % 9 + 1}.标题" for i in range(100_000)))
    assert len(found.paragraphs) == 100_000


def paths(text: str) -> list[tuple[str, ...]]:
    return [paragraph.path for paragraph in read(text).paragraphs]


LONG = "学校全年组织教师集体备课，安排骨干教师上示范课，并请教研员来校听课。"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("★ 阵地有“家”", "★ 组织有“规”"),
        ("【开学】", "【收费】"),
        ("㈠ 履职情况", "㈡ 廉政情况"),
        ("⒈教研", "⒉竞赛"),
        ("⑴教研", "⑵竞赛"),
        ("①教研", "②竞赛"),
        ("1.1 教研", "1.2 竞赛"),
        ("Ⅰ 教研", "Ⅱ 竞赛"),
        ("壹、教研", "贰、竞赛"),
        ("甲、教研", "乙、竞赛"),
        ("第一、教研", "第二、竞赛"),
        ("第一部分　教研", "第二部分　竞赛"),
        ("取得的成绩", "存在的问题"),
    ],
)
def test_every_kind_of_number_or_sign_heads_a_section(first: str, second: str) -> None:
    found = paths(f"{LONG}\n{first}\n{LONG}\n{second}\n{LONG}\n{LONG}")
    headings = tuple(text_lines(text)[0].text for text in (first, second))
    assert found == [(), headings[:1], headings[1:], headings[1:]]


def test_months_head_sections_in_company_only() -> None:
    assert paths(f"9月\n{LONG}\n10月份　{LONG}\n十一月：{LONG}") == [
        ("9月",),
        ("10月份",),
        ("十一月",),
    ]
    assert paths(f"9月\n{LONG}\n{LONG}") == [(), (), ()]


def test_a_short_line_without_company_or_meaning_is_text() -> None:
    assert paths(f"{LONG}\n校园里\n{LONG}") == [(), (), ()]


def test_the_order_of_levels_is_that_of_the_report() -> None:
    text = f"（1）教学\n1、常规\n{LONG}\n2、教研\n{LONG}\n（2）后勤\n1、食堂\n{LONG}"
    assert paths(text) == [
        ("（1）教学", "1、常规"),
        ("（1）教学", "2、教研"),
        ("（2）后勤", "1、食堂"),
    ]


def test_signs_stand_above_numbers_that_start_again_under_them() -> None:
    text = f"★ 教学\n1.常规\n{LONG}\n2.教研\n{LONG}\n★ 后勤\n1.食堂\n{LONG}\n★ 安全\n{LONG}"
    assert paths(text)[2:] == [("★ 后勤", "1.食堂"), ("★ 安全",)]


def test_signs_stand_below_numbers_that_go_on_across_them() -> None:
    text = f"一、做法\n★ 采购\n{LONG}\n★ 加工\n{LONG}\n二、成效\n{LONG}"
    assert paths(text) == [("一、做法", "★ 采购"), ("一、做法", "★ 加工"), ("二、成效",)]


def test_an_item_without_its_full_stop_does_not_swallow_the_next() -> None:
    text = (
        "一、打算\n1.争取资金，改造食堂。\n2.招聘英语教师\n3.筹建图书室，添置书架。\n4.开放操场。"
    )
    assert set(paths(text)) == {("一、打算",)}


def test_a_numbered_sentence_among_headings_closes_the_one_before() -> None:
    text = f"一、党建\n{LONG}\n二、教学\n{LONG}\n三、{LONG}\n四、后勤\n{LONG}"
    assert paths(text) == [("一、党建",), ("二、教学",), (), ("四、后勤",)]


@pytest.mark.parametrize("stop", ["。", "："])
def test_a_heading_may_end_with_a_stop(stop: str) -> None:
    assert paths(f"一、党建{stop}\n{LONG}\n二、教学{stop}\n{LONG}") == [
        ("一、党建",),
        ("二、教学",),
    ]


def test_a_line_that_leads_in_heads_its_list_and_nothing_else() -> None:
    text = f"一、总结\n{LONG}\n不足有二：\n第一，保卫人员少，缺两名；\n第二，探头太少。\n{LONG}"
    assert paths(text) == [
        ("一、总结",),
        ("一、总结", "不足有二"),
        ("一、总结", "不足有二"),
        ("一、总结",),
    ]


def test_text_behind_the_last_of_sections_of_one_paragraph_is_outside() -> None:
    text = f"【开学】{LONG}\n【收费】{LONG}\n【校车】{LONG}\n{LONG}"
    assert paths(text) == [("【开学】",), ("【收费】",), ("【校车】",), ()]


def test_a_question_heads_its_answer() -> None:
    text = f"1、问：几点开门？答：{LONG}\n2、问：能借几册？答：{LONG}"
    assert paths(text) == [("1、问：几点开门？",), ("2、问：能借几册？",)]


def test_a_time_in_a_first_sentence_ends_no_heading() -> None:
    assert paths("一、安排\n（一）中午由12:10改到12:40开门，学生排队进馆。") == [("一、安排",)]
