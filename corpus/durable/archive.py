"""One archive of files with their checksums: written whole or not at all, checked before use.

It is a gzipped tar. Its first member, manifest.json, holds the size and the SHA-256 of every other.
"""

from __future__ import annotations

import io
import json
import os
import tarfile
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import IO, Any

from corpus.durable.atomic_files import sync_directory, sync_file
from corpus.durable.checksums import sha256_of
from corpus.errors import CorpusError

_FORMAT = 1
_MANIFEST = "manifest.json"
_LARGEST_MANIFEST = 64 * 1024**2
_BLOCK = 1024**2


class ArchiveFault(StrEnum):
    """Why an archive cannot be used."""

    MISSING = "there is no such file"
    NOT_ONE = "it is no backup"
    DAMAGED = "its content is not what was written"
    NEWER = "it was written by a newer version"


class BadArchive(CorpusError):
    """An archive cannot be used; nothing was taken from it."""

    def __init__(self, path: Path, fault: ArchiveFault) -> None:
        self.path = path
        self.fault = fault
        super().__init__(f"{path}: {fault}")


@dataclass(frozen=True, slots=True)
class _Member:
    """Size in bytes and SHA-256 in hex of a file in an archive."""

    size: int
    sha256: str


def pack(path: Path, files: Mapping[str, Path]) -> None:
    """Write `files`, by their names in it, into the archive `path`, which only its owner can read.

    Raises:
        OSError: a file cannot be read, or the archive not be written; there is none then.
    """
    members = {name: _Member(file.stat().st_size, sha256_of(file)) for name, file in files.items()}
    manifest = {
        "format": _FORMAT,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "files": {name: asdict(member) for name, member in members.items()},
    }
    data = json.dumps(manifest, indent=1).encode()  # escaped: a file name may be no Unicode
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as raw, tarfile.open(fileobj=raw, mode="w:gz") as tar:
            _put(tar, _MANIFEST, io.BytesIO(data), len(data))
            for name, file in files.items():
                with file.open("rb") as content:
                    _put(tar, name, content, members[name].size)
        sync_file(unfinished)
        unfinished.replace(path)
        sync_directory(path.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def unpack(path: Path, folder: Path) -> list[str]:
    """Write what is in the archive `path` below `folder`, which is empty; return the names.

    Every checksum is compared; names that lead out of the folder are not followed.

    Raises:
        BadArchive: it is none, or damaged; what is in `folder` then is not to be used.
        OSError: `folder` cannot be written.
    """
    try:
        with tarfile.open(path, "r:gz") as tar:
            members = _members(tar, path)
            found = [_take(tar, info, members, folder, path) for info in islice(tar, 1, None)]
    except FileNotFoundError as exc:
        raise BadArchive(path, ArchiveFault.MISSING) from exc
    except (tarfile.TarError, EOFError, zlib.error) as exc:
        raise BadArchive(path, ArchiveFault.DAMAGED) from exc
    except OSError as exc:
        if exc.errno is None:  # gzip says so of what is no gzip, or has a wrong checksum
            raise BadArchive(path, ArchiveFault.NOT_ONE) from exc
        raise
    if sorted(found) != sorted(members):
        raise BadArchive(path, ArchiveFault.DAMAGED)
    return found


def _put(tar: tarfile.TarFile, name: str, content: IO[bytes], size: int) -> None:
    info = tarfile.TarInfo(name)
    info.size = size
    info.mode = 0o600
    tar.addfile(info, content)


def _members(tar: tarfile.TarFile, path: Path) -> dict[str, _Member]:
    """Return what the first member says of the others."""
    first = tar.next()
    if first is None or first.name != _MANIFEST or first.size > _LARGEST_MANIFEST:
        raise BadArchive(path, ArchiveFault.NOT_ONE)
    content = tar.extractfile(first)
    if content is None:
        raise BadArchive(path, ArchiveFault.NOT_ONE)
    try:
        raw: dict[str, Any] = json.loads(content.read())
        if raw["format"] > _FORMAT:
            raise BadArchive(path, ArchiveFault.NEWER)
        return {str(name): _Member(**member) for name, member in raw["files"].items()}
    except (ValueError, TypeError, KeyError, AttributeError) as exc:
        raise BadArchive(path, ArchiveFault.NOT_ONE) from exc


def _take(
    tar: tarfile.TarFile,
    info: tarfile.TarInfo,
    members: Mapping[str, _Member],
    folder: Path,
    path: Path,
) -> str:
    """Write one member below `folder`, as far as it is what the manifest says."""
    member, place = members.get(info.name), PurePosixPath(info.name)
    content = tar.extractfile(info) if info.isreg() else None
    outside = place.is_absolute() or ".." in place.parts
    if member is None or content is None or outside or info.size != member.size:
        raise BadArchive(path, ArchiveFault.DAMAGED)
    target = folder / place
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = sha256()
    with target.open("xb") as file:
        while block := content.read(_BLOCK):
            digest.update(block)
            file.write(block)
    if digest.hexdigest() != member.sha256:
        raise BadArchive(path, ArchiveFault.DAMAGED)
    return info.name
