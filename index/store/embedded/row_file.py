"""Rows of a matrix in a file, read one by one when they are asked for.

A mapped file would fill the memory of the process with all that was ever looked at.
"""

from __future__ import annotations

import os
import weakref
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import Damage, IndexDamaged


class FileRows:
    """A float32 matrix that `numpy.save` wrote; safe to read from many threads."""

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            OSError, ValueError: it cannot be read, or is not such a matrix.
        """
        self._path = path
        with path.open("rb") as file:
            np.lib.format.read_magic(file)
            shape, by_column, dtype = np.lib.format.read_array_header_1_0(file)
            self._start = file.tell()
        if len(shape) != 2 or by_column or dtype != np.float32:
            raise ValueError(path)
        self.shape: tuple[int, int] = (shape[0], shape[1])
        self._width = shape[1] * 4
        self._file = os.open(path, os.O_RDONLY)
        weakref.finalize(self, os.close, self._file)

    def __getitem__(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return those rows: float32, (n_rows, dimension).

        Raises:
            IndexDamaged: the file has been cut short, or can no longer be read.
        """
        found = np.empty((len(rows), self.shape[1]), np.float32)
        for at, row in enumerate(rows.tolist()):
            try:
                data = os.pread(self._file, self._width, self._start + row * self._width)
            except OSError as exc:
                raise IndexDamaged(self._path, Damage.CANNOT_READ) from exc
            if len(data) != self._width:
                raise IndexDamaged(self._path, Damage.WRONG_SIZE)
            found[at] = np.frombuffer(data, np.float32)
        return found
