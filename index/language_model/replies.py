"""What a model replied → what it was asked for; nothing is guessed."""

from __future__ import annotations

import json
import re
from typing import Any

_THOUGHT = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.S)
_FENCE = re.compile(r"```(?:json)?\s*(.*?)\s*```", re.S)


def object_in(reply: str) -> dict[str, Any] | None:
    """Return the JSON object that a reply is; None where it is not one.

    What a model thought aloud before it, and a fence around it, are taken away.
    """
    text = _THOUGHT.sub("", reply).strip()
    fenced = _FENCE.fullmatch(text)
    try:
        found = json.loads(fenced[1] if fenced else text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def numbers_in(value: object) -> tuple[int, ...] | None:
    """Return a list of whole numbers, each once, in its order; None where it is not one."""
    if not isinstance(value, list):
        return None
    if any(not isinstance(each, int) or isinstance(each, bool) for each in value):
        return None
    return tuple(dict.fromkeys(value))
