"""The best passages, read: which of them comes first, and the words in it that answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from corpus.report import Passage, SectionType
from index.lexical.folding import fold
from index.readers import LexicalReader, Reader, Reading, SentenceScore
from index.readers.amounts import goes_astray, read_for_quantities
from index.readers.choices import chosen
from index.readers.figures import nearest_figure
from index.readers.found import Found
from index.readers.sentence_bounds import quote
from index.readers.table_rows import Cell, cells_asked
from index.search.fusion import Ranked
from index.understanding.quantities.expected import fits
from index.understanding.quantities.parse_quantities import held
from index.understanding.question import Facet, Question, QuestionKind
from index.weights import WEIGHTS, ReadingWeights

READ: Final = 5
"""Passages that are read, the best of the search; the others follow in their order."""


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

    `best` is the sentence that answers best, `value` what it is worth as an answer: evidence in
    logits, span and misfit counted in (`index.weights.ReadingWeights`). `fits`: the sentence has a
    thing of the type that is asked for (`index.understanding.quantities.expected`), and is not the
    one that was quoted before where its reason is asked for. `in_section`: the passage stands in a
    section of a type that is asked for, or none is asked for.
    """

    ranked: Ranked
    reading: Reading
    best: SentenceScore
    value: float
    fits: bool
    in_section: bool
    score: float

    @property
    def passage(self) -> Passage:
        """The passage itself."""
        return self.ranked.candidate.passage


def read(
    reader: Reader,
    question: Question,
    ranked: Sequence[Ranked],
    weights: ReadingWeights = WEIGHTS.reading,
) -> list[ReadPassage]:
    """Return the first passages of `ranked` as the reader has them, best first by `weights`."""
    best = ranked[:READ]
    passages = [each.candidate.passage for each in best]
    named = () if question.kind in _SEVERAL else question.amounts
    readings = read_for_quantities(reader, question.alone, named, passages, question.beside)
    there = bool(named) and any(held(named, fold(passage.text)) for passage in passages)
    cells = cells_asked(question.alone, passages)
    scored = []
    for i, (each, found) in enumerate(zip(best, readings, strict=True)):
        passage, reading = each.candidate.passage, found
        sentence, value, fitting = _best_sentence(question, passage, reading, weights)
        if i in cells:
            sentence, fitting = _of_cell(cells[i], weights), True
            value = sentence.score + weights.span * sentence.margin
            reading = replace(reading, evidence=max(reading.evidence, sentence.score))
        in_section = stands_in(question.asks_for, passage)
        score = each.score + weights.evidence * _cut(value, weights.farthest)
        score -= 0.0 if in_section else weights.another_section
        if there and goes_astray(named, passage, reading):
            score -= weights.another_amount
        scored.append(ReadPassage(each, reading, sentence, value, fitting, in_section, score))
    return sorted(scored, key=lambda r: (-r.score, r.passage.id))


def _of_cell(cell: Cell, weights: ReadingWeights) -> SentenceScore:
    """Return the cell of a table that the question names as a sentence that surely answers."""
    return SentenceScore(*cell.row, weights.farthest, cell.words, weights.farthest)


def stands_in(types: frozenset[SectionType], passage: Passage) -> bool:
    """Whether a passage stands in a section of one of `types`; every passage where there are none.

    Rules and notices have sections of no type: they may answer whatever is asked.
    """
    return not types or passage.section_type in types | {SectionType.OTHER}


def _best_sentence(
    question: Question, passage: Passage, reading: Reading, weights: ReadingWeights
) -> tuple[SentenceScore, float, bool]:
    """Return the sentence that answers best, what it is worth, and whether it fits."""
    rated = []
    for each in reading.sentences or (whole(reading),):
        fitting = _fits(question, passage, each) and not is_question(passage, each)
        value = each.score + weights.span * _cut(each.margin, weights.farthest)
        rated.append((value - (0.0 if fitting else weights.misfit), -each.start, each, fitting))
    value, _, sentence, fitting = max(rated, key=lambda r: r[:2])
    return sentence, value, fitting


def is_question(passage: Passage, sentence: SentenceScore) -> bool:
    """Whether a sentence of a report is a question itself (问：锅炉什么时候换？)."""
    return passage.text[sentence.start : sentence.end].rstrip().endswith(("?", "？"))


def whole(reading: Reading) -> SentenceScore:
    """Return a reading without sentences as one of the words that it marks."""
    span = (reading.start, reading.end)
    return SentenceScore(*span, reading.margin, span, reading.margin)


def _cut(logit: float, farthest: float) -> float:
    return max(-farthest, min(farthest, logit))


def _fits(question: Question, passage: Passage, sentence: SentenceScore) -> bool:
    start, end = quote(passage.text, sentence.start, sentence.end)
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
    found = []
    for done in reads:
        passage, best = done.passage, done.best
        words = quote(passage.text, best.start, best.end, items=question.kind in _SEVERAL)
        span = chosen(passage.text, *_bare(passage.text, *_marked(question, passage, best)))
        found.append(Found(passage, done.score, words, (span,)))
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


def _marked(question: Question, passage: Passage, best: SentenceScore) -> tuple[int, int]:
    """Return the [start, end) of the words in the best sentence that answer."""
    start, end = best.span or (best.start, best.end)
    if question.kind in _SEVERAL:
        return start, end
    at = best.start
    sentence = fold(passage.text[at : best.end])
    start, end = nearest_figure(question.alone, sentence, (start - at, end - at))
    return at + start, at + end


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """Return [start, end) without the punctuation and white space at its edges, if more is left."""
    bare = text[start:end].strip(_EDGES)
    if not bare:
        return start, end
    start += text[start:end].index(bare)
    return start, start + len(bare)


def contradicts(
    reads: Sequence[ReadPassage], led: Sequence[Found], weights: ReadingWeights = WEIGHTS.reading
) -> bool:
    """Whether the reader is sure of a sentence outside the enumeration that leads `led`."""
    if not reads or reads[0].value < weights.sure:
        return False
    first, best = led[0], reads[0].best
    if first.passage.id != reads[0].passage.id:
        return True
    start, end = first.quote
    return not (start < best.end and best.start < end)
