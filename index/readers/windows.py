"""How a question and a passage stand before the reader, in tokens.

    <s> question, words beside it </s> title and headings </s> words of the passage </s>

The words beside the question are other words for its own that the passage or its headings have.
The first token stands for "no answer here". A passage that is too long is read in windows that
overlap, so that every answer up to half the overlap stands whole in one of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

LONGEST: Final = 384
QUESTION: Final = 72
HEADING: Final = 56
OVERLAP: Final = 96
"""Tokens of a whole input, of the question, of title and headings, shared by two windows."""

MOST: Final = 12
"""Windows of one passage that are read, at most; no passage of this version needs so many."""

BESIDE: Final = 8
"""Other words that are put beside a question, at most."""

_START, _END = 0, 2  # <s> and </s> of XLM-R's vocabulary, in the bundled tokenizer, too


@dataclass(frozen=True, slots=True)
class Window:
    """One input of the reader.

    `ids` are all its tokens; those of the passage begin at `text_start`, and `offsets` has the
    [start, end) characters of each of them in the passage's text.
    """

    ids: list[int]
    text_start: int
    offsets: list[tuple[int, int]]


class Layout:
    """Puts texts into tokens; safe to use from several threads at once."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        """Use `tokenizer`, which must not cut or pad."""
        self._tokenizer = tokenizer

    def windows(
        self, question: str, heading: str, text: str, beside: Sequence[str] = ()
    ) -> list[Window]:
        """Return the windows over `text`, at least one; all texts are folded already."""
        known = [word for word in beside if word in text or word in heading]
        asked = self._encode(" ".join((question, *known[:BESIDE]))).ids[:QUESTION]
        above = self._encode(heading).ids[:HEADING]
        front = [_START, *asked, _END, *above, _END]
        encoded = self._encode(text)
        ids, offsets = encoded.ids, encoded.offsets
        return [
            Window([*front, *ids[start:end], _END], len(front), offsets[start:end])
            for start, end in islice(_cuts(len(ids), LONGEST - len(front) - 1), MOST)
        ]

    def _encode(self, text: str) -> Encoding:
        return self._tokenizer.encode(text, add_special_tokens=False)


def _cuts(tokens: int, room: int) -> Iterator[tuple[int, int]]:
    start = 0
    while start + room < tokens:
        yield start, start + room
        start += room - OVERLAP
    yield start, tokens
