"""The checksums that a bundled model carries, in the format of `sha256sum`."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from corpus.durable.checksums import sha256_of
from index.errors import ModelError, ModelFault

CHECKSUMS: Final = "SHA256SUMS"


def verify(folder: Path) -> dict[str, str]:
    """Compare every file that `SHA256SUMS` lists with its checksum.

    Returns:
        The SHA-256 of each file in hexadecimal, by file name.

    Raises:
        ModelError: A file is missing or damaged, and it is named.
    """
    if not folder.is_dir():
        raise ModelError(folder, ModelFault.NO_DIRECTORY)
    expected = _read(folder / CHECKSUMS)
    for name, checksum in expected.items():
        if checksum_of(folder / name) != checksum:
            raise ModelError(folder / name, ModelFault.DAMAGED)
    return expected


def checksum_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal.

    Raises:
        ModelError: There is no such file.
    """
    try:
        return sha256_of(path)
    except FileNotFoundError as exc:
        raise ModelError(path, ModelFault.MISSING_FILE) from exc


def fingerprint(parts: Mapping[str, str]) -> str:
    """Return one identity, 32 hexadecimal digits, for named checksums or settings."""
    lines = "".join(f"{value}  {name}\n" for name, value in sorted(parts.items()))
    return hashlib.sha256(lines.encode()).hexdigest()[:32]


def write(folder: Path, names: Iterable[str]) -> None:
    """Write `SHA256SUMS` over the files `names`; over itself it cannot be."""
    listed = sorted(set(names) - {CHECKSUMS})
    lines = [f"{checksum_of(folder / name)}  {name}\n" for name in listed]
    (folder / CHECKSUMS).write_text("".join(lines), encoding="utf-8")


def _read(path: Path) -> dict[str, str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as exc:
        raise ModelError(path, ModelFault.MISSING_FILE) from exc
    return {name: checksum for checksum, name in (line.split("  ", 1) for line in lines)}
