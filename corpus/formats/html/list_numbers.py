"""The numbers of ordered lists in web pages: the browser writes them, and they stand nowhere."""

from __future__ import annotations

import re

from lxml import html

from corpus.formats.number_format import written

_TYPES = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
}
_STYLES = {
    "decimal": "decimal",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "cjk-ideographic": "chineseCountingThousand",
    "cjk-decimal": "ideographDigital",
    "simp-chinese-informal": "chineseCountingThousand",
    "trad-chinese-informal": "taiwaneseCountingThousand",
}
_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?([a-z]+(?:-[a-z]+)*)\s*(?:;|$)", re.IGNORECASE)
_LARGEST = 1_000_000
_COUNTED = "data-baogao-number"


def item_number(item: html.HtmlElement) -> str:
    """Return what a browser writes before `item` (li) of an ordered list, else "" (HTML 4.4.8)."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return ""
    style = _STYLE.search(f"{parent.get('style', '')};{item.get('style', '')}")
    named = style[1].lower() if style is not None else ""
    if named and named not in _STYLES:
        return ""
    number_format = _STYLES.get(named) or _TYPES.get(parent.get("type", "1"), "decimal")
    number = written(_value(parent, item), number_format)
    return number + ("、" if number[-1] >= "\u4e00" else ".")


def _value(parent: html.HtmlElement, item: html.HtmlElement) -> int:
    """Return the number of an item; items are asked for in their order, and remember theirs."""
    before = next(item.itersiblings("li", preceding=True), None)
    following = _whole(parent.get("start"), 1)
    if before is not None:
        following = _whole(before.get(_COUNTED), _whole(before.get("value"), 0)) + 1
    value = _whole(item.get("value"), following)
    item.set(_COUNTED, str(value))
    return value


def _whole(text: str | None, default: int) -> int:
    try:
        value = int(text or "")
    except ValueError:
        return default
    return value if 0 <= value <= _LARGEST else default
