"""BM25 over terms, kept as arrays that can be mapped from disk.

The weights are BM25 in Lucene's form (Robertson & Zaragoza, "The Probabilistic Relevance
Framework: BM25 and Beyond", 2009; Lucene drops the constant k1 + 1, which ranks the same):
idf(t) · tf / (tf + k1 · (1 − b + b · length ÷ mean length)), with idf(t) = ln(1 + (N − df + ½) ÷
(df + ½)). They are worked out when the index is built, as Lù, "BM25S" (2024) does, so that a
search only adds them up.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

Scalar = TypeVar("Scalar", bound=np.generic)

K1 = 1.2
B = 0.75

FILES = ("terms.npy", "offsets.npy", "passages.npy", "weights.npy")
"""The files of a saved index, in the order of the fields of `LexicalIndex`."""


@dataclass(frozen=True, slots=True)
class LexicalIndex:
    """An inverted index: the postings of term i are `offsets[i]` to `offsets[i + 1]`.

    `terms`: uint64, (n_terms,), ascending hashes of the terms. `offsets`: int64,
    (n_terms + 1,). `passages`: int32, (n_postings,), ascending within a term. `weights`:
    float32, (n_postings,), higher says more. Immutable and safe to share between threads.
    """

    terms: NDArray[np.uint64]
    offsets: NDArray[np.int64]
    passages: NDArray[np.int32]
    weights: NDArray[np.float32]
    size: int

    @classmethod
    def build(cls, texts: Iterable[Sequence[str]]) -> Self:
        """Return the index of passages given as their terms, in their order."""
        hashes: dict[str, int] = {}
        rows, columns, counts, lengths = [], [], [], []
        for row, text in enumerate(texts):
            tally = Counter(text)
            lengths.append(len(text))
            rows.append(np.full(len(tally), row, np.int32))
            columns.append(np.fromiter((_hash(t, hashes) for t in tally), np.uint64, len(tally)))
            counts.append(np.fromiter(tally.values(), np.float32, len(tally)))
        if not lengths:
            return cls(
                _empty(np.uint64), np.zeros(1, np.int64), _empty(np.int32), _empty(np.float32), 0
            )
        row_of, term_of = np.concatenate(rows), np.concatenate(columns)
        order = np.lexsort((row_of, term_of))
        row_of, term_of = row_of[order], term_of[order]
        vocabulary, starts = np.unique(term_of, return_index=True)
        offsets = np.append(starts, len(term_of)).astype(np.int64)
        weights = _weights(np.concatenate(counts)[order], row_of, offsets, np.array(lengths))
        return cls(vocabulary, offsets, row_of, weights, len(lengths))

    def scores(self, terms: Iterable[str]) -> NDArray[np.float32]:
        """Return the BM25 score of every passage: float32, (n_passages,), higher is better."""
        total = np.zeros(self.size, np.float32)
        for term, count in Counter(terms).items():
            postings = self._postings(term)
            total[self.passages[postings]] += np.float32(count) * self.weights[postings]
        return total

    def coverage(self, terms: Iterable[str], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return how much of `terms` each of the passages `rows` holds: float32, (n_rows,), 0 to 1.

        Each term counts by its idf; terms of one character say too little to count.
        """
        held = np.zeros(len(rows), np.float32)
        total = 0.0
        for term in {term for term in terms if len(term) > 1}:
            postings = self.passages[self._postings(term)]
            rarity = float(_idf(np.array(len(postings)), self.size))
            total += rarity
            if len(postings):
                at = np.minimum(np.searchsorted(postings, rows), len(postings) - 1)
                held += np.float32(rarity) * (postings[at] == rows)
        return held / np.float32(total) if total else held

    def save(self, folder: Path) -> None:
        """Write the arrays into `folder`; `size` is the caller's to keep."""
        arrays: tuple[NDArray[Any], ...] = (self.terms, self.offsets, self.passages, self.weights)
        for name, array in zip(FILES, arrays, strict=True):
            np.save(folder / f"lexical.{name}", array, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path, size: int) -> Self:
        """Map the arrays of an index of `size` passages from `folder`.

        Raises:
            ValueError, OSError: a file is missing or not an array.
        """
        terms, offsets, passages, weights = (
            np.load(folder / f"lexical.{name}", mmap_mode="r", allow_pickle=False) for name in FILES
        )
        return cls(terms, offsets, passages, weights, size)

    def _postings(self, term: str) -> slice:
        key = np.uint64(_hash(term, {}))
        i = int(np.searchsorted(self.terms, key))
        if i == len(self.terms) or self.terms[i] != key:
            return slice(0, 0)
        return slice(int(self.offsets[i]), int(self.offsets[i + 1]))


def _weights(
    counts: NDArray[np.float32],
    rows: NDArray[np.int32],
    offsets: NDArray[np.int64],
    lengths: NDArray[np.int64],
) -> NDArray[np.float32]:
    frequency = np.diff(offsets)
    idf = _idf(frequency, len(lengths))
    damping = K1 * (1 - B + B * lengths / lengths.mean())
    weights = np.repeat(idf, frequency) * counts / (counts + damping[rows])
    return np.asarray(weights, np.float32)


def _idf(frequency: NDArray[np.int64], size: int) -> NDArray[np.float64]:
    return np.asarray(np.log1p((size - frequency + 0.5) / (frequency + 0.5)))


def _hash(term: str, known: dict[str, int]) -> int:
    """Return 64 bits of BLAKE2b of the term; two terms of a million share one in 10^7 indexes."""
    value = known.get(term)
    if value is None:
        digest = hashlib.blake2b(term.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        value = known[term] = int.from_bytes(digest, "little")
    return value


def _empty(dtype: type[Scalar]) -> NDArray[Scalar]:
    return np.empty(0, dtype)
