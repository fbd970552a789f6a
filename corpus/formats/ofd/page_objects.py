"""The objects of an OFD page → letters, ruling lines and pictures at their places, in points."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from lxml import etree

from corpus.formats.pages.figures import Point, ruling_lines
from corpus.formats.pages.sheet import Box, Glyph, Ink, Sheet
from corpus.text.letters import plain_letters
from corpus.text.lines import display_width

POINTS = 72 / 25.4
"""Points in a millimetre, the unit of OFD."""

_ASCENT, _DESCENT = 0.88, 0.12
_SAME_ANGLE = 0.1
_PATH = re.compile(r"[SMLQBAC]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_MOST_LETTERS = 200_000
_FARTHEST = 1e6


def named(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the elements of a local name at and below `root`, in the order of the file."""
    return root.iter(f"{{*}}{name}")


def numbers(text: str | None) -> list[float]:
    """Return the numbers of a list set apart by white space, [] where one is none."""
    try:
        values = [float(word) for word in (text or "").split()]
    except ValueError:
        return []
    return values if all(abs(value) < _FARTHEST for value in values) else []


class PageObjects:
    """What a page and its templates draw; `shift` in millimetres is where its corner is."""

    def __init__(self, shift: Point) -> None:
        self.pictures: list[tuple[str, tuple[float, float, float, float]]] = []
        self._shift = shift
        self._glyphs: list[Glyph] = []
        self._rules: list[Box] = []
        self._slanted: list[str] = []
        self._damaged = 0

    def add(self, root: etree._Element) -> None:
        """Add the objects of the content of a page or a template."""
        for found in root.iter("{*}TextObject", "{*}PathObject", "{*}ImageObject"):
            frame = numbers(found.get("Boundary"))
            if len(frame) != 4 or found.get("Visible") == "false":
                continue
            match etree.QName(found).localname:
                case "TextObject":
                    self._add_text(found, _Placement(found, frame, self._shift))
                case "PathObject":
                    self._add_path(found, _Placement(found, frame, self._shift))
                case _:
                    self._add_picture(found, frame)

    def sheet(self, number: int, width: float, height: float) -> Sheet:
        """Return the page, whose measures are in points."""
        return Sheet(
            number,
            width,
            height,
            tuple(self._glyphs),
            rules=tuple(self._rules),
            pictures=tuple(Box(*box) for _, box in self.pictures),
            slanted="".join(self._slanted),
            damaged=self._damaged,
        )

    def _add_text(self, found: etree._Element, placement: _Placement) -> None:
        sizes = numbers(found.get("Size"))
        if not sizes or sizes[0] <= 0:
            return
        ink = Ink(round(2 * sizes[0] * placement.scale * POINTS) / 2, _colour(found))
        x = y = 0.0
        for code in named(found, "TextCode"):
            x = next(iter(numbers(code.get("X"))), x)
            y = next(iter(numbers(code.get("Y"))), y)
            text = plain_letters((code.text or "").strip("\r\n\t"))
            if not placement.is_upright:
                self._slanted.append(text)
                continue
            across = _deltas(code.get("DeltaX"), len(text))
            down = _deltas(code.get("DeltaY"), len(text))
            self._set(text, (x, y), (across, down), sizes[0], placement, ink)

    def _set(
        self,
        text: str,
        start: Point,
        deltas: tuple[list[float], list[float]],
        size: float,
        placement: _Placement,
        ink: Ink,
    ) -> None:
        """Add letters from `start` on; where no step is given, each is as wide as it is."""
        x, y = start
        across, down = deltas
        for i, letter in enumerate(text):
            if len(self._glyphs) >= _MOST_LETTERS:
                return
            wide = display_width(letter) * size / 2
            if i < len(across):  # a step of about a letter leaves no space between digits
                wide = max(wide, min(across[i], size))
            if letter == "\ufffd" or 0xE000 <= ord(letter) < 0xF900:
                self._damaged += 1
            else:
                left, top = placement.at(x, y - _ASCENT * size)
                right, bottom = placement.at(x + wide, y + _DESCENT * size)
                self._glyphs.append(Glyph(letter, left, right, top, bottom, ink))
            x += across[i] if i < len(across) else 0.0 if i < len(down) else wide
            y += down[i] if i < len(down) else 0.0

    def _add_path(self, found: etree._Element, placement: _Placement) -> None:
        data = next((part.text or "" for part in named(found, "AbbreviatedData")), "")
        outlined = found.get("Stroke", "true") != "false"
        if not outlined and found.get("Fill", "false") == "false":
            return
        for figure in _figures(data):
            points = [placement.at(x, y) for x, y in figure]
            for left, top, right, bottom in ruling_lines(points, outlined=outlined):
                self._rules.append(Box(left, right, top, bottom))

    def _add_picture(self, found: etree._Element, frame: list[float]) -> None:
        left, top = (frame[i] + self._shift[i] for i in (0, 1))
        edges = (left, left + frame[2], top, top + frame[3])
        box = tuple(value * POINTS for value in edges)
        self.pictures.append((found.get("ResourceID", ""), (box[0], box[1], box[2], box[3])))


class _Placement:
    """Where the measures of an object lead: its matrix, then its frame, then the page's corner."""

    def __init__(self, found: etree._Element, frame: list[float], shift: Point) -> None:
        matrix = numbers(found.get("CTM"))
        self._matrix = matrix if len(matrix) == 6 else [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
        self._corner = frame[0] + shift[0], frame[1] + shift[1]

    @property
    def scale(self) -> float:
        """How much larger the height of letters becomes."""
        return math.hypot(self._matrix[2], self._matrix[3])

    @property
    def is_upright(self) -> bool:
        """Whether letters stay upright."""
        return abs(math.atan2(self._matrix[1], self._matrix[0])) < _SAME_ANGLE

    def at(self, x: float, y: float) -> Point:
        """Return a point of the object on the page, in points."""
        a, b, c, d, e, f = self._matrix
        return (
            (a * x + c * y + e + self._corner[0]) * POINTS,
            (b * x + d * y + f + self._corner[1]) * POINTS,
        )


def _deltas(text: str | None, count: int) -> list[float]:
    """Return the steps between letters: numbers, or `g n step` for n steps of one width."""
    words = (text or "").split()
    steps: list[float] = []
    at = 0
    while at < len(words) and len(steps) < count:
        repeated = words[at] == "g" and at + 2 < len(words)
        values = numbers(" ".join(words[at + 1 : at + 3] if repeated else words[at : at + 1]))
        if not values:
            break
        times = int(min(max(values[0], 0), count)) if repeated else 1
        steps += [values[-1]] * times
        at += 3 if repeated else 1
    return steps


def _figures(data: str) -> Iterator[list[Point]]:
    """Yield the figures of a path that are of straight lines."""
    words = _PATH.findall(data)
    points: list[Point] = []
    curved = False
    at = 0
    while at < len(words):
        operator = words[at]
        count = _OPERANDS.get(operator)
        if count is None:
            at += 1
            continue
        values = numbers(" ".join(words[at + 1 : at + 1 + count]))
        at += 1 + count
        if len(values) != count:
            break
        if operator in "SM":
            if len(points) > 1 and not curved:
                yield points
            points, curved = [], False
        curved = curved or operator in "QBA"
        if operator == "C":
            points += points[:1]
        else:
            points.append((values[-2], values[-1]))
    if len(points) > 1 and not curved:
        yield points


def _colour(found: etree._Element) -> tuple[int, int, int]:
    """Return the colour of a text, lighter where it is seen through."""
    fill = next((part for part in found if etree.QName(part).localname == "FillColor"), None)
    values = numbers(fill.get("Value")) if fill is not None else []
    red, green, blue = (values * 3)[:3] if len(values) in {1, 3} else (0.0, 0.0, 0.0)
    share = 1.0
    for element in (found, fill):
        alpha = numbers(element.get("Alpha")) if element is not None else []
        share *= min(max(alpha[0], 0), 255) / 255 if alpha else 1.0
    paper = 255 * (1 - share)
    red, green, blue = (
        min(max(int(value * share + paper), 0), 255) for value in (red, green, blue)
    )
    return red, green, blue
