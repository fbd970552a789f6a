from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexical.overlap import bigrams, dice, overlap, pairs, share_held

folded = st.text("书记思政课12,。 ab", max_size=12)


def test_characters_pairs_words_and_numbers_are_terms() -> None:
    assert bigrams("思政课,ok 1,500。课") == {"思", "政", "课", "思政", "政课", "ok", "1500"}
    assert pairs("思政课 a 7 15") == {"思政", "政课", "15"}


@pytest.mark.parametrize("likeness", [share_held, overlap, dice])
@given(one=folded, other=folded)
def test_a_likeness_is_from_none_to_all(likeness: object, one: str, other: str) -> None:
    a, b = bigrams(one), bigrams(other)
    assert callable(likeness)
    assert 0 <= likeness(a, b) <= 1
    if a:
        assert likeness(a, a) == 1
    if a and b and not a & b:
        assert likeness(a, b) == 0


@given(folded, folded)
def test_they_differ_in_what_they_divide_by(one: str, other: str) -> None:
    a, b = bigrams(one), bigrams(other)
    assert overlap(a, b) == overlap(b, a) >= dice(a, b) == dice(b, a)
    if a and b:
        assert overlap(a, b) == max(share_held(a, b), share_held(b, a))
    assert share_held(frozenset(), a) == 0
    assert share_held(a, a | b) == (1 if a else 0)
