"""Which words of a quotation are bold."""

from __future__ import annotations

from collections.abc import Sequence

from bot.telegram.rendering.rich_text import BOLD, Rich, joined, marked, units
from index.readers.found import Found

_MOST_OF_IT, _LONG = 0.8, 60
"""Words that are more than this share of a text of more than so many characters do not stand out
in it: all of it in bold is harder to read, and marks nothing."""

_LONGEST_LEAD = 80
_GAP = "……"


def lead(found: Found) -> str:
    """Return the words that answer, for a line of their own; "" where they do not stand out.

    They do not where they are most of the sentence, which is then read at once, or very long.
    """
    parts = [" ".join(part.split()) for part in _marked_parts(found)]
    words = _GAP.join(filter(None, parts))
    stand_out = len(words) <= _MOST_OF_IT * len(found.words.strip())
    return words if stand_out and units(words) <= _LONGEST_LEAD else ""


def quoted(found: Found) -> Rich:
    """Return the sentences to quote, the words that answer in bold where they stand out."""
    return emphasised(found.passage.text, found.quote, found.spans)


def emphasised(text: str, within: tuple[int, int], spans: Sequence[tuple[int, int]]) -> Rich:
    """Return text[within] with the spans in bold, where they stand out in it."""
    at, end = within
    parts: list[Rich | str] = []
    bold = 0
    for span_start, span_end in sorted(spans):
        start, stop = max(span_start, at), min(span_end, end)
        if start < stop:
            parts += [text[at:start], marked(BOLD, text[start:stop])]
            at, bold = stop, bold + stop - start
    whole = text[slice(*within)]
    if len(whole) > _LONG and bold > _MOST_OF_IT * len(whole):
        return joined(whole)
    return joined(*parts, text[at:end])


def _marked_parts(found: Found) -> list[str]:
    start, end = found.quote
    text = found.passage.text
    within = [(max(a, start), min(b, end)) for a, b in sorted(found.spans)]
    return [text[a:b] for a, b in within if a < b]
