"""Sentences of Chinese text, with their offsets."""

from __future__ import annotations

import re

from corpus.text.numbering import marker

_QUOTES = '[”’」』）)》〉】"]*'
_SENTENCE_END = re.compile(rf"(?:[。！？!?]|…{{1,2}}|\n)+{_QUOTES}")
_PART_END = re.compile(rf"(?:[。！？!?；;]|…{{1,2}}|\n)+{_QUOTES}")
_LONGEST_HEADING = 20
_NO_TITLE = re.compile(r"[\d。；！？!?…\n]|[一二三四五六七八九十]是")
_OPENING = dict(zip("“‘「『（(《〈【", "”’」』）)》〉】", strict=True))
_CLOSING = frozenset(_OPENING.values())


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the [start, end) offsets of the sentences of `text`.

    They cover it without gaps, but for white space at their edges. A stop inside
    brackets or quotation marks ends no sentence, unless the quotation ends with it. A numbered
    heading that runs into its paragraph is one sentence with the first of it.
    """
    return _split(text, _SENTENCE_END)


def parts(text: str) -> list[tuple[int, int]]:
    """Return the [start, end) offsets of sentences cut at semicolons too."""
    return _split(text, _PART_END)


def _split(text: str, boundary: re.Pattern[str]) -> list[tuple[int, int]]:
    depth = _bracket_depth(text)
    spans, start = [], 0
    for match in boundary.finditer(text):
        if depth[match.end() - 1] == 0 and not _ends_heading(text, start, match.end()):
            spans.append(_trim(text, start, match.end()))
            start = match.end()
    if start < len(text):
        spans.append(_trim(text, start, len(text)))
    return [span for span in spans if span[0] < span[1]]


def _ends_heading(text: str, start: int, end: int) -> bool:
    """Whether a stop ends a numbered heading (（二）美育。) with its paragraph in the same line."""
    if not 0 < end - start <= _LONGEST_HEADING or text[end : end + 1] in {"", "\n"}:
        return False
    if start and text[start - 1] != "\n":
        return False
    number = marker(text[start:end])
    title = text[start + number.end : end - 1] if number else ""
    if not title or _NO_TITLE.search(title):
        return False
    return marker(text[end:].lstrip()) is None


def _bracket_depth(text: str) -> list[int]:
    """Return for each character how many brackets stay open after it; unclosed ones count not."""
    stack: list[tuple[str, int]] = []
    pairs = []
    for i, c in enumerate(text):
        if c in _OPENING:
            stack.append((_OPENING[c], i))
        elif c in _CLOSING:
            while stack:
                expected, opened = stack.pop()
                if expected == c:
                    pairs.append((opened, i))
                    break
    change = [0] * (len(text) + 1)
    for opened, closed in pairs:
        change[opened] += 1
        change[closed] -= 1
    depth, total = [], 0
    for step in change[: len(text)]:
        total += step
        depth.append(total)
    return depth


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
