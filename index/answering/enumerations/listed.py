"""Lists within a sentence: 甲、乙和丙; “甲”“乙”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.text.numerals import CHINESE_NUMBER, number
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
_CLAUSE = re.compile(r"(?:[^，。；：！？,;:!?\n]|(?<=\d)[:：](?=\d))+")
_JOINER = re.compile(r"以及|和|及|与")
_INTRODUCES = re.compile(
    r"^.*?(?:(?:分别|依次)(?:是|为|有|由)?|其中|(?<=.)(?:包括|包含|[是为])|^[即如]|^(?:开展|举办))(?!了)"
)
_OBJECT = re.compile(r"^[将对把向给由从]")
_COUNTED = re.compile(
    rf"(?P<n>\d{{1,2}}|{CHINESE_NUMBER}{{1,2}})(?:大|个|名|位|项|门|种|类|支|家|所|件|间|处|方面)+"
    r"(?=[\u4e00-\u9fff])"
)
_SAID_OF_ALL = re.compile(r"(?<=..)(?:被?评为|当选|荣?获|入选|[为是](?![了民]))")
_BEFORE, _BEHIND = 12, 10


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
    first, last = items[0].start, items[-1].end
    before = body.text[max(start + 1, first - _BEFORE) : first]
    beside = f"{before} {body.text[last : min(clause[1], last + _BEHIND)]}"
    return Enumeration(Form.LISTED, lead, items, around, open_ended, beside)


def _pieces(clause: str) -> list[tuple[int, int]]:
    """Return the [start, end) of the members of a clause that lists with 、.

    What only announces them (分别是, 其中, 三个社团) belongs to none.
    """
    cuts = _separators(clause)
    if not cuts:
        return []
    spans = []
    start = 0
    for cut in cuts:
        spans.append((start, cut))
        start = cut + 1
    end = start + _tail(clause[start:])
    joiner = _JOINER.search(clause[start:end])
    if joiner and joiner.start() > 1 and end - start - joiner.end() > 1:
        spans += [(start, start + joiner.start()), (start + joiner.end(), end)]
    else:
        spans.append((start, end))
    spans = [(a, b) for a, b in spans if a < b]
    return _without_announcing(clause, spans) if len(spans) > 2 else spans


def _without_announcing(clause: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans without what stands before the first member or counts behind the last."""
    (start, end), (begin, stop) = spans[0], spans[-1]
    others = [clause[a:b] for a, b in spans[1:]]
    first = _first_member(clause[start:end], others)
    counted = _COUNTED.search(clause[begin:stop])
    if counted and counted.start() > 1 and number(counted["n"]) == len(spans):
        stop = begin + counted.start()
    elif said := _SAID_OF_ALL.search(clause[begin:stop]):
        stop = begin + said.start()
    return [(start + first, end), *spans[1:-1], (begin, stop)]


def _first_member(words: str, others: Sequence[str]) -> int:
    """Return where in the first piece of a list its own words begin.

    A verb before it (开设篮球、剪纸) announces all members, unless the others begin with one, too.
    """
    import rjieba

    match = _INTRODUCES.match(words)
    at = match.end() if match and len(words) - match.end() > 1 else 0
    if at:
        return at
    if _OBJECT.match(words) and len(words) > 2:
        return 1
    (verb, tag), *rest = rjieba.tag(words)
    if tag == "v" and rest and not any(rjieba.tag(each)[0][1].startswith("v") for each in others):
        at = len(verb) + (rest[0][0] in {"了", "过", "出"})
    return at if len(words) - at > 1 else 0


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
