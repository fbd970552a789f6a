"""Quantities in a question, in the other forms that a report may write them in.

12节 is 十二节, 5% is 百分之五, 2万元 is 20000元, 15亩 is 1公顷, 一个半小时 is 90分钟.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from corpus.numerals import CHINESE_NUMBER, number
from index.understanding.numerals import DIGITS, chinese
from index.understanding.question import Change, Why

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

_LENGTHY = frozenset({"年", "个月", "周", "星期"})
"""Units that also say when: they are converted only where a length of time is meant."""

_KINDS = tuple({unit: Decimal(size) for unit, size in kind.items()} for kind in _SIZES)
_ONLY_ASKED = frozenset(("千米", "km", "平米", "㎡", "kg", "千克", "斤", "块", "钟头", "星期"))
"""Units that are understood, but not looked for: reports write the others."""

_NUMBERED = frozenset("月日年班届册期号级")
"""Units before which two is 二 and not 两: they number rather than count."""

_UNIT = "|".join(sorted({u for kind in _KINDS for u in kind}, key=len, reverse=True))
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
_IN_MYRIADS = re.compile(r"[^十百千万亿][十百千]*[万亿]$")
_HALF = re.compile(
    rf"(?P<n>\d{{1,3}}|{CHINESE_NUMBER}{{1,3}})?(?P<ge>个)?半个?(?P<unit>小时|钟头|年|天|月|公里|斤|亩)"
)
_YEAR = re.compile(r"(?:(?:19|20)\d{2}|[一二][九〇零][〇零一二三四五六七八九]{2})年")
_LASTING = re.compile(r"[多来]?(?:时间|以上|以内|左右|之久|内|的[^\u4e00-\u9fff]?时)")
_TWO = re.compile(r"^二(?=[千万亿]|$)")
_CONVERTED = (Decimal(1), Decimal(100_000))
_LARGEST = 10**12


@dataclass(frozen=True, slots=True)
class _Quantity:
    """A number with the unit behind it, in the words [start, end) of the question."""

    value: Decimal
    unit: str
    percent: bool = False


def other_forms(text: str) -> tuple[Change, ...]:
    """Return the quantities of folded `text` in their other forms.

    A lone Chinese numeral counts only before a measure word: 一 is in many words.
    """
    found: dict[tuple[str, str], Change] = {}
    for said, quantity, lasting in _quantities(text):
        for change in (*_written(said, quantity), *_converted(said, quantity, lasting=lasting)):
            found.setdefault((change.words, change.into), change)
    return tuple(found.values())


def _quantities(text: str) -> Iterator[tuple[str, _Quantity, bool]]:
    """Yield the words for each quantity, what it is, and whether it lasts (三年以上)."""
    taken: list[tuple[int, int]] = []
    for match in _HALF.finditer(text):
        whole = number(match["n"]) if match["n"] else 0
        if whole is not None and (match["n"] is None or match["ge"] or whole < 100):
            unit = "个月" if match["unit"] == "月" else match["unit"]
            taken.append(match.span())
            yield match[0], _Quantity(whole + Decimal("0.5"), unit), True
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
                yield match[0], _Quantity(value, "", percent=True), False
            elif before not in {"第", "十", "哪"} and (measured or _large(match)):
                unit = (measured["unit"] or measured["other"] or "") if measured else ""
                end = measured.end() if measured and unit else match.end()
                lasting = _LASTING.match(text, end) is not None
                yield text[match.start() : end], _Quantity(value, unit), lasting


def _large(match: re.Match[str]) -> bool:
    """Whether a number is written with 万 or 亿, which say by themselves that it counts."""
    return (
        bool(match["scale"]) or re.search(r"[^十百千万亿][十百千]*[万亿]$", match["n"]) is not None
    )


def _chinese_value(match: re.Match[str]) -> Decimal | None:
    whole = number(match["n"])
    if whole is None or whole >= _LARGEST:
        return None
    rest = "".join(str(number(c)) for c in match["rest"] or "")
    return Decimal(f"{whole}.{rest or 0}") * _SCALES.get(match["scale"], 1)


def _arabic_value(match: re.Match[str]) -> Decimal | None:
    digits = match["n"].replace(",", "")
    return Decimal(f"{digits}.{match['rest'] or 0}") * _SCALES.get(match["scale"], 1)


def _written(said: str, quantity: _Quantity) -> Iterator[Change]:
    """Yield a quantity in digits, in Chinese, and in 万 or 亿, but for the form it has."""
    value, unit = quantity.value, quantity.unit
    if quantity.percent:
        forms = [f"{_plain(value)}%", f"百分之{_spoken(value)}"]
    else:
        forms = [_plain(value) + unit, _counted(value, unit) + unit]
        for scale, words in ((10**8, "亿"), (10**4, "万")):
            if value >= scale and _short(value / scale):
                forms.append(f"{_plain(value / scale)}{words}{unit}")
                break
    yield from (Change(said, form, Why.NUMERAL) for form in forms if form != said)


def _converted(said: str, quantity: _Quantity, *, lasting: bool) -> Iterator[Change]:
    """Yield a quantity in the other units of its kind, where it comes out even."""
    kind = next((kind for kind in _KINDS if quantity.unit in kind), {})
    if quantity.unit in _LENGTHY and not lasting:
        return
    for unit, size in kind.items():
        value = quantity.value * kind[quantity.unit] / size
        even = value * 2 == (value * 2).to_integral_value()
        wanted = unit != quantity.unit and unit not in _ONLY_ASKED
        if wanted and even and _CONVERTED[0] <= value < _CONVERTED[1]:
            yield Change(said, f"{_plain(value)}{unit}", Why.UNIT)


def _short(value: Decimal) -> bool:
    return value == round(value, 2)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _counted(value: Decimal, unit: str) -> str:
    """Return a number in Chinese before `unit`: 两天, 两万元, but 二月."""
    words = _spoken(value)
    return words if unit in _NUMBERED else _TWO.sub("两", words)


def _spoken(value: Decimal) -> str:
    """Return a number in Chinese, as it is spoken: 12.5 → 十二点五."""
    whole, _, rest = _plain(value).partition(".")
    words = chinese(int(whole))
    after = "".join(DIGITS[int(c)].replace("〇", "零") for c in rest)
    return f"{words}点{after}" if after else words
