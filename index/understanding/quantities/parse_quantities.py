"""Quantities in a text: a number and what it counts, whatever way they are written.

12节 is 十二节, 5% is 百分之五, 2万元 is 20,000元, 1万5千元 is 15000元, 15亩 is 1公顷, 一个半小时 is
90分钟. What is no exact amount is none: 两三千元, 上万元, the 3 of 3-5名, the 三 of 高三.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal

from corpus.text.numerals import CHINESE_NUMBER, number

_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_SIZES: tuple[dict[str, int | str], ...] = (
    {"公里": 1000, "千米": 1000, "km": 1000, "米": 1},
    {"平方米": 3, "平米": 3, "㎡": 3, "亩": 2000, "公顷": 30_000, "平方公里": 3_000_000},
    {"吨": 1000, "公斤": 1, "千克": 1, "kg": 1, "斤": "0.5"},
    {"元": 1, "块": 1},
    {"小时": 60, "钟头": 60, "分钟": 1},
    {"周": 7, "星期": 7, "天": 1},
    {"年": 12, "个月": 1},
)
"""Units of one kind and their sizes, in one of them or a common part (a third of a 平方米)."""

KINDS = tuple({unit: Decimal(size) for unit, size in kind.items()} for kind in _SIZES)
NUMBERED = frozenset("月日年班届册期号级")
"""Units before which two is 二 and not 两: they number rather than count."""

_LENGTHS = frozenset(unit for kind in _SIZES[-3:] for unit in kind)
_PERSONS = frozenset("名位人")

_NOT = {"块": "(?=[钱的]|[^\u4e00-\u9fff]|$)", "周": "(?![年岁])", "年": "(?![级代])"}
"""What must stand behind a unit for it to be one: 两块工作 is no money, 100周年 are no weeks."""

_UNIT = "|".join(
    unit + _NOT.get(unit, "")
    for unit in sorted({u for kind in _SIZES for u in kind}, key=len, reverse=True)
)
_CLASSIFIER = r"周年|周岁|人(?!数)|[节次个名项条份台门所间月日届场期册篇位户处岁班课环度](?![级代])"
_MEASURED = re.compile(rf"\s?(?:(?P<unit>{_UNIT}|{_CLASSIFIER})(?P<half>半(?![个小年天月]))?)?")

_DIGIT = "[〇零一二两三四五六七八九]"
_BEFORE = r"(?<!\d[.,])(?<![\d多少几数余来上第哪〇零一二两三四五六七八九十百千万亿])"
_ARABIC = r"(?:\d{1,3}(?:,\d{3})+|\d{1,12})(?!,?\d)(?:\.\d{1,4})?"
_TIMES = r"(?:[十百千]?[万亿]|[十百千](?=\s?[元块人名位多余]))"
_NUMBER = re.compile(
    rf"{_BEFORE}(?:"
    rf"百分之(?P<percent>{CHINESE_NUMBER}+(?:点{_DIGIT}+)?|\d+(?:\.\d+)?)"
    rf"|(?P<arabic>{_ARABIC})\s?(?:(?P<sign>%)|[多余来]?(?P<times>{_TIMES}))?"
    rf"(?:(?<=[万亿])(?P<rest>\d{{1,4}})(?P<rest_times>[百千])?)?"
    rf"|(?P<chinese>{CHINESE_NUMBER}+)(?:点(?P<decimals>{_DIGIT}+)(?P<of>[万亿])?)?"
    rf"(?:[多余来](?P<then>[万亿]))?"
    rf")(?:[多余来](?![万亿自]))?"
)
_HALF = re.compile(
    rf"(?<![上下前后大个\d])(?<!{CHINESE_NUMBER})"
    rf"(?:(?P<n>\d{{1,3}}|{CHINESE_NUMBER}{{1,3}})个)?半个?"
    rf"(?P<unit>小时|钟头|年|天|月|公里|斤|亩)"
)
_RANGE = re.compile(rf"(?:\d|{CHINESE_NUMBER})[-~—–至到、]$")
_GRADES = re.compile(r"(?:[高初大周]|星期|礼拜)$")
_PAIR = re.compile(r"[一二两三四五六七八九]{2}")
_YEAR = re.compile(r"(?:(?:19|20)\d{2}|[一二][九〇零][〇零一二三四五六七八九]{2})年")
_LASTING = re.compile(r"[多来]?(?:时间|以上|以内|左右|之久|内|的[^\u4e00-\u9fff]?时(?!候))")
_LIMIT_BEHIND = re.compile(r"[及或]?[以之](?:上|下|内|外)|左右|上下")
_LIMIT_BEFORE = re.compile(
    r"(?:超过?|不足|不到|至少|至多|最多|最少|[低高多少大小]于|满|每[人名个位次年天节户]?)$"
)
_FEW = 10
_LARGE = 1000
_LARGEST = 10**12


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with the unit behind it; "" where there is none."""

    value: Decimal
    unit: str
    percent: bool = False

    def same(self, other: Quantity) -> bool:
        """Whether both are as much of the same; a large bare number is as much of anything."""
        if self.percent or other.percent:
            return self.percent and other.percent and self.value == other.value
        if not self.unit or not other.unit:
            return self.value == other.value >= _LARGE
        return self.measured == other.measured

    def differs(self, other: Quantity) -> bool:
        """Whether the other is more or less of the same: 28,000元 for 1.5万元, not 5次 for 5名."""
        if self.percent or other.percent:
            return self.percent and other.percent and self.value != other.value
        (value, kind), (other_value, other_kind) = self.measured, other.measured
        return kind == other_kind != "" and value != other_value

    @property
    def measured(self) -> tuple[Decimal, str]:
        """The value in the first unit of its kind, and that unit: what measures alike is equal."""
        if self.unit in _PERSONS:
            return self.value, "人"
        kind = next((kind for kind in KINDS if self.unit in kind), {self.unit: Decimal(1)})
        return self.value * kind[self.unit], next(iter(kind))


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """A quantity as a text has it: its words, and where in the text they start.

    `lasting`: it is a length of time (三年以上). `limit`: only a bound is given, or what each
    one gets (5人以上, 每人20元).
    """

    words: str
    start: int
    quantity: Quantity
    lasting: bool = False
    limit: bool = False

    @property
    def tells(self) -> bool:
        """Whether it tells what a question is about.

        What says when or which does not (四年八月, 第九届), nor a few of something (三个部分),
        nor a bound, which many amounts keep.
        """
        quantity = self.quantity
        if self.limit:
            return False
        if quantity.unit in NUMBERED:
            return self.lasting
        few = quantity.unit in {"", "个"} and quantity.value <= _FEW and not quantity.percent
        return not few and (quantity.value != 1 or "1" in self.words)


def held(asked: Collection[QuantityMention], text: str) -> dict[Quantity, str]:
    """Return those of the quantities that stand in folded `text`, and how it writes them."""
    there = list(quantities(text)) if asked else []
    found = {}
    for each in asked:
        same = [other.words for other in there if each.quantity.same(other.quantity)]
        if same:
            found[each.quantity] = each.words if each.words in same else same[0]
    return found


def says_otherwise(asked: Collection[QuantityMention], text: str) -> bool:
    """Whether folded `text` has another amount in place of a quantity that is asked about."""
    there = [said.quantity for said in quantities(text)] if asked else []
    return any(
        any(each.quantity.differs(other) for other in there)
        and not any(each.quantity.same(other) for other in there)
        for each in asked
    )


def quantities(text: str) -> Iterator[QuantityMention]:
    """Yield the quantities of folded `text`.

    A number counts only before a measure word, or when it is written with 万 or 亿, or as a
    percentage: 一 is in many words.
    """
    taken: list[tuple[int, int]] = []
    for match in _HALF.finditer(text):
        said = _half(match)
        taken.append(match.span())
        if said is not None:
            yield said
    for match in _NUMBER.finditer(text):
        if any(a < match.end() and match.start() < b for a, b in taken):
            continue
        if _YEAR.match(text, match.start()) or _RANGE.search(_before(text, match)):
            continue
        said = _said(text, match)
        if said is not None:
            yield said


def _half(match: re.Match[str]) -> QuantityMention | None:
    """Return 半小时, 一个半小时; None for 三个半天, which are three of them."""
    whole = number(match["n"]) if match["n"] else 0
    if whole is None or (match["n"] and match["unit"] == "天"):
        return None
    unit = "个月" if match["unit"] == "月" else match["unit"]
    return QuantityMention(
        match[0], match.start(), Quantity(whole + Decimal("0.5"), unit), lasting=True
    )


def _said(text: str, match: re.Match[str]) -> QuantityMention | None:
    value = _value(match)
    if value is None or value >= _LARGEST:
        return None
    before = _before(text, match)
    limit = bool(_LIMIT_BEFORE.search(before) or _LIMIT_BEHIND.match(text, match.end()))
    if match["percent"] or match["sign"]:
        return QuantityMention(
            match[0], match.start(), Quantity(value, "", percent=True), limit=limit
        )
    if match["chinese"] and len(match["chinese"]) == 1 and _GRADES.search(before):
        return None
    measured = _MEASURED.match(text, match.end())
    unit = measured["unit"] if measured else None
    if measured is None or unit is None:
        large = "万" in match[0] or "亿" in match[0]
        bare = match[0].rstrip()
        return (
            QuantityMention(bare, match.start(), Quantity(value, ""), limit=limit)
            if large
            else None
        )
    end = measured.end()
    lasting = unit in _LENGTHS and _LASTING.match(text, end) is not None
    if measured["half"]:
        value += Decimal("0.5")
    limit = limit or (not lasting and _LIMIT_BEHIND.match(text, end) is not None)
    return QuantityMention(
        text[match.start() : end], match.start(), Quantity(value, unit), lasting, limit
    )


def _before(text: str, match: re.Match[str]) -> str:
    """Return the two characters before a number."""
    return text[max(0, match.start() - 2) : match.start()]


def _value(match: re.Match[str]) -> Decimal | None:
    """Return the value of a number; None where it is not exact, or no number."""
    if match["percent"]:
        return _spelled(match["percent"])
    if match["arabic"]:
        value = Decimal(match["arabic"].replace(",", ""))
        for times in match["times"] or "":
            value *= _SCALES[times]
        if match["rest"]:
            unit = _SCALES[match["times"][-1]] // 10 ** len(match["rest"])
            value += int(match["rest"]) * _SCALES.get(match["rest_times"], unit)
        return value
    words = match["chinese"]
    if match["decimals"]:
        words += f"点{match['decimals']}"
    spelled = _spelled(words)
    scale = _SCALES.get(match["of"] or match["then"], 1)
    return None if spelled is None else spelled * scale


def _spelled(words: str) -> Decimal | None:
    """Return the value of a number in Chinese or Arabic numerals, with decimals or without."""
    if words[0].isdecimal() and words[0].isascii():
        return Decimal(words)
    whole, _, rest = words.partition("点")
    if whole == "百":
        return Decimal(100)
    units = any(c in _SCALES for c in whole)
    if whole[0] in "百千万亿" or (_PAIR.search(whole) and (units or len(whole) == 2)):
        return None
    value = number(whole)
    decimals = "".join(str(number(c)) for c in rest)
    return None if value is None else Decimal(f"{value}.{decimals or 0}")
