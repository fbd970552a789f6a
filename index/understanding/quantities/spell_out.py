"""Whole numbers, written in Chinese as they are spoken."""

from __future__ import annotations

DIGITS = "〇一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_MYRIADS = ("", "万", "亿")


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
            words += ("零" if zero and words else "") + DIGITS[digit] + _PLACES[place]
            zero = False
        else:
            zero = True
    return words
