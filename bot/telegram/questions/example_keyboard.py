"""Example questions that the reports answer, as buttons that ask them."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot.telegram.context import BotContext
from bot.telegram.rendering.callback_data import ExampleButton, report_key
from bot.telegram.rendering.keyboards import Button, keyboard
from bot.telegram.rendering.rich_text import excerpt
from corpus.errors import CorpusError
from index.errors import SearchError

LONGEST_LABEL = 60
_log = logging.getLogger(__name__)


async def find_examples(context: BotContext, report: str | None = None) -> tuple[str, ...]:
    """Return questions that `report`, or any of the reports, answers; () where none is known."""
    try:
        return await context.threads.ask(context.example_questions.questions, report)
    except (SearchError, CorpusError) as exc:
        _log.info("no example error=%s", type(exc).__name__)
        return ()


def example_keyboard(
    questions: Sequence[str], report: str | None = None
) -> InlineKeyboardMarkup | None:
    """Return a button for each example about `report`, or any; None where there is no example."""
    key = report_key(report) if report is not None else ""
    return keyboard(
        [Button(excerpt(question, LONGEST_LABEL), ExampleButton(key, number))]
        for number, question in enumerate(questions)
    )
