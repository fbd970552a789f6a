"""The numbers that head the sections of Chinese official documents.

GB/T 9704-2012 (format of official documents) 7.3.3 gives the order 一、 → （一） → 1. → （1）;
chapters and articles (第一章, 第一条) come from the rules for regulations; the others are use.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum

from corpus.text.numerals import CHINESE_NUMBER, number


class NumberingStyle(IntEnum):
    """The kinds of numbers; a smaller one stands above a larger one, unless a report differs."""

    PART = 1
    CHAPTER = 2
    SECTION = 3
    FORMAL = 4
    ROMAN = 5
    STEM = 6
    CHINESE = 7
    CHINESE_BRACKETED = 8
    DECIMAL = 9
    DOTTED = 10
    DOTTED_TWICE = 11
    DECIMAL_BRACKETED = 12
    CIRCLED = 13
    ORDINAL = 14


@dataclass(frozen=True, slots=True)
class Marker:
    """A number at the start of a line: its kind, its value, and where the title begins."""

    kind: NumberingStyle
    value: int
    end: int


_CHINESE = rf"(?P<value>{CHINESE_NUMBER}{{1,4}})"
_CHINESE_OR_FORMAL = rf"(?P<value>{CHINESE_NUMBER}{{1,4}}|[壹贰叁肆伍陆柒捌玖拾]{{1,2}})"
_ARABIC = r"(?P<value>[0-9０-９]{1,2})"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_LAST_OF = r"[0-9]{1,2}\s*[.．]\s*"
_NO_AMOUNT = (
    r"(?=[\s　]*[\u4e00-\u9fff（(“《])"
    r"(?![\s　]*(?:[万萬亿億千百元亩米个人倍吨斤平公级分点年月日％%]|小时))"
)

_PATTERNS: tuple[tuple[NumberingStyle, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (NumberingStyle.PART, rf"第{_CHINESE}(?:部分|编|編|篇)[\s　:：、]*"),
        (NumberingStyle.CHAPTER, rf"第{_CHINESE}章[\s　:：、]*"),
        (NumberingStyle.SECTION, rf"第{_CHINESE}[节節条條](?:[\s　:：、]+|(?=\S))"),
        (
            NumberingStyle.ORDINAL,
            r"第(?P<value>[一二三四五六七八九十]{1,2})[，、,：:](?![一二三四五])",
        ),
        (NumberingStyle.FORMAL, r"(?P<value>[壹贰叁肆伍陆柒捌玖拾]{1,2})\s*[、．.]\s*"),
        (
            NumberingStyle.ROMAN,
            r"(?:(?P<sign>[Ⅰ-Ⅻ])\s*[、．.]?|(?P<roman>X{0,2}(?:IX|IV|V?I{0,3}))(?<=[IVX])[、．.])\s*",
        ),
        (NumberingStyle.STEM, rf"(?P<stem>[{_STEMS}])[、．.]\s*"),
        (NumberingStyle.CHINESE, rf"{_CHINESE}\s*[、．.]\s*"),
        (
            NumberingStyle.CHINESE_BRACKETED,
            rf"(?:[（(〔]\s*{_CHINESE_OR_FORMAL}\s*[）)〕]|(?P<sign>[㈠-㈩㊀-㊉]))\s*[、．.]?\s*",
        ),
        (
            NumberingStyle.DOTTED_TWICE,
            rf"{_LAST_OF}{_LAST_OF}{_ARABIC}(?:[\s　.．、]+|(?=\D)){_NO_AMOUNT}[\s　]*",
        ),
        (NumberingStyle.DOTTED, rf"{_LAST_OF}{_ARABIC}(?:[\s　.．、]+|(?=\D)){_NO_AMOUNT}[\s　]*"),
        (
            NumberingStyle.DECIMAL,
            rf"(?:{_ARABIC}\s*(?:[、．]|[.](?!\d))|(?P<sign>[⒈-⒛]))\s*",
        ),
        (
            NumberingStyle.DECIMAL_BRACKETED,
            rf"(?:[（(]\s*{_ARABIC}\s*[）)]|(?P<open>[0-9]{{1,2}})[）)]|(?P<sign>[⑴-⒇]))\s*",
        ),
        (NumberingStyle.CIRCLED, r"(?P<sign>[①-⑳❶-❿])\s*"),
    )
)


def marker(line: str) -> Marker | None:
    """Return the number that `line` starts with, or None."""
    for kind, pattern in _PATTERNS:
        match = pattern.match(line)
        if match is None:
            continue
        groups = match.groupdict()
        if sign := groups.get("sign"):
            return Marker(kind, int(unicodedata.numeric(sign)), match.end())
        if roman := groups.get("roman"):
            return Marker(kind, _of_roman(roman), match.end())
        if stem := groups.get("stem"):
            return Marker(kind, _STEMS.index(stem) + 1, match.end())
        value = number(groups.get("value") or groups.get("open") or "")
        if value is not None:
            return Marker(kind, value, match.end())
    return None


def _of_roman(letters: str) -> int:
    """Return the value of a Roman number below 40 in Latin capitals."""
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in letters]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


def title(heading: str) -> str:
    """Return a heading without its number."""
    found = marker(heading)
    return (heading[found.end :] if found else heading).strip()
