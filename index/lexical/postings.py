"""Which passages hold which terms, and how often: the arrays behind the lexical index.

The postings of a report are made once and kept (`index.building.prepared_cache`); those of a
generation are the postings of its reports, joined. Joining copies, and looks at no text.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

FILES = ("terms", "offsets", "passages", "counts", "lengths")
"""The fields of `Postings` in order; each is the file `lexical.NAME.npy`."""

_DTYPES = (np.uint64, np.int64, np.int32, np.uint8, np.int32)
_MOST = 255
_AT_ONCE = 1 << 24
"""Postings that are put in order at once; more would only take more memory."""


@dataclass(frozen=True, slots=True)
class Postings:
    """An inverted index: the postings of term i are `offsets[i]` to `offsets[i + 1]`.

    `terms`: uint64, (n_terms,), ascending hashes of the terms. `offsets`: int64,
    (n_terms + 1,). `passages`: int32, (n_postings,), ascending within a term. `counts`: uint8,
    (n_postings,), how often the passage holds the term, at most 255. `lengths`: int32,
    (n_passages,), how many terms each passage has. Immutable and safe to share.
    """

    terms: NDArray[np.uint64]
    offsets: NDArray[np.int64]
    passages: NDArray[np.int32]
    counts: NDArray[np.uint8]
    lengths: NDArray[np.int32]

    @classmethod
    def build(cls, texts: Iterable[Sequence[str]]) -> Self:
        """Return the postings of passages given as their terms, in their order."""
        tallies, lengths = [], []
        for text in texts:
            tallies.append(Counter(text))
            lengths.append(len(text))
        distinct = np.array([len(tally) for tally in tallies], np.int64)
        total = int(distinct.sum())
        hashes = np.fromiter(map(_hash, chain.from_iterable(tallies)), np.uint64, total)
        often = chain.from_iterable(tally.values() for tally in tallies)
        counts = np.fromiter((min(count, _MOST) for count in often), np.uint8, total)
        rows = np.repeat(np.arange(len(tallies), dtype=np.int32), distinct)
        order = np.argsort(hashes, kind="stable")
        terms, starts = np.unique(hashes[order], return_index=True)
        offsets = np.append(starts, total).astype(np.int64)
        return cls(terms, offsets, rows[order], counts[order], np.array(lengths, np.int32))

    @classmethod
    def join(cls, parts: Sequence[Postings]) -> Self:
        """Return the postings of the passages of all `parts`, numbered through in their order."""
        terms = _concatenate([part.terms for part in parts], np.uint64)
        sizes = _concatenate([np.diff(part.offsets) for part in parts], np.int64)
        rows = np.empty(sum(len(part.passages) for part in parts), np.int32)
        filled = first = 0
        for part in parts:
            np.add(part.passages, first, out=rows[filled : filled + len(part.passages)])
            filled += len(part.passages)
            first += len(part.lengths)
        counts = _concatenate([part.counts for part in parts], np.uint8)
        lengths = _concatenate([part.lengths for part in parts], np.int32)
        # Runs of postings of one term in one report, in the order of terms and then of reports.
        order = np.argsort(terms, kind="stable")
        runs = _Runs((np.cumsum(sizes) - sizes)[order], sizes[order])
        ordered = terms[order]
        starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])[: len(order)])
        offsets = np.append(runs.ends - runs.sizes, len(rows))[np.append(starts, len(order))]
        rows, counts = runs.gather(rows, counts)
        return cls(ordered[starts], offsets, rows, counts, lengths)

    def of(self, term: str) -> slice:
        """Return where the postings of `term` are; an empty slice where no passage holds it."""
        i = rank_in(self.terms, term)
        return slice(0, 0) if i is None else slice(int(self.offsets[i]), int(self.offsets[i + 1]))

    def save(self, folder: Path) -> None:
        """Write the arrays into `folder`."""
        for name, array in zip(FILES, self._arrays(), strict=True):
            np.save(folder / f"lexical.{name}.npy", array, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Map the arrays from `folder`.

        Raises:
            ValueError, OSError: a file is missing or not an array.
        """
        paths = (folder / f"lexical.{name}.npy" for name in FILES)
        return cls(*(np.load(path, mmap_mode="r", allow_pickle=False) for path in paths))

    def to_bytes(self) -> bytes:
        """Return the postings as bytes: five lengths as int64, then the arrays."""
        arrays = self._arrays()
        head = np.array([len(array) for array in arrays], np.int64)
        return b"".join(array.tobytes() for array in (head, *arrays))

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Return the postings that `to_bytes` wrote.

        Raises:
            ValueError: the bytes are too few.
        """
        at = len(FILES) * 8
        arrays: list[NDArray[Any]] = []
        for length, dtype in zip(np.frombuffer(data[:at], np.int64), _DTYPES, strict=True):
            arrays.append(np.frombuffer(data, dtype, int(length), at))
            at += arrays[-1].nbytes
        return cls(*arrays)

    def _arrays(self) -> tuple[NDArray[Any], ...]:
        return (self.terms, self.offsets, self.passages, self.counts, self.lengths)


@dataclass(frozen=True, slots=True)
class _Runs:
    """Stretches of an array, each from `starts` and as long as `sizes`, in a new order."""

    starts: NDArray[np.int64]
    sizes: NDArray[np.int64]

    @property
    def ends(self) -> NDArray[np.int64]:
        """Where each stretch ends in the new order."""
        return np.cumsum(self.sizes)

    def gather(self, *arrays: NDArray[Any]) -> list[NDArray[Any]]:
        """Return the stretches of each of `arrays` one behind the other."""
        ends = self.ends
        results = [np.empty_like(array) for array in arrays]
        begin, done = 0, 0
        while begin < len(ends):
            stop = max(begin + 1, int(np.searchsorted(ends, done + _AT_ONCE, side="right")))
            sizes = self.sizes[begin:stop]
            until = int(ends[stop - 1])
            shift = self.starts[begin:stop] - (ends[begin:stop] - sizes)
            places = np.repeat(shift, sizes) + np.arange(done, until)
            for result, array in zip(results, arrays, strict=True):
                result[done:until] = array[places]
            begin, done = stop, until
        return results


def _concatenate(arrays: Sequence[NDArray[Any]], dtype: type[np.generic]) -> NDArray[Any]:
    return np.concatenate(arrays) if arrays else np.empty(0, dtype)


def rank_in(terms: NDArray[np.uint64], term: str) -> int | None:
    """Return the place of `term` in the ascending hashes `terms`, None where it is not there."""
    key = np.uint64(_hash(term))
    i = int(np.searchsorted(terms, key))
    return i if i < len(terms) and terms[i] == key else None


@lru_cache(maxsize=1 << 16)
def _hash(term: str) -> int:
    """Return 64 bits of BLAKE2b of the term; two terms of a million share one in 10^7 indexes."""
    digest = hashlib.blake2b(term.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")
