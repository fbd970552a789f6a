"""Text at a place on a page."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.formats.tables import Grid


@dataclass(frozen=True, slots=True)
class Row:
    """A row of text; `y` grows downwards, all measures are in the unit of its page.

    `size` is the height of its letters. `cells` are its parts, where wide gaps part them, and
    `begins` and `ends` where each of them begins and ends, where that is known. `column` are the
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
    ends: tuple[float, ...] = ()
    column: tuple[float, float] | None = None

    @property
    def middle(self) -> float:
        """Where the middle of the row is, from the left."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Table:
    """A table between ruling lines; `edges` are those of its columns, one more than columns."""

    page: int
    grid: Grid
    edges: tuple[float, ...]
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its number from 1, its measures, its rows and tables in the order of reading."""

    number: int
    width: float
    height: float
    blocks: tuple[Row | Table, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows outside tables."""
        return tuple(block for block in self.blocks if isinstance(block, Row))
