"""Years as they are read: one, several, and from the first to the last."""

from __future__ import annotations

from collections.abc import Iterable

from bot.messages import Messages


def year_label(year: int | None, m: Messages) -> str:
    """Return one year (2021年); that it is unknown where it is None."""
    return m.unknown_year if year is None else m.of_year.format(year=year)


def years(numbers: Iterable[int], m: Messages) -> str:
    """Return years in order, runs of three or more joined (2019–2022年)."""
    runs: list[list[int]] = []
    for year in numbers:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    said = [
        f"{run[0]}–{run[-1]}" if len(run) > 2 else m.understanding.comma.join(map(str, run))
        for run in runs
    ]
    return m.understanding.comma.join(m.of_year.format(year=words) for words in said)


def year_range(numbers: Iterable[int], m: Messages, unknown: str | None = None) -> str:
    """Return the first and the last of the years (2019–2022年), whatever is between them.

    `unknown` is returned where there are none; by default that the year is unknown.
    """
    found = sorted(set(numbers))
    if not found:
        return m.unknown_year if unknown is None else unknown
    return m.of_year.format(year="–".join(map(str, dict.fromkeys((found[0], found[-1])))))
