"""What may stand under a key: each check returns the value, or raises BadValue with the reason.

A check is given what the YAML holds, and the folder that relative paths are relative to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.errors import ConfigFault

_REFUSALS = ("strict", "balanced", "eager")

Check = Callable[[object, Path], Any]


class BadValue(ValueError):
    """A value that cannot stand where it stands."""

    def __init__(self, fault: ConfigFault, **details: object) -> None:
        self.fault, self.details = fault, details
        super().__init__(fault.format(**details))


def path(raw: object, folder: Path) -> Path:
    """Take a path, and make it absolute."""
    if not isinstance(raw, str) or not raw.strip() or "\0" in raw:
        raise BadValue(ConfigFault.PATH)
    try:
        return (folder / Path(raw).expanduser()).absolute()
    except RuntimeError as exc:
        raise BadValue(ConfigFault.NO_HOME) from exc


def text(raw: object, _: Path) -> str:
    """Take text that is not empty."""
    if not isinstance(raw, str) or not raw.strip():
        raise BadValue(ConfigFault.TEXT)
    return raw


def flag(raw: object, _: Path) -> bool:
    """Take true or false."""
    if not isinstance(raw, bool):
        raise BadValue(ConfigFault.FLAG)
    return raw


def whole(low: int, high: int) -> Check:
    """Take a whole number from `low` to `high`."""

    def check(raw: object, _: Path) -> int:
        if not isinstance(raw, int) or isinstance(raw, bool) or not low <= raw <= high:
            raise BadValue(ConfigFault.WHOLE, low=low, high=high)
        return raw

    return check


def one_of(*choices: str) -> Check:
    """Take one of these words."""

    def check(raw: object, _: Path) -> str:
        if raw not in choices:
            raise BadValue(ConfigFault.ONE_OF, choices=", ".join(choices))
        return str(raw)

    return check


def some_of(*choices: str) -> Check:
    """Take a list of these words, or an empty one."""

    def check(raw: object, _: Path) -> tuple[str, ...]:
        if raw is None:
            return ()
        if not isinstance(raw, list) or any(each not in choices for each in raw):
            raise BadValue(ConfigFault.SOME_OF, choices=", ".join(choices))
        return tuple(dict.fromkeys(raw))

    return check


def optional(check: Check) -> Check:
    """Take what `check` takes, or nothing."""
    return lambda raw, folder: None if raw is None else check(raw, folder)


def refusal(raw: object, _: Path) -> str | float:
    """Take a word for how readily to answer, or a least confidence."""
    if isinstance(raw, str) and raw in _REFUSALS:
        return raw
    if isinstance(raw, int | float) and not isinstance(raw, bool) and 0 <= raw <= 1:
        return float(raw)
    raise BadValue(ConfigFault.REFUSAL, choices=", ".join(_REFUSALS))


def address(raw: object, _: Path) -> str:
    """Take the address of a server or a proxy."""
    if not isinstance(raw, str) or not raw.startswith(("http://", "https://", "socks5://")):
        raise BadValue(ConfigFault.ADDRESS)
    return _reachable(raw)


def server_address(raw: object, _: Path) -> str:
    """Take the address of a language model, without a key in it."""
    if not isinstance(raw, str) or not raw.startswith(("http://", "https://")):
        raise BadValue(ConfigFault.SERVER_ADDRESS)
    if "@" in raw:
        raise BadValue(ConfigFault.LLM_KEY)
    return raw


def web_address(raw: object, _: Path) -> str:
    """Take an address that Telegram can call."""
    if not isinstance(raw, str) or not raw.startswith(("http://", "https://")):
        raise BadValue(ConfigFault.WEB_ADDRESS)
    return _reachable(raw)


def _reachable(raw: str) -> str:
    """Return the address; BadValue where it names no server, or a port that cannot be."""
    try:
        parts = urlsplit(raw)
        port = parts.port
    except ValueError as exc:
        raise BadValue(ConfigFault.PORT) from exc
    if not parts.hostname or port == 0 or any(c.isspace() for c in raw):
        raise BadValue(ConfigFault.SERVER)
    return raw


def milvus_uri(raw: object, folder: Path) -> str:
    """Take the address of a cluster, without a token in it, or a local file."""
    if isinstance(raw, str) and raw.startswith(("http://", "https://")):
        if "@" in raw:
            raise BadValue(ConfigFault.MILVUS_KEY)
        return raw
    file = path(raw, folder)
    if file.suffix != ".db":
        raise BadValue(ConfigFault.MILVUS_URI)
    return str(file)


def collection(raw: object, _: Path) -> str:
    """Take a name that Milvus takes for a collection."""
    if not isinstance(raw, str) or not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,99}", raw):
        raise BadValue(ConfigFault.COLLECTION)
    return raw


def ids(raw: object, _: Path) -> tuple[int, ...]:
    """Take a list of numeric ids of people or chats."""
    if raw is None:
        return ()
    if not isinstance(raw, list) or any(
        not isinstance(entry, int) or isinstance(entry, bool) for entry in raw
    ):
        raise BadValue(ConfigFault.IDS)
    return tuple(raw)


def aliases(raw: object, _: Path) -> dict[str, tuple[str, ...]]:
    """Take what each abbreviation stands for: a word, or several."""
    if raw is None:
        return {}
    if not isinstance(raw, Mapping):
        raise BadValue(ConfigFault.ALIASES)
    table = {str(key).strip(): _words(value) for key, value in raw.items()}
    if wrong := [key for key, words in table.items() if not key or not words]:
        raise BadValue(ConfigFault.ALIAS_WORDS, keys=", ".join(wrong))
    return table


def _words(value: object) -> tuple[str, ...]:
    """Return the words of an alias, () where they are not text or numbers."""
    words = value if isinstance(value, list) else [value]
    if any(isinstance(word, bool) or not isinstance(word, str | int) for word in words):
        return ()
    said = tuple(str(word).strip() for word in words)
    return said if all(said) else ()


def model(raw: object, folder: Path) -> str:
    """Take the name of a model, or the path of its folder; a path that is there, made absolute.

    What begins as a path does (./, ../, ~ or /) is one in any case.
    """
    said = text(raw, folder)
    if said in {"bundled", "none"}:
        return said
    found = path(said, folder)
    return str(found) if said.startswith((".", "~", "/")) or found.is_dir() else said
