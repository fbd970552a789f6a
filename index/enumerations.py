"""The enumerations in a report, as they stand in it.

Four forms are known: the subsections under a heading; runs of ordinals in the text (一是…二是…,
第一，…第二，…, 首先…其次…, 一方面…另一方面…, 1.…2.…), within a paragraph or through several;
paragraphs that begin with the same dash; and lists within a sentence (甲、乙和丙; “甲”“乙”).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from corpus.numbering import marker
from corpus.numerals import number
from corpus.report import Section
from index.store import Body

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
_DASHED = re.compile(r"^\s*(?:[—–-]{2,}|[•●·▪■◆*])\s*(?=\S)")
_LONGEST_LEAD = 200
_SHORT = 40
_STOPS = "。；;！？"
_TRIMMED = " \t\n\u3000；;。，,、"
_QUOTED = re.compile(r"(?:“[^“”]{1,40}”(?:[（(][^）)]{1,20}[）)])?){2,}")
_IN_QUOTES = re.compile(r"“(?P<words>[^“”]+)”")
_CLAUSE = re.compile(r"[^，。；：！？,;:!?\n]+")


class Form(IntEnum):
    """How an enumeration is written; larger says less surely that it is one."""

    SECTIONS = 1
    ORDINALS = 2
    PARAGRAPHS = 3
    LISTED = 4


@dataclass(frozen=True, slots=True)
class Part:
    """Words [start, end) of the text of paragraph `number`."""

    number: int
    path: tuple[str, ...]
    page: int | None
    text: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Enumeration:
    """Items that belong together, and the words that announce them.

    `clause` is what a list within a sentence is a part of (甲、乙等主题活动), else "".
    """

    form: Form
    lead: str
    items: tuple[Part, ...]
    clause: str = ""


def enumerations(bodies: Sequence[Body]) -> list[Enumeration]:
    """Return the enumerations in the text of paragraphs that follow one another."""
    text = _Joined(bodies)
    found = [*_ordinal_runs(text), *_dashed(bodies)]
    for body in bodies:
        found += _listed(body)
    return found


def subsections(section: Section, path: tuple[str, ...]) -> Enumeration | None:
    """Return the sections under one, with the path of its headings; None for fewer than two."""
    if len(section.sections) < 2:
        return None
    items = tuple(
        Part(child.paragraphs.start, (*path, child.heading), None, title(child.heading))
        for child in section.sections
    )
    return Enumeration(Form.SECTIONS, section.heading, items)


def title(heading: str) -> str:
    """Return a heading without its number."""
    found = marker(heading)
    return (heading[found.end :] if found else heading).strip()


class _Joined:
    """Paragraphs as one text, a line each; offsets lead back."""

    def __init__(self, bodies: Sequence[Body]) -> None:
        self.bodies = bodies
        self.text = "\n".join(body.text for body in bodies)
        self._starts = [0]
        for body in bodies:
            self._starts.append(self._starts[-1] + len(body.text) + 1)

    def part(self, start: int, end: int) -> Part:
        row = next(i for i, at in enumerate(self._starts[1:]) if start < at)
        body, offset = self.bodies[row], self._starts[row]
        words = self.text[start:end]
        return Part(body.number, body.path, body.page, words, start - offset, end - offset)


def _ordinal_runs(joined: _Joined) -> Iterator[Enumeration]:
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
    before = text[:start].rstrip()
    *_, above, words = ("", "", *before.split("\n"))
    return f"{above if len(above) <= _SHORT else ''}{words[-_LONGEST_LEAD:]}"


def _dashed(bodies: Sequence[Body]) -> Iterator[Enumeration]:
    run: list[Part] = []
    lead = ""
    for previous, body in zip((None, *bodies), bodies, strict=False):
        match = _DASHED.match(body.text)
        if match is None:
            if len(run) > 1:
                yield Enumeration(Form.PARAGRAPHS, lead, tuple(run))
            run = []
            continue
        if not run:
            lead = previous.text[-120:] if previous is not None else ""
        end = len(body.text)
        run.append(
            Part(body.number, body.path, body.page, body.text[match.end() :], match.end(), end)
        )
    if len(run) > 1:
        yield Enumeration(Form.PARAGRAPHS, lead, tuple(run))


def _listed(body: Body) -> Iterator[Enumeration]:
    """Yield the lists within clauses: words with 、 between them, quoted names in a row."""
    for clause in _CLAUSE.finditer(body.text):
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
    body: Body, clause: tuple[int, int], at: int, spans: Sequence[tuple[int, int]]
) -> Enumeration:
    items = tuple(
        Part(body.number, body.path, body.page, body.text[at + a : at + b], at + a, at + b)
        for a, b in spans
    )
    start = max(body.text.rfind(mark, 0, max(clause[0] - 1, 0)) for mark in _STOPS)
    stops = (body.text.find(mark, clause[1]) for mark in _STOPS)
    end = min((at for at in stops if at >= 0), default=len(body.text))
    lead, around = body.text[start + 1 : end], body.text[slice(*clause)]
    return Enumeration(Form.LISTED, lead, items, around)


def _pieces(clause: str) -> list[tuple[int, int]]:
    """Return the [start, end) of the members of a clause that lists with 、."""
    cuts = [i for i, c in enumerate(clause) if c == "、" and not _inside(clause, i)]
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
    match = re.search(r"等(?=[\u4e00-\u9fff\d]|$)", words)
    return match.start() if match and match.start() > 0 else len(words)


def _inside(text: str, at: int) -> bool:
    return (
        text.count("《", 0, at) > text.count("》", 0, at)
        or text.count("“", 0, at) > text.count("”", 0, at)
        or text.count("(", 0, at) > text.count(")", 0, at)
        or text.count("（", 0, at) > text.count("）", 0, at)
    )
