"""Which Chinese characters, pairs and triples of them the reports have, and how often.

A sorted array of keys that are not hashed: a code point takes 21 bits, so a pair or a triple
fits into 63. It tells what is a word here from what is a slip (index.understanding.words.spelling).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.lexical.folding import fold

FILES = ("vocabulary.keys.npy", "vocabulary.counts.npy")

_BITS = 21
_FIRST, _LAST = 0x3400, 0x9FFF
_AT_ONCE = 1 << 22
"""Characters that are counted at once; more would only take more memory."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`keys`: int64, (n,), ascending; `counts`: int32, (n,), how often each stands in the text.

    Immutable and safe to share between threads.
    """

    keys: NDArray[np.int64]
    counts: NDArray[np.int32]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """Return the vocabulary of `texts`; nothing spans two of them."""
        return cls._counted(map(_keys, _blocks(texts)))

    @classmethod
    def join(cls, parts: Iterable[Vocabulary]) -> Self:
        """Return the vocabulary of the texts of all `parts`."""
        return cls._counted(_gathered(np.repeat(part.keys, part.counts) for part in parts))

    @classmethod
    def _counted(cls, blocks: Iterable[NDArray[np.int64]]) -> Self:
        total = cls(np.empty(0, np.int64), np.empty(0, np.int32))
        for block in blocks:
            keys, counts = np.unique(block, return_counts=True)
            own = cls(keys, counts.astype(np.int32))
            total = total._plus(own) if len(total.keys) else own
        return total

    def _plus(self, other: Vocabulary) -> Self:
        every = np.concatenate((self.keys, other.keys))
        order = np.argsort(every, kind="stable")
        every = every[order]
        starts = np.flatnonzero(np.append(True, every[1:] != every[:-1]))
        both = np.concatenate((self.counts, other.counts))[order]
        return type(self)(every[starts], np.add.reduceat(both, starts, dtype=np.int32))

    def count(self, word: str) -> int:
        """Return how often the reports have a folded word of up to three Chinese characters."""
        key = _key(word)
        row = int(self.keys.searchsorted(key))
        return int(self.counts[row]) if row < len(self.keys) and self.keys[row] == key else 0

    def counts_with(self, words: Sequence[tuple[str, int]], characters: str) -> NDArray[np.int32]:
        """Return how often the reports have each word with each of `characters` in its place.

        `words` are pairs of a folded word of up to three Chinese characters and the place in it:
        int32, (n_words, n_characters).
        """
        others = np.frombuffer(characters.encode("utf-32-le"), np.uint32).astype(np.int64)
        keys = np.zeros((len(words), len(others)), np.int64)
        for row, (word, at) in enumerate(words):
            around = _key(word[:at] + "\0" + word[at + 1 :])
            keys[row] = around | others << _BITS * (len(word) - 1 - at)
        if not len(self.keys):
            return np.zeros(keys.shape, np.int32)
        rows = np.minimum(self.keys.searchsorted(keys), len(self.keys) - 1)
        return np.where(self.keys[rows] == keys, self.counts[rows], 0).astype(np.int32)

    def to_bytes(self) -> bytes:
        """Return the vocabulary as bytes: the keys, then the counts."""
        return self.keys.tobytes() + self.counts.tobytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Return the vocabulary that `to_bytes` wrote."""
        size = len(data) // 12
        return cls(np.frombuffer(data, np.int64, size), np.frombuffer(data, np.int32, -1, size * 8))

    def save(self, folder: Path) -> None:
        """Write the arrays into `folder`."""
        np.save(folder / FILES[0], self.keys, allow_pickle=False)
        np.save(folder / FILES[1], self.counts, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Map the arrays from `folder`.

        Raises:
            ValueError, OSError: a file is missing or not an array.
        """
        keys, counts = (np.load(folder / name, mmap_mode="r", allow_pickle=False) for name in FILES)
        return cls(np.asarray(keys), np.asarray(counts))  # as arrays they are asked faster


def _key(word: str) -> int:
    key = 0
    for character in word:
        key = key << _BITS | ord(character)
    return key


def _blocks(texts: Iterable[str]) -> Iterator[str]:
    """Yield the texts folded, many in one, with line breaks between them."""
    block: list[str] = []
    size = 0
    for text in texts:
        block.append(fold(text))
        size += len(text)
        if size >= _AT_ONCE:
            yield "\n".join(block)
            block, size = [], 0
    yield "\n".join(block)


def _gathered(arrays: Iterable[NDArray[np.int64]]) -> Iterator[NDArray[np.int64]]:
    """Yield the arrays, many in one."""
    block: list[NDArray[np.int64]] = []
    size = 0
    for array in arrays:
        block.append(array)
        size += len(array)
        if size >= _AT_ONCE:
            yield np.concatenate(block)
            block, size = [], 0
    if block:
        yield np.concatenate(block)


def _keys(text: str) -> NDArray[np.int64]:
    """Return the key of each Chinese character, pair and triple of them in a folded text."""
    points = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32).astype(np.int64)
    han = (points >= _FIRST) & (points <= _LAST)
    pairs = (points[:-1] << _BITS) | points[1:]
    triples = (pairs[:-1] << _BITS) | points[2:]
    both = han[:-1] & han[1:]
    return np.concatenate((points[han], pairs[both], triples[both[:-1] & han[2:]]))
