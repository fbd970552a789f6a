"""Folding: the one form in which questions and passages are compared.

Full-width and half-width, upper and lower case, traditional and simplified characters meet
here. The folded text has exactly the length of the original, so offsets hold in both.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

_LISTING = re.compile(r"(?<=[0-9])，(?=[0-9])")
"""A Chinese comma between numbers parts them (120，135，128人): it is no comma of 15,000."""

_QUOTES = str.maketrans("「」『』﹁﹂﹃﹄〝〞", "“”‘’“”‘’“”")


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")


class _Characters(dict[int, str]):
    """Code points → characters folded by themselves; each is worked out when it first comes."""

    def __missing__(self, point: int) -> str:
        character = chr(_QUOTES.get(point, point))
        narrow = unicodedata.normalize("NFKC", character).lower()
        self[point] = narrow if len(narrow) == 1 else character
        return self[point]


_CHARACTERS = _Characters()


def fold(text: str) -> str:
    """Return `text` folded; the result has the same number of characters.

    Characters are folded one by one to NFKC where that is a single character (Unicode Standard
    Annex 15) and lower case; traditional ones become simplified by OpenCC's t2s, in context.
    """
    narrow = (_LISTING.sub("、", text) if "，" in text else text).translate(_CHARACTERS)
    if narrow.isascii():
        return narrow
    simplified = _converter().convert(narrow)
    if len(simplified) == len(narrow):
        return str(simplified)
    return "".join(s if len(s := _converter().convert(c)) == 1 else c for c in narrow)


def comparable(text: str) -> str:
    """Return `text` as answers are compared: NFKC, simplified, without white space.

    The length is not kept.
    """
    return "".join(fold(unicodedata.normalize("NFKC", text)).split())
