"""Where the main text of a web page is, among the menus, lists and notices around it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice

from lxml import html

BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
_PARTS = frozenset(("p", "li", "ol", "ul", "dl"))
"""What is a part of a text, never all of it."""
_STOPS = re.compile("[，。；：、！？,;]")
_KEPT_SHARE = 0.6


def stops(text: str) -> int:
    """Return how many stops a text has: what menus lack."""
    return len(_STOPS.findall(text))


def main_text(body: html.HtmlElement) -> html.HtmlElement:
    """Return the smallest element with most of the text that is written in sentences.

    Text counts by its stops, which menus lack, and links count nothing (after the density of
    text of Sun, Song and Liao, SIGIR 2011).
    """
    scores: dict[html.HtmlElement, float] = {}
    for element in body.iter():
        if isinstance(element.tag, str):
            own = (element.text or "") if not _in_link(element) else ""
            own += "".join(child.tail or "" for child in element if not _in_link(element))
            scores[element] = float(len(_STOPS.findall(own)))
    for element in reversed(list(scores)):
        parent = element.getparent()
        if parent is not None and parent in scores:
            scores[parent] += scores[element]
    current, total = body, scores.get(body, 0.0)
    while total:
        best = max(current, key=lambda child: scores.get(child, 0.0), default=None)
        if best is None or scores.get(best, 0.0) < _KEPT_SHARE * total or best.tag not in BLOCKS:
            break
        if best.tag in _PARTS or _lines(best, scores) < 2:
            break
        current = best
    return current


def _lines(element: html.HtmlElement, scores: Mapping[html.HtmlElement, float]) -> int:
    """Return in how many lines there are sentences in `element`, as far as it matters."""
    blocks = set()
    for inner in element.iter():
        if scores.get(inner, 0.0) and not any(scores.get(child, 0.0) for child in inner):
            blocks.add(_block(inner, element))
            if len(blocks) > 1:
                break
    return len(blocks) + sum(1 for _ in islice(element.iter("br"), 2))


def _in_link(element: html.HtmlElement) -> bool:
    return element.tag == "a" or any(parent.tag == "a" for parent in element.iterancestors("a"))


def _block(inner: html.HtmlElement, outermost: html.HtmlElement) -> html.HtmlElement:
    """Return the block that `inner` stands in, within `outermost`."""
    while inner is not outermost and inner.tag not in BLOCKS:
        inner = inner.getparent()
    return inner
