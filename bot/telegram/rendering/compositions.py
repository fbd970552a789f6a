"""What a language model put together, as it is read on a phone, with buttons to its sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup

from bot.messages import Messages
from bot.telegram.rendering.callback_data import AnswerAction, AnswerButton
from bot.telegram.rendering.keyboards import Button, keyboard
from bot.telegram.rendering.rich_text import ITALIC, Rich, excerpt, lines, marked
from bot.telegram.storage.shown_answers import ShownAnswer
from bot.wording.citations import citation
from bot.wording.compositions import numbered_text

if TYPE_CHECKING:
    from index.language_model.writing import Composition

_LONGEST = 160
_A_ROW = 6


def composition_text(composition: Composition, m: Messages) -> Rich:
    """Return the sentences, that they are put together, and what they rest on, quoted."""
    words = m.language_model
    said = lines(map(numbered_text, composition.sentences))
    quoted = [
        lines(
            [
                words.source.format(number=each.number, words=excerpt(each.found.words, _LONGEST)),
                marked(ITALIC, citation(each.found.passage, m)),
            ]
        )
        for each in composition.used
    ]
    return lines([said, marked(ITALIC, words.composed), *quoted], "\n\n")


def composition_keyboard(
    view: ShownAnswer, composition: Composition, m: Messages
) -> InlineKeyboardMarkup | None:
    """Return a button a source, which shows its passage, and the thumb that points down.

    The sources that are used come first among the passages of `view`.
    """
    sources = [
        Button(f"[{each.number}]", AnswerButton(view.id, AnswerAction.PASSAGE, position))
        for position, each in enumerate(composition.used)
    ]
    down = Button(m.telegram.button_down, AnswerButton(view.id, AnswerAction.DOWN))
    rows = [sources[i : i + _A_ROW] for i in range(0, len(sources), _A_ROW)]
    return keyboard([*rows, [down]])
