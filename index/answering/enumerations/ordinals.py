"""Runs of ordinals in the text, within a paragraph or through several.

一是…二是…, 第一，…第二，…, 首先…其次…, 一方面…另一方面…, 1.…2.…
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.text.numerals import number
from index.answering.enumerations.enumeration import Enumeration, Form, Part
from index.store.store import IndexedParagraph

_AT = r"(?:(?<=^)|(?<=[。；;：:，,！!？?\n”」）)、]))\s*"
_N = "[一二三四五六七八九十]"
_ORDINALS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        rf"{_AT}(?P<n>{_N}{{1,2}})(?:是要?|要|则|为)(?!否)",
        rf"{_AT}第(?P<n>{_N}{{1,2}})(?:[,，、：:]|是|要|方面)",
        rf"{_AT}[（(](?P<n>{_N}{{1,2}}|\d{{1,2}})[）)]",
        rf"{_AT}(?P<n>[①②③④⑤⑥⑦⑧⑨⑩])",
        r"^\s*(?P<n>\d{1,2})\s*(?:[、．]|\.(?!\d))",
        rf"^\s*(?P<n>{_N}{{1,2}})\s*、",
    )
)
_FIRST = re.compile(
    rf"{_AT}(?P<n>首先|其次|再次|第三|最后)(?=[,，、要是]|[\u4e00-\u9fff])", re.MULTILINE
)
_SIDES = re.compile(rf"{_AT}(?P<n>另?一方面)", re.MULTILINE)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
_STEPS = {"首先": 1, "其次": 2, "再次": 3, "第三": 3, "最后": 4}
_LONGEST_LEAD = 200
_LOOKED_BACK = 1_000
"""Characters before an item in which what announces it is looked for."""

_SHORT = 40
_TRIMMED = " \t\n\u3000；;。，,、"


def ordinal_runs(bodies: Sequence[IndexedParagraph]) -> Iterator[Enumeration]:
    """Yield the runs of ordinals in paragraphs that follow one another."""
    joined = _Joined(bodies)
    for pattern in (*_ORDINALS, _FIRST, _SIDES):
        run: list[re.Match[str]] = []
        for match in pattern.finditer(joined.text):
            value = _value(match["n"])
            if run and value == _value(run[-1]["n"]) + 1:
                run.append(match)
            elif value == 1 or (match["n"] == "最后" and run):
                if match["n"] == "最后":
                    run.append(match)
                    continue
                yield from _run(joined, run)
                run = [match]
        yield from _run(joined, run)


def _value(digits: str) -> int:
    if digits in _CIRCLED:
        return _CIRCLED.index(digits) + 1
    if digits in _STEPS:
        return _STEPS[digits]
    if digits.endswith("一方面"):
        return 2 if digits.startswith("另") else 1
    return number(digits) or 0


def _run(joined: _Joined, run: Sequence[re.Match[str]]) -> Iterator[Enumeration]:
    if len(run) < 2:
        return
    text = joined.text
    starts = [_past_space(text, match.start()) for match in run]
    ends = starts[1:]
    earlier = [text[a:b] for a, b in pairwise(starts)]
    ends.append(_end_of_last(text, _past_space(text, run[-1].end()), earlier))
    items = [joined.part(a, _trimmed(text, a, b)) for a, b in zip(starts, ends, strict=True)]
    yield Enumeration(Form.ORDINALS, _lead(text, starts[0]), tuple(items))


def _past_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in _TRIMMED:
        end -= 1
    return end


def _end_of_last(text: str, start: int, earlier: Sequence[str]) -> int:
    """Return where the last item ends: as those before it, in a sentence or in a paragraph."""
    line = text.find("\n", start)
    line = len(text) if line < 0 else line
    if any("。" in item.rstrip(_TRIMMED) for item in earlier):
        return line
    stop = text.find("。", start, line)
    return line if stop < 0 else stop


def _lead(text: str, start: int) -> str:
    """Return what announces the first item: its paragraph so far, or the one before it.

    A short line above that is as good as a heading.
    """
    before = text[max(start - _LOOKED_BACK, 0) : start].rstrip()
    *_, above, words = ("", "", *before.split("\n"))
    return f"{above if len(above) <= _SHORT else ''}{words[-_LONGEST_LEAD:]}"


class _Joined:
    """Paragraphs as one text, a line each; offsets lead back."""

    def __init__(self, bodies: Sequence[IndexedParagraph]) -> None:
        self.bodies = bodies
        self.text = "\n".join(body.text for body in bodies)
        self._starts = [0]
        for body in bodies:
            self._starts.append(self._starts[-1] + len(body.text) + 1)

    def part(self, start: int, end: int) -> Part:
        row = bisect_right(self._starts, start) - 1
        body, offset = self.bodies[row], self._starts[row]
        words = self.text[start:end]
        return Part(body.number, body.path, body.page, words, start - offset, end - offset)
