"""Whether letters are such as people write, or what damage and wrong tables of letters leave."""

from __future__ import annotations

import re
from functools import cache

_RARE = (
    (0x00A0, 0x0250),  # Latin letters with marks
    (0x2000, 0xA000),  # punctuation, symbols, Han characters, kana
    (0xF900, 0xFB00),
)
"""Where damaged text of Chinese reports lands; letters of other scripts are not judged."""


_MOST_ILLEGIBLE = 0.15
"""Of 419 real reports and articles, the worst has 0.02."""


_DISGUISED = re.compile(r"(?:=[0-9A-F]{2}){2,}|[A-Za-z0-9+/]{72,}={0,2}")
_MOST_DISGUISED = 0.3


def is_garbage(text: str) -> bool:
    """Whether a text came from damage rather than from people."""
    letters = sum(1 for letter in text if not letter.isspace())
    return illegible(text) > _MOST_ILLEGIBLE * letters


def is_encoded(text: str) -> bool:
    """Whether a text is mostly bytes in disguise (quoted-printable, base64) rather than words."""
    covered = sum(len(found) for found in _DISGUISED.findall(text))
    return covered > _MOST_DISGUISED * max(len(text), 1)


def illegible(text: str) -> int:
    """Return how many letters of `text` nobody can read, or nobody uses in a Chinese report.

    The latter are letters of the blocks in `_RARE` that neither GB 2312 nor Big5 has: names hold
    a few, and text that was taken apart wrongly holds little else.
    """
    return sum(1 for letter in text if letter >= "\x7f" and _is_odd(letter)) + sum(
        1 for letter in text if letter < " " and not letter.isspace()
    )


@cache
def _is_odd(letter: str) -> bool:
    code = ord(letter)
    if letter == "\ufffd" or 0xE000 <= code < 0xF900:
        return True
    if letter.isspace():
        return False
    if not letter.isprintable():
        return True
    if not any(first <= code < end for first, end in _RARE):
        return False
    return not (_is_in(letter, "gb2312") or _is_in(letter, "big5"))


def _is_in(letter: str, encoding: str) -> bool:
    try:
        letter.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
