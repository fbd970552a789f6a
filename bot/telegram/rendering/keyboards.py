"""What the buttons carry: at most 64 bytes, readable by the bot after any restart.

What a button is about is named, never contained: a view or a job by its random id, a report by
the start of two checksums. Anyone can send any data, so everything is checked again when it
comes back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from index.store.store import IndexedReport

_SEPARATOR = ":"
LONGEST_DATA = 64


class Subject(StrEnum):
    """What a button is about: the first field of its data."""

    VIEW = "v"
    REPORTS = "l"
    OUTLINE = "o"
    GROUP = "g"
    JOB = "j"
    REMOVE = "x"
    ROLLBACK = "b"
    EXPORT = "e"


class Act(StrEnum):
    """What a button of an answer does."""

    PASSAGE = "p"
    AROUND = "a"
    FILE = "f"
    UP = "u"
    DOWN = "d"


@dataclass(frozen=True, slots=True)
class Button:
    """A button: what stands on it, and what it carries."""

    label: str
    data: str


def data(subject: Subject, *fields: object) -> str:
    """Return the data of a button.

    Raises:
        ValueError: it is longer than Telegram carries.
    """
    text = _SEPARATOR.join((subject.value, *map(str, fields)))
    if len(text.encode()) > LONGEST_DATA:
        raise ValueError(f"{len(text.encode())} bytes of button data, the most is {LONGEST_DATA}")
    return text


def fields(text: str) -> list[str]:
    """Return the fields of the data of a button, without its subject."""
    return text.split(_SEPARATOR)[1:]


def field(text: str, position: int = 0) -> str:
    """Return one field of the data of a button; "" where it is not there."""
    return "".join(fields(text)[position : position + 1])


def number(text: str) -> int:
    """Return a field that should be a number; -1 where it is not one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def keyboard(rows: Iterable[Sequence[Button]]) -> InlineKeyboardMarkup | None:
    """Return the rows as a keyboard; None where there are no buttons."""
    made = [
        [InlineKeyboardButton(button.label, callback_data=button.data) for button in row]
        for row in rows
        if row
    ]
    return InlineKeyboardMarkup(made) if made else None


def report_key(name: str) -> str:
    """Return what stands for the report of that name in a button."""
    return hashlib.sha256(name.encode()).hexdigest()[:12]


def find_report(entries: Iterable[IndexedReport], key: str) -> IndexedReport | None:
    """Return the report that `key` stands for; None where it is gone."""
    return next((entry for entry in entries if report_key(entry.name) == key), None)
