"""Text at a place on a page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A row of text; `y` grows downwards, all measures are in the unit of its page.

    `size` is the height of its letters. `cells` are its parts, where wide gaps part them, and
    `begins` is how far from the left each of them begins, where that is known. `column` are the
    edges of the column that the row is set in, None where the page has one.
    """

    page: int
    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    cells: tuple[str, ...] = ()
    begins: tuple[float, ...] = ()
    column: tuple[float, float] | None = None

    @property
    def middle(self) -> float:
        """Where the middle of the row is, from the left."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its number from 1, its measures, its rows from top to bottom."""

    number: int
    width: float
    height: float
    rows: tuple[Row, ...]
