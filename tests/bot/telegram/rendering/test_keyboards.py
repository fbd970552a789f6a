"""Tests of what buttons carry."""

from __future__ import annotations

import pytest

from bot.telegram.rendering.keyboards import (
    Button,
    Subject,
    data,
    fields,
    keyboard,
    number,
    report_key,
)


def test_data_comes_back_as_the_fields_it_was_made_of() -> None:
    assert fields(data(Subject.VIEW, "id", "p", 3)) == ["id", "p", "3"]


def test_data_longer_than_telegram_carries_is_an_error_at_once() -> None:
    data(Subject.VIEW, "a" * 62)
    with pytest.raises(ValueError, match="65 bytes"):
        data(Subject.VIEW, "a" * 63)


def test_a_long_name_of_a_report_fits_by_its_key() -> None:
    name = "昆山市第二中学2021年度工作总结" * 8
    assert fields(data(Subject.OUTLINE, report_key(name), "12345678", 123))[0] == report_key(name)
    assert report_key(name) != report_key(name + "一")


@pytest.mark.parametrize("forged", ["", "-1", "x", "１２", "9" * 10, "1e3", " 1"])
def test_a_field_that_is_no_number_is_minus_one(forged: str) -> None:
    assert number(forged) == -1


def test_rows_without_buttons_are_left_out() -> None:
    made = keyboard([[], [Button("一", "v:1")], []])
    assert made is not None
    assert [[b.text for b in row] for row in made.inline_keyboard] == [["一"]]
    assert keyboard([[]]) is None
