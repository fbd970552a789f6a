from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.sentences import parts, sentences


def words(text: str, spans: list[tuple[int, int]]) -> list[str]:
    return [text[start:end] for start, end in spans]


def test_sentences_end_at_full_stops_and_keep_their_closing_marks() -> None:
    text = "他说：“办好学校。”我们同意！是吗？是。"
    assert words(text, sentences(text)) == ["他说：“办好学校。”", "我们同意！", "是吗？", "是。"]


def test_a_stop_inside_a_title_or_brackets_ends_no_sentence() -> None:
    text = "学习《准则。细则》（试行。暂行）精神。完成。"
    assert words(text, sentences(text)) == ["学习《准则。细则》（试行。暂行）精神。", "完成。"]


def test_a_bracket_that_is_never_closed_swallows_nothing() -> None:
    text = "“甲。乙。"
    assert words(text, sentences(text)) == ["“甲。", "乙。"]


def test_semicolons_divide_parts_and_not_sentences() -> None:
    text = "一要丰富活动；二要创新。"
    assert len(sentences(text)) == 1
    assert words(text, parts(text)) == ["一要丰富活动；", "二要创新。"]


@given(st.text(alphabet="甲乙。！？；“”（）《》\n \u3000a.1", max_size=60))
def test_sentences_cover_all_but_white_space_in_order(text: str) -> None:
    for spans in (sentences(text), parts(text)):
        assert "".join("".join(words(text, spans)).split()) == "".join(text.split())
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
        assert all(text[start:end].strip() == text[start:end] for start, end in spans)


def test_a_run_in_heading_is_no_sentence_of_its_own() -> None:
    for text, first, second in (
        ("（二）美育。每周两节课。全年演出三次。", "（二）美育。每周两节课。", "全年演出三次。"),
        ("1.成绩。合格率96%。\n2.教研。听课三节。", "1.成绩。合格率96%。", "2.教研。听课三节。"),
    ):
        assert words(text, sentences(text)) == [first, second]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1.抓好师德。", "\n2.开放操场。"),
        ("1.抓好师德。", "2.开放操场。"),
        ("3.获奖12项。", "李梅获奖。"),
    ],
)
def test_a_short_item_stays_a_sentence(first: str, second: str) -> None:
    text = first + second
    assert words(text, sentences(text)) == [first, second.strip()]
