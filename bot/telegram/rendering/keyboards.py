"""Keyboards of buttons under a message."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import KeyboardButtonStyle

from bot.telegram.rendering.callback_data import CallbackData, encode
from bot.telegram.rendering.rich_text import excerpt

LONGEST_COPY = 256
"""Characters that a button copies, at most (https://core.telegram.org/bots/api#copytextbutton)."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button: what stands on it, what it carries, and its style where it has one."""

    label: str
    data: CallbackData
    style: KeyboardButtonStyle | None = None


@dataclass(frozen=True, slots=True)
class LinkButton:
    """A button that opens an address."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class CopyButton:
    """A button that copies `text`, which is cut where it is longer than a button copies."""

    label: str
    text: str


def keyboard(
    rows: Iterable[Sequence[Button | LinkButton | CopyButton]],
) -> InlineKeyboardMarkup | None:
    """Return the rows as a keyboard; None where there are no buttons."""
    made = [[_made(button) for button in row] for row in rows if row]
    return InlineKeyboardMarkup(made) if made else None


def _made(button: Button | LinkButton | CopyButton) -> InlineKeyboardButton:
    if isinstance(button, CopyButton):
        copied = CopyTextButton(excerpt(button.text, LONGEST_COPY))
        return InlineKeyboardButton(button.label, copy_text=copied)
    if isinstance(button, LinkButton):
        return InlineKeyboardButton(button.label, url=button.address)
    return InlineKeyboardButton(button.label, callback_data=encode(button.data), style=button.style)
