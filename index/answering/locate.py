"""Words of a paragraph → the passage that holds them, with the words marked."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.report import Passage
from index.answering.enumerations import Part
from index.readers.found import Found
from index.store.store import Store


def passage_holding(store: Store, report: str, number: int, words: str) -> Passage | None:
    """Return the passage that holds `words` of paragraph `number`; None where none does."""
    return next((p for p in store.passages_of(report, number) if words in p.text), None)


def pointed_at(store: Store, report: str, parts: Sequence[Part], score: float) -> Found | None:
    """Return the passage of the first of `parts`, with those of them that it holds marked."""
    first = parts[0]
    whole = first.start == first.end
    words = "" if whole else first.text[:40]
    passage = passage_holding(store, report, first.number, words)
    if passage is None:
        return None
    if whole:
        return Found(passage, score, (0, len(passage.text)), ((0, len(passage.text)),))
    spans = []
    at = 0
    for part in parts:
        start = passage.text.find(part.text, at)
        if start < 0:
            start = passage.text.find(part.text[:40], at)
        if start < 0:
            break
        at = min(start + len(part.text), len(passage.text))
        spans.append((start, at))
    if not spans:
        return None
    return Found(passage, score, (spans[0][0], spans[-1][1]), tuple(spans))


def first_of_all(found: Sequence[Found], first: Found, top: int) -> tuple[Found, ...]:
    """Return `found` with the passage of `first` at its head, in its marking; `top` at most."""
    rest = (each for each in found if each.passage.id != first.passage.id)
    return (first, *rest)[:top]
