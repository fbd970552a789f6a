"""Everyday words of a question, and the words that reports write for them.

Who asks where 房顶那个活省下来多少 went is answered by 屋面改造节约资金3.7万元: no word is shared.
The lexical index looks for the report's words beside the question's own, and the reader is told
those that a passage has. `everyday_words.tsv` has a line for each group: words of reports, a tab,
everyday words for them, dialects too. It was written by hand after the questions of the staff's
train part (CC0, as they are); what it is worth: docs/retrieval.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from index.lexical.folding import fold

_FILE: Final = "everyday_words.tsv"


def report_words(text: str) -> tuple[str, ...]:
    """Return the words that reports may have for those of folded `text`, but for what it has.

    The longest everyday words come first; one within another counts not.
    """
    found: dict[str, None] = {}
    rest = text
    for everyday, words in _table().items():
        if everyday in rest:
            found |= dict.fromkeys(word for word in words if word not in text)
            rest = rest.replace(everyday, "\0")
    return tuple(found)


@cache
def _table() -> Mapping[str, tuple[str, ...]]:
    """Return the words of reports by everyday word, the longest first."""
    found: dict[str, dict[str, None]] = {}
    text = files(__package__).joinpath(_FILE).read_text("utf-8")
    for line in text.splitlines():
        formal, everyday = line.split("\t")
        for word in everyday.split():
            found.setdefault(fold(word), {}).update(dict.fromkeys(map(fold, formal.split())))
    return {word: tuple(found[word]) for word in sorted(found, key=len, reverse=True)}
