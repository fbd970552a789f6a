"""Words on a page: which letters they are, and what is left of the page around them."""

from __future__ import annotations

import numpy as np
import pytest

from corpus.formats.page_pictures.marking import (
    Letter,
    cut_for_phone,
    find,
    inked,
    lines,
    marked,
)

SIDE = 20


def page(*rows: str, top: int = 0, left: int = 0) -> list[Letter]:
    """Letters of 20 pixels, row under row."""
    return [
        Letter(c, left + x * SIDE, top + y * SIDE, left + (x + 1) * SIDE, top + (y + 1) * SIDE)
        for y, row in enumerate(rows)
        for x, c in enumerate(row)
    ]


def said(letters: list[Letter]) -> str:
    return "".join(letter.text for letter in letters)


@pytest.mark.parametrize(
    "words",
    [
        "累计上思政课（专题党课）12节",
        "累计上思政课(专题党课)12节,",
        " 累计上 思政课\n专题党课 12节。",
    ],
)
def test_words_are_found_across_lines_whatever_their_signs_and_spaces(words: str) -> None:
    rows = ("书记带头累计上思政课", "（专题党课）12节，其他")
    assert said(find(words, page(*rows))[0]).strip("（）") == "累计上思政课专题党课12节"


def test_what_was_recognised_wrongly_is_marked_with_the_rest() -> None:
    found, same = find(
        "带领各支部切实履行教育引导管理职责", page("带领各支部切宝履行教育引导管理职责")
    )
    assert said(found) == "带领各支部切宝履行教育引导管理职责"
    assert same < len(found)


def test_of_words_that_run_over_to_the_next_page_the_part_on_this_one_is_found() -> None:
    found, _ = find("书记带头上思政课十二节并组织学习", page("第一行。书记带头上思政课十"))
    assert said(found) == "书记带头上思政课十"


@pytest.mark.parametrize("words", ["", "——", "书记说的另外一句话", "上课"])
def test_what_does_not_stand_there_is_not_found(words: str) -> None:
    assert find(words, page("书记带头上思政课十二节")) == ([], 0)
    assert find(words, []) == ([], 0)


def test_letters_are_joined_to_lines_and_columns_are_not() -> None:
    rows = [*page("甲乙丙丁", "戊己"), *page("另栏", left=400)]
    assert [line.text for line in lines(rows)] == ["甲乙丙丁", "戊己", "另栏"]


def blank(width: int, height: int) -> np.ndarray:
    return np.full((height, width, 3), 255, np.uint8)


def test_a_marker_leaves_the_letters_black_and_the_rest_of_the_page_white() -> None:
    picture = blank(200, 100)
    picture[5:15, 5:10] = 0
    drawn = marked(picture, page("甲乙"))
    assert (drawn[10, 7] == 0).all()
    assert (drawn[10, 30] != 255).any()
    assert (drawn[60:] == 255).all()
    assert (picture[10, 30] == 255).all()


def test_a_page_on_which_nothing_is_drawn_where_the_letters_are_has_no_ink() -> None:
    picture, letters = blank(200, 100), page("甲乙")
    assert not inked(picture, letters)
    picture[50, 150] = 0
    assert not inked(picture, letters)
    picture[10, 30] = 0
    assert inked(picture, letters)


def test_of_a_page_with_small_letters_the_part_around_the_words_is_cut_out() -> None:
    letters = page(*(["一二三四五六七八九十"] * 40), top=300, left=500)
    found = letters[200:210]
    part, cut = cut_for_phone(blank(1240, 1754), found, letters)
    height, width, _ = part.shape
    assert cut
    assert width < 400
    assert 10 * SIDE < height < width
    assert cut_for_phone(blank(300, 400), found, letters) == (pytest.approx(blank(300, 400)), False)
