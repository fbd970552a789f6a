"""Keyboards of buttons under a message."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.telegram.rendering.callback_data import CallbackData, encode


@dataclass(frozen=True, slots=True)
class Button:
    """A button: what stands on it, and what it carries."""

    label: str
    data: CallbackData


@dataclass(frozen=True, slots=True)
class LinkButton:
    """A button that opens an address."""

    label: str
    address: str


def keyboard(rows: Iterable[Sequence[Button | LinkButton]]) -> InlineKeyboardMarkup | None:
    """Return the rows as a keyboard; None where there are no buttons."""
    made = [[_made(button) for button in row] for row in rows if row]
    return InlineKeyboardMarkup(made) if made else None


def _made(button: Button | LinkButton) -> InlineKeyboardButton:
    if isinstance(button, LinkButton):
        return InlineKeyboardButton(button.label, url=button.address)
    return InlineKeyboardButton(button.label, callback_data=encode(button.data))
