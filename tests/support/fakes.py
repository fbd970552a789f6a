"""Stand-ins for models, small and deterministic, so that tests can say which passage wins."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.report import Passage
from corpus.text.sentences import sentences
from index.lexical.folding import fold
from index.readers import Reading, SentenceScore


class BigramEncoder:
    """Texts are alike as far as they share character bigrams; counts what it encodes."""

    def __init__(self, dimension: int = 256, fingerprint: str = "bigrams") -> None:
        self.dimension = dimension
        self.fingerprint = fingerprint
        self.encoded: list[str] = []

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        self.encoded.extend(texts)
        if progress is not None:
            progress(len(texts))
        return self._encode(texts)

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.full((len(texts), self.dimension), 1e-3, np.float32)
        for row, text in zip(vectors, map(fold, texts), strict=True):
            for i in range(len(text) - 1):
                row[zlib.crc32(text[i : i + 2].encode()) % self.dimension] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


class BigramReader:
    """The sentence that shares most character bigrams answers, if it shares half of them.

    Counts what it reads; the margin, and the score of a sentence, is ten times the share above a
    half.
    """

    fingerprint = "bigrams"

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.seen: list[str] = []

    def read(
        self, question: str, passages: Sequence[Passage], beside: Sequence[str] = ()
    ) -> list[Reading]:
        self.asked.append(question)
        self.seen.extend(passage.id for passage in passages)
        return [self._read(_bigrams(question), passage.text) for passage in passages]

    def _read(self, wanted: set[str], text: str) -> Reading:
        scored = tuple(
            SentenceScore(*place, score, place, score)
            for place in sentences(text)
            for score in [10 * _share(wanted, text[slice(*place)]) - 5]
        )
        best = max(
            scored,
            key=lambda each: (each.score, -each.start),
            default=SentenceScore(0, len(text), -5.0),
        )
        return Reading(best.start, best.end, best.score + 5, 5.0, scored, best.score)


def _share(wanted: set[str], text: str) -> float:
    return len(wanted & _bigrams(text)) / max(1, len(wanted))


def _bigrams(text: str) -> set[str]:
    folded = fold(text)
    return {folded[i : i + 2] for i in range(len(folded) - 1)}
