"""The buttons under an answer: one row at first, more where the report itself is looked at."""

from __future__ import annotations

from telegram import InlineKeyboardMarkup

from bot.messages import Messages
from bot.messages.telegram import Objection
from bot.telegram.rendering.callback_data import AnswerAction, AnswerButton, ObjectionButton
from bot.telegram.rendering.keyboards import Button, CopyButton, keyboard
from bot.telegram.storage.shown_answers import ShownAnswer

_TO_REFUSALS = (Objection.IN_REPORTS, Objection.WRONG_YEAR)


def answer_keyboard(shown: ShownAnswer, m: Messages) -> InlineKeyboardMarkup | None:
    """Return the one row under an answer or a refusal."""
    words = m.telegram
    down = _button(words.button_down, shown, AnswerAction.DOWN)
    if not shown.passages:
        return keyboard([[down]])
    if not shown.answered:
        return keyboard([[_button(words.button_nearest, shown, AnswerAction.PASSAGE), down]])
    original = _button(words.button_original, shown, AnswerAction.AROUND)
    return keyboard([[original, *_sources(shown, 0, m), down]])


def passage_keyboard(
    shown: ShownAnswer, position: int, copied: str, m: Messages
) -> InlineKeyboardMarkup | None:
    """Return the buttons under passage `position`, from 0; `copied` is what can be copied."""
    words, last = m.telegram, len(shown.passages) - 1
    turn = []
    if position > 0:
        turn.append(_button(words.button_previous, shown, AnswerAction.AROUND, position - 1))
    if position < last:
        turn.append(_button(words.button_next, shown, AnswerAction.AROUND, position + 1))
    back = _button(words.button_back, shown, AnswerAction.BACK)
    copy = CopyButton(words.button_copy, copied)
    return keyboard([turn, [back, *_sources(shown, position, m), copy]])


def objection_keyboard(shown: ShownAnswer, m: Messages) -> InlineKeyboardMarkup | None:
    """Return what can be wrong with an answer, two a row, and the way back."""
    offered = tuple(Objection) if shown.answered else _TO_REFUSALS
    buttons = [
        Button(m.telegram.objections[objection], ObjectionButton(shown.id, objection))
        for objection in offered
    ]
    rows = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
    return keyboard([*rows, [_button(m.telegram.button_back, shown, AnswerAction.BACK)]])


def _sources(shown: ShownAnswer, position: int, m: Messages) -> list[Button]:
    """Return the buttons for the page of a passage, where it can be shown, and for its file."""
    page = _button(m.telegram.button_page, shown, AnswerAction.PAGE, position)
    file = _button(m.telegram.button_file, shown, AnswerAction.FILE, position)
    return [page, file] if shown.passages[position].pictured else [file]


def _button(label: str, shown: ShownAnswer, action: AnswerAction, position: int = 0) -> Button:
    return Button(label, AnswerButton(shown.id, action, position))
