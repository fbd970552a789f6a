"""Quantities in a text: a number and what it counts, whatever way they are written.

12节 is 十二节, 5% is 百分之五, 2万元 is 20,000元, 15亩 is 1公顷, 一个半小时 is 90分钟.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal

from corpus.numerals import CHINESE_NUMBER, number

_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000}
_SCALES |= {"亿": 100_000_000}
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
_UNIT = "|".join(sorted({u for kind in _SIZES for u in kind}, key=len, reverse=True))
_CLASSIFIER = "[节次个名人项条份台门所间年月日天周元万亿度届场期册篇位户处岁班课环]"
_MEASURED = re.compile(rf"(?P<unit>{_UNIT})(?![级代])|(?P<other>{_CLASSIFIER})(?![级代])|[多余]")
_CHINESE = re.compile(
    rf"(?P<percent>百分之)?(?<![\d多少几数])(?P<n>{CHINESE_NUMBER}+)"
    rf"(?:点(?P<rest>[〇零一二三四五六七八九]+)(?P<scale>[万亿])?)?"
)
_ARABIC = re.compile(
    r"(?<![\d.])(?P<n>\d{1,3}(?:,\d{3})+|\d{1,12})(?!\d)(?:\.(?P<rest>\d{1,4}))?"
    r"(?:(?P<percent>%)|(?P<scale>[百千]?万|亿|[百千](?=[元人多名块]))?)"
)
_IN_MYRIADS = re.compile(r"[^十百千万亿][十百千]*[万亿]")
_HALF = re.compile(
    rf"(?P<n>\d{{1,3}}|{CHINESE_NUMBER}{{1,3}})?(?P<ge>个)?半个?(?P<unit>小时|钟头|年|天|月|公里|斤|亩)"
)
_YEAR = re.compile(r"(?:(?:19|20)\d{2}|[一二][九〇零][〇零一二三四五六七八九]{2})年")
_LASTING = re.compile(r"[多来]?(?:时间|以上|以内|左右|之久|内|的[^\u4e00-\u9fff]?时(?!候))")
NUMBERED = frozenset("月日年班届册期号级")
"""Units before which two is 二 and not 两: they number rather than count."""

_PERSONS = frozenset("名位人")
_FEW = 10
_LARGEST = 10**12


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with the unit behind it; "" where there is none."""

    value: Decimal
    unit: str
    percent: bool = False

    def same(self, other: Quantity) -> bool:
        """Whether both are as much of the same; a bare number is as much of anything."""
        if self.percent or other.percent:
            return self.percent and other.percent and self.value == other.value
        if not self.unit or not other.unit:
            return self.value == other.value
        return self._measured == other._measured

    def differs(self, other: Quantity) -> bool:
        """Whether the other is more or less of the same: 28,000元 for 1.5万元, not 5次 for 5名."""
        kinds = (self.percent or self._measured[1], other.percent or other._measured[1])
        return kinds[0] == kinds[1] != "" and not self.same(other)

    @property
    def _measured(self) -> tuple[Decimal, str]:
        """The value in the first unit of its kind, and that unit: what measures alike is equal."""
        if self.unit in _PERSONS:
            return self.value, "人"
        kind = next((kind for kind in KINDS if self.unit in kind), {self.unit: Decimal(1)})
        return self.value * kind[self.unit], next(iter(kind))


@dataclass(frozen=True, slots=True)
class Said:
    """A quantity, the words for it, and whether it is a length of time (三年以上)."""

    words: str
    quantity: Quantity
    lasting: bool = False


def held(asked: Collection[Said], text: str) -> dict[str, str]:
    """Return the words of the quantities that stand in folded `text`, and how it writes them."""
    there = list(quantities(text)) if asked else []
    found = {}
    for each in asked:
        same = [other.words for other in there if each.quantity.same(other.quantity)]
        if same:
            found[each.words] = each.words if each.words in same else same[0]
    return found


def says_otherwise(asked: Collection[Said], text: str) -> bool:
    """Whether folded `text` has another amount in place of a quantity that is asked about."""
    there = [said.quantity for said in quantities(text)] if asked else []
    return any(
        any(each.quantity.differs(other) for other in there)
        and not any(each.quantity.same(other) for other in there)
        for each in asked
    )


def asked_about(text: str) -> tuple[Said, ...]:
    """Return the quantities of a folded question that tell what it is about.

    Those that say when or which do not (四年八月, 第九届), nor do a few of something (三个部分).
    """
    return tuple(said for said in quantities(text) if _tells(said))


def _tells(said: Said) -> bool:
    quantity = said.quantity
    if quantity.unit in NUMBERED:
        return said.lasting
    few = quantity.unit in {"", "个"} and quantity.value <= _FEW and not quantity.percent
    return not few and (quantity.value != 1 or "1" in said.words)


def quantities(text: str) -> Iterator[Said]:
    """Yield the quantities of folded `text`.

    A lone Chinese numeral counts only before a measure word: 一 is in many words.
    """
    taken: list[tuple[int, int]] = []
    for match in _HALF.finditer(text):
        whole = number(match["n"]) if match["n"] else 0
        if whole is not None and (match["n"] is None or match["ge"] or whole < 100):
            unit = "个月" if match["unit"] == "月" else match["unit"]
            taken.append(match.span())
            yield Said(match[0], Quantity(whole + Decimal("0.5"), unit), lasting=True)
    for pattern, read in ((_CHINESE, _chinese_value), (_ARABIC, _arabic_value)):
        for match in pattern.finditer(text):
            value = read(match)
            if value is None or any(a < match.end() and match.start() < b for a, b in taken):
                continue
            measured = _MEASURED.match(text, match.end())
            before = text[match.start() - 1 : match.start()]
            if value >= _LARGEST or _YEAR.match(text, match.start()):
                continue
            if match["percent"]:
                yield Said(match[0], Quantity(value, "", percent=True))
            elif before not in {"第", "十", "哪"} and (measured or _large(match)):
                unit = (measured["unit"] or measured["other"] or "") if measured else ""
                end = measured.end() if measured and unit else match.end()
                lasting = _LASTING.match(text, end) is not None
                yield Said(text[match.start() : end], Quantity(value, unit), lasting)


def _large(match: re.Match[str]) -> bool:
    """Whether a number is written with 万 or 亿, which say by themselves that it counts."""
    return bool(match["scale"]) or _IN_MYRIADS.search(match["n"]) is not None


def _chinese_value(match: re.Match[str]) -> Decimal | None:
    whole = number(match["n"])
    if whole is None or whole >= _LARGEST:
        return None
    rest = "".join(str(number(c)) for c in match["rest"] or "")
    return Decimal(f"{whole}.{rest or 0}") * _SCALES.get(match["scale"], 1)


def _arabic_value(match: re.Match[str]) -> Decimal | None:
    digits = match["n"].replace(",", "")
    return Decimal(f"{digits}.{match['rest'] or 0}") * _SCALES.get(match["scale"], 1)
