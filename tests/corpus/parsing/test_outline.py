from __future__ import annotations

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
