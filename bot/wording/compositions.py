"""Composed answers in words: the sentences with their numbers, and where the numbers stand."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.messages import Messages
from bot.wording.citations import citation

if TYPE_CHECKING:
    from index.language_model.writing import ComposedSentence, Composition


def numbered_text(sentence: ComposedSentence) -> str:
    """Return a sentence with the numbers of what it rests on: 开展了培训。[1][3]."""
    return sentence.text + "".join(f"[{number}]" for number in sentence.numbers)


def composition_lines(composition: Composition, m: Messages) -> list[str]:
    """Return a composed answer for a terminal, and where its sources stand."""
    words = m.language_model
    said = [numbered_text(each) for each in composition.sentences]
    places = [
        words.source.format(number=each.number, words=citation(each.found.passage, m))
        for each in composition.used
    ]
    return [*said, f"（{words.composed}）", *places]


def outside_host(base_url: str | None) -> str | None:
    """Return the host of a server that is not on this machine; None where it is, or is none."""
    if base_url is None:
        return None
    host = urlsplit(base_url).hostname or base_url
    if host == "localhost":
        return None
    try:
        return None if ip_address(host).is_loopback else host
    except ValueError:
        return host
