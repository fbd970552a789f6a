"""What a browser draws and does not say: boxes, choices, formulas, letters of symbol fonts."""

from __future__ import annotations

import re

from lxml import html

from corpus.formats.formulas import formula, lowered, raised
from corpus.formats.symbols import EMPTY, TICKED, is_symbol_font, symbols

_TYPED = frozenset(("", "text", "number", "date", "tel", "email", "url", "month", "time", "search"))
_FONT = re.compile(r"font-family\s*:\s*[\"']?([^;\"',]+)", re.IGNORECASE)
_BASE = re.compile(r".*[A-Za-z0-9)）]$", re.DOTALL)


def write_out(root: html.HtmlElement) -> None:
    """Replace what is drawn by the text that says it."""
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            continue
        tag = element.tag.rpartition("}")[2].rpartition(":")[2].lower()
        if tag == "input":
            _become(element, _input(element))
        elif tag == "select":
            _become(element, _chosen(element))
        elif tag == "textarea":
            _become(element, element.text or element.get("value") or "")
        elif tag == "math":
            _become(element, formula(element))
        elif tag in {"sup", "sub"}:
            _shift(element, tag)
        elif tag == "pre":
            _keep_breaks(element)
        font = element.get("face") or ""
        named = _FONT.search(element.get("style") or "")
        font = named[1].strip() if named else font
        if is_symbol_font(font) and element.text:
            element.text, _ = symbols(font, element.text)


def _input(element: html.HtmlElement) -> str:
    kind = element.get("type", "").lower()
    if kind in {"checkbox", "radio"}:
        return TICKED if element.get("checked") is not None else EMPTY
    return element.get("value", "") if kind in _TYPED else ""


def _chosen(element: html.HtmlElement) -> str:
    options = list(element.iter("option"))
    chosen = [option for option in options if option.get("selected") is not None]
    shown = chosen or ([] if element.get("multiple") is not None else options[:1])
    texts = ["".join(option.itertext()).strip() for option in shown]
    if not chosen and texts and ("选择" in texts[0] or not texts[0].strip("-—= ")):
        return ""
    return "、".join(texts)


def _shift(element: html.HtmlElement, tag: str) -> None:
    """Write a raised or lowered figure behind a letter or a figure as Unicode does: m², CO₂."""
    before, parent = element.getprevious(), element.getparent()
    base = before.tail if before is not None else parent.text if parent is not None else ""
    text = "".join(element.itertext())
    if text.strip().isdecimal() and _BASE.match((base or "").rstrip()):
        _become(element, raised("", text) if tag == "sup" else lowered("", text))


def _keep_breaks(element: html.HtmlElement) -> None:
    for inner in element.iter():
        inner.text = inner.text.replace("\n", "\n\n") if inner.text else inner.text
        if inner is not element and inner.tail:
            inner.tail = inner.tail.replace("\n", "\n\n")


def _become(element: html.HtmlElement, text: str) -> None:
    for child in list(element):
        element.remove(child)
    element.tag, element.text = "span", text
