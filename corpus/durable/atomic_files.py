"""Files that are complete or absent, whenever the power goes.

The order is the one POSIX needs: write, fsync the file, rename over, fsync the directory.
"""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from pathlib import Path


def write_file(path: Path, data: bytes) -> None:
    """Replace the file `path` by one with the bytes `data`, durably and atomically."""
    writer = f"{os.getpid()}-{threading.get_ident()}"
    temporary = path.with_name(f".{path.name[:60]}.{writer}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    sync_directory(path.parent)


def sweep(folder: Path) -> None:
    """Remove what interrupted writers left in `folder`; nobody else may be writing there."""
    for path in folder.glob(".*.tmp"):
        with suppress(OSError):
            path.unlink()


def make_folder(path: Path, *, private: bool = True) -> None:
    """Make the folder `path` and those above it, so that their names stay, too.

    Into one that is `private` nobody but its owner gets, whatever the umask of the process is.
    """
    if path.is_dir():
        return
    make_folder(path.parent, private=private)
    path.mkdir(mode=0o700 if private else 0o777, exist_ok=True)
    sync_directory(path.parent)


def sync_file(path: Path) -> None:
    """Bring the content of a file that was written elsewhere to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_directory(path: Path) -> None:
    """Bring the entries of a directory (names made, renamed, removed) to the disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
