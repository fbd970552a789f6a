"""The manifest of a generation: what it holds, and the checksum of each of its files."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from corpus.durable.checksums import sha256_of
from index.errors import Damage, IndexDamaged

FORMAT = 10
"""Raised whenever what is in the files, or how passages are made, changes."""

FILE = "manifest.json"


@dataclass(frozen=True, slots=True)
class FileRecord:
    """Size in bytes and SHA-256 in hex of a file."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation is: `created` is ISO 8601 in UTC, `encoder` a fingerprint."""

    format: int
    created: str
    encoder: str
    reports: int
    passages: int
    files: dict[str, FileRecord]

    def to_bytes(self) -> bytes:
        """Return the manifest as it stands on disk."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True).encode()

    @classmethod
    def from_bytes(cls, data: bytes, path: Path) -> Self:
        """Return the manifest whose bytes these are.

        Raises:
            IndexDamaged: it is not one, or one of another format.
        """
        try:
            raw: dict[str, Any] = json.loads(data)
            if raw["format"] != FORMAT:
                raise IndexDamaged(path, Damage.OTHER_FORMAT, f"{raw['format']} ≠ {FORMAT}")
            files = {name: FileRecord(**record) for name, record in raw.pop("files").items()}
            return cls(files=files, **raw)
        except (ValueError, TypeError, KeyError, AttributeError) as exc:
            raise IndexDamaged(path, Damage.NO_MANIFEST) from exc


def record(path: Path) -> FileRecord:
    """Return the record of a file, reading it once."""
    return FileRecord(path.stat().st_size, sha256_of(path))


def verify(folder: Path, manifest: Manifest) -> None:
    """Check every file of the generation in `folder` against its record.

    Raises:
        IndexDamaged: files are missing (all are named) or one is not what was written.
    """
    missing = [name for name in manifest.files if not (folder / name).is_file()]
    if missing:
        raise IndexDamaged(folder, Damage.MISSING, ", ".join(missing))
    for name, expected in manifest.files.items():
        try:
            found = record(folder / name)
        except OSError as exc:
            raise IndexDamaged(folder / name, Damage.CANNOT_READ) from exc
        if found.size != expected.size:
            sizes = f"{found.size} ≠ {expected.size}"
            raise IndexDamaged(folder / name, Damage.WRONG_SIZE, sizes)
        if found.sha256 != expected.sha256:
            raise IndexDamaged(folder / name, Damage.ALTERED)
