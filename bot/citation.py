"""Citations: where the words of an answer stand."""

from __future__ import annotations

from bot.messages import Messages
from corpus.report import Passage


def citation(passage: Passage, m: Messages) -> str:
    """Return 《title》 › heading path › 第n段, with the year where the title lacks it."""
    title = m.titled.format(title=passage.title)
    if passage.year is not None and str(passage.year) not in passage.title:
        title += f"（{m.of_year.format(year=passage.year)}）"
    place = m.paragraph.format(number=passage.paragraph)
    if passage.page is not None:
        place += f"，{m.page.format(number=passage.page)}"
    return " › ".join((title, *passage.path, place))
