"""Which years a question is about.

Everything works on folded text (`index.folding.fold`): digits are narrow, characters
simplified, letters small.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.numerals import number
from index.understanding.question import Origin, Time

_DIGIT = "〇○零o一二三四五六七八九"
_FOUR = rf"(?:(?:19|20)\d{{2}}|[一二][九〇○零o][{_DIGIT}]{{2}})"
_TWO = rf"(?:\d{{2}}|[{_DIGIT}]{{2}})"
_UNIT = r"(?:学年度?|年度|年)"
_REPORT = (
    r"(?:的|那份|那年的)?(?:政府|学校|党建|年度|年终)*(?:工作)?(?:报告|总结|述职)(?:里面?|中|上)?"
)

_RANGE = re.compile(
    rf"(?<![\d.])(?P<a>{_FOUR})\s*{_UNIT}?\s*(?:[-—–―~～]+|至|到)\s*(?P<b>{_FOUR}|{_TWO})\s*(?P<unit>{_UNIT})"
)
_YEAR = re.compile(
    rf"(?<![\d.])(?P<a>{_FOUR})\s*(?:(?P<unit>{_UNIT})|(?=\s*(?:和|与|跟|及|、|,|比|对比|vs)\s*{_FOUR}))"
)
_SHORT = re.compile(
    rf"(?<![\d.第百千万十{_DIGIT}])(?P<a>{_TWO})\s*(?P<unit>学年度?|年度|年)"
    r"(?!来|前|后|间|内|以|多|左右|级|龄|制|段|的?时间|的?历史)"
)
_ENGLISH = re.compile(r"\b(?:in|of|for|during)\s+(?:the year\s+)?(?P<a>(?:19|20)\d{2})\b(?!\s*年)")
_PERIOD = re.compile(
    r"[“\"]?(?P<n>十?[一二三四五六七八九十])五[”\"]?(?P<end>期间|时期|以来)|[“\"](?P<m>十?[一二三四五六七八九十])五[”\"](?!计划|规划)"
)
_RECENT = re.compile(
    r"(?:最近|近|过去|这|前|头)(?P<n>\d{1,2}|[两一二三四五六七八九十])(?:个?学)?年(?:里|中|间|来|以来)?(?!级)"
)
_ALL = re.compile(
    rf"历年(?:来|{_REPORT})?|(?:这|近|最近)些?几?年来?(?:里|间)?(?<!近年)(?<!这年)|各年度?|逐年"
)
_BASE = re.compile(
    r"(?:比|较|同)(?:上|去|前)(?:一?学?年度?|年)(?:同期)?(?!相比|比较|有什么|有何|怎么|不同|如何)"
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
_TOGETHER = re.compile(
    r"^\s*(?:的|报告|总结)*\s*(?:和|与|跟|及|、|,|，|;|；|比|对比|较|vs\.?|再到|到)?\s*$"
)


_LEFT_OVER = re.compile(r"^(?:的|对|关于|[说讲]了?|提到了?|,|，|、|\s)+")


@dataclass(frozen=True, slots=True)
class Calendar:
    """What relative years count from.

    `newest` is the newest year there is a report of, None where there is none that is dated;
    `years` are those of the reports; `today` is the year of the clock; `talk` the year that is
    being talked about, if there is one.
    """

    newest: int | None
    years: frozenset[int] = frozenset()
    today: int | None = None
    talk: int | None = None

    @property
    def now(self) -> int | None:
        """The year that 今年 means.

        The newest report's, for reports are written when their year is over. Only where the
        clock is just one year on can 去年 be that report's year.
        """
        if self.newest is not None and self.today == self.newest + 1:
            return self.today
        return self.newest


@dataclass(frozen=True, slots=True)
class _Mention:
    """A run of characters [start, end) that says years."""

    start: int
    end: int
    years: tuple[int, ...]
    origin: Origin
    of_report: bool = False
    apart: bool = False
    school: bool = False


@dataclass(slots=True)
class _Found:
    text: str
    mentions: list[_Mention] = field(default_factory=list)

    taken: bytearray = field(init=False)

    def __post_init__(self) -> None:
        """Take no character of the text yet."""
        self.taken = bytearray(len(self.text))

    def add(self, mention: _Mention) -> None:
        """Keep a mention, unless one that was found before covers it."""
        if not any(self.taken[mention.start : mention.end]):
            self.mentions.append(mention)
            for at in range(mention.start, mention.end):
                self.taken[at] = 1


def time_of(text: str, calendar: Calendar) -> tuple[Time, str]:
    """Return the years that folded `text` is about, and the text without the words for them.

    Years that are named come before relative ones, and years of reports (2003年报告) before
    years that are only spoken of: those others stay in the text, as words to search for.
    """
    found = _Found(text)
    for mention in _named(text, calendar):
        found.add(mention)
    named = sorted(found.mentions, key=lambda m: m.start)
    if any(m.of_report for m in named):
        chosen = [m for m in named if m.of_report]
    elif named:
        chosen = named if _joined(text, named) else named[:1]
    else:
        chosen = sorted(_unnamed(text, calendar), key=lambda m: m.start)
    if not chosen:
        return Time(), text
    years = tuple(dict.fromkeys(year for m in chosen for year in m.years))
    time = Time(
        years=years,
        origin=chosen[0].origin,
        words=tuple(text[m.start : m.end] for m in chosen),
        of_report=any(m.of_report for m in chosen),
        apart=len(years) > 1 and (len(chosen) > 1 or chosen[0].apart),
        school=all(m.school for m in chosen),
    )
    return time, _without(text, chosen)


def _named(text: str, calendar: Calendar) -> Iterator[_Mention]:
    for match in _RANGE.finditer(text):
        years = _range(match["a"], match["b"])
        if years:
            school = match["unit"].startswith("学") and len(years) == 2
            yield _mention(text, match, years, apart=not school, school=school)
    for match in _YEAR.finditer(text):
        year = number(match["a"].replace("o", "〇"))
        if year is not None:
            school = (match["unit"] or "").startswith("学")
            yield _mention(text, match, (year,), school=school)
    for match in _ENGLISH.finditer(text):
        yield _Mention(*match.span(), (int(match["a"]),), Origin.NAMED)
    for match in _SHORT.finditer(text):
        year = _century(match["a"], calendar)
        if year is not None:
            yield _mention(text, match, (year,), school=match["unit"].startswith("学"))


def _mention(
    text: str,
    match: re.Match[str],
    years: tuple[int, ...],
    *,
    apart: bool = False,
    school: bool = False,
) -> _Mention:
    report = re.compile(_REPORT).match(text, match.end())
    end = report.end() if report else match.end()
    return _Mention(
        match.start(), end, years, Origin.NAMED, report is not None, apart=apart, school=school
    )


def _range(first: str, last: str) -> tuple[int, ...]:
    a, b = number(first), number(last)
    if a is None or b is None:
        return ()
    if b < 100:
        b += a - a % 100
    return tuple(range(a, b + 1)) if a < b <= a + 20 else ()


def _century(digits: str, calendar: Calendar) -> int | None:
    """Return the year that two digits mean: one within ten years of a report there is."""
    value = number(digits) if digits.isdecimal() else number(digits.replace("o", "〇"))
    if value is None or calendar.newest is None:
        return None
    oldest = min(calendar.years, default=calendar.newest)
    for year in (2000 + value, 1900 + value):
        if oldest - 10 <= year <= calendar.newest + 10:
            return year
    return None


def _joined(text: str, mentions: list[_Mention]) -> bool:
    """Whether nothing but joining words stands between the years (2020年和2021年)."""
    gaps = pairwise(mentions)
    return len(mentions) > 1 and all(_TOGETHER.match(text[a.end : b.start]) for a, b in gaps)


def _unnamed(text: str, calendar: Calendar) -> list[_Mention]:
    found = _Found(text)
    for mention in (*_periods(text, calendar), *_relative(text, calendar)):
        found.add(mention)
    return found.mentions


def _periods(text: str, calendar: Calendar) -> Iterator[_Mention]:
    for match in _PERIOD.finditer(text):
        plan = number(match["n"] or match["m"])
        if plan is not None:
            yield _Mention(*match.span(), _plan(plan, calendar), Origin.PERIOD, apart=True)


def _relative(text: str, calendar: Calendar) -> Iterator[_Mention]:
    now, masked = calendar.now, _masked(text)
    if now is None:
        return
    if calendar.talk is not None:
        for pattern, offset in _FROM_TALK:
            for match in pattern.finditer(masked):
                yield _Mention(*match.span(), (calendar.talk + offset,), Origin.FROM_TALK)
    for match in _RECENT.finditer(text):
        count = number(match["n"]) or 0
        if 1 < count <= 20:
            last = calendar.newest or now
            recent = tuple(range(last - count + 1, last + 1))
            yield _Mention(*match.span(), recent, Origin.RELATIVE, apart=True)
    for match in _ALL.finditer(text):
        every = tuple(sorted(calendar.years))
        yield _Mention(*match.span(), every, Origin.RELATIVE, apart=True)
    for pattern, offset in _RELATIVE:
        for match in pattern.finditer(masked):
            year = _nearest(now + offset, offset, calendar)
            yield _Mention(*match.span(), (year,), Origin.RELATIVE)


def _nearest(year: int, offset: int, calendar: Calendar) -> int:
    """Return `year`; for this year and the next, the newest that reports can speak of."""
    if offset >= 0 and calendar.newest is not None:
        return calendar.newest
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


def _without(text: str, mentions: list[_Mention]) -> str:
    rest, at = "", 0
    for mention in mentions:
        between = text[at : mention.start]
        rest += ("" if at and _TOGETHER.match(between) else between) + " "
        at = mention.end
    rest = " ".join((rest + text[at:]).split())
    return _LEFT_OVER.sub("", rest) or rest
