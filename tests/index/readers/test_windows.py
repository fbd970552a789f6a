from __future__ import annotations

from itertools import pairwise

import pytest
from tokenizers import Tokenizer

from index.encoders import BUNDLED_FOLDER
from index.readers.windows import BESIDE, HEADING, LONGEST, OVERLAP, QUESTION, Layout, Window


@pytest.fixture(scope="module")
def layout() -> Layout:
    tokenizer = Tokenizer.from_file(str(BUNDLED_FOLDER / "tokenizer.json"))
    tokenizer.no_truncation()
    return Layout(tokenizer)


def covered(window: Window) -> set[int]:
    return {at for start, end in window.offsets for at in range(start, end)}


SENTENCE = "党总支书记带头上思政课12节，各支部书记讲党课15次。"


def test_a_short_passage_is_one_window_whose_offsets_are_its_characters(layout: Layout) -> None:
    (window,) = layout.windows("几节思政课", "2021年度工作总结 党建工作", SENTENCE)
    assert len(window.ids) == window.text_start + len(window.offsets) + 1
    assert covered(window) == set(range(len(SENTENCE)))
    assert window.offsets == sorted(window.offsets)
    assert window.ids.count(2) == 3


def test_windows_over_a_long_passage_cover_it_and_overlap(layout: Layout) -> None:
    text = SENTENCE * 60
    windows = layout.windows("几节思政课", "总结", text)
    assert len(windows) > 1
    assert all(len(window.ids) <= LONGEST for window in windows)
    assert windows[0].offsets[0][0] == 0
    assert windows[-1].offsets[-1][1] == len(text)
    for before, after in pairwise(windows):
        assert before.offsets[-OVERLAP:] == after.offsets[:OVERLAP]


def test_a_long_question_and_a_long_heading_leave_room_for_the_passage(layout: Layout) -> None:
    (window,) = layout.windows("问" * 3000, "题" * 3000, SENTENCE)
    assert window.text_start <= QUESTION + HEADING + 3
    assert covered(window) == set(range(len(SENTENCE)))


def test_an_empty_passage_is_an_empty_window(layout: Layout) -> None:
    (window,) = layout.windows("问", "", "")
    assert window.offsets == []


def test_of_the_words_beside_a_question_those_that_are_read_are_put_to_it(layout: Layout) -> None:
    heading = "2021年度工作总结 屋面改造"
    beside = ("屋面", "书记", "食堂", "经费")
    given = layout.windows("房顶的事谁管", heading, SENTENCE, beside)
    assert given == layout.windows("房顶的事谁管 屋面 书记", heading, SENTENCE)


def test_only_so_many_words_are_put_beside_a_question(layout: Layout) -> None:
    words = [SENTENCE[i : i + 2] for i in range(len(SENTENCE) - 1)]
    given = layout.windows("问", "", SENTENCE, words)
    assert given == layout.windows(" ".join(("问", *words[:BESIDE])), "", SENTENCE)
