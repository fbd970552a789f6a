"""What stands for a report in a list and on a button."""

from __future__ import annotations

from collections.abc import Iterable

from bot.messages import Messages
from bot.telegram.rendering.rich_text import excerpt
from bot.wording.years import year_range
from index.store.store import IndexedReport

_LONGEST_TITLE = 60
_LONGEST_LABEL = 40


def reports_line(entry: IndexedReport, m: Messages) -> str:
    """Return the title of a report, with its year where the title lacks it."""
    title = m.titled.format(title=excerpt(entry.title, _LONGEST_TITLE))
    missing = [year for year in entry.years if str(year) not in entry.title]
    return f"{title}（{year_range(missing, m)}）" if missing else title


def report_label(entry: IndexedReport, m: Messages) -> str:
    """Return what stands for a report on a button: the year first, for the end may be cut off."""
    title = excerpt(m.titled.format(title=entry.title), _LONGEST_LABEL)
    return f"{year_range(entry.years, m)} {title}" if entry.years else title


def known_years(entries: Iterable[IndexedReport]) -> set[int]:
    """Return the years that the reports are of."""
    return {year for entry in entries for year in entry.years}
