"""Title, years and organisation of a report: from its opening, its end, its name and properties."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.formats.source import Properties
from corpus.parsing.title_block import TitleBlock, front
from corpus.text.lines import Line
from corpus.text.numerals import number, years_of_title

_FIRST_WORDS = 400
_LAST_LINES = 6
_LAST_MONTH_OF_REPORTS = 3
"""Up to this month a report that was signed is, most likely, on the year before."""

_DIGITS = r"(?:(?:19|20)\d{2}|[一二][九〇○零OＯ][〇○零OＯ一二三四五六七八九]{2})"
_DATE = re.compile(
    rf"(?P<year>{_DIGITS})\s*年\s*(?P<month>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s*月"
    r"(?!\s*[-—–~至到份])(?:\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*日)?"
)
_BODIES = (
    "学校|小学|中学|大学|学院|幼儿园|學校|小學|中學|大學|學院|幼兒園"
    "|支部|总支|总支部|党委|委员会|局|处"
)
_NAME = r"[\u4e00-\u9fff（）()·]{2,40}?"
_NAME_BEFORE_YEAR = re.compile(
    rf"(?P<name>{_NAME})(?:关于|關於)?\s*(?:(?:19|20)\d{{2}}|[一二][九〇○零][〇○零一二三四五六七八九]{{2}})"
)
_NAME_AFTER_YEAR = re.compile(
    rf"(?:年度?|学年|學年)度?(?:第[一二]学期)?(?P<name>{_NAME}(?:{_BODIES}))"
)
_NAME_ALONE = re.compile(rf"(?P<name>[\u4e00-\u9fff（）()·]{{2,36}}(?:{_BODIES}))(?:文件)?")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a report is called, the years it is about, and whose it is; `guesses` as in Report."""

    title: str
    years: tuple[int, ...]
    organisation: str | None
    guesses: frozenset[str]
    front: TitleBlock


def metadata(lines: Sequence[Line], name: str, properties: Properties | None = None) -> Metadata:
    """Return the metadata of a report of `lines` whose file has the stem `name`.

    The title stands in the opening, else it is guessed from the properties, else the name. The
    years are those of the title, else of the name. Those of the opening sentences, and the one
    before or of the date of signing, are only a guess; so is an organisation that the
    properties name.
    """
    properties = properties or Properties()
    guesses = set()
    opening = front(lines)
    title = opening.title
    if title is None:
        known = properties.title or ""
        title = known if _years(known) else name
        guesses.add("title")
    years = _years(title) or _years(name) or _bare_year(name)
    if not years:
        years = _guessed_years(lines, opening, properties)
        guesses.update(["year"] if years else [])
    organisation = _organisation(title) or _signed(lines, opening)
    if organisation is None and properties.organisation and len(properties.organisation) <= 40:
        found = _NAME_ALONE.fullmatch(properties.organisation)
        organisation = found["name"] if found else None
        guesses.update(["organisation"] if found else [])
    return Metadata(title, years, organisation, frozenset(guesses), opening)


def _years(text: str) -> tuple[int, ...]:
    """Return the years that a title or a name says, dates of printing aside."""
    return years_of_title(_DATE.sub(" ", text))


def _bare_year(name: str) -> tuple[int, ...]:
    match = re.search(r"(?<!\d)((?:19|20)\d{2})(?!\d)", _DATE.sub(" ", name))
    return (int(match[1]),) if match else ()


def _guessed_years(
    lines: Sequence[Line], opening: TitleBlock, properties: Properties
) -> tuple[int, ...]:
    body = [line.text for line in lines if line.number not in opening.lines]
    years = _years("".join(body)[:_FIRST_WORDS])
    if years:
        return years
    dated = [line.text for line in lines if line.number in opening.lines]
    for text in (*reversed(body[-_LAST_LINES:]), *dated):
        date = _DATE.search(text)
        if date is not None:
            year, month = number(date["year"]), number(date["month"])
            if year is not None and month is not None:
                return (reported_year(year, month),)
    return () if properties.year is None else (properties.year,)


def reported_year(year: int, month: int) -> int:
    """Return the year that a report of that date is most likely about."""
    return year - 1 if month <= _LAST_MONTH_OF_REPORTS else year


def _organisation(title: str) -> str | None:
    match = _NAME_BEFORE_YEAR.match(title) or _NAME_AFTER_YEAR.search(title)
    return match["name"] if match else None


def _signed(lines: Sequence[Line], opening: TitleBlock) -> str | None:
    """Return the organisation on the cover, in the letterhead or under the text."""
    cover = [line.text for line in lines if line.number in opening.lines]
    for text in (*cover, *(line.text for line in lines[-_LAST_LINES:])):
        found = _NAME_ALONE.fullmatch(text)
        if found:
            return found["name"]
    return None
