"""Lines that a format gives as wholes though somebody's editor broke them → paragraphs.

Text that was pasted out of a PDF, a mail or a web page keeps a break at the end of each of its
lines: soft returns within a paragraph, or a paragraph a line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.text.lines import Line, display_width, glue
from corpus.text.numbering import marker

_TERMINAL = tuple("。！？!?；;：:…”’」』.")
_OPEN_END = tuple("，、,（(《“‘「『—")
_GOES_ON = tuple("，、。；：！？,;:!?）)》”’」』")
_ENDS = tuple("。！？!?”…")
_STOPS = frozenset("，。；、！？")
_ROW = re.compile(r"[^：；。]{1,24}：[^；。]*；|[^：；。]{1,24}；[^：；。]{1,24}：")
"""How a row of a table begins (corpus.formats.tables): no editor broke it."""

_NARROWEST, _WIDEST = 36, 130
"""Columns of the lines that an editor breaks, two for a Chinese letter."""

_RAGGED = 7
"""Columns by which a broken line may be shorter than the longest."""


def unfolded(parts: Sequence[str]) -> list[str]:
    """Return the lines of one paragraph, those joined that break within a sentence."""
    joined: list[str] = []
    before = ""
    full = _full(parts)
    for part in parts:
        if joined and _breaks(before, part, full):
            joined[-1] = glue(joined[-1], part)
        else:
            joined.append(part)
        before = part
    return joined


def unbroken(lines: Sequence[Line]) -> list[Line]:
    """Return the lines, runs of pasted ones made into the paragraphs they were.

    A run has two lines or more of about one width that end within a sentence, and ends with the
    end of one; on the average a line holds a stop, which lists of names or awards do not.
    """
    result: list[Line] = []
    at = 0
    while at < len(lines):
        end = _run(lines, at)
        if end - at > 1:
            texts = unfolded([line.text for line in lines[at:end]])
            result += [
                replace(line, text=text) for line, text in zip(lines[at:end], texts, strict=False)
            ]
        else:
            result.append(lines[at])
        at = max(end, at + 1)
    return result


def _run(lines: Sequence[Line], at: int) -> int:
    """Return where the run of pasted lines ends that begins at `at`; `at` where none does."""
    end = at
    texts: list[str] = []
    while end < len(lines) and _may_be_pasted(lines[end]):
        text = lines[end].text
        full = _full([*texts, text])
        if texts and (not _fills(texts[-1], full) or marker(text) is not None):
            break
        texts.append(text)
        end += 1
    broken = sum(_breaks(a, b, _full(texts)) for a, b in pairwise(texts))
    stops = sum(not _STOPS.isdisjoint(text) for text in texts)
    if broken < 2 or not texts[-1].endswith(_ENDS) or stops < len(texts) - 1:
        return at
    return end


def _may_be_pasted(line: Line) -> bool:
    short = display_width(line.text) <= _WIDEST
    plain = line.whole and line.level is None and line.page is None
    return plain and short and bool(line.text) and _ROW.match(line.text) is None


def _full(texts: Sequence[str]) -> int:
    """Return the width at which lines are broken; more than any where they are not."""
    widest = max(map(display_width, texts), default=0)
    return widest - _RAGGED if _NARROWEST <= widest <= _WIDEST else _WIDEST * 2


def _fills(text: str, full: int) -> bool:
    return display_width(text) >= full


def _breaks(before: str, text: str, full: int) -> bool:
    """Whether a line ends within a sentence that the next goes on with."""
    if marker(text) is not None:
        return False
    if text.startswith(_GOES_ON) or before.endswith(_OPEN_END):
        return True
    return _fills(before, full) and not before.endswith(_TERMINAL)
