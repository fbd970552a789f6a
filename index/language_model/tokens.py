"""Text → what is compared when a composed sentence is held against its evidence.

A Chinese character, a Latin word and a number are a token each; so is a quantity, whatever way it
is written (12节, 十二节), and a year (2021年, 二〇二一年).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.text.numerals import number
from corpus.text.sentences import parts
from index.lexical.folding import fold
from index.understanding.quantities.parse_quantities import Quantity, quantities

_YEAR = re.compile(r"((?:19|20)\d{2}|[一二][九〇零][〇零一二三四五六七八九]{2})年度?(?!级)")
_WORD = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?%?|[a-z]+|[-+~±<>≤≥×÷=/](?=[0-9])|[^\W_]")
_PIECE_END = re.compile(r"[，,；;：:。！？!?、\n]")
_ROUGHLY = re.compile(r"[多余来近约几数]")
_QUOTED = re.compile(r"[“\"「『《]([^”\"」』》]{1,80})[”\"」』》]")


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a text.

    `words` are those of the folded text, [`start`, `end`) where in it they stand. `year` and
    `quantity` are what they come to, None where they are neither; `rough`: the quantity is given
    as about so much. `piece` counts the pieces between commas, colons and stops, from 0; `opens`:
    a word of the dictionary begins here, so that a sentence may be cut before it. `quoted` counts
    the quotations from 1, 0 outside.
    """

    words: str
    start: int
    end: int
    piece: int
    year: int | None = None
    quantity: Quantity | None = None
    rough: bool = False
    opens: bool = True
    quoted: int = 0

    @property
    def figure(self) -> bool:
        """Whether it is a number of any kind."""
        return self.quantity is not None or self.year is not None or self.words[0].isdigit()

    def same(self, other: Token) -> bool:
        """Whether both say the same."""
        if self.year is not None or other.year is not None:
            return self.year == other.year
        if self.quantity is None or other.quantity is None:
            return self.words == other.words
        mine, its = self.quantity, other.quantity
        exact = mine.same(its) and bool(mine.unit) == bool(its.unit)
        return self.words == other.words or (exact and self.rough == other.rough)


@dataclass(frozen=True, slots=True)
class Sentence:
    """The tokens of a sentence of the evidence, or of one that a model wrote.

    `text` is folded. `year` is that of the report, None where it has none; `item` is the number
    of the evidence, 0 for what a model wrote. `figures` are the pieces that have a number.
    """

    text: str
    tokens: tuple[Token, ...]
    item: int = 0
    year: int | None = None
    figures: frozenset[int] = frozenset()


def sentence_of(text: str, item: int = 0, year: int | None = None) -> Sentence:
    """Return a text as one sentence, whatever stops are in it."""
    folded = fold(text)
    tokens = tuple(_tokens(folded))
    return Sentence(folded, tokens, item, year, frozenset(t.piece for t in tokens if t.figure))


def sentences_of(text: str, item: int, year: int | None) -> list[Sentence]:
    """Return the sentences of a text of the evidence, cut at semicolons too."""
    found = [sentence_of(text[start:end], item, year) for start, end in parts(text)]
    return [each for each in found if each.tokens]


def _tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of folded text in their order."""
    opens = _word_starts(text)
    quoted = _quotations(text)
    ends = [match.start() for match in _PIECE_END.finditer(text)]
    piece = at = 0
    found = _figures(text)
    while at < len(text):
        while piece < len(ends) and ends[piece] < at:
            piece += 1
        token = found.get(at)
        if token is None:
            match = _WORD.match(text, at)
            if match is None:
                at += 1
                continue
            token = Token(match[0].replace(",", ""), at, match.end(), 0)
        yield Token(
            token.words,
            token.start,
            token.end,
            piece,
            token.year,
            token.quantity,
            token.rough,
            opens=token.figure or at in opens,
            quoted=quoted.get(at, 0),
        )
        at = token.end


def _figures(text: str) -> dict[int, Token]:
    """Return the years and quantities of folded text by where they start."""
    found: dict[int, Token] = {}
    for said in quantities(text):
        end = said.start + len(said.words)
        rough = _ROUGHLY.search(said.words) is not None
        found[said.start] = Token(
            said.words, said.start, end, 0, quantity=said.quantity, rough=rough
        )
    for match in _YEAR.finditer(text):
        found[match.start()] = Token(match[0], match.start(), match.end(), 0, year=number(match[1]))
    return found


def _word_starts(text: str) -> frozenset[int]:
    """Return where the words of a text start."""
    starts, at = [], 0
    for word in _cut(text):
        starts.append(at)
        at += len(word)
    return frozenset(starts)


def _cut(text: str) -> list[str]:
    import rjieba

    return list(rjieba.cut(text))


def _quotations(text: str) -> dict[int, int]:
    """Return which quotation each character between quotation marks stands in, from 1."""
    return {
        at: count
        for count, match in enumerate(_QUOTED.finditer(text), start=1)
        for at in range(*match.span(1))
    }
