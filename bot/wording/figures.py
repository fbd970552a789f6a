"""Figures of years in words: the most or the least of them, and the years that have none."""

from __future__ import annotations

from collections.abc import Sequence

from bot.messages import Messages
from bot.wording.years import years
from index.answering.answer import Figure, Side, SideBySide


def extreme_line(content: SideBySide, m: Messages) -> str:
    """Return in which year it was most, or least, and how much; "" where that is not asked.

    Where a year that has a report gave no figure, it is said only of those that did.
    """
    words, extreme = m.understanding, content.extreme
    if extreme is None:
        return ""
    template = words.most if extreme.most else words.least
    said = words.comma.join(years([figure.year], m) for figure in extreme.figures)
    line = template.format(years=said, words=extreme.figures[0].words)
    counted = {figure.year for figure in content.figures}
    complete = all(side.year in counted for side in content.sides if side.reported)
    return line if complete else words.of_those_found.format(said=line)


def silent_years(sides: Sequence[Side], figures: Sequence[Figure], m: Messages) -> list[str]:
    """Return which years have a report that does not say, and which say it without a figure.

    Years without a report are named in the notes on an answer (`bot.wording.notes`).
    """
    words = m.understanding
    counted = {figure.year for figure in figures}
    silent = [side.year for side in sides if not side.found and side.reported]
    wordy = [side.year for side in sides if side.found and side.year not in counted and figures]
    return [
        template.format(years=years(numbers, m))
        for template, numbers in ((words.years_silent, silent), (words.years_wordy, wordy))
        if numbers
    ]


def described(figures: Sequence[Figure], m: Messages) -> str:
    """Return what a chart of the figures shows, for who does not see it."""
    words = m.understanding
    said = words.comma.join(
        words.figure_of_year.format(year=years([figure.year], m), words=figure.words)
        for figure in figures
    )
    return words.chart.format(figures=said)
