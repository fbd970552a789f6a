"""Tests of keyboards."""

from __future__ import annotations

from bot.telegram.rendering.callback_data import ReportsPage
from bot.telegram.rendering.keyboards import Button, keyboard


def test_rows_without_buttons_are_left_out() -> None:
    made = keyboard([[], [Button("一", ReportsPage(1))], []])
    assert made is not None
    assert [[(b.text, b.callback_data) for b in row] for row in made.inline_keyboard] == [
        [("一", "l:1")]
    ]
    assert keyboard([[]]) is None
