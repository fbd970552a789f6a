from __future__ import annotations

import numpy as np
import pytest

from index.lexical.vocabulary import Vocabulary

TEXTS = ("书记上课，书记讲课。", "", "师", "師德師風abc师德", "书", "记")


def test_characters_pairs_and_triples_are_counted_within_a_text() -> None:
    vocabulary = Vocabulary.of(TEXTS)
    assert vocabulary.count("书记") == 2
    assert vocabulary.count("书") == 3
    assert vocabulary.count("师德") == 2
    assert vocabulary.count("师德师") == 1
    assert vocabulary.count("课书") == 0


def test_many_texts_are_counted_in_blocks_and_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = Vocabulary.of(TEXTS)
    monkeypatch.setattr("index.lexical.vocabulary._AT_ONCE", 3)
    blocks = Vocabulary.of(TEXTS)
    np.testing.assert_array_equal(whole.keys, blocks.keys)
    np.testing.assert_array_equal(whole.counts, blocks.counts)
    assert (blocks.keys.dtype, blocks.counts.dtype) == (np.int64, np.int32)


def assert_same(one: Vocabulary, other: Vocabulary) -> None:
    np.testing.assert_array_equal(one.keys, other.keys)
    np.testing.assert_array_equal(one.counts, other.counts)
    assert (one.keys.dtype, one.counts.dtype) == (other.keys.dtype, other.counts.dtype)


@pytest.mark.parametrize("at_once", [1, 5, 1 << 22])
def test_joined_parts_are_the_vocabulary_of_all_texts(
    at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.lexical.vocabulary._AT_ONCE", at_once)
    parts = [Vocabulary.of(TEXTS[:2]), Vocabulary.of([]), Vocabulary.of(TEXTS[2:])]
    assert_same(Vocabulary.join(parts), Vocabulary.of(TEXTS))
    assert len(Vocabulary.join([]).keys) == 0


def test_a_vocabulary_comes_back_from_bytes() -> None:
    for texts in (TEXTS, ()):
        made = Vocabulary.of(texts)
        assert_same(Vocabulary.from_bytes(made.to_bytes()), made)


def test_no_text_has_no_words() -> None:
    assert len(Vocabulary.of([]).keys) == 0
    assert Vocabulary.of([]).count("书记") == 0
