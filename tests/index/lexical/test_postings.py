from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexical import postings
from index.lexical.bm25 import LexicalIndex
from index.lexical.postings import FILES, Postings
from tests.index.lexical.test_bm25 import TEXTS

Texts = list[list[str]]
texts = st.lists(st.lists(st.sampled_from("一二三四五六七八九十甲乙丙丁"), max_size=12), max_size=9)


def assert_same(one: Postings, other: Postings) -> None:
    for name in FILES:
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), err_msg=name)


@given(st.lists(texts, max_size=6))
def test_joined_postings_are_those_of_all_passages_at_once(parts: list[Texts]) -> None:
    joined = Postings.join([Postings.build(part) for part in parts])
    assert_same(joined, Postings.build([text for part in parts for text in part]))


def test_joining_in_small_steps_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = [Postings.build(TEXTS), Postings.build(TEXTS[:1]), Postings.build(TEXTS * 3)]
    expected = Postings.join(parts)
    for step in (1, 2, 7):
        monkeypatch.setattr(postings, "_AT_ONCE", step)
        assert_same(Postings.join(parts), expected)


def test_postings_come_back_from_bytes_and_from_disk(tmp_path: Path) -> None:
    made = Postings.build(TEXTS)
    assert_same(Postings.from_bytes(made.to_bytes()), made)
    made.save(tmp_path)
    assert_same(Postings.load(tmp_path), made)


@given(texts, st.lists(st.sampled_from("一二三四五六"), max_size=8), st.integers(1, 5), st.data())
def test_the_best_are_those_of_an_exhaustive_search(
    found: Texts, question: list[str], count: int, data: st.DataObject
) -> None:
    index = LexicalIndex.build(found)
    allowed = np.array(
        data.draw(st.lists(st.booleans(), min_size=len(found), max_size=len(found))), np.bool_
    )
    for mask in (None, allowed):
        scores = index.scores(question) * (1 if mask is None else mask)
        rows = index.best(question, count, mask)
        expected = np.sort(scores[scores > 0])[::-1][:count]
        np.testing.assert_allclose(np.sort(scores[rows])[::-1], expected, rtol=1e-5)
        np.testing.assert_allclose(
            index.scores_of(question, rows), index.scores(question)[rows], rtol=1e-5
        )


def test_common_terms_are_looked_up_only_where_they_can_matter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    common = [["的", "是"] for _ in range(500)]
    index = LexicalIndex.build([*common, ["的", "师德师风"], ["的", "师德师风", "师德师风"]])
    added = []
    whole = LexicalIndex._add
    monkeypatch.setattr(
        LexicalIndex, "_add", lambda *args: added.append(args[1].frequency) or whole(*args)
    )
    assert set(index.best(["的", "是", "师德师风"], 2).tolist()) == {500, 501}
    assert added == [2]
