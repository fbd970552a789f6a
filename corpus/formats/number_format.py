"""Numbers as Word writes them: ST_NumberFormat of ECMA-376 part 1, 17.18.59.

Only the scripts of Chinese reports are written out; a number in any other is given in digits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Write = Callable[[int], str]

_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_LOW = ("十", "百", "千")
_HIGH = ("拾", "佰", "仟")


@dataclass(frozen=True, slots=True)
class _Counting:
    """A way of counting in tens, hundreds and myriads; `digits` from zero."""

    digits: str
    units: tuple[str, str, str]
    myriad: str
    zero: str
    """Written once where places are skipped; "" where the language says nothing there."""
    bare_ten: bool = False
    """十一 rather than 一十一, at the beginning only."""
    bare_units: bool = False
    """百十一 rather than 一百一十一, as Japanese has it."""

    def __call__(self, value: int) -> str:
        high, low = divmod(value, 10_000)
        if high >= 10_000:
            return str(value)
        text = self._group(high) + self.myriad if high else ""
        if low:
            text += self.zero if high and low < 1_000 else ""
            text += self._group(low)
        return text[1:] if self.bare_ten and text.startswith(self._one_ten) else text

    @property
    def _one_ten(self) -> str:
        return self.digits[1] + self.units[0]

    def _group(self, value: int) -> str:
        text, skipped = "", False
        for unit, size in zip((*reversed(self.units), ""), (1000, 100, 10, 1), strict=True):
            digit = value // size % 10
            if not digit:
                skipped = skipped or bool(text)
                continue
            bare = self.bare_units and digit == 1 and unit
            text += (self.zero if skipped else "") + ("" if bare else self.digits[digit]) + unit
            skipped = False
        return text


def _positional(digits: str) -> Write:
    return lambda value: "".join(digits[int(c)] for c in str(value))


def _tens(digits: str) -> Write:
    """Count with 十 up to 99, then digit by digit: 九十九, 一〇〇."""
    below, above = _Counting(digits, _LOW, "万", "", bare_ten=True), _positional(digits)
    return lambda value: below(value) if value < 100 else above(value)


def _from(first: str, count: int) -> Write:
    """Take consecutive characters of Unicode; digits beyond them."""
    return lambda value: chr(ord(first) + value - 1) if value <= count else str(value)


def _cycle(letters: str) -> Write:
    """Count through `letters`, and anew beyond them."""
    return lambda value: letters[(value - 1) % len(letters)]


def _repeated(first: str) -> Write:
    """Count a … z, aa … zz, aaa: the letter is repeated, not combined."""
    return lambda value: chr(ord(first) + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _roman(value: int) -> str:
    text = ""
    for size, letters in (
        *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
        *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
    ):
        text += letters * (value // size)
        value %= size
    return text


def _sexagenary(value: int) -> str:
    return _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12]


def _ordinal(value: int) -> str:
    endings = {1: "st", 2: "nd", 3: "rd"}
    ending = "th" if value % 100 in {11, 12, 13} else endings.get(value % 10, "th")
    return f"{value}{ending}"


_FORMATS: dict[str, Write] = {
    "none": lambda _: "",
    "bullet": lambda _: "",
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": _positional("０１２３４５６７８９"),
    "decimalFullWidth2": _positional("０１２３４５６７８９"),
    "decimalEnclosedCircle": _from("①", 20),
    "decimalEnclosedCircleChinese": _from("①", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "numberInDash": lambda value: f"- {value} -",
    "hex": lambda value: f"{value:X}",
    "ordinal": _ordinal,
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": _repeated("A"),
    "lowerLetter": _repeated("a"),
    "chineseCounting": _tens("〇一二三四五六七八九"),
    "chineseCountingThousand": _Counting("零一二三四五六七八九", _LOW, "万", "零", bare_ten=True),
    "chineseLegalSimplified": _Counting("零壹贰叁肆伍陆柒捌玖", _HIGH, "万", "零"),
    "ideographDigital": _positional("〇一二三四五六七八九"),
    "ideographEnclosedCircle": _from("㊀", 10),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
    "ideographLegalTraditional": _Counting("零壹貳參肆伍陸柒捌玖", _HIGH, "萬", "零"),
    "taiwaneseCounting": _tens("○一二三四五六七八九"),
    "taiwaneseCountingThousand": _Counting("零一二三四五六七八九", _LOW, "萬", "零", bare_ten=True),
    "taiwaneseDigital": _positional("○一二三四五六七八九"),
    "japaneseCounting": _Counting("〇一二三四五六七八九", _LOW, "万", "", bare_units=True),
    "japaneseDigitalTenThousand": _positional("〇一二三四五六七八九"),
    "japaneseLegal": _Counting("零壱弐参四伍六七八九", ("拾", "百", "阡"), "萬", ""),
    "koreanDigital2": _positional("零一二三四五六七八九"),
}
_LARGEST = 99_999_999


def written(value: int, number_format: str) -> str:
    """Return `value` in `number_format`, as a name of ST_NumberFormat; digits where it has none."""
    if number_format in {"none", "bullet"}:
        return ""
    write = _FORMATS.get(number_format, str)
    if number_format in {"lowerRoman", "upperRoman", "lowerLetter", "upperLetter"}:
        return write(value) if 1 <= value < 4_000 else str(value)
    return write(value) if 1 <= value <= _LARGEST else str(value)
