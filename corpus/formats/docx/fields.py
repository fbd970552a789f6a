"""Fields of a .docx file: what they show where their result does not say it (17.16)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from corpus.formats.docx.package import W
from corpus.formats.docx.styles import is_on, value, whole
from corpus.formats.formulas import equation
from corpus.formats.symbols import EMPTY, TICKED, symbol

_SYMBOL = re.compile(r"\s*SYMBOL\s+(?P<code>0x[0-9a-f]+|\d+)(?P<options>.*)", re.IGNORECASE)
_FONT = re.compile(r"\\f\s+\"?(?P<font>[^\"\\]+)", re.IGNORECASE)
_LISTED = re.compile(r"\s*(?:PAGEREF\s+_Toc|HYPERLINK\s.*_Toc|TOC\b)", re.IGNORECASE | re.DOTALL)
_PAGE = re.compile(r"\s*PAGEREF\b", re.IGNORECASE)


@dataclass(slots=True)
class OpenField:
    """A field that has begun: its code so far, and what was read before its result."""

    code: list[str] = field(default_factory=list)
    result_from: int | None = None
    begun_at: int | None = None


def form_field(begin: etree._Element) -> str:
    """Return what a form field (w:ffData) shows that its result does not: a box, a choice."""
    data = begin.find(f"{W}ffData")
    if data is None:
        return ""
    box = data.find(f"{W}checkBox")
    if box is not None:
        state = box.find(f"{W}checked")
        return TICKED if is_on(box.find(f"{W}default") if state is None else state) else EMPTY
    choice = data.find(f"{W}ddList")
    if choice is None:
        return ""
    entries = [entry.get(f"{W}val", "") for entry in choice.iterchildren(f"{W}listEntry")]
    chosen = whole(value(choice, f"{W}result"))
    chosen = whole(value(choice, f"{W}default")) if chosen is None else chosen
    place = chosen or 0
    return entries[place] if 0 <= place < len(entries) else ""


def shown(code: str) -> str:
    """Return what a field without a result shows: a formula (EQ), a letter (SYMBOL), else ""."""
    if code.strip()[:3].upper() in {"EQ", "EQ ", "EQ\\"}:
        return equation(code)
    found = _SYMBOL.match(code)
    if found is None:
        return ""
    font = _FONT.search(found["options"])
    return symbol(font["font"] if font else "", int(found["code"], 0)) or ""


def is_listed(code: str) -> bool:
    """Whether a field is an entry of a table of contents, or begins one."""
    return _LISTED.match(code) is not None


def is_page_number(code: str) -> bool:
    """Whether a field shows on which page something stands."""
    return _PAGE.match(code) is not None
