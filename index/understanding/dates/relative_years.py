"""Years that a question counts from others: 去年, 近三年, 历年, “十三五”期间."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.text.numerals import number
from index.understanding.dates.mentions import Calendar, Mention
from index.understanding.dates.named_years import OF_REPORT
from index.understanding.question import Origin

_PERIOD = re.compile(
    r"[“\"]?(?P<n>十?[一二三四五六七八九十])五[”\"]?(?P<end>期间|时期|以来)|[“\"](?P<m>十?[一二三四五六七八九十])五[”\"](?!计划|规划)"
)
_RECENT = re.compile(
    r"(?:最近|近|过去|这|前|头)(?P<n>\d{1,2}|[两一二三四五六七八九十])(?:个?学)?年(?:里|中|间|来|以来)?(?!级)"
)
_YEARS_ON = re.compile(r"(?<![\d第十百近过去这前头])(?P<n>[两二三四五六七八九])年来")
_ALL = re.compile(
    rf"历年(?:来|{OF_REPORT})?|各年度?|逐年|^每一?年(?!级)的?|每一?年(?=分别|各|都是?[多几])|哪一?年(?=.{{0,12}}最)|(?<=最.)的?(?:是|在)?哪一?年"
)
_SOME = re.compile(r"(?:这|近|最近)些?几?年来?(?:里|间)?(?<!近年)(?<!这年)")
_SOME_YEARS, _MOST_COUNTED = 5, 20
_BASE = re.compile(
    r"(?:比|较|同)(?:上|去|前)(?:一?学?年度?|年)(?:同期)?(?!相比|比较|有什么|有何|怎么|不同|如何)"
)
_AGAINST = re.compile(
    r"(?:比|较|同|跟)(?:(?P<two>前年)|(?:上|去|头|前一)(?:一?学?年度?|年))(?:同期)?(?=.{0,8}(?:多少|几|好多|怎么样|咋样|如何))"
)
_RELATIVE: tuple[tuple[re.Pattern[str], int], ...] = tuple(
    (re.compile(pattern), offset)
    for pattern, offset in (
        (r"大前年", -3),
        (r"\bthe year before last\b", -2),
        (r"\blast year\b", -1),
        (r"\bthis year\b", 0),
        (r"前年(?!度)", -2),
        (r"去年|上一?(?:学年度?|年度)|上一年|(?<![以加])上年(?![龄级纪])", -1),
        (r"今年|本(?:学年度?|年度?)(?!龄|级)|这一?(?:学年|年度)|当前年度", 0),
        (r"明年|来年|下一?(?:学年度?|年度)|下一年|新学年", 1),
    )
)
_FROM_TALK: tuple[tuple[re.Pattern[str], int], ...] = tuple(
    (re.compile(pattern), offset)
    for pattern, offset in (
        (r"前一(?:学年|年度?)|(?:再往前|往前)一?年|上一(?:学年|年度?)", -1),
        (r"(?:第二|次|后一|转过)年|下一(?:学年|年度?)", 1),
        (r"(?:同一|那一?|当)年(?!级|龄)", 0),
    )
)


def relative(text: str, calendar: Calendar) -> Iterator[Mention]:
    """Yield what in folded `text` says years by counting, the surest first."""
    yield from _periods(text, calendar)
    if calendar.now is not None:
        yield from _from_talk(text, calendar)
        yield from _recent(text, calendar)
        yield from _single(text, calendar, calendar.now)


def against(text: str, years: tuple[int, ...], calendar: Calendar) -> int | None:
    """Return the year that what folded `text` asks about one year is measured against."""
    match = _AGAINST.search(text)
    year = years[0] if len(years) == 1 else calendar.talk or calendar.newest
    if match is None or year is None or len(years) > 1:
        return None
    return year - (2 if match["two"] else 1)


def _periods(text: str, calendar: Calendar) -> Iterator[Mention]:
    for match in _PERIOD.finditer(text):
        plan = number(match["n"] or match["m"])
        if plan is not None:
            yield Mention(*match.span(), _plan(plan, calendar), Origin.PERIOD, each_year=True)


def _from_talk(text: str, calendar: Calendar) -> Iterator[Mention]:
    if calendar.talk is not None:
        masked = _masked(text)
        for pattern, offset in _FROM_TALK:
            for match in pattern.finditer(masked):
                yield Mention(*match.span(), (calendar.talk + offset,), Origin.FROM_TALK)


def _recent(text: str, calendar: Calendar) -> Iterator[Mention]:
    """Yield mentions of several years: 近三年 by number, 历年 and 近几年 of those reported."""
    reported = tuple(sorted(calendar.years))
    for match in _RECENT.finditer(text):
        count, last = number(match["n"]) or 0, calendar.newest or calendar.now
        if 1 < count <= _MOST_COUNTED and last is not None:
            recent = tuple(range(last - count + 1, last + 1))
            yield Mention(*match.span(), recent, Origin.RELATIVE, each_year=True)
    for match in _YEARS_ON.finditer(text):
        count = number(match["n"]) or 0
        recent = tuple(y for y in reported if y > (calendar.newest or 0) - count)
        if len(recent) > 1:
            yield Mention(*match.span(), recent, Origin.RELATIVE, each_year=True)
    for pattern, years in ((_ALL, reported), (_SOME, reported[-_SOME_YEARS:])):
        for match in pattern.finditer(text):
            yield Mention(*match.span(), years, Origin.RELATIVE, each_year=True)


def _single(text: str, calendar: Calendar, now: int) -> Iterator[Mention]:
    masked = _masked(text)
    for pattern, offset in _RELATIVE:
        for match in pattern.finditer(masked):
            year = _nearest(now + offset, offset, calendar)
            yield Mention(*match.span(), (year,), Origin.RELATIVE)


def _nearest(year: int, offset: int, calendar: Calendar) -> int:
    """Return `year`; this year is the newest that reports can speak of, the next the one after."""
    if offset >= 0 and calendar.newest is not None:
        return calendar.newest + offset
    return year


def _plan(n: int, calendar: Calendar) -> tuple[int, ...]:
    """Return the years of the n-th five-year plan: the first began in 1953, the sixth in 1981.

    Of the years there are reports of, where there are any.
    """
    first = 1953 + 5 * (n - 1) if n < 3 else 1966 + 5 * (n - 3)
    years = tuple(range(first, first + 5))
    return tuple(year for year in years if year in calendar.years) or years


def _masked(text: str) -> str:
    """Return `text` with the years blotted out that a change is only measured against (比上年)."""
    return _BASE.sub(lambda match: "\0" * len(match[0]), text)
