"""What an enumeration is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


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
    `open_ended`: it ends with 等, and with no number of how many there are. `beside` are the
    words directly before and behind a list within a sentence: they say what is listed.
    """

    form: Form
    lead: str
    items: tuple[Part, ...]
    clause: str = ""
    open_ended: bool = False
    beside: str = ""
