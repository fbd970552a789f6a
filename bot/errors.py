"""The errors of the bot and the command line.

BotError
├── BadConfig     the configuration is malformed; all its problems at once
├── Usage         the program was called wrongly
│   └── WrongArguments    its arguments make no sense
├── BadToken      what is given as a token is none
├── OutputLost    a result could not be written
├── NoToken       the bot was asked to run and has no token
├── WrongToken    Telegram does not know the token
├── TokenInUse    another bot uses the token, and goes on doing so
├── AlreadyRunning    another bot uses the state directory
└── NotEmpty      a backup is to be restored where there is something already
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Self


class BotError(Exception):
    """Base of every error of this room."""


class ConfigFault(StrEnum):
    """What is wrong with a value of the configuration; {braces} are filled in."""

    UNKNOWN_KEY = "unknown key (known: {known})"
    NO_PLACE_FOR_KEYS = "no token may stand here; put it into {variable} or into the file {key}"
    UNKNOWN_VARIABLE = "no key has this variable"
    MISSING = "there is no such file"
    UNREADABLE = "cannot be read ({reason})"
    NOT_UTF8 = "is not text in UTF-8"
    NOT_YAML = "is not YAML (line {line})"
    YAML_ALIAS = "aliases (& and *) are not allowed (line {line})"
    TWICE = "{key} comes twice (line {line})"
    EMPTY = "is empty"
    MAPPING = "must be a mapping of keys to values"
    PATH = "must be a path"
    NO_HOME = "must be a path; there is no such user's home folder"
    TEXT = "must be text"
    FLAG = "must be true or false"
    WHOLE = "must be a whole number from {low} to {high}"
    ONE_OF = "must be one of {choices}"
    SOME_OF = "must be a list of {choices}, or []"
    REFUSAL = "must be {choices} or a number from 0 to 1"
    ADDRESS = "must be an address starting with http://, https:// or socks5://"
    WEB_ADDRESS = "must be an address starting with https://, or http:// of your own Bot API"
    PORT = "must be an address whose port is from 1 to 65535"
    SERVER = "must be an address with a server, such as http://127.0.0.1:7890"
    SERVER_ADDRESS = "must be an address starting with http:// or https://"
    LLM_KEY = "must not hold the key; put it in BAOGAO_LLM_KEY or llm.key_file"
    MILVUS_KEY = "must not hold the token; put it in MILVUS_TOKEN or milvus.token_file"
    MILVUS_URI = "must start with http:// or https://, or be a file that ends in .db"
    COLLECTION = "must be letters, digits and _, at most 100, and not start with a digit"
    IDS = "must be a list of numeric ids"
    ALIASES = "must be a mapping of abbreviations to words"
    ALIAS_WORDS = "{keys}: must be text or a list of texts"
    OTHER = "{reason}"
    WEBHOOK_KEY = "must hold 1 to 256 of the characters A-Z, a-z, 0-9, _ and -"


class Problem(str):
    """A problem of the configuration, in English; its parts, to tell it in another language.

    `place` is the file, or the variable of the environment, and the key.
    """

    __slots__ = ("details", "fault", "place")

    place: str
    fault: ConfigFault
    details: dict[str, object]

    def __new__(cls, place: str, fault: ConfigFault, **details: object) -> Self:
        """Return the problem that `fault` is at `place`."""
        made = super().__new__(cls, f"{place}: {fault.format(**details)}")
        made.place, made.fault, made.details = place, fault, details
        return made


class BadConfig(BotError):
    """The configuration cannot be used; each problem reads ``file: key: reason``."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class UsageFault(StrEnum):
    """What is wrong with the arguments of the program; {braces} are filled in."""

    REQUIRED = "missing: {names}"
    UNKNOWN = "unknown arguments: {names}"
    CHOICE = "{name}: {value} is none of {choices}"
    VALUE = "{name}: {value} cannot be used here"
    ONE_VALUE = "{name} needs a value"
    NO_VALUE = "{name} takes no value"
    AMBIGUOUS = "{name} could be {choices}"
    YEAR = "{name}: {value} is not a year, such as 2021"
    YEARS = "{name}: {value} are not two years or more, such as 2020,2021"
    TOP = "{name}: {value} is not a number from 1 to 50"
    OTHER = "{text}"


class Usage(BotError):
    """The program was called with arguments that make no sense."""


class BadToken(BotError):
    """What stands in `source`, a file or a variable, is no token; the text is never repeated."""

    def __init__(self, source: str) -> None:
        self.source = source
        super().__init__(f"{source} holds no token")


class WrongArguments(Usage):
    """The arguments have a fault; `usage` is the line that says how they should be."""

    def __init__(self, fault: UsageFault, usage: str, **details: str) -> None:
        self.fault, self.usage, self.details = fault, usage, details
        super().__init__(f"{fault.format(**details)}\n{usage}")


class OutputLost(BotError):
    """A result could not be written to where it was to go (a full disk)."""


class NoToken(BotError):
    """There is no token for the bot."""


class WrongToken(BotError):
    """Telegram does not know the token of the bot."""


class TokenInUse(BotError):
    """Another instance receives the updates of this token."""


class AlreadyRunning(BotError):
    """Another bot uses the state directory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(f"another bot is running on {folder}")


class NotEmpty(BotError):
    """There are reports or chats already where a backup is to be restored."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(f"there is something in {folder} already")
