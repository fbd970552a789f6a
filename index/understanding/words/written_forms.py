"""Quantities in a question, in the other forms that a report may write them in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from index.understanding.quantities.parse_quantities import (
    KINDS,
    NUMBERED,
    Quantity,
    QuantityMention,
    quantities,
)
from index.understanding.quantities.spell_out import DIGITS, chinese
from index.understanding.question import Change, Why

_LENGTHY = frozenset({"年", "个月", "周", "星期"})
"""Units that also say when: they are converted only where a length of time is meant."""

_ONLY_ASKED = frozenset(("千米", "km", "平米", "㎡", "kg", "千克", "斤", "块", "钟头", "星期"))
"""Units that are understood, but not looked for: reports write the others."""

_TWO = re.compile(r"^二(?=[千万亿]|$)")
_HUNDRED = 100
_CONVERTED = (Decimal(1), Decimal(100_000))


def other_forms(text: str) -> tuple[Change, ...]:
    """Return the quantities of folded `text` in their other forms."""
    found: dict[tuple[str, str], Change] = {}
    for said in quantities(text):
        for change in (*_written(said.words, said.quantity), *_converted(said)):
            found.setdefault((change.words, change.into), change)
    return tuple(found.values())


def _written(said: str, quantity: Quantity) -> Iterator[Change]:
    """Yield a quantity in digits, in Chinese, and in 万 or 亿, but for the form it has."""
    value, unit = quantity.value, quantity.unit
    if quantity.percent:
        forms = [f"{_plain(value)}%", f"百分之{_spoken(value) if value != _HUNDRED else '百'}"]
    else:
        forms = [_plain(value) + unit, _counted(value, unit) + unit]
        for scale, words in ((10**8, "亿"), (10**4, "万")):
            if value >= scale and _short(value / scale):
                forms.append(f"{_plain(value / scale)}{words}{unit}")
                break
    yield from (Change(said, form, Why.NUMERAL) for form in forms if form != said)


def _converted(said: QuantityMention) -> Iterator[Change]:
    """Yield a quantity in the other units of its kind, where it comes out even."""
    quantity = said.quantity
    kind = next((kind for kind in KINDS if quantity.unit in kind), {})
    if quantity.unit in _LENGTHY and not said.lasting:
        return
    for unit, size in kind.items():
        value = quantity.value * kind[quantity.unit] / size
        even = value * 2 == (value * 2).to_integral_value()
        wanted = unit != quantity.unit and unit not in _ONLY_ASKED
        if wanted and even and _CONVERTED[0] <= value < _CONVERTED[1]:
            yield Change(said.words, f"{_plain(value)}{unit}", Why.UNIT)


def _short(value: Decimal) -> bool:
    return value == round(value, 2)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _counted(value: Decimal, unit: str) -> str:
    """Return a number in Chinese before `unit`: 两天, 两万元, but 二月."""
    words = _spoken(value)
    return words if unit in NUMBERED else _TWO.sub("两", words)


def _spoken(value: Decimal) -> str:
    """Return a number in Chinese, as it is spoken: 12.5 → 十二点五."""
    whole, _, rest = _plain(value).partition(".")
    words = chinese(int(whole))
    after = "".join(DIGITS[int(c)].replace("〇", "零") for c in rest)
    return f"{words}点{after}" if after else words
