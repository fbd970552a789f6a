"""Title, years and organisation of a report, from its first lines and its name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.layout import Line
from corpus.numbering import marker
from corpus.numerals import years_of_title

_GENRE = re.compile(r"总结|總結|报告|報告|述职|计划|計劃|要点|要點|汇报|匯報|方案")
_ENDS_TEXT = tuple("。！？；：!?;:，,、")
_LONGEST_TITLE = 60
_FIRST_WORDS = 400
_NAME_BEFORE_YEAR = re.compile(
    r"(?P<name>[\u4e00-\u9fff（）()·]{2,40}?)(?:关于|關於)?\s*(?:(?:19|20)\d{2}|[一二][九〇○零][〇○零一二三四五六七八九]{2})"
)
_NAME_AFTER_YEAR = re.compile(
    r"(?:年度?|学年|學年)度?(?:第[一二]学期)?(?P<name>[\u4e00-\u9fff（）()·]{2,40}?"
    r"(?:学校|小学|中学|大学|学院|幼儿园|學校|小學|中學|大學|學院|幼兒園|支部|总支|党委|委员会|局|处))"
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a report is called, the years it is about, and whose it is; `guesses` as in Report."""

    title: str
    years: tuple[int, ...]
    organisation: str | None
    guesses: frozenset[str]


def metadata(lines: Sequence[Line], name: str) -> Metadata:
    """Return the metadata of a report of `lines` whose file has the stem `name`.

    The title is the first line when it looks like one, else the name. The years are those of
    the title, else of the name; those of the opening sentences are only a guess.
    """
    guesses = set()
    title = _title(lines)
    if title is None:
        title = name
        guesses.add("title")
    years = years_of_title(title) or years_of_title(name) or _bare_year(name)
    if not years:
        opening = "".join(line.text for line in lines)[:_FIRST_WORDS]
        years = years_of_title(opening)
        if years:
            guesses.add("year")
    return Metadata(title, years, _organisation(title), frozenset(guesses))


def _title(lines: Sequence[Line]) -> str | None:
    first = [line.text for line in lines if line.text][:2]
    if not first or not _titular(first[0]):
        return None
    if (
        len(first) == 2
        and not _GENRE.search(first[0])
        and _GENRE.search(first[1])
        and _titular(first[1])
        and len(first[0] + first[1]) <= _LONGEST_TITLE
    ):
        return first[0] + first[1]
    return first[0]


def _titular(text: str) -> bool:
    return len(text) <= _LONGEST_TITLE and not text.endswith(_ENDS_TEXT) and marker(text) is None


def _bare_year(name: str) -> tuple[int, ...]:
    match = re.search(r"(?<!\d)((?:19|20)\d{2})(?!\d)", name)
    return (int(match[1]),) if match else ()


def _organisation(title: str) -> str | None:
    match = _NAME_BEFORE_YEAR.match(title) or _NAME_AFTER_YEAR.search(title)
    return match["name"] if match else None
