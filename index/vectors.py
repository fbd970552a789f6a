"""Vectors of passages in FAISS."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray

from index.errors import Damage, IndexDamaged, StateError, StateFault

if TYPE_CHECKING:
    import faiss

FILE = "vectors.faiss"


@dataclass(frozen=True, slots=True)
class VectorIndex:
    """Exact search by inner product, which is the cosine of unit vectors (IndexFlatIP).

    Immutable once built and safe to search from many threads.
    """

    index: faiss.IndexFlatIP

    @classmethod
    def build(cls, vectors: NDArray[np.float32]) -> Self:
        """Return the index of `vectors`: float32, (n, dimension), unit rows."""
        faiss = _faiss()
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, np.float32))
        return cls(index)

    @property
    def size(self) -> int:
        """The number of vectors."""
        return int(self.index.ntotal)

    @property
    def dimension(self) -> int:
        """The length of each vector."""
        return int(self.index.d)

    def nearest(
        self, vector: NDArray[np.float32], count: int, allowed: NDArray[np.bool_] | None
    ) -> NDArray[np.int64]:
        """Return the rows of up to `count` nearest vectors, nearest first.

        `vector` is (dimension,), unit length; `allowed`, (n,), keeps others out.
        """
        faiss = _faiss()
        count = min(count, self.size)
        if count == 0:
            return np.empty(0, np.int64)
        parameters = None
        if allowed is not None:
            bits = np.packbits(allowed, bitorder="little")
            selector = faiss.IDSelectorBitmap(bits)
            parameters = faiss.SearchParameters(sel=selector)
        _, rows = self.index.search(vector[None, :].astype(np.float32), count, params=parameters)
        return np.asarray(rows[0][rows[0] >= 0], np.int64)

    def cosines(self, vector: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the cosine of `vector` with each row: float32, (n_rows,), higher is nearer."""
        if not len(rows):
            return np.empty(0, np.float32)
        stored = self.index.reconstruct_batch(rows)
        return np.asarray(stored @ vector, np.float32)

    def save(self, folder: Path) -> None:
        """Write the index into `folder`.

        Raises:
            StateError: FAISS cannot write it; it does not say why.
        """
        try:
            _faiss().write_index(self.index, str(folder / FILE))
        except RuntimeError as exc:
            raise StateError(folder / FILE, StateFault.FAILED) from exc

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read the index from `folder`; the caller has checked its checksum.

        Raises:
            IndexDamaged: FAISS cannot read it.
        """
        try:
            return cls(_faiss().read_index(str(folder / FILE)))
        except RuntimeError as exc:
            raise IndexDamaged(folder / FILE, Damage.UNUSABLE) from exc


def _faiss() -> ModuleType:
    """Return FAISS, imported late, with one thread a search: many people ask at once."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    import faiss

    return faiss
