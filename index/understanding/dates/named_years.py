"""Years that a question names: 2021年, 21年, 二〇二一年, 2019到2021年, in 2021."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.text.numerals import number
from index.understanding.dates.mentions import Calendar, Mention
from index.understanding.question import Origin

_DIGIT = "〇○零o一二三四五六七八九"
_FOUR = rf"(?:(?:19|20)\d{{2}}|[一二][九〇○零o][{_DIGIT}]{{2}})"
_TWO = rf"(?:\d{{2}}|[{_DIGIT}]{{2}})"
_UNIT = r"(?:学年度?|年度|年)"
OF_REPORT = (
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
LONE_YEAR = re.compile(rf"(?<![\d.]){_FOUR}(?=\s|$)")
"""A year with nothing behind it, as in 2021 党建."""

_ENGLISH = re.compile(
    r"\b(?:in|of|for|during)\s+(?:the year\s+)?(?P<a>(?:19|20)\d{2})\b(?!\s*(?:年|report))"
    r"|\b(?:(?:in|of|from)\s+)?(?:the\s+)?(?P<report>(?:19|20)\d{2})\s+(?:work\s+|annual\s+)?report\b"
)


def named(text: str, calendar: Calendar) -> Iterator[Mention]:
    """Yield what in folded `text` names years; two digits are a year near the reports'."""
    for match in _RANGE.finditer(text):
        years = _range(match["a"], match["b"])
        if years:
            school = match["unit"].startswith("学") and len(years) == 2
            yield _mention(text, match, years, each_year=not school, school=school)
    for match in _YEAR.finditer(text):
        year = number(match["a"].replace("o", "〇"))
        if year is not None:
            school = (match["unit"] or "").startswith("学")
            yield _mention(text, match, (year,), school=school)
    for match in _ENGLISH.finditer(text):
        year = int(match["a"] or match["report"])
        of_report = match["report"] is not None
        yield Mention(*match.span(), (year,), Origin.NAMED, of_report)
    for match in _SHORT.finditer(text):
        year = _century(match["a"], calendar)
        if year is not None:
            yield _mention(text, match, (year,), school=match["unit"].startswith("学"))


def _mention(
    text: str,
    match: re.Match[str],
    years: tuple[int, ...],
    *,
    each_year: bool = False,
    school: bool = False,
) -> Mention:
    report = re.compile(OF_REPORT).match(text, match.end())
    end = report.end() if report else match.end()
    return Mention(
        match.start(),
        end,
        years,
        Origin.NAMED,
        report is not None,
        each_year=each_year,
        school=school,
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
