"""Where no reader is wanted: the sentence that shares most words with the question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from corpus.report import Passage
from corpus.text.sentences import sentences
from index.lexical.bm25 import LexicalIndex
from index.lexical.terms import terms
from index.readers.reader import Reading, SentenceScore

LEXICAL: Final = "lexical"
"""Its fingerprint: nothing in it is learnt."""


class LexicalReader:
    """Finds sentences by BM25, and knows nothing of whether they answer.

    Every margin is 0, and so is every `evidence`; a sentence's score is its BM25.
    """

    @property
    def fingerprint(self) -> str:
        """Always the same: nothing in it is learnt."""
        return LEXICAL

    def read(
        self, question: str, passages: Sequence[Passage], beside: Sequence[str] = ()
    ) -> list[Reading]:
        """Return for each passage the sentence with the highest BM25 among all their sentences.

        Where no term is shared, that is the first sentence.
        """
        texts = [passage.text for passage in passages]
        spans = [sentences(text) or [(0, len(text))] for text in texts]
        index = LexicalIndex.build(
            terms(text[start:end])
            for text, found in zip(texts, spans, strict=True)
            for start, end in found
        )
        scores = iter(index.scores(terms(" ".join((question, *beside)))).tolist())
        chosen = []
        for found in spans:
            shared = [next(scores) for _ in found]
            best = shared.index(max(shared))
            rated = tuple(
                SentenceScore(*place, score - shared[best])
                for place, score in zip(found, shared, strict=True)
            )
            chosen.append(Reading(*found[best], 0.0, 0.0, rated))
        return chosen
