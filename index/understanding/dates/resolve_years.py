"""Which years a question is about.

Everything works on folded text (`index.lexical.folding.fold`): digits are narrow, characters
simplified, letters small.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from index.understanding.dates.mentions import Calendar, Mention, Mentions
from index.understanding.dates.named_years import named
from index.understanding.dates.relative_years import against, relative
from index.understanding.question import Time

_TOGETHER = re.compile(
    r"^\s*(?:的|报告|总结)*\s*(?:和|与|跟|及|、|,|，|;|；|比|对比|较|vs\.?|再到|到)?\s*$"
)


_LEFT_OVER = re.compile(r"^(?:的|对|关于|[说讲]了?|提到了?|,|，|、|\s)+")


def time_of(text: str, calendar: Calendar) -> tuple[Time, str]:
    """Return the years that folded `text` is about, and the text without the words for them.

    Years that are named come before relative ones, and years of reports (2003年报告) before
    years that are only spoken of: those others stay in the text, as words to search for.
    """
    chosen = _chosen(text, calendar)
    if not chosen:
        return Time(against=against(text, (), calendar)), text
    years = tuple(sorted({year for m in chosen for year in m.years}))
    time = Time(
        years=years,
        origin=chosen[0].origin,
        words=tuple(text[m.start : m.end] for m in chosen),
        of_report=any(m.of_report for m in chosen),
        each_year=len(years) > 1 and (len(chosen) > 1 or chosen[0].each_year),
        school=all(m.school for m in chosen),
        against=against(text, years, calendar),
    )
    return time, _without(text, chosen)


def _chosen(text: str, calendar: Calendar) -> list[Mention]:
    names = _apart(text, named(text, calendar))
    of_reports = [m for m in names if m.of_report]
    if of_reports or not names:
        return of_reports or _apart(text, relative(text, calendar))
    return names if _joined(text, names) else names[:1]


def _apart(text: str, mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions in the order of the text, without those that an earlier one covers."""
    found = Mentions(text)
    for mention in mentions:
        found.add(mention)
    return sorted(found.every, key=lambda m: m.start)


def _joined(text: str, mentions: list[Mention]) -> bool:
    """Whether nothing but joining words stands between the years (2020年和2021年)."""
    gaps = pairwise(mentions)
    return len(mentions) > 1 and all(_TOGETHER.match(text[a.end : b.start]) for a, b in gaps)


def _without(text: str, mentions: list[Mention]) -> str:
    rest, at = "", 0
    for mention in mentions:
        between = text[at : mention.start]
        rest += ("" if at and _TOGETHER.match(between) else between) + " "
        at = mention.end
    rest = " ".join((rest + text[at:]).split())
    return _LEFT_OVER.sub("", rest) or rest
