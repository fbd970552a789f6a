"""The SHA-256 of a file, and files of two lines: the SHA-256 in hex of the second, and that."""

from __future__ import annotations

import hashlib
from pathlib import Path


def sha256_of(path: Path) -> str:
    """Return the SHA-256 in hex of what is in the file `path`; raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def with_checksum(line: bytes) -> bytes:
    """Return the content of a file that holds `line`, after a line with its SHA-256 in hex."""
    return hashlib.sha256(line).hexdigest().encode("ascii") + b"\n" + line


def checked(content: bytes) -> bytes:
    """Return the line that `with_checksum` made `content` of.

    Raises:
        ValueError: it is not what was written.
    """
    line = content.partition(b"\n")[2]
    if content != with_checksum(line):
        raise ValueError("the checksum differs")
    return line
