"""The words that answer → the sentences to quote."""

from __future__ import annotations

import re

from corpus.text.sentences import sentences

_LEANS_BACK = re.compile(
    r"(?:这(?!次|里)|此(?!次|外)|该|其(?!他|它|余|中|次)|他们|她们|它们|他|她|它|上述|前者|后者|因此|由此|为此|对此)"
)
_ORDINAL = re.compile(
    r"(?:[二三四五六七八九十]+(?:是|要|个)|第[二三四五六七八九十]+|其[次二三四]|再次|另外|此外|最后"
    r"|[（(][二三四五六七八九十]+[)）]|[2-9][.、．)])"
)
_FIRST = re.compile(r"一是|一要|第一[，,、]|首先|[（(]一[)）]|其一|1[.、．)]")
_MOST = 8


def quote(text: str, start: int, end: int, *, items: bool = False) -> tuple[int, int]:
    """Return the [start, end) offsets of the sentences to quote for the words [start, end).

    They are the sentences that the words stand in; the one before, too, where they begin with a
    pronoun or a connective that leans on it. With `items`, because the question asks for
    several things, an enumeration is followed to its end over the sentences that continue it.
    """
    found = sentences(text)
    touched = [i for i, (a, b) in enumerate(found) if a < end and start < b]
    if not touched:
        return found[0] if found else (0, len(text))
    first, last = touched[0], touched[-1]
    words = [text[a:b] for a, b in found]
    if items:
        first, last = _whole_enumeration(words, first, last)
    if first > 0 and _LEANS_BACK.match(words[first]):
        first -= 1
    return found[first][0], found[last][1]


def _whole_enumeration(words: list[str], first: int, last: int) -> tuple[int, int]:
    while first > 0 and last - first < _MOST and _ORDINAL.match(words[first]):
        first -= 1
    if any(_FIRST.search(each) for each in words[first : last + 1]):
        while last + 1 < len(words) and last - first < _MOST and _ORDINAL.match(words[last + 1]):
            last += 1
    return first, last
