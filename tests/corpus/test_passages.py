from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.formats import Source
from corpus.parsing.parse import understand
from corpus.passages import CEILING, passages
from corpus.report import Report, SectionType

SENTENCE = "学校认真贯彻落实有关精神，扎实推进各项工作。"


def report(text: str) -> Report:
    return understand(Source(("2021年工作总结\n" + text).encode(), Path("2021.txt")))


def test_a_paragraph_is_a_passage_with_its_heading_path() -> None:
    found = passages(report(f"一、党建\n1.支部\n{SENTENCE * 4}"))
    assert [(p.id, p.path, p.paragraph) for p in found] == [("2021:1:1", ("一、党建", "1.支部"), 1)]
    assert (found[0].title, found[0].year) == ("2021年工作总结", 2021)


def test_a_long_paragraph_is_cut_at_sentence_ends_into_like_parts() -> None:
    found = passages(report(SENTENCE * 20))
    assert [(p.paragraph, p.part) for p in found] == [(1, 1), (1, 2)]
    assert all(p.text.endswith("。") and len(p.text) <= 320 for p in found)
    assert "".join(p.text for p in found) == SENTENCE * 20


def test_a_sentence_that_is_too_long_is_cut_at_semicolons() -> None:
    part = "落实各项制度并且持续改进" * 10
    found = passages(report(f"{part}；{part}；{part}；{part}。"))
    assert len(found) > 1
    assert all(len(p.text) <= 320 for p in found)


def test_short_paragraphs_join_their_neighbours_under_the_same_heading_only() -> None:
    found = passages(report(f"一、活动\n读书节。\n体育节。\n{SENTENCE * 3}\n二、教学\n好。"))
    assert [p.text for p in found] == [f"读书节。\n体育节。\n{SENTENCE * 3}", "好。"]
    assert [p.paragraph for p in found] == [1, 4]


@given(
    st.lists(
        st.text(alphabet="甲乙丙。；，“”（）一、1.", min_size=1, max_size=200).filter(str.strip),
        min_size=1,
        max_size=12,
    )
)
def test_passages_cover_every_paragraph_in_order(lines: list[str]) -> None:
    understood = report("正文开始。\n" + "\n".join(lines))
    found = passages(understood, longest=60, shortest=10)
    assert all(understood.text[p.start : p.end] == p.text for p in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert "".join("".join(p.text for p in found).split()) == "".join(understood.text.split())
    assert len({p.id for p in found}) == len(found)


CAUSE = "究其原因，编制多年没有调整，公用经费又十分有限。"


def test_a_paragraph_is_cut_where_it_turns_to_something_else() -> None:
    text = f"一、存在的问题\n{SENTENCE * 2}{CAUSE}下一步，学校将向县局申请编制，争取更多的经费。"
    found = passages(report(text))
    assert [(p.id, p.section_type) for p in found] == [
        ("2021:1:1", SectionType.PROBLEMS),
        ("2021:1:2", SectionType.CAUSES),
        ("2021:1:3", SectionType.PLANS),
    ]
    assert "".join(p.text for p in found) == text.split("\n")[1]


def test_parts_that_begin_in_the_same_paragraph_count_from_one() -> None:
    found = passages(report(f"一、工作\n短的一段。\n{SENTENCE * 2}{CAUSE}\n{SENTENCE * 20}"))
    numbers = [(p.paragraph, p.part) for p in found]
    assert len(set(numbers)) == len(numbers)
    for paragraph, group in itertools.groupby(numbers, key=lambda each: each[0]):
        assert [part for _, part in group] == list(
            range(1, sum(n == paragraph for n, _ in numbers) + 1)
        )


@pytest.mark.parametrize(
    "text",
    [
        f"一、党建\n{SENTENCE}\n二、其他",
        f"一、党建\n二、教学\n{SENTENCE}",
        f"一、党建\n（一）组织\n（二）作风\n{SENTENCE}\n二、后勤\n1.食堂",
    ],
)
def test_no_passage_is_only_a_heading(text: str) -> None:
    made = report(text)
    found = passages(made)
    assert all("。" in p.text for p in found)
    assert all(made.text[p.start : p.end] == p.text for p in found)


def test_a_text_that_is_no_report_is_not_cut_at_turns() -> None:
    text = f"{SENTENCE * 2}{CAUSE}1992年，该站改建，2003年又扩建了站房和广场。"
    found = passages(understand(Source(("上海站\n" + text).encode(), Path("上海站.txt"))))
    assert [p.text for p in found] == [text]


@pytest.mark.parametrize("unit", ["党建、", "学校抓好党建工作", "字"])
def test_a_sentence_without_end_is_cut_and_nothing_of_it_is_lost(unit: str) -> None:
    text = unit * (3 * CEILING // len(unit))
    found = passages(report(text))
    assert max(len(passage.text) for passage in found) <= CEILING
    assert "".join(passage.text for passage in found) == text
