"""The best passages, read: which of them comes first, and the words in it that answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus.report import Passage
from index.lexical.folding import fold
from index.readers import LexicalReader, Reader, Reading
from index.readers.amounts import goes_astray, read_for_quantities
from index.readers.found import Found
from index.readers.sentence_bounds import quote
from index.search.fusion import Ranked
from index.understanding.quantities.expected import fits
from index.understanding.quantities.parse_quantities import held
from index.understanding.question import Facet, Question, QuestionKind

READ: Final = 5
"""Passages that are read, the best of the search; the others follow in their order."""

WEIGHT: Final = 0.005
FARTHEST: Final = 16.0
"""The weight of the reader's margin beside the fused score, and where the margin is cut."""

ANOTHER: Final = 0.05
"""What a passage loses for another amount than the one asked about, if one has that."""

SURE: Final = 2.0
"""The margin from which the reader is believed rather than the look of an enumeration."""

_GIVES_REASON: Final = re.compile(
    r"因|由于|原因|缘于|源于|为了|以便|旨在|导致|造成|所以|使得|致使|受.{1,20}(?:影响|限制|制约)|缺[少乏编]|不足|不够|没有|尚未"
)
_EDGES: Final = "，,。；;：:、！!？? \n\t\u3000"
_SEVERAL = frozenset(
    {QuestionKind.LIST, QuestionKind.COUNT, QuestionKind.REASON, QuestionKind.SUMMARY}
)


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """A passage that was read; `score` ranks it, higher is better.

    `fits`: the sentence has a thing of the type that is asked for
    (`index.understanding.quantities.expected`), and is not the one that was quoted before where
    its reason is asked for. `margin` is the reader's, cut at ±16; −16 where nothing fits, whatever
    the reader makes of it.
    """

    ranked: Ranked
    reading: Reading
    fits: bool
    margin: float
    score: float


def read(reader: Reader, question: Question, ranked: Sequence[Ranked]) -> list[ReadPassage]:
    """Return the first passages of `ranked` as the reader has them, best first.

    The score is the fused one of the search + 0.005 · the margin, − 0.05 where another amount is
    found than the one asked about and some passage has that. What is said about a topic has no
    words that answer it best, so there the search alone ranks.
    """
    best = ranked[:READ]
    passages = [each.candidate.passage for each in best]
    named = () if question.kind in _SEVERAL else question.amounts
    readings = read_for_quantities(reader, question.alone, named, passages)
    weight = 0.0 if question.kind is QuestionKind.TOPIC else WEIGHT
    there = named and any(held(named, fold(passage.text)) for passage in passages)
    scored = []
    for each, reading in zip(best, readings, strict=True):
        fitting = _fits(question, each.candidate.passage, reading)
        margin = max(-FARTHEST, min(FARTHEST, reading.margin)) if fitting else -FARTHEST
        another = there and goes_astray(named, each.candidate.passage, reading)
        score = each.score + weight * margin - (ANOTHER if another else 0.0)
        scored.append(ReadPassage(each, reading, fitting, margin, score))
    return sorted(scored, key=lambda r: (-r.score, r.ranked.candidate.passage.id))


def _fits(question: Question, passage: Passage, reading: Reading) -> bool:
    start, end = quote(passage.text, reading.start, reading.end)
    words = fold(passage.text[start:end])
    return fits(question.wanted, words) and not _says_it_again(
        question, passage.id, start, end, words
    )


def _says_it_again(question: Question, passage: str, start: int, end: int, words: str) -> bool:
    """Whether 为什么 would be answered by what was quoted before, which gives no reason."""
    place = question.carried.place if question.carried is not None else None
    if question.facet is not Facet.CAUSE or place is None or place.said is None:
        return False
    again = passage == place.passage and place.said[0] < end and start < place.said[1]
    return again and _GIVES_REASON.search(words) is None


def quoted(
    question: Question, reads: Sequence[ReadPassage], ranked: Sequence[Ranked]
) -> tuple[Found, ...]:
    """Return `ranked` as they are to be shown: those that were read first, then the others.

    Of those, the sentences nearest to the question are quoted.
    """
    several = question.kind in _SEVERAL
    found = []
    for best in reads:
        passage, reading = best.ranked.candidate.passage, best.reading
        words = quote(passage.text, reading.start, reading.end, items=several)
        span = _bare(passage.text, reading.start, reading.end)
        found.append(Found(passage, best.score, words, (span,)))
    seen = {shown.passage.id for shown in found}
    others = [each for each in ranked if each.candidate.passage.id not in seen]
    passages = [each.candidate.passage for each in others]
    low = min((shown.score for shown in found), default=float("inf"))
    for each, reading in zip(
        others, LexicalReader().read(question.searched, passages), strict=True
    ):
        span = (reading.start, reading.end)
        score = min(each.score, low)
        found.append(Found(each.candidate.passage, score, span, (span,)))
    return tuple(found[: len(ranked)])


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """Return [start, end) without the punctuation and white space at its edges, if more is left."""
    bare = text[start:end].strip(_EDGES)
    if not bare:
        return start, end
    start += text[start:end].index(bare)
    return start, start + len(bare)


def contradicts(reads: Sequence[ReadPassage], led: Sequence[Found]) -> bool:
    """Whether the reader is sure of words that stand outside the enumeration leading `led`."""
    if not reads or reads[0].margin < SURE:
        return False
    first, reading = led[0], reads[0].reading
    if first.passage.id != reads[0].ranked.candidate.passage.id:
        return True
    start, end = first.quote
    return not (start < reading.end and reading.start < end)
