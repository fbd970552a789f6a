"""Abbreviations that admins added from the chat, beside those of the configuration.

They lie in `aliases.json` in the state directory.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping
from pathlib import Path

from corpus.durable.atomic_files import make_folder, write_file
from corpus.durable.faults import StateError, StateFault

FILE = "aliases.json"
_LONGEST = 40
_SAID = re.compile(r"\s*([^=＝\n]+?)\s*[=＝]\s*([^=＝\n]+?)\s*")
_log = logging.getLogger(__name__)


def read_alias(text: str) -> tuple[str, tuple[str, ...]] | None:
    """Return the abbreviation and its words in “小禾=青禾先锋”; None where it is none."""
    match = _SAID.fullmatch(text)
    if match is None:
        return None
    words = tuple(word for word in re.split(r"[、,，]\s*", match[2]) if word)
    fit = 1 < len(match[1]) <= _LONGEST and words and all(len(w) <= _LONGEST for w in words)
    return (match[1], words) if fit and match[1] not in words else None


def added_aliases(folder: Path) -> dict[str, tuple[str, ...]]:
    """Return what was added; nothing where the file is damaged."""
    try:
        raw = json.loads((folder / FILE).read_bytes())
        return {str(key): tuple(map(str, words)) for key, words in raw.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, AttributeError) as exc:
        _log.error("%s cannot be used error=%s", FILE, type(exc).__name__)
        return {}


def add_alias(folder: Path, key: str, words: tuple[str, ...]) -> None:
    """Note that `key` stands for `words`.

    Raises:
        StateError: the file cannot be written.
    """
    known: Mapping[str, tuple[str, ...]] = {**added_aliases(folder), key: words}
    try:
        make_folder(folder)
        write_file(folder / FILE, json.dumps(known, ensure_ascii=False, indent=1).encode())
    except OSError as exc:
        raise StateError(folder / FILE, StateFault.of(exc)) from exc
