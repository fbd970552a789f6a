"""A page as a file draws it: letters, ruling lines and pictures at their places.

All measures are in points; x grows to the right, y downwards, from the upper left corner.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Ink:
    """How letters are drawn: their size in points, their colour (red, green, blue), from 0 to 255.

    `hidden` letters are there to be searched and not to be seen: the layer under a scan.
    """

    size: float = 0.0
    colour: tuple[int, int, int] = (0, 0, 0)
    hidden: bool = False

    @property
    def lightness(self) -> float:
        """Return how light the colour is: 0 is black, 1 is white."""
        red, green, blue = self.colour
        return (0.299 * red + 0.587 * green + 0.114 * blue) / 255


BLACK = Ink()


class Glyph(NamedTuple):
    """A letter and its box. A tuple, for a long file has a million of them."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    ink: Ink = BLACK

    @property
    def height(self) -> float:
        """The height of the box."""
        return self.bottom - self.top


class Box(NamedTuple):
    """A rectangle: a picture, or a ruling line, which is a thin one."""

    left: float
    right: float
    top: float
    bottom: float

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """How high it is."""
        return self.bottom - self.top

    def holds(self, glyph: Glyph) -> bool:
        """Whether the middle of a letter is in it."""
        return (
            self.left <= (glyph.left + glyph.right) / 2 <= self.right
            and self.top <= (glyph.top + glyph.bottom) / 2 <= self.bottom
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its number from 1, its measures, its letters in the order they are drawn in.

    `rules` are its ruling lines, `pictures` where its pictures are; `slanted` is what is written
    across the page. `damaged` counts letters without a meaning, which are not among the letters;
    of a `broken` page nothing is known. `turn` says by how many right angles, clockwise, the page
    was turned back from how the file holds it.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...] = ()
    rules: tuple[Box, ...] = ()
    pictures: tuple[Box, ...] = ()
    slanted: str = ""
    damaged: int = 0
    broken: bool = False
    turn: int = 0
