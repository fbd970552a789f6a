from __future__ import annotations

import itertools
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from corpus.formats import Source
from corpus.parsing.parse import understand
from corpus.passages import passages
from corpus.report import Report

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
