"""Words of a paragraph → the passage that holds them, with the words marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.report import Passage
from index.answering.enumerations import Part
from index.readers.found import Found
from index.store.store import Store

_BACK = 8
_PARTS = 40


def passages_of(store: Store, report: str, paragraph: int) -> Iterator[Passage]:
    """Yield the passages that begin in a paragraph, in their order."""
    for part in range(1, _PARTS):
        passage = store.passage(f"{report}:{paragraph}:{part}")
        if passage is None:
            return
        yield passage


def passage_holding(store: Store, report: str, number: int, words: str) -> Passage | None:
    """Return the passage that holds `words` of paragraph `number`; None where none does.

    A passage is named for its first paragraph, so those before are looked at, too.
    """
    for paragraph in range(number, max(0, number - _BACK), -1):
        for passage in passages_of(store, report, paragraph):
            if words in passage.text:
                return passage
    return None


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
