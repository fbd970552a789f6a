"""What may stand under a key: each check returns the value, or raises ValueError with the reason.

A check is given what the YAML holds, and the folder that relative paths are relative to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

_REFUSALS = ("strict", "balanced", "eager")

Check = Callable[[object, Path], Any]


def path(raw: object, folder: Path) -> Path:
    """Take a path, and make it absolute."""
    if not isinstance(raw, str) or not raw.strip() or "\0" in raw:
        raise ValueError("must be a path")
    try:
        return (folder / Path(raw).expanduser()).absolute()
    except RuntimeError as exc:
        raise ValueError("must be a path; there is no such user's home folder") from exc


def text(raw: object, _: Path) -> str:
    """Take text that is not empty."""
    if not isinstance(raw, str) or not raw.strip():
        raise ValueError("must be text")
    return raw


def flag(raw: object, _: Path) -> bool:
    """Take true or false."""
    if not isinstance(raw, bool):
        raise ValueError("must be true or false")
    return raw


def whole(low: int, high: int) -> Check:
    """Take a whole number from `low` to `high`."""

    def check(raw: object, _: Path) -> int:
        if not isinstance(raw, int) or isinstance(raw, bool) or not low <= raw <= high:
            raise ValueError(f"must be a whole number from {low} to {high}")
        return raw

    return check


def one_of(*choices: str) -> Check:
    """Take one of these words."""

    def check(raw: object, _: Path) -> str:
        if raw not in choices:
            raise ValueError(f"must be one of {', '.join(choices)}")
        return str(raw)

    return check


def some_of(*choices: str) -> Check:
    """Take a list of these words, or an empty one."""

    def check(raw: object, _: Path) -> tuple[str, ...]:
        if raw is None:
            return ()
        if not isinstance(raw, list) or any(each not in choices for each in raw):
            raise ValueError(f"must be a list of {', '.join(choices)}, or []")
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
    raise ValueError(f"must be {', '.join(_REFUSALS)} or a number from 0 to 1")


def address(raw: object, _: Path) -> str:
    """Take the address of a server or a proxy."""
    if not isinstance(raw, str) or not raw.startswith(("http://", "https://", "socks5://")):
        raise ValueError("must be an address starting with http://, https:// or socks5://")
    return _reachable(raw)


def server_address(raw: object, _: Path) -> str:
    """Take the address of a language model, without a key in it."""
    if not isinstance(raw, str) or not raw.startswith(("http://", "https://")):
        raise ValueError("must be an address starting with http:// or https://")
    if "@" in raw:
        raise ValueError("must not hold the key; put it in BAOGAO_LLM_KEY or llm.key_file")
    return raw


def web_address(raw: object, _: Path) -> str:
    """Take an address that Telegram can call."""
    if not isinstance(raw, str) or not raw.startswith(("http://", "https://")):
        raise ValueError(
            "must be an address starting with https://, or http:// of your own Bot API"
        )
    return _reachable(raw)


def _reachable(raw: str) -> str:
    """Return the address; ValueError where it names no server, or a port that cannot be."""
    try:
        parts = urlsplit(raw)
        port = parts.port
    except ValueError as exc:
        raise ValueError("must be an address whose port is from 1 to 65535") from exc
    if not parts.hostname or port == 0 or any(c.isspace() for c in raw):
        raise ValueError("must be an address such as http://127.0.0.1:7890")
    return raw


def milvus_uri(raw: object, folder: Path) -> str:
    """Take the address of a cluster, without a token in it, or a local file."""
    if isinstance(raw, str) and raw.startswith(("http://", "https://")):
        if "@" in raw:
            raise ValueError("must not hold the token; put it in MILVUS_TOKEN or milvus.token_file")
        return raw
    file = path(raw, folder)
    if file.suffix != ".db":
        raise ValueError("must start with http:// or https://, or be a file that ends in .db")
    return str(file)


def collection(raw: object, _: Path) -> str:
    """Take a name that Milvus takes for a collection."""
    if not isinstance(raw, str) or not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,99}", raw):
        raise ValueError("must be letters, digits and _, at most 100, and not start with a digit")
    return raw


def ids(raw: object, _: Path) -> tuple[int, ...]:
    """Take a list of numeric ids of people or chats."""
    if raw is None:
        return ()
    if not isinstance(raw, list) or any(
        not isinstance(entry, int) or isinstance(entry, bool) for entry in raw
    ):
        raise ValueError("must be a list of numeric ids")
    return tuple(raw)


def aliases(raw: object, _: Path) -> dict[str, tuple[str, ...]]:
    """Take what each abbreviation stands for: a word, or several."""
    if raw is None:
        return {}
    if not isinstance(raw, Mapping):
        raise ValueError("must be a mapping of abbreviations to words")
    table = {str(key).strip(): _words(value) for key, value in raw.items()}
    if wrong := [key for key, words in table.items() if not key or not words]:
        raise ValueError(f"{', '.join(wrong)}: must be text or a list of texts")
    return table


def _words(value: object) -> tuple[str, ...]:
    """Return the words of an alias, () where they are not text or numbers."""
    words = value if isinstance(value, list) else [value]
    if any(isinstance(word, bool) or not isinstance(word, str | int) for word in words):
        return ()
    said = tuple(str(word).strip() for word in words)
    return said if all(said) else ()
