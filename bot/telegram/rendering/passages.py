"""Passages as they stand in their report: whole, between the paragraphs around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.messages import Messages
from bot.telegram.rendering.highlight import emphasised
from bot.telegram.rendering.rich_text import (
    BOLD,
    EXPANDABLE,
    Rich,
    joined,
    lines,
    marked,
    shortened,
)
from bot.wording.citations import citation, place_line
from index.answering.answer import Found
from index.store.store import IndexedParagraph

_LONGEST_OWN = 2400
_LONGEST_NEIGHBOUR = 600


def original_text(
    found: Found, position: int, count: int, bodies: Sequence[IndexedParagraph], m: Messages
) -> Rich:
    """Return passage `position` of `count`, from 0, between the paragraphs around it.

    Its own paragraph is whole, the words that answer in bold; those around it fold away.
    """
    parts: list[Rich | str] = []
    if position:
        parts.append(m.telegram.passage_of.format(number=position + 1, count=count))
    return _between(found, bodies, parts, m)


def nearest_text(
    found: Found, position: int, count: int, bodies: Sequence[IndexedParagraph], m: Messages
) -> Rich:
    """Return one of the nearest passages of a refusal, which says that it is no answer."""
    head = m.telegram.nearest_of.format(number=position + 1, count=count)
    return _between(found, bodies, [head], m)


def copied_text(found: Found, titles: Mapping[str, str], m: Messages) -> str:
    """Return the sentences of a passage with where they stand, to be pasted elsewhere."""
    return m.telegram.copied.format(
        words=" ".join(found.words.split()), place=place_line(found.passage, titles, m)
    )


def _between(
    found: Found, bodies: Sequence[IndexedParagraph], parts: list[Rich | str], m: Messages
) -> Rich:
    passage = found.passage
    own = [body for body in bodies if body.text in passage.text or passage.text in body.text]
    for body in bodies:
        number = m.paragraph.format(number=body.number)
        if body in own and body.number >= passage.paragraph:
            parts.append(_own(body, found, number))
        else:
            parts.append(_neighbour(body, number))
    parts.append(citation(passage, m))
    return lines(parts, "\n\n")


def _own(body: IndexedParagraph, found: Found, number: str) -> Rich:
    """Return the paragraph of the passage; of a very long one only the passage itself."""
    text, spans = body.text, spans_in(body, found)
    if len(text) > _LONGEST_OWN and len(found.passage.text) < len(text):
        text, spans = found.passage.text, list(found.spans)
    words = emphasised(text, (0, len(text)), spans)
    return joined(marked(BOLD, number), "　", words)


def _neighbour(body: IndexedParagraph, number: str) -> Rich:
    text = joined(number, "　", body.text)
    return marked(EXPANDABLE, shortened(text, _LONGEST_NEIGHBOUR))


def spans_in(body: IndexedParagraph, found: Found) -> list[tuple[int, int]]:
    """Return where the words stand in a paragraph: it holds the passage, or is a part of it."""
    passage = found.passage
    if body.number < passage.paragraph:
        return []
    if passage.text in body.text:
        at = body.text.index(passage.text)
    elif body.text in passage.text:
        at = -passage.text.index(body.text)
    else:
        return []
    return [(at + start, at + end) for start, end in found.spans]
