"""What an answer would consist of: a quotation, an enumeration or key sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.answering.answer import Content, ItemList, KeySentences, Quotation
from index.answering.evidence_sentences import evidence_sentences, key_sentences
from index.answering.lists import listing
from index.answering.locate import first_of_all
from index.answering.summaries import summary
from index.readers import Reader
from index.readers.found import Found
from index.readers.rerank import ReadPassage, contradicts
from index.search.fusion import Ranked
from index.store.store import Store
from index.understanding.question import Question, QuestionKind
from index.weights import WEIGHTS, RankingWeights


@dataclass(frozen=True, slots=True)
class Composed:
    """Content with its passages, what it quotes first.

    `firm`: it is from an enumeration that fits the question well. `item`: it is one item of an
    enumeration, which was asked for by its number.
    """

    content: Content
    passages: tuple[Found, ...]
    firm: bool = False
    item: bool = False

    @property
    def empty(self) -> bool:
        """Whether it says nothing: key sentences of a section that is not there."""
        return isinstance(self.content, KeySentences) and not self.content.items


def compose(
    question: Question,
    ranked: Sequence[Ranked],
    reads: Sequence[ReadPassage],
    found: tuple[Found, ...],
    store: Store,
    reader: Reader,
    top: int,
    weights: RankingWeights = WEIGHTS,
) -> Composed:
    """Return what would answer `question`, whether or not it does.

    Args:
        question: The question, understood.
        ranked: The passages that were found, best first.
        reads: The first of them as they were read.
        found: The passages with the sentences to quote.
        store: Where the paragraphs around them are.
        reader: Reads the rest of the section where several sentences answer.
        top: The most passages to keep.
        weights: What ranks enumerations and sentences.
    """
    if question.kind is QuestionKind.SUMMARY:
        outline = summary(question, ranked, store, weights.summaries)
        return Composed(KeySentences(outline.items, outline.more), outline.lead(found, store, top))
    if question.wants_items:
        listed = _enumerated(question, ranked, reads, found, store, top, weights)
        if listed.firm or question.ordinal is not None:
            return listed
    several = evidence_sentences(question, reads, store, reader, weights.sentences)
    if len(several) > 1:
        return Composed(key_sentences(several), first_of_all(found, several[0].found, top))
    return listed if question.wants_items else Composed(Quotation(), found)


def _enumerated(
    question: Question,
    ranked: Sequence[Ranked],
    reads: Sequence[ReadPassage],
    found: tuple[Found, ...],
    store: Store,
    top: int,
    weights: RankingWeights,
) -> Composed:
    """Return the enumeration that fits, unless the reader is sure of words outside it."""
    best = listing(question, ranked, store, weights.lists)
    if best is None:
        return Composed(Quotation(), found)
    led = best.lead(found, question.ordinal, store, top)
    firm = best.score >= weights.lists.firm
    if not firm and contradicts(reads, led, weights.reading):
        return Composed(Quotation(), found)
    items = best.items(question.ordinal)
    if question.ordinal is not None:
        return Composed(Quotation(), led, firm, item=bool(items))
    return Composed(ItemList(items, best.enumeration.open_ended), led, firm)
