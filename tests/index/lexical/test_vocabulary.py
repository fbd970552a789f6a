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


def test_what_has_gone_is_counted_no_more_and_what_has_come_is() -> None:
    changed = Vocabulary.of(TEXTS).changed(Vocabulary.of(TEXTS[2:4]), Vocabulary.of(["书记"]))
    expected = Vocabulary.of([*TEXTS[:2], *TEXTS[4:], "书记"])
    np.testing.assert_array_equal(changed.keys, expected.keys)
    np.testing.assert_array_equal(changed.counts, expected.counts)
    assert changed.counts.dtype == expected.counts.dtype
    everything = expected.changed(expected, Vocabulary.of([]))
    assert len(everything.keys) == 0


def test_no_text_has_no_words() -> None:
    assert len(Vocabulary.of([]).keys) == 0
    assert Vocabulary.of([]).count("书记") == 0
