"""Pixels → a PNG file (https://www.w3.org/TR/png-3/), with nothing but zlib."""

from __future__ import annotations

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_RGB, _BITS = 2, 8


def png(picture: NDArray[np.uint8]) -> bytes:
    """Return a picture of pixels (height, width, 3), RGB, as a file."""
    height, width, _ = picture.shape
    rows = np.zeros((height, 1 + 3 * width), np.uint8)  # each row begins with its filter: none
    rows[:, 1:] = picture.reshape(height, 3 * width)
    header = struct.pack(">IIBBBBB", width, height, _BITS, _RGB, 0, 0, 0)
    content = zlib.compress(rows.tobytes(), 6)
    chunks = ((b"IHDR", header), (b"IDAT", content), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    checksum = zlib.crc32(data, zlib.crc32(kind))
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)
