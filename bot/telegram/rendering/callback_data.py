"""What the buttons carry: a value a kind of button, encoded in at most 64 bytes.

What a button is about is named, never contained: an answer or a job by its random id, a report by
the start of two checksums; so the bot can read it after any restart. Anyone can send any data:
what is no data of a button decodes to None, and what it names is looked up again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, get_type_hints

from bot.messages.telegram import Objection
from index.store.store import IndexedReport

LONGEST_DATA = 64
"""Bytes that Telegram carries (https://core.telegram.org/bots/api#inlinekeyboardbutton)."""

_SEPARATOR = ":"
_NUMBER = re.compile(r"-?[0-9]{1,17}")
_DIGEST = 8


class AnswerAction(StrEnum):
    """What a button under an answer does."""

    PASSAGE = "p"
    AROUND = "a"
    FILE = "f"
    UP = "u"
    DOWN = "d"
    BACK = "b"
    PAGE = "g"


class JobAction(StrEnum):
    """What a button under the preview of an upload does."""

    GO_LIVE = "live"
    REPLACE = "replace"
    CANCEL = "cancel"
    YEAR = "year"
    TITLE = "title"
    ORGANISATION = "organisation"


class RemovalStep(StrEnum):
    """How far the removal of a report is: asked whether, confirmed, or cancelled."""

    ASK = "a"
    CONFIRM = "y"
    CANCEL = "n"


class UnansweredAction(StrEnum):
    """What is done about a question without an answer."""

    OPEN = "o"
    LIST = "l"
    ATTACH = "a"
    SEARCH = "s"
    ALIAS = "k"
    DISMISS = "d"


class ExportedList(StrEnum):
    """Which list is sent as a file."""

    UNANSWERED = "u"


@dataclass(frozen=True, slots=True)
class AnswerButton:
    """Under the answer of that id, about its passage at a position from 0."""

    answer: str
    action: AnswerAction
    position: int = 0


@dataclass(frozen=True, slots=True)
class ObjectionButton:
    """What is wrong with the answer of that id."""

    answer: str
    objection: Objection


@dataclass(frozen=True, slots=True)
class ExampleButton:
    """A question to ask when it is pressed: one of the examples for a report, or for any.

    `report` is its `report_key`, "" for any report; `number` counts from 0.
    """

    report: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class ReportsPage:
    """A page of the list of reports, from 0."""

    page: int


@dataclass(frozen=True, slots=True)
class OutlineButton:
    """A section of a report by its position in the outline, 0 for the report itself.

    `report` is its `report_key`, `digest` the start of the checksum of its file.
    """

    report: str
    digest: str
    position: int


@dataclass(frozen=True, slots=True)
class AllowGroup:
    """The group that is to be allowed."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class AllowPerson:
    """The person who is to be let in."""

    user_id: int


@dataclass(frozen=True, slots=True)
class TellGroups:
    """The report that the allowed groups are to be told of, named as in `OutlineButton`."""

    report: str
    digest: str


@dataclass(frozen=True, slots=True)
class SendFirstReport:
    """How a first report is sent, in the steps of the set-up."""


@dataclass(frozen=True, slots=True)
class JobButton:
    """Under the preview of an upload, about the job of that id."""

    job: str
    action: JobAction


@dataclass(frozen=True, slots=True)
class RemoveReport:
    """A step of the removal of a report, named as in `OutlineButton`; "" once cancelled."""

    report: str
    digest: str
    step: RemovalStep


@dataclass(frozen=True, slots=True)
class RollBack:
    """The number of the generation to go back to."""

    generation: int


@dataclass(frozen=True, slots=True)
class ExportList:
    """The list to send as a file."""

    which: ExportedList


@dataclass(frozen=True, slots=True)
class UnansweredButton:
    """About the questions that `group` stands for; `passage` stands for what is attached."""

    group: str
    action: UnansweredAction
    passage: str = ""


CallbackData = (
    AnswerButton
    | ObjectionButton
    | ExampleButton
    | ReportsPage
    | OutlineButton
    | AllowGroup
    | JobButton
    | RemoveReport
    | RollBack
    | ExportList
    | AllowPerson
    | SendFirstReport
    | TellGroups
    | UnansweredButton
)

KINDS: Mapping[str, type[CallbackData]] = {
    "v": AnswerButton,
    "d": ObjectionButton,
    "q": ExampleButton,
    "l": ReportsPage,
    "o": OutlineButton,
    "g": AllowGroup,
    "j": JobButton,
    "x": RemoveReport,
    "b": RollBack,
    "e": ExportList,
    "n": AllowPerson,
    "s": SendFirstReport,
    "t": TellGroups,
    "u": UnansweredButton,
}
"""The kinds by the first field of their data. Buttons of years ago still carry these letters."""

_LETTERS = {kind: letter for letter, kind in KINDS.items()}


def encode(data: CallbackData) -> str:
    """Return what a button carries.

    Raises:
        ValueError: it is longer than Telegram carries.
    """
    values = (getattr(data, field.name) for field in fields(data))
    text = _SEPARATOR.join((_LETTERS[type(data)], *map(str, values)))
    if len(text.encode()) > LONGEST_DATA:
        raise ValueError(f"{len(text.encode())} bytes of button data, the most is {LONGEST_DATA}")
    return text


def decode(text: str | None) -> CallbackData | None:
    """Return what a button carried; None where no button of the bot carries that."""
    letter, *values = (text or "").split(_SEPARATOR)
    kind = KINDS.get(letter)
    if kind is None or len(values) > len(fields(kind)):
        return None
    types = get_type_hints(kind)
    try:
        read = [_READERS.get(types[f.name], types[f.name]) for f in fields(kind)]
        return kind(*(call(value) for call, value in zip(read, values, strict=False)))
    except (ValueError, TypeError):  # a value that it cannot have, or one too few
        return None


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return int(text)


_READERS: Mapping[Any, Callable[[str], Any]] = {int: _number}
"""How the fields that are not text or of an enumeration are read."""


def report_key(name: str) -> str:
    """Return what stands for the report of that name in a button."""
    return hashlib.sha256(name.encode()).hexdigest()[:12]


def digest_start(entry: IndexedReport) -> str:
    """Return what stands for the content of a report in a button."""
    return entry.digest[:_DIGEST]


def find_report(entries: Iterable[IndexedReport], key: str) -> IndexedReport | None:
    """Return the report that `key` stands for; None where it is gone."""
    return next((entry for entry in entries if report_key(entry.name) == key), None)
