"""Numbers in a question, in the other form that a report may write them in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.numerals import CHINESE_NUMBER, number
from index.understanding.question import Change, Why

_CHINESE = re.compile(
    rf"(?P<percent>百分之)?(?P<n>{CHINESE_NUMBER}+)(?:点(?P<rest>[〇零一二三四五六七八九]+))?"
)
_ARABIC = re.compile(r"(?P<n>\d{1,8})(?:\.(?P<rest>\d{1,4}))?(?P<percent>%)?")
_MEASURED = re.compile(r"[节次个名人项条份台门所间间年月日天周元万亿度届场期册篇位户处岁班课环]|多")
_DIGITS = "〇一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_MYRIADS = ("", "万", "亿")


def other_forms(text: str) -> tuple[Change, ...]:
    """Return the numbers of folded `text` in their other form: 十二节 ↔ 12节, 百分之五 ↔ 5%.

    A lone Chinese numeral counts only before a measure word: 一 is in many words.
    """
    return tuple(_changes(text))


def _changes(text: str) -> Iterator[Change]:
    for match in _CHINESE.finditer(text):
        value = number(match["n"])
        if value is None or not (match["percent"] or _counts(text, match)):
            continue
        rest = "".join(str(number(c)) for c in match["rest"] or "")
        unit = "%" if match["percent"] else text[match.end() : match.end() + 1]
        said = match[0] if match["percent"] else match[0] + unit
        yield Change(said, f"{value}{'.' + rest if rest else ''}{unit}", Why.NUMERAL)
    for match in _ARABIC.finditer(text):
        words = chinese(int(match["n"]))
        rest = "".join(_DIGITS[int(c)].replace("〇", "零") for c in match["rest"] or "")
        words += f"点{rest}" if rest else ""
        if match["percent"]:
            yield Change(match[0], f"百分之{words}", Why.NUMERAL)
        elif _MEASURED.match(text, match.end()):
            unit = text[match.end()]
            yield Change(match[0] + unit, words + unit, Why.NUMERAL)


def _counts(text: str, match: re.Match[str]) -> bool:
    before = text[match.start() - 1 : match.start()]
    return _MEASURED.match(text, match.end()) is not None and before not in {"第", "十"}


def chinese(value: int) -> str:
    """Return a whole number below 10^12 in Chinese, as it is spoken: 12 → 十二, 105 → 一百零五."""
    if value == 0:
        return "零"
    groups: list[int] = []
    rest = value
    while rest:
        rest, group = divmod(rest, 10_000)
        groups.append(group)
    words = ""
    for i in range(len(groups) - 1, -1, -1):
        if groups[i]:
            gap = words and groups[i] < 1000
            words += ("零" if gap else "") + _group(groups[i]) + _MYRIADS[i]
    return words.removeprefix("一") if words.startswith("一十") else words


def _group(value: int) -> str:
    words, zero = "", False
    for place in range(3, -1, -1):
        digit = value // 10**place % 10
        if digit:
            words += ("零" if zero and words else "") + _DIGITS[digit] + _PLACES[place]
            zero = False
        else:
            zero = True
    return words
