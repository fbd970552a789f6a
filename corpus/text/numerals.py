"""Chinese numerals and years, as official documents write them.

Years follow GB/T 15835-2011 (numerals in publications) and the older style 二〇二一年.
"""

from __future__ import annotations

import re

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "○": 0,
    "Ｏ": 0,
    "O": 0,
    "两": 2,
    "兩": 2,
    "廿": 20,
    "壹": 1,
    "贰": 2,
    "叁": 3,
    "肆": 4,
    "伍": 5,
    "陆": 6,
    "柒": 7,
    "捌": 8,
    "玖": 9,
}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_NEXT = {"百": "十", "佰": "十", "千": "百", "仟": "百", "万": "千", "萬": "千"}
_NEXT |= {"亿": "千万", "億": "千万"}

CHINESE_NUMBER = "[〇○零一二两兩三四五六七八九十百千万萬亿億廿]"

_YEAR_DIGITS = r"(?:19|20)\d{2}|[一二][九〇○零OＯ][〇○零OＯ一二三四五六七八九]{2}"
_YEAR = re.compile(
    rf"(?<![\d.])(?P<first>{_YEAR_DIGITS})\s*(?:年度?|学年|學年)?"
    rf"\s*(?:[-—–―~～至到]+\s*(?P<last>{_YEAR_DIGITS}))?\s*(?P<unit>学年|學年|年度|年)"
)
_ARABIC = str.maketrans("０１２３４５６７８９", "0123456789")


def number(text: str) -> int | None:
    """Return the value of a numeral (12, １２, 十二, 一百零五, 二〇二一), None if it is none."""
    text = text.strip().translate(_ARABIC)
    if text.isdecimal():
        return int(text) if len(text) <= 18 else None
    if not text or any(c not in _DIGITS and c not in _UNITS and c not in _MYRIADS for c in text):
        return None
    if all(c in _DIGITS and _DIGITS[c] < 10 for c in text):
        return int("".join(str(_DIGITS[c]) for c in text)) if len(text) <= 18 else None
    return _positional(text)


def _positional(text: str) -> int:
    """Return the value of a numeral with units; what ends 一万五 or 一百五 counts in the next."""
    if len(text) > 1 and text[-1] in _DIGITS and text[-2] in _NEXT and 0 < _DIGITS[text[-1]] < 10:
        text += _NEXT[text[-2]]
    total = section = digit = 0
    for c in text:
        if c in _MYRIADS:
            group, unit = section + digit, _MYRIADS[c]
            if 0 < total <= unit:  # 一万亿, 一万万: what stands before counts in it, too
                total = (total + group) * unit
            else:
                total += max(group, 1) * unit
            section = digit = 0
        elif c in _UNITS:
            section += (digit or 1) * _UNITS[c]
            digit = 0
        elif _DIGITS[c] >= 10:
            section += _DIGITS[c]
        else:
            digit = _DIGITS[c]
    return total + section + digit


def years_of_title(text: str) -> tuple[int, ...]:
    """Return the years a title says the report is about; () where it names none.

    A school year (2022—2023学年) and a range (2019至2021年) give all their years. Where a
    title names several, `年度` and `学年` win over a bare date (2022年1月 … 2021年度工作总结).
    """
    found = list(_YEAR.finditer(text.translate(_ARABIC)))
    if not found:
        return ()
    strong = [match for match in found if match["unit"] != "年"]
    match = (strong or found)[0]
    first = number(match["first"]) or 0
    last = number(match["last"]) if match["last"] else None
    if match["unit"] in {"学年", "學年"} and last is None:
        return (first, first + 1)
    if last is None or not first <= last <= first + 20:
        return (first,)
    return tuple(range(first, last + 1))
