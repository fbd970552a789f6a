"""Tests of marked text: how long it is, where it is cut, what is taken out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.rendering.rich_text import (
    BOLD,
    EXPANDABLE,
    LONGEST,
    Rich,
    clean,
    entities,
    excerpt,
    joined,
    lines,
    marked,
    shortened,
    split,
    units,
)

TEXTS = st.text(
    st.sampled_from(list("报告第一段。？\n a<b>&👍🏽é\u0301\u200d👩🏫مرحبا𠀀")),
    min_size=0,
    max_size=120,
)


def test_a_character_beyond_the_basic_plane_counts_twice() -> None:
    assert units("报告👍𠀀") == 2 + 2 + 2


def test_marks_are_measured_in_utf16() -> None:
    rich = joined("👍 ", marked(BOLD, "十二节"), "。")
    (entity,) = entities(rich)
    assert (entity.type, entity.offset, entity.length) == ("bold", 3, 3)


def test_nested_marks_keep_their_places() -> None:
    rich = marked(EXPANDABLE, "前", marked(BOLD, "中"), "后")
    assert [(e.type, e.offset, e.length) for e in entities(rich)] == [
        ("expandable_blockquote", 0, 3),
        ("bold", 1, 1),
    ]


def test_what_looks_like_markup_is_only_text() -> None:
    rich = joined("<b>不是粗体</b> &amp; *也不是*")
    assert rich.text == "<b>不是粗体</b> &amp; *也不是*"
    assert entities(rich) == []


def test_control_characters_and_direction_overrides_are_taken_out_and_words_stay() -> None:
    assert clean("a\x00\u202eb\u2067\r\n\tc مرحبا") == "ab\n\tc مرحبا"
    assert clean("\ud800x") == "\ufffdx"


def test_a_long_text_is_cut_at_the_end_of_a_sentence() -> None:
    text = "第一句话说完了。" * 700
    pieces = split(Rich(text))
    assert len(pieces) == 2
    assert all(piece.text.endswith("。") and piece.units <= LONGEST for piece in pieces)
    assert "".join(piece.text for piece in pieces) == text


def test_a_mark_across_a_cut_goes_on_behind_it() -> None:
    pieces = split(marked(BOLD, "字" * 5000))
    assert [len(piece.text) for piece in pieces] == [4096, 904]
    assert all(piece.marks[0].start == 0 for piece in pieces)
    assert [piece.marks[0].end for piece in pieces] == [4096, 904]


def test_an_emoji_sequence_is_not_cut_in_two() -> None:
    family = "👩\u200d👩\u200d👧"
    pieces = split(Rich("字" * 4091 + family + "完"))
    assert "".join(piece.text for piece in pieces) == "字" * 4091 + family + "完"
    assert any(piece.text.startswith("👩") and family in piece.text for piece in pieces)


@given(TEXTS, st.integers(8, 40))
def test_pieces_fit_and_lose_nothing_but_white_space(text: str, longest: int) -> None:
    pieces = split(marked(BOLD, Rich(text)), longest)
    assert all(0 < piece.units <= longest for piece in pieces)
    assert all(piece.text == piece.text.strip() for piece in pieces)
    assert "".join("".join(piece.text.split()) for piece in pieces) == "".join(text.split())


@given(TEXTS, TEXTS)
def test_entities_lie_within_the_text_on_whole_characters(before: str, inside: str) -> None:
    rich = joined(before, marked(BOLD, inside), "完")
    ends = {units(rich.text[:i]) for i in range(len(rich.text) + 1)}
    for entity in entities(rich):
        assert entity.offset in ends
        assert entity.offset + entity.length in ends
        assert entity.length > 0


def test_what_is_shortened_says_so() -> None:
    assert shortened(Rich("短")).text == "短"
    short = shortened(Rich("长" * 5000))
    assert short.units == LONGEST
    assert short.text.endswith("…")


def test_an_excerpt_is_one_line() -> None:
    assert excerpt("一\n二  三", 20) == "一 二 三"
    assert excerpt("一二三四五六", 4) == "一二三…"


def test_lines_are_joined_with_their_marks() -> None:
    rich = lines([marked(BOLD, "一"), "二"])
    assert rich.text == "一\n二"
    assert rich.marks[0].end == 1
