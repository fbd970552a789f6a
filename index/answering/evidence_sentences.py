"""The sentences that belong to an answer, where there are several.

What was done about a topic, the problems, the plans, the prizes: such questions are answered by
all that a section says about them, in its order, and the reader tells what belongs to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.report import Passage, SectionType, outline
from corpus.text.numbering import marker, title
from index.answering.answer import Citation, Item, KeySentences
from index.lexical.folding import fold
from index.lexical.overlap import bigrams, share_held
from index.readers import LEXICAL, Reader, SentenceScore
from index.readers.found import Found
from index.readers.rerank import ReadPassage, is_question, stands_in
from index.store.store import Store
from index.understanding.question import Question, QuestionKind
from index.understanding.words.stopwords import content_terms
from index.weights import WEIGHTS, SentenceWeights

MOST: Final = 12
"""Sentences that are quoted, at most."""

SECTION: Final = 16
"""Paragraphs of a section that are read, at most."""

_RUN_IN: Final = re.compile(r"\s*[^。：:，,；;]{2,16}(?=[。：:])")

_SEVERAL = frozenset({QuestionKind.LIST, QuestionKind.TOPIC, QuestionKind.SUMMARY})
_TOLD_AT_LENGTH = frozenset({SectionType.PROBLEMS, SectionType.PLANS, SectionType.CAUSES})


@dataclass(frozen=True, slots=True)
class EvidenceSentence:
    """A sentence that belongs to an answer, with its passage and its evidence in logits."""

    found: Found
    score: float


def evidence_sentences(
    question: Question,
    reads: Sequence[ReadPassage],
    store: Store,
    reader: Reader,
    weights: SentenceWeights = WEIGHTS.sentences,
) -> list[EvidenceSentence]:
    """Return the sentences that belong to the answer, in the order of the report.

    They stand in the report of the best passage: in the passages that were read, and where
    several things are asked for in the rest of the section that the best one belongs to.
    """
    if not reads or reader.fingerprint == LEXICAL:
        return []
    several = asks_for_several(question)
    first = reads[0]
    rated = [(each.passage, s) for each in reads for s in each.reading.sentences]
    if several:
        rated += _rest_of_section(question, reads, store, reader, weights)
        rated = _of_topic(question, rated, weights)
        least = max(weights.several_least, first.best.score - weights.several_within)
    else:
        least = max(weights.one_least, first.best.score - weights.one_within)
    kept = {
        (passage.paragraph, passage.start + each.start): (passage, each)
        for passage, each in rated
        if passage.report == first.passage.report
        and stands_in(question.asks_for, passage)
        and each.score >= least
        and not is_question(passage, each)
    }
    return [_sentence(*kept[place]) for place in sorted(kept)]


def asks_for_several(question: Question) -> bool:
    """Whether several sentences are to be expected: a list, a topic, problems, plans, causes."""
    if question.kind in _SEVERAL:
        return True
    at_length = bool(question.asks_for & _TOLD_AT_LENGTH)
    return at_length and question.wanted is None and question.kind is not QuestionKind.YES_NO


def key_sentences(sentences: Sequence[EvidenceSentence]) -> KeySentences:
    """Return the sentences as an answer, each cited; the surest where there are too many."""
    surest = sorted(sentences, key=lambda each: -each.score)[:MOST]
    kept = [each for each in sentences if each in surest]
    items = tuple(_item(number, each.found) for number, each in enumerate(kept, start=1))
    return KeySentences(items, len(sentences) - len(items))


def _item(number: int, found: Found) -> Item:
    p = found.passage
    cited = Citation(p.report, p.title, p.year, p.path, p.paragraph, p.page)
    return Item(number, found.words.strip(), cited)


def _sentence(passage: Passage, each: SentenceScore) -> EvidenceSentence:
    place = (each.start, each.end)
    return EvidenceSentence(Found(passage, each.score, place, (each.span or place,)), each.score)


def _rest_of_section(
    question: Question,
    reads: Sequence[ReadPassage],
    store: Store,
    reader: Reader,
    weights: SentenceWeights,
) -> Iterator[tuple[Passage, SentenceScore]]:
    """Yield the sentences of the section that were not read yet, with their scores."""
    first = reads[0].passage
    path = _section(question, first, store, weights)
    if not path:
        return
    read = {(each.passage.report, each.passage.paragraph) for each in reads}
    numbers = _numbers(store, first, path)
    rest = [
        passage
        for number in numbers
        if (first.report, number) not in read
        for passage in store.passages_of(first.report, number)
        if passage.path[: len(path)] == path
    ]
    for passage, reading in zip(
        rest, reader.read(question.alone, rest, question.beside), strict=True
    ):
        for each in reading.sentences:
            yield passage, each


def _of_topic(
    question: Question,
    rated: Sequence[tuple[Passage, SentenceScore]],
    weights: SentenceWeights,
) -> list[tuple[Passage, SentenceScore]]:
    """Return the sentences that stand under what names the topic, all where nothing does.

    That is a heading, or the numbered words that a paragraph begins with (（二）美育。每周…).
    """
    wanted = content_terms(question.topic_words)
    under = [
        (passage, each)
        for passage, each in rated
        if wanted and _share_above(wanted, passage, each.start) >= weights.named
    ]
    return under or list(rated)


def _share_above(wanted: frozenset[str], passage: Passage, start: int) -> float:
    """Return the most of a topic that a heading above a sentence has."""
    heads = (*passage.path, _run_in_heading(passage.text, start))
    return max(_share_named(wanted, head) for head in heads)


def _share_named(wanted: frozenset[str], heading: str) -> float:
    return share_held(wanted, bigrams(fold(title(heading))))


def _run_in_heading(text: str, at: int) -> str:
    """Return the numbered words that the line around a place begins with; "" for none."""
    line = text[text.rfind("\n", 0, at) + 1 :]
    number = marker(line)
    match = _RUN_IN.match(line, number.end) if number is not None else None
    return match[0] if match is not None else ""


def _section(
    question: Question, first: Passage, store: Store, weights: SentenceWeights
) -> tuple[str, ...]:
    """Return the path of the highest heading that names the topic, else of the lowest one.

    Of a topic, where none above the first passage names it, the one of the report that does best.
    """
    wanted = content_terms(question.topic_words or question.words)
    for depth, heading in enumerate(first.path, start=1):
        if _share_named(wanted, heading) >= weights.named:
            return first.path[:depth]
    if not question.topic_words:
        return first.path
    entry = next(each for each in store.entries if each.name == first.report)
    named = {path: _share_named(wanted, path[-1]) for _, path in outline(entry.sections)}
    best = max(named, key=lambda path: named[path], default=first.path)
    return best if named.get(best, 0.0) >= weights.named else first.path


def _numbers(store: Store, first: Passage, path: tuple[str, ...]) -> range:
    """Return the paragraphs of the section, the nearest to the first passage where too many."""
    entry = next(each for each in store.entries if each.name == first.report)
    sections = entry.sections
    numbers = range(first.paragraph, first.paragraph + 1)
    for heading in path:
        section = next((each for each in sections if each.heading == heading), None)
        if section is None:
            break
        numbers, sections = section.paragraphs, section.sections
    near = first.paragraph if first.paragraph in numbers else numbers.start
    start = max(numbers.start, min(near - SECTION // 4, numbers.stop - SECTION))
    return range(start, min(numbers.stop, start + SECTION))
