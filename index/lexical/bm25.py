"""BM25 over terms, from postings that can be mapped from disk.

The weights are BM25 in Lucene's form (Robertson & Zaragoza, "The Probabilistic Relevance
Framework: BM25 and Beyond", 2009; Lucene drops the constant k1 + 1, which ranks the same):
idf(t) · tf ÷ (tf + k1 · (1 − b + b · length ÷ mean length)), with idf(t) = ln(1 + (N − df + ½) ÷
(df + ½)).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.lexical.postings import Postings

Scores = NDArray[np.float32]
Terms = Iterable[str] | Mapping[str, float]
"""Terms, each as often as it counts; or how much each counts."""

K1 = 1.2
B = 0.75

_SEARCH = 16
"""How many postings are added up in the time in which one passage is looked for among them."""


@dataclass(frozen=True, slots=True)
class _Term:
    """A term of a question: where its postings are, its weight, the most it adds to a score."""

    where: slice
    weight: np.float32
    most: float

    @property
    def frequency(self) -> int:
        return int(self.where.stop) - int(self.where.start)


class LexicalIndex:
    """Scores passages by the terms of a question; immutable, safe to use from many threads."""

    def __init__(self, postings: Postings) -> None:
        """Search `postings`."""
        self.postings = postings
        lengths = postings.lengths
        mean = max(float(lengths.mean()), 1.0) if len(lengths) else 1.0
        self._damping = (K1 * (1 - B + B * lengths / mean)).astype(np.float32)
        self._least = float(self._damping.min()) if len(lengths) else 0.0

    @classmethod
    def build(cls, texts: Iterable[Sequence[str]]) -> Self:
        """Return the index of passages given as their terms, in their order."""
        return cls(Postings.build(texts))

    @property
    def size(self) -> int:
        """The number of passages."""
        return len(self._damping)

    def weights(self) -> Scores:
        """Return what each posting adds to a score: float32, (n_postings,)."""
        postings = self.postings
        frequency = np.diff(postings.offsets)
        rarity = np.log1p((self.size - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
        counts = postings.counts.astype(np.float32)
        damping = self._damping[postings.passages]
        return np.asarray(np.repeat(rarity, frequency) * (counts / (counts + damping)))

    def scores(self, terms: Terms) -> Scores:
        """Return the BM25 score of every passage: float32, (n_passages,), higher is better."""
        total = np.zeros(self.size, np.float32)
        for term in self._terms(terms):
            self._add(term, total)
        return total

    def best(
        self, terms: Terms, count: int, allowed: NDArray[np.bool_] | None = None
    ) -> NDArray[np.int64]:
        """Return the rows of up to `count` highest scores above 0, in no order.

        `allowed`, (n_passages,), keeps others out. Exact: rare terms come first, and as soon as
        what is left cannot lift a passage that has too little so far among the best, only the
        others are looked at, fewer with every term (MaxScore: Turtle & Flood, "Query
        evaluation", 1995).
        """
        total = np.zeros(self.size, np.float32)
        rows: NDArray[np.int64] | None = None
        left = self._terms(terms)
        while left:
            term = left.pop(0)
            if rows is None or len(rows) * _SEARCH > term.frequency:
                self._add(term, total)
            else:
                total[rows] += self._sum([term], rows)
            if left and left[0].frequency * 16 > self.size:
                rest = sum(other.most for other in left) * 1.0001
                if rows is None and allowed is not None:
                    total[~allowed] = 0
                rows = _in_reach(total, rows, rest, count)
        if rows is None:
            rows = np.flatnonzero(total if allowed is None else total * allowed)
        return rows[_highest(total[rows], count)]

    def scores_of(self, terms: Terms, rows: NDArray[np.int64]) -> Scores:
        """Return the BM25 scores of the passages `rows`: float32, (n_rows,)."""
        return self._sum(self._terms(terms), rows)

    def coverage(self, terms: Iterable[str], rows: NDArray[np.int64]) -> Scores:
        """Return how much of `terms` each of the passages `rows` holds: float32, (n_rows,), 0 to 1.

        Each term counts by its idf; terms of one character say too little to count.
        """
        held = np.zeros(len(rows), np.float32)
        total = 0.0
        for term in sorted({term for term in terms if len(term) > 1}):
            where = self.postings.of(term)
            rarity = idf(where.stop - where.start, self.size)
            total += rarity
            held += np.float32(rarity) * (self._counts(where, rows) > 0)
        return held / np.float32(total) if total else held

    def save(self, folder: Path) -> None:
        """Write the index into `folder`."""
        self.postings.save(folder)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Map the index in `folder`.

        Raises:
            ValueError, OSError: a file is missing or not an array.
        """
        return cls(Postings.load(folder))

    def _terms(self, terms: Terms) -> list[_Term]:
        """Return the terms that any passage holds, the rarest first."""
        found = []
        counted = terms if isinstance(terms, Mapping) else Counter(terms)
        for term, often in counted.items():
            where = self.postings.of(term)
            if frequency := where.stop - where.start:
                weight = often * idf(frequency, self.size)
                count = float(self.postings.counts[where].max())
                found.append(
                    _Term(where, np.float32(weight), weight * count / (count + self._least))
                )
        return sorted(found, key=lambda term: (term.frequency, term.where.start))

    def _add(self, term: _Term, total: Scores) -> None:
        rows = self.postings.passages[term.where]
        counts = self.postings.counts[term.where].astype(np.float32)
        total[rows] += term.weight * (counts / (counts + self._damping[rows]))

    def _sum(self, terms: Sequence[_Term], rows: NDArray[np.int64]) -> Scores:
        total = np.zeros(len(rows), np.float32)
        damping = self._damping[rows]
        for term in terms:
            counts = self._counts(term.where, rows).astype(np.float32)
            total += term.weight * (counts / (counts + damping))
        return total

    def _counts(self, where: slice, rows: NDArray[np.int64]) -> NDArray[np.uint8]:
        """Return how often each of `rows` holds the term whose postings are at `where`."""
        holders = self.postings.passages[where]
        if not len(holders):
            return np.zeros(len(rows), np.uint8)
        at = np.minimum(np.searchsorted(holders, rows.astype(np.int32)), len(holders) - 1)
        counts = self.postings.counts[where][at]
        return np.where(holders[at] == rows, counts, np.uint8(0))


def weighted(
    terms: Iterable[str], beside: Mapping[str, float] | None = None
) -> Mapping[str, float]:
    """Return how much each of `terms` counts, with those `beside` them."""
    counted: dict[str, float] = dict(Counter(terms))
    for term, weight in (beside or {}).items():
        counted[term] = counted.get(term, 0.0) + weight
    return counted


def idf(frequency: int, size: int) -> float:
    """Return the inverse document frequency of a term that `frequency` of `size` passages hold."""
    return float(np.log1p((size - frequency + 0.5) / (frequency + 0.5)))


def _in_reach(
    total: Scores, rows: NDArray[np.int64] | None, rest: float, count: int
) -> NDArray[np.int64] | None:
    """Return which of `rows` can still be among the best, if each gets at most `rest` more.

    None where that cannot be said yet, and `rows` None means all.
    """
    scores = total if rows is None else total[rows]
    ahead = scores[scores > rest]
    if len(ahead) < count:
        return rows
    least = np.partition(ahead, -count)[-count]
    kept = np.flatnonzero(scores >= least - np.float32(rest))
    return kept if rows is None else rows[kept]


def _highest(scores: Scores, count: int) -> NDArray[np.int64]:
    """Return where up to `count` highest scores are."""
    if len(scores) <= count:
        return np.arange(len(scores))
    return np.argpartition(scores, -count)[-count:]
