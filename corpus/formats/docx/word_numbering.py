"""Automatic numbers: what Word writes before a paragraph and stores nowhere.

ECMA-376 part 1, 17.9. A paragraph refers to a *number* (w:num), a use of an *abstract number*
(w:abstractNum), whose nine levels say how to count and what to write. Uses of one abstract
number go on counting together, unless one says where to start anew.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml import etree

from corpus.formats.docx.package import W
from corpus.formats.docx.styles import NumberReference, Styles, is_on, value, whole
from corpus.formats.number_format import written

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_CLOSED = tuple("、.．。）)：:，,」』】〕]-")
_PADDED = re.compile(r"(0+)1\b")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level counts. `restart`: the level (from 1) whose use starts it anew, 0 for none."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    style: str | None = None
    padded: int = 0

    def write(self, number: int, *, legal: bool) -> str:
        """Return `number` as this level writes it, in plain digits where `legal`."""
        if legal and self.format not in {"none", "bullet"}:
            return str(number)
        return str(number).zfill(self.padded) if self.padded else written(number, self.format)


@dataclass(frozen=True, slots=True)
class Number:
    """A use of an abstract number; `starts` are the levels that it starts anew, and where."""

    abstract: str
    levels: tuple[Level, ...]
    starts: dict[int, int]


@dataclass(slots=True)
class _Count:
    """How far the levels of an abstract number have counted; None before their first use."""

    values: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)
    begun: set[tuple[str, int]] = field(default_factory=set)


class Numbering:
    """Counts through the paragraphs of a document, which must come in their order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        """Read `root`, the part numbering.xml."""
        self._styles = styles
        self._numbers = {} if root is None else _numbers(root, styles)
        self._counts: dict[str, _Count] = {}

    def advance(self, direct: NumberReference | None, style: str | None) -> str:
        """Return what stands before the next paragraph, "" where it has no number.

        `direct` is the reference in the paragraph itself, `style` its style.
        """
        found = self._resolve(direct, style)
        if found is None:
            return ""
        number_id, level = found
        number = self._numbers[number_id]
        count = self._counts.setdefault(number.abstract, _Count())
        self._count(count, number_id, number, level)
        return _label(number, count, level)

    def _resolve(
        self, direct: NumberReference | None, style_id: str | None
    ) -> tuple[str, int] | None:
        number, level = (None, None) if direct is None else (direct.number, direct.level)
        chain = list(self._styles.chain(style_id)) if number is None else []
        for style in chain:
            if style.reference is not None and style.reference.number is not None:
                number = style.reference.number
                level = style.reference.level if level is None else level
                break
        if number is None or number not in self._numbers:
            return None
        if level is None:
            linked = [lvl.style for lvl in self._numbers[number].levels]
            level = next((linked.index(s.id) for s in chain if s.id in linked), 0)
        return (number, level) if 0 <= level < _LEVELS else None

    def _count(self, count: _Count, number_id: str, number: Number, level: int) -> None:
        start = number.starts.get(level)
        before = count.values[level]
        if start is not None and (number_id, level) not in count.begun:
            count.values[level] = start
            count.begun.add((number_id, level))
        elif before is None:
            count.values[level] = number.levels[level].start if start is None else start
        else:
            count.values[level] = before + 1
        for above in range(level):
            if count.values[above] is None:  # a level that was passed over counts as used
                count.values[above] = number.levels[above].start
        for below in range(level + 1, _LEVELS):
            restart = number.levels[below].restart
            if restart is None or level < restart:
                count.values[below] = None


def _label(number: Number, count: _Count, level: int) -> str:
    """Return the text of a number, with the space that Word leaves after it if it is needed."""
    own = number.levels[level]
    if own.format == "bullet":
        return ""

    def place(match: re.Match[str]) -> str:
        other = int(match[1]) - 1
        value_there = count.values[other]
        definition = number.levels[other]
        current = definition.start if value_there is None else value_there
        return definition.write(current, legal=own.legal)

    text = _PLACE.sub(place, own.text).strip()
    if not text or own.suffix == "nothing" or text.endswith(_CLOSED):
        return text
    return text + " "


def _numbers(root: etree._Element, styles: Styles) -> dict[str, Number]:
    abstracts = {
        element.get(f"{W}abstractNumId", ""): element
        for element in root.iterchildren(f"{W}abstractNum")
    }
    uses = {
        element.get(f"{W}numId", ""): element
        for element in root.iterchildren(f"{W}num")
        if element.get(f"{W}numId") != "0"
    }
    found = {}
    for number_id, element in uses.items():
        abstract = _abstract(element, abstracts, uses, styles)
        if abstract is not None:
            found[number_id] = _number(element, abstract)
    return found


def _abstract(
    use: etree._Element,
    abstracts: dict[str, etree._Element],
    uses: dict[str, etree._Element],
    styles: Styles,
) -> etree._Element | None:
    """Return the abstract number behind a use; it may stand behind a numbering style (17.9.21)."""
    element = abstracts.get(value(use, f"{W}abstractNumId") or "")
    link = value(element, f"{W}numStyleLink")
    if element is None or link is None:
        return element
    for other in abstracts.values():
        if value(other, f"{W}styleLink") == link:
            return other
    for style in styles.chain(link):
        if style.reference is not None and style.reference.number in uses:
            return abstracts.get(value(uses[style.reference.number], f"{W}abstractNumId") or "")
    return element


def _number(use: etree._Element, abstract: etree._Element) -> Number:
    levels = [Level()] * _LEVELS
    for element in abstract.iterchildren(f"{W}lvl"):
        _put(levels, element)
    starts: dict[int, int] = {}
    for override in use.iterchildren(f"{W}lvlOverride"):
        index = whole(override.get(f"{W}ilvl"))
        own = override.find(f"{W}lvl")
        start = whole(value(override, f"{W}startOverride"))
        if index is None or not 0 <= index < _LEVELS:
            continue
        if own is not None:
            levels[index] = _level(own)
        if start is not None:
            starts[index] = start
            levels[index] = replace(levels[index], start=start)
    return Number(abstract.get(f"{W}abstractNumId", ""), tuple(levels), starts)


def _put(levels: list[Level], element: etree._Element) -> None:
    index = whole(element.get(f"{W}ilvl"))
    if index is not None and 0 <= index < _LEVELS:
        levels[index] = _level(element)


def _level(element: etree._Element) -> Level:
    formats = list(element.iter(f"{W}numFmt"))
    custom = next((f.get(f"{W}format") for f in formats if f.get(f"{W}val") == "custom"), None)
    plain = next((f.get(f"{W}val") for f in formats if f.get(f"{W}val") != "custom"), None)
    padded = _PADDED.match(custom or "")
    start = whole(value(element, f"{W}start"))
    return Level(
        start=0 if start is None else start,
        format=plain or "decimal",
        text=value(element, f"{W}lvlText") or "",
        suffix=value(element, f"{W}suff") or "tab",
        restart=whole(value(element, f"{W}lvlRestart")),
        legal=is_on(element.find(f"{W}isLgl")),
        style=value(element, f"{W}pStyle"),
        padded=len(padded[0]) if padded else 0,
    )
