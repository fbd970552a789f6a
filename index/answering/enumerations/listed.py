"""Lists within a sentence: 甲、乙和丙; “甲”“乙”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.text.numerals import CHINESE_NUMBER
from index.answering.enumerations.enumeration import Enumeration, Form, Part
from index.store.store import IndexedParagraph

_STOPS = "。；;！？"
_CLOSED_BY = {"《": "》", "“": "”", "(": ")", "（": "）"}
_LONGEST_CLAUSE = 4_000
"""Characters of a clause that is a list: a longer one is data, and nobody's answer."""

_REACH = 1_000
"""Characters before and behind a list in which its sentence begins and ends."""

_QUOTED = re.compile(r"(?:“[^“”]{1,40}”(?:[（(][^）)]{1,20}[）)])?){2,}")
_IN_QUOTES = re.compile(r"“(?P<words>[^“”]+)”")
_AND_SO_ON = re.compile(
    rf"[”》]?(?:[（(][^）)]*[）)])?等(?![级于])(?!.{{0,2}}(?:\d|{CHINESE_NUMBER}|几))"
)
_ETC = re.compile(r"(?<![一二三四五六七八九十同平])等(?![级于待])(?=[\u4e00-\u9fff\d]|$)")
_CLAUSE = re.compile(r"[^，。；：！？,;:!?\n]+")


def lists(body: IndexedParagraph) -> Iterator[Enumeration]:
    """Yield the lists within clauses: words with 、 between them, quoted names in a row."""
    for clause in _CLAUSE.finditer(body.text):
        if len(clause[0]) > _LONGEST_CLAUSE:
            continue
        spans = _pieces(clause[0])
        spans = spans if len(spans) > 2 else _named(clause[0])
        for inner in _IN_QUOTES.finditer(clause[0]):
            if inner["words"].count("、") > 1:
                at = clause.start() + inner.start("words")
                yield _list(body, clause.span(), at, _pieces(inner["words"]))
        if len(spans) > 1 and all(b - a > 1 for a, b in spans):
            yield _list(body, clause.span(), clause.start(), spans)


def _named(clause: str) -> list[tuple[int, int]]:
    """Return the [start, end) of names in quotation marks one after another (“甲”“乙”)."""
    match = _QUOTED.search(clause)
    if match is None:
        return []
    at = match.start()
    return [(at + m.start(), at + m.end()) for m in re.finditer(r"“[^“”]+”", match[0])]


def _list(
    body: IndexedParagraph, clause: tuple[int, int], at: int, spans: Sequence[tuple[int, int]]
) -> Enumeration:
    items = tuple(
        Part(body.number, body.path, body.page, body.text[at + a : at + b], at + a, at + b)
        for a, b in spans
    )
    first, last = max(clause[0] - _REACH, 0), min(clause[1] + _REACH, len(body.text))
    start = max(body.text.rfind(mark, first, max(clause[0] - 1, 0)) for mark in _STOPS)
    start = max(start, first - 1)
    stops = (body.text.find(mark, clause[1], last) for mark in _STOPS)
    end = min((at for at in stops if at >= 0), default=last)
    lead, around = body.text[start + 1 : end], body.text[slice(*clause)]
    open_ended = _AND_SO_ON.match(body.text, items[-1].end) is not None
    return Enumeration(Form.LISTED, lead, items, around, open_ended)


def _pieces(clause: str) -> list[tuple[int, int]]:
    """Return the [start, end) of the members of a clause that lists with 、."""
    cuts = _separators(clause)
    if not cuts:
        return []
    spans = []
    start = 0
    for cut in cuts:
        spans.append((start, cut))
        start = cut + 1
    tail = clause[start:]
    end = start + _tail(tail)
    joiner = re.search(r"(?:以及|和|及|与)", clause[start:end])
    if joiner and joiner.start() > 1 and end - start - joiner.end() > 1 and len(cuts) > 1:
        spans += [(start, start + joiner.start()), (start + joiner.end(), end)]
    else:
        spans.append((start, end))
    return [(a, b) for a, b in spans if a < b]


def _tail(words: str) -> int:
    """Return where the last member ends: before 等, or where the sentence goes on after it."""
    match = _ETC.search(words)
    return match.start() if match and match.start() > 0 else len(words)


def _separators(clause: str) -> list[int]:
    """Return where 、 stands outside brackets and quotation marks."""
    open_marks = dict.fromkeys(_CLOSED_BY.values(), 0)
    found = []
    for i, c in enumerate(clause):
        if c in _CLOSED_BY:
            open_marks[_CLOSED_BY[c]] += 1
        elif c in open_marks:
            open_marks[c] -= 1
        elif c == "、" and not any(count > 0 for count in open_marks.values()):
            found.append(i)
    return found
