"""The styles of a .docx file, as far as they say what a paragraph is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from corpus.formats.docx.package import W

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(
    r"(?:WPSOffice)?\s*(?:手动)?\s*(?:toc|目录)\s*(?:[1-9]|heading|标题)", re.IGNORECASE
)
_TITLE = re.compile(r"title|标题", re.IGNORECASE)
_BODY_LEVEL = 9  # 17.3.1.20: the tenth value of outlineLvl is body text
_DEEPEST = 50


@dataclass(frozen=True, slots=True)
class NumberReference:
    """A reference to a list: which, and which of its levels; None is left to the style."""

    number: str | None
    level: int | None


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style, as it stands in the file: what it inherits is not in it."""

    id: str
    name: str
    based_on: str | None
    outline: int | None
    reference: NumberReference | None
    hidden: bool | None


class Styles:
    """The paragraph styles of a file."""

    def __init__(self, root: etree._Element | None) -> None:
        """Read `root`, the part styles.xml."""
        self._styles: dict[str, Style] = {}
        self.default: str | None = None
        self._letters: dict[str, Style] = {}
        for element in () if root is None else root.iterchildren(f"{W}style"):
            style = _style(element)
            if element.get(f"{W}type") == "character":
                self._letters[style.id] = style
                continue
            self._styles[style.id] = style
            if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default") in _ON:
                self.default = style.id

    def chain(self, style_id: str | None) -> Iterator[Style]:
        """Yield a style and those it is based on, nearest first."""
        seen: set[str] = set()
        current = style_id if style_id in self._styles else self.default
        while current in self._styles and current not in seen and len(seen) < _DEEPEST:
            seen.add(current)
            style = self._styles[current]
            yield style
            current = style.based_on

    def level(self, style_id: str | None) -> int | None:
        """Return the level of the headings of a style, from 1; 0 for a title, None for text."""
        for style in self.chain(style_id):
            if style.outline is not None:
                return style.outline + 1 if style.outline < _BODY_LEVEL else None
            named = _HEADING.fullmatch(style.name)
            if named:
                return int(named[1])
            if _TITLE.fullmatch(style.name):
                return 0
        return None

    def is_contents(self, style_id: str | None) -> bool:
        """Whether a style is that of a table of contents."""
        return any(_CONTENTS.match(style.name) for style in self.chain(style_id))

    def is_hidden(self, style_id: str | None) -> bool:
        """Whether the text of a style is not shown; the nearest style that says so decides."""
        said = (style.hidden for style in self.chain(style_id) if style.hidden is not None)
        return next(said, False)

    def hides_letters(self, style_id: str | None) -> bool:
        """Whether the text of a character style is not shown."""
        seen: set[str] = set()
        while style_id in self._letters and style_id not in seen:
            seen.add(style_id)
            style = self._letters[style_id]
            if style.hidden is not None:
                return style.hidden
            style_id = style.based_on
        return False

    def name_of_letters(self, style_id: str | None) -> str:
        """Return the name of a character style, "" where there is none."""
        return self._letters[style_id].name if style_id in self._letters else style_id or ""


_ON = {"1", "true", "on"}


def is_on(element: etree._Element | None) -> bool:
    """Return what a switch such as w:vanish says: without a value it is on (17.17.4)."""
    return element is not None and element.get(f"{W}val", "1") in _ON


def switch(element: etree._Element | None) -> bool | None:
    """Return what a switch says, None where there is none."""
    return None if element is None else is_on(element)


def value(element: etree._Element | None, path: str) -> str | None:
    """Return w:val of the element at `path` under `element`, None where it is not there."""
    found = None if element is None else element.find(path)
    return None if found is None else found.get(f"{W}val")


def whole(text: str | None) -> int | None:
    """Return a number of an attribute, None where it is none."""
    try:
        return int(text) if text is not None else None
    except ValueError:
        return None


def reference(properties: etree._Element | None) -> NumberReference | None:
    """Return the reference in w:pPr, None where there is none."""
    element = None if properties is None else properties.find(f"{W}numPr")
    if element is None:
        return None
    return NumberReference(value(element, f"{W}numId"), whole(value(element, f"{W}ilvl")))


def _style(element: etree._Element) -> Style:
    properties = element.find(f"{W}pPr")
    run = element.find(f"{W}rPr")
    return Style(
        id=element.get(f"{W}styleId", ""),
        name=value(element, f"{W}name") or "",
        based_on=value(element, f"{W}basedOn"),
        outline=whole(value(properties, f"{W}outlineLvl")),
        reference=reference(properties),
        hidden=None if run is None else switch(run.find(f"{W}vanish")),
    )
