"""The check: a sentence that a model wrote is believed only as far as its evidence says it.

Pure and strict. Whatever is not read off the sentences that it names (`alignment`) is dropped;
what a dropped sentence would have said, the quotation still says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from index.language_model.alignment import Alignment
from index.language_model.tokens import Sentence, Token, sentence_of, sentences_of
from index.language_model.wordlists import RELATIVE, WEIGHTY

_FEWEST: Final = 4
"""Tokens of a sentence, at least: 开展了 says nothing."""

_LONGEST: Final = 400
"""Characters of a sentence, at most."""


class Failure(StrEnum):
    """Why a composed sentence is not believed."""

    NO_NUMBERS = "it names no sentence that it was given"
    LENGTH = "it is too short or too long to say something"
    FIGURE = "a figure, date or amount does not stand there as it stands in the sentence"
    QUOTED = "a phrase between quotation marks does not stand there"
    TURNED = "a word of negation, comparison, bound or plan does not stand there like that"
    YEARS = "it does not say which year what belongs to"
    MOVED = "words of the evidence are torn out or joined to others"
    WORDS = "there are words that do not stand there"
    UNUSED = "it names sentences that it does not rest on"


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """What a model was given to write from: `number` from 1, the words, and their report's year."""

    number: int
    text: str
    year: int | None = None


def check(text: str, numbers: Sequence[int], evidence: Sequence[EvidenceItem]) -> Failure | None:
    """Return why a sentence is not believed that rests on the `numbers` of `evidence`.

    None: every word of it stands in the sentences that it names, as it stands there.
    """
    named = [item for item in evidence if item.number in set(numbers)]
    if not numbers or len(named) != len(set(numbers)):
        return Failure.NO_NUMBERS
    composed = sentence_of(text)
    if len(composed.tokens) < _FEWEST or len(text) > _LONGEST:
        return Failure.LENGTH
    sentences = [each for item in named for each in sentences_of(item.text, item.number, item.year)]
    if len({item.year for item in named}) > 1 and RELATIVE.search(composed.text):
        return Failure.YEARS
    alignment = Alignment(composed, sentences)
    if not alignment.complete():
        return _why(composed, sentences, alignment.reached)
    if not _quotations_stand(composed, sentences):
        return Failure.QUOTED
    return None if alignment.used == {item.number for item in named} else Failure.UNUSED


def _why(composed: Sentence, sentences: Sequence[Sentence], reached: int) -> Failure:
    """Return what is wrong at the first token that could not be read."""
    if reached >= len(composed.tokens):
        return Failure.MOVED
    token = composed.tokens[reached]
    if token.quoted:
        return Failure.QUOTED
    if token.figure:
        return Failure.FIGURE
    if WEIGHTY.match(composed.text, token.start):
        return Failure.TURNED
    if not any(other.same(token) for each in sentences for other in each.tokens):
        return Failure.WORDS
    several = len({each.year for each in sentences}) > 1
    return Failure.YEARS if several else Failure.MOVED


def _quotations_stand(composed: Sentence, sentences: Sequence[Sentence]) -> bool:
    """Whether each phrase between quotation marks stands in a sentence without a gap."""
    count = max((token.quoted for token in composed.tokens), default=0)
    return all(
        any(_holds(each, _phrase(composed, number)) for each in sentences)
        for number in range(1, count + 1)
    )


def _phrase(sentence: Sentence, number: int) -> list[Token]:
    return [token for token in sentence.tokens if token.quoted == number]


def _holds(sentence: Sentence, phrase: Sequence[Token]) -> bool:
    tokens = sentence.tokens
    return any(
        all(a.same(b) for a, b in zip(tokens[start:], phrase, strict=False))
        for start in range(len(tokens) - len(phrase) + 1)
    )
