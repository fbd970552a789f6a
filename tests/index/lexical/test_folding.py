from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.lexical.folding import comparable, fold


def test_traditional_and_full_width_and_case_meet() -> None:
    assert fold("學校怎樣幫家長ＡＢＣ１２「双减」") == "学校怎样帮家长abc12“双减”"


@given(st.text(max_size=80))
def test_offsets_hold_after_folding(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_comparable_text_has_no_white_space() -> None:
    assert comparable("請黨放心　強國 有我\n㎡") == "请党放心强国有我m2"
