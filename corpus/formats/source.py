"""What a format is given, and what it gives: a file's bytes in, its lines out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from corpus.errors import Trouble, UnreadableReport
from corpus.limits import ParserLimits
from corpus.report import LeftOut, ParseDetails
from corpus.text.lines import Line

Told = Callable[[int, int], None]
"""Told that page m of n is about to be read; both count from 1."""


def unheard(_page: int, _pages: int) -> None:
    """Tell nobody."""


def unlimited(_size: int) -> None:
    """Change nothing: this process has no limit of memory."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: its bytes, its name, and what it may cost.

    A converter calls `told` before each page that takes time, and `afford` with the bytes of
    memory it needs before it loads a large library.
    """

    data: bytes
    path: Path
    limits: ParserLimits = field(default_factory=ParserLimits)
    told: Told = unheard
    afford: Callable[[int], None] = unlimited

    def refuse(self, trouble: Trouble, detail: str = "") -> UnreadableReport:
        """Return the error that says why this file cannot be read."""
        return UnreadableReport(self.path, trouble, detail)


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says of itself outside its text; often wrong, so never more than a guess."""

    title: str | None = None
    organisation: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What a format reads: lines, how they were read, and what it left out itself."""

    lines: tuple[Line, ...]
    reading: ParseDetails
    left_out: tuple[LeftOut, ...] = ()
    properties: Properties = field(default_factory=Properties)
