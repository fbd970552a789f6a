"""Vectors of passages in FAISS."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from corpus.durable.faults import StateError, StateFault
from index.errors import Damage, IndexDamaged
from index.store.embedded.row_file import FileRows

if TYPE_CHECKING:
    import faiss

FILE = "vectors.faiss"
EXACT = "vectors.npy"

FLAT = 200_000
"""Up to so many vectors are searched as they are; more of them, in four bits for two numbers."""

_FEWEST = 16
"""So many vectors are searched as they are in any case: four bits cannot stand for fewer."""

_SAMPLE = 20_000
"""How many vectors are looked at to choose what four bits stand for."""

_AT_ONCE = 1 << 16

_MORE = 4
"""How many times as many are looked for in four bits as are then compared exactly."""


@dataclass(frozen=True, slots=True)
class VectorIndex:
    """Search by inner product, which is the cosine of unit vectors.

    A small index is exact (IndexFlatIP). A large one looks for candidates among all vectors in
    four bits for two dimensions, a sixteenth of the memory, whose distances are looked up in
    registers (PQ fast scan: Andre, Kermarrec and Le Scouarnec, VLDB 2015), and compares those
    with the exact vectors, float32, (n, dimension), which stay on disk.

    Immutable once built and safe to search from many threads.
    """

    index: faiss.Index
    exact: NDArray[np.float32] | FileRows | None = None

    @classmethod
    def build(cls, vectors: NDArray[np.float32], flat: int = FLAT) -> Self:
        """Return the index of `vectors`: float32, (n, dimension), unit rows.

        More than `flat` of them are quantised.
        """
        faiss = _faiss()
        vectors = np.ascontiguousarray(vectors, np.float32)
        if len(vectors) <= max(flat, _FEWEST):
            index = faiss.IndexFlatIP(vectors.shape[1])
            index.add(vectors)
            return cls(index)
        index = _quantised(vectors)
        for at in range(0, len(vectors), _AT_ONCE):
            index.add(vectors[at : at + _AT_ONCE])
        return cls(index, vectors)

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
        if min(count, self.size) == 0:
            return np.empty(0, np.int64)
        selector = None
        if allowed is not None:
            selector = faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))
        if self.exact is None:
            parameters = faiss.SearchParameters(sel=selector)
        else:
            parameters = faiss.SearchParametersIVF(sel=selector, nprobe=1)
        wanted = min(count if self.exact is None else count * _MORE, self.size)
        _, found = self.index.search(vector[None, :].astype(np.float32), wanted, params=parameters)
        rows = np.asarray(found[0][found[0] >= 0], np.int64)
        if self.exact is None:
            return rows
        return rows[np.argsort(-self.cosines(vector, rows), kind="stable")[:count]]

    def cosines(self, vector: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the cosine of `vector` with each row: float32, (n_rows,), higher is nearer."""
        if not len(rows):
            return np.empty(0, np.float32)
        exact = self.exact
        stored = self.index.reconstruct_batch(rows) if exact is None else exact[rows]
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
        if isinstance(self.exact, np.ndarray):
            np.save(folder / EXACT, self.exact, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read the index from `folder`; the caller has checked its checksum.

        Raises:
            IndexDamaged: a file cannot be read, or they do not belong together.
        """
        faiss = _faiss()
        try:
            index = faiss.read_index(str(folder / FILE))
        except RuntimeError as exc:
            raise IndexDamaged(folder / FILE, Damage.UNUSABLE) from exc
        if isinstance(index, faiss.IndexFlat):
            return cls(index)
        try:
            exact = FileRows(folder / EXACT)
        except (OSError, ValueError, EOFError) as exc:
            raise IndexDamaged(folder / EXACT, Damage.CANNOT_READ) from exc
        if exact.shape != (index.ntotal, index.d):
            raise IndexDamaged(folder / EXACT, Damage.UNUSABLE, str(exact.shape))
        return cls(index, exact)


def _quantised(vectors: NDArray[np.float32]) -> faiss.Index:
    """Return an index for `vectors`, and none of them in it; the same every time.

    It has one cell for all: IndexPQFastScan, which has none, takes no filter.
    """
    library = _faiss()
    count, dimension = vectors.shape
    parts = dimension // 2 if dimension % 2 == 0 else dimension
    index: Any = library.IndexIVFPQFastScan(library.IndexFlatL2(dimension), dimension, 1, parts, 4)
    index.by_residual = False
    rows = np.random.default_rng(1).choice(count, min(count, _SAMPLE), replace=False)
    index.train(np.ascontiguousarray(vectors[np.sort(rows)]))
    trained: faiss.Index = index
    return trained


def _faiss() -> ModuleType:
    """Return FAISS, imported late, with one thread a search: many people ask at once."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    import faiss

    return faiss
