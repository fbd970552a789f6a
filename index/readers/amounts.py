"""A question that names a quantity is read in the words in which each passage has it.

Who asks where 一万五千块 went does not want the sentence about 28,000元, and a reader does not
tell one sum from another that is written otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.report import Passage
from corpus.text.sentences import sentences
from index.lexical.folding import fold
from index.readers import Reader, Reading
from index.readers.sentence_bounds import quote
from index.understanding.quantities.parse_quantities import (
    Quantity,
    QuantityMention,
    held,
    quantities,
    says_otherwise,
)


def read_for_quantities(
    reader: Reader,
    asked: str,
    amounts: Sequence[QuantityMention],
    passages: Sequence[Passage],
    beside: Sequence[str] = (),
) -> list[Reading]:
    """Return a reading of each passage, of sentences that have the `amounts` if it has them.

    Each passage is read with its own words for them in `asked`; where a sentence with another
    amount is marked, the one that has them is read once more by itself, and is the only one that
    is scored. `beside` are other words for those of `asked`.
    """
    there = [held(amounts, fold(passage.text)) for passage in passages] if amounts else []
    if not any(there):
        return reader.read(asked, passages, beside)
    wordings = [_reworded(asked, words) for words in there]
    readings = _read_each(reader, wordings, passages, beside)
    astray = {
        i: _with_most(amounts, passage.text)
        for i, passage in enumerate(passages)
        if there[i] and goes_astray(amounts, passage, readings[i])
    }
    alone = [replace(passages[i], text=passages[i].text[a:b]) for i, (a, b) in astray.items()]
    anew = _read_each(reader, [wordings[i] for i in astray], alone, beside)
    for (i, (at, _)), reading in zip(astray.items(), anew, strict=True):
        readings[i] = _moved(reading, at)
    return readings


def goes_astray(amounts: Sequence[QuantityMention], passage: Passage, reading: Reading) -> bool:
    """Whether the sentences of the reading have another amount than the one asked about."""
    start, end = quote(passage.text, reading.start, reading.end)
    return says_otherwise(amounts, fold(passage.text[start:end]))


def _moved(reading: Reading, at: int) -> Reading:
    """Return the reading of a sentence as one of the passage in which it begins at `at`."""
    return replace(
        reading,
        start=at + reading.start,
        end=at + reading.end,
        sentences=tuple(
            replace(each, start=at + each.start, end=at + each.end) for each in reading.sentences
        ),
    )


def _reworded(text: str, words: Mapping[Quantity, str]) -> str:
    """Return folded `text` with the `words` for the quantities in it."""
    done = 0
    parts = []
    for said in sorted(quantities(text), key=lambda said: said.start):
        if said.quantity in words:
            parts += [text[done : said.start], words[said.quantity]]
            done = said.start + len(said.words)
    return "".join((*parts, text[done:]))


def _read_each(
    reader: Reader, wordings: Sequence[str], passages: Sequence[Passage], beside: Sequence[str]
) -> list[Reading]:
    """Return the reading of each passage with its own wording of the question."""
    found: dict[int, Reading] = {}
    for wording in dict.fromkeys(wordings):
        those = [i for i, other in enumerate(wordings) if other == wording]
        found |= zip(those, reader.read(wording, [passages[i] for i in those], beside), strict=True)
    return [found[i] for i in range(len(passages))]


def _with_most(amounts: Sequence[QuantityMention], text: str) -> tuple[int, int]:
    """Return the [start, end) offsets of the first sentence with the most of the quantities."""
    return max(sentences(text), key=lambda place: len(held(amounts, fold(text[slice(*place)]))))
