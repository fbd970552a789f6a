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

_COUNTED = (
    r"人(?![事才文员])|名(?![师校单])|位|元|块|[万亿千百]|十(?![佳大])|余|多(?![少大长久])|个|户|家(?![访长委校庭])"
    r"|平方|平米|米|斤|吨|亩|顷|度|次|节(?![约日能])|场(?![地馆])|篇|份|本(?![科校级年区])|册|台(?!账)|套|辆|件"
    r"|条(?!件)|项(?!目)|支(?![部教付援])|棵|株|张|间|栋|座|床|班(?![主子级])|级|届|号|室|房|教室|页|字|分(?![管别层类工])"
    r"|秒|天|日(?!常)|周(?![年边末])|月(?!考)|时(?!候)|岁|例|批|期(?![末中间])|%|℃|[a-z]"
)
"""What counts or numbers things: behind four digits, it tells that they are no year."""

_NOT_BEFORE = r"(?<![\d.\-#/:a-z第号室房间楼码话机约达共超过])"
_NOT_BEHIND = rf"(?![\d.\-/:]|\s*(?:{_COUNTED}))"
_TO = r"\s*(?:[-—–―~～]+|至|到)\s*"

_RANGE = re.compile(
    rf"(?<![\d.])(?P<a>{_FOUR})\s*{_UNIT}?{_TO}(?P<b>{_FOUR}|{_TWO})\s*(?P<unit>{_UNIT})"
)
_BARE_RANGE = re.compile(rf"{_NOT_BEFORE}(?P<a>{_FOUR}){_TO}(?P<b>{_FOUR}){_NOT_BEHIND}")
_SHORT_RANGE = re.compile(
    rf"(?<![\d.第百千万十{_DIGIT}])(?P<a>{_TWO})\s*年?{_TO}(?P<b>{_TWO})\s*(?P<unit>{_UNIT})"
    r"(?!来|前|后|间|内|以|多|左右|级|龄|制|的?时间)"
)
_SINCE = re.compile(
    rf"(?:自从?|从|打)?(?<![\d.])(?P<a>{_FOUR}|(?<![{_DIGIT}]){_TWO})\s*{_UNIT}?"
    r"\s*(?:以来|至今|到现在|到今年|(?<=年)(?:开始|起)(?:到现在|至今)?(?=[,，的]|\s|$))"
)
_BARE = re.compile(rf"{_NOT_BEFORE}(?P<a>{_FOUR}){_NOT_BEHIND}")
_YEAR = re.compile(
    rf"(?<![\d.])(?P<a>{_FOUR})\s*(?:(?P<unit>{_UNIT})|(?=\s*(?:和|与|跟|及|、|,|比|对比|vs)\s*{_FOUR}))"
)
_SHORT = re.compile(
    rf"(?<![\d.第百千万十{_DIGIT}])(?P<a>{_TWO})\s*"
    rf"(?:(?P<unit>学年度?|年度|年)|(?=(?:和|与|跟|及|、|比)\s*{_TWO}\s*年(?![级来前后内])))"
    r"(?!来|前|后|间|内|以|多|左右|级|龄|制|段|的?时间|的?历史)"
)
LONE_YEAR = re.compile(rf"(?<![\d.]){_FOUR}(?=\s|$)")
"""A year with nothing behind it, as in 2021 党建."""

_NEAR, _LONGEST_RANGE = 10, 20

_ENGLISH = re.compile(
    r"\b(?:in|of|for|during)\s+(?:the year\s+)?(?P<a>(?:19|20)\d{2})\b(?!\s*(?:年|report))"
    r"|\b(?:(?:in|of|from)\s+)?(?:the\s+)?(?P<report>(?:19|20)\d{2})\s+(?:work\s+|annual\s+)?report\b"
)


def named(text: str, calendar: Calendar) -> Iterator[Mention]:
    """Yield what in folded `text` names years, the surest first.

    Two digits, and four without 年, are a year only near the years of the reports.
    """
    yield from _ranges(text, calendar)
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
        year = _near(match["a"], calendar)
        if year is not None:
            yield _mention(text, match, (year,), school=(match["unit"] or "").startswith("学"))
    for match in _BARE.finditer(text):
        year = _near(match["a"], calendar)
        if year is not None:
            yield _mention(text, match, (year,))


def _ranges(text: str, calendar: Calendar) -> Iterator[Mention]:
    """Yield the mentions of several years in a row: 2019到2021年, 21到23年, 2018年以来."""
    for match in _SINCE.finditer(text):
        first = _near(match["a"], calendar)
        if first is not None and calendar.newest is not None and first < calendar.newest:
            since = range(first, calendar.newest + 1)
            years = tuple(year for year in since if year in calendar.years) or tuple(since)
            yield _mention(text, match, years, each_year=True)
    for match in _RANGE.finditer(text):
        years = _range(match["a"], match["b"])
        if years:
            school = match["unit"].startswith("学") and len(years) == 2
            yield _mention(text, match, years, each_year=not school, school=school)
    for pattern in (_BARE_RANGE, _SHORT_RANGE):
        for match in pattern.finditer(text):
            a, b = _near(match["a"], calendar), _near(match["b"], calendar)
            if a is not None and b is not None and a < b <= a + _LONGEST_RANGE:
                yield _mention(text, match, tuple(range(a, b + 1)), each_year=True)


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
    return tuple(range(a, b + 1)) if a < b <= a + _LONGEST_RANGE else ()


def _near(digits: str, calendar: Calendar) -> int | None:
    """Return the year that two or four digits mean: one within ten years of a report there is."""
    value = number(digits.replace("o", "〇"))
    if value is None or calendar.newest is None:
        return None
    oldest = min(calendar.years, default=calendar.newest)
    for year in (value,) if value > 100 else (2000 + value, 1900 + value):
        if oldest - _NEAR <= year <= calendar.newest + _NEAR:
            return year
    return None
