"""Which words of a quotation are bold."""

from __future__ import annotations

from collections.abc import Sequence

from bot.telegram.rendering.rich_text import BOLD, Rich, joined, marked

_MOST_OF_IT, _LONG = 0.8, 60
"""Words that are more than this share of a text of more than so many characters do not stand out
in it: all of it in bold is harder to read, and marks nothing."""


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
