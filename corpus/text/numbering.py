"""The numbers that head the sections of Chinese official documents.

GB/T 9704-2012 (format of official documents) 7.3.3 gives the order 一、 → （一） → 1. → （1）;
chapters and articles (第一章, 第一条) come from the rules for regulations; ① and 1.1 are use.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from corpus.text.numerals import CHINESE_NUMBER, number


class NumberingStyle(IntEnum):
    """The kinds of numbers; a smaller one stands above a larger one."""

    PART = 1
    CHAPTER = 2
    SECTION = 3
    CHINESE = 4
    CHINESE_BRACKETED = 5
    DECIMAL = 6
    DECIMAL_BRACKETED = 7
    CIRCLED = 8


@dataclass(frozen=True, slots=True)
class Marker:
    """A number at the start of a line: its kind, its value, and where the title begins."""

    kind: NumberingStyle
    value: int
    end: int


_CHINESE = rf"(?P<value>{CHINESE_NUMBER}{{1,4}})"
_ARABIC = r"(?P<value>[0-9０-９]{1,2})"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

_PATTERNS: tuple[tuple[NumberingStyle, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (NumberingStyle.PART, rf"第{_CHINESE}(?:部分|编|編|篇)[\s　:：、]*"),
        (NumberingStyle.CHAPTER, rf"第{_CHINESE}章[\s　:：、]*"),
        (NumberingStyle.SECTION, rf"第{_CHINESE}[节節条條](?:[\s　:：、]+|(?=\S))"),
        (NumberingStyle.CHINESE, rf"{_CHINESE}\s*[、．.]\s*"),
        (NumberingStyle.CHINESE_BRACKETED, rf"[（(〔]\s*{_CHINESE}\s*[）)〕]\s*、?\s*"),
        (NumberingStyle.DECIMAL, rf"{_ARABIC}\s*(?:[、．]|[.](?!\d))\s*"),
        (
            NumberingStyle.DECIMAL_BRACKETED,
            rf"(?:[（(]\s*{_ARABIC}\s*[）)]|(?P<open>[0-9]{{1,2}})[）)])\s*",
        ),
        (NumberingStyle.CIRCLED, rf"(?P<value>[{_CIRCLED}])\s*"),
    )
)


def marker(line: str) -> Marker | None:
    """Return the number that `line` starts with, or None."""
    for kind, pattern in _PATTERNS:
        match = pattern.match(line)
        if match is None:
            continue
        digits = match["value"] or match.groupdict().get("open") or ""
        value = _CIRCLED.index(digits) + 1 if kind is NumberingStyle.CIRCLED else number(digits)
        if value is not None:
            return Marker(kind, value, match.end())
    return None


def title(heading: str) -> str:
    """Return a heading without its number."""
    found = marker(heading)
    return (heading[found.end :] if found else heading).strip()
