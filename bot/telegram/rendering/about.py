"""Answers to questions about the bot itself, with the buttons that lead on."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot.messages import Messages
from bot.telegram.rendering.outline_tree import ROOT, outline_page, reports_page
from bot.telegram.rendering.rich_text import Rich, lines
from bot.wording.notes import about_program
from index.answering.answer import AboutProgram
from index.store.store import IndexedReport
from index.understanding.about_bot import AboutBot

Screen = tuple[Rich, InlineKeyboardMarkup | None]


def about_screen(content: AboutProgram, entries: Sequence[IndexedReport], m: Messages) -> Screen:
    """Return the help, the list of reports or an outline as /help, /reports and /report show it."""
    entry = next((each for each in entries if each.name == content.report), None)
    match content.about:
        case AboutBot.HELP:
            return Rich(m.telegram.help), None
        case AboutBot.REPORTS:
            return reports_page(entries, 0, m)
        case AboutBot.OUTLINE if entry is not None:
            return outline_page(entry, ROOT, m)
        case _:
            return lines(about_program(content, m)), None
