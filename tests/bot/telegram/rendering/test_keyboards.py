"""Tests of keyboards."""

from __future__ import annotations

from telegram.constants import KeyboardButtonStyle

from bot.telegram.rendering.callback_data import ReportsPage
from bot.telegram.rendering.keyboards import Button, CopyButton, keyboard


def test_rows_without_buttons_are_left_out() -> None:
    made = keyboard([[], [Button("一", ReportsPage(1))], []])
    assert made is not None
    assert [[(b.text, b.callback_data) for b in row] for row in made.inline_keyboard] == [
        [("一", "l:1")]
    ]
    assert keyboard([[]]) is None


def test_a_button_carries_its_style_or_copies_what_fits() -> None:
    made = keyboard(
        [
            [
                Button("上线", ReportsPage(0), KeyboardButtonStyle.SUCCESS),
                CopyButton("复制", "字" * 300),
            ]
        ]
    )
    assert made is not None
    styled, copies = made.inline_keyboard[0]
    assert styled.to_dict()["style"] == "success"
    assert copies.copy_text is not None
    assert copies.copy_text.text == "字" * 255 + "…"
