"""Which sentence of a passage to quote."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.sentences import sentences
from index.lexical import LexicalIndex
from index.terms import terms


def likeliest_sentences(question: str, texts: Sequence[str]) -> list[tuple[int, int]]:
    """Return for each text the [start, end) offsets of the sentence nearest to `question`.

    Nearest is the highest BM25 among all sentences of all `texts`; where no term is shared, the
    first sentence.
    """
    spans = [sentences(text) or [(0, len(text))] for text in texts]
    index = LexicalIndex.build(
        terms(text[start:end])
        for text, found in zip(texts, spans, strict=True)
        for start, end in found
    )
    scores = iter(index.scores(terms(question)).tolist())
    chosen = []
    for found in spans:
        rated = [(next(scores), -start, (start, end)) for start, end in found]
        chosen.append(max(rated)[2])
    return chosen
