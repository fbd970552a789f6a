"""Temporary folders that go: with the block that made them, else with the next one made.

A program that is killed leaves its folder behind. Each is locked while its maker lives, so that
the next maker sees which ones nobody uses any more.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_SETTLED = 60.0
"""Seconds after which a folder without a lock is a leftover: its maker has long locked it."""


@contextmanager
def temporary_folder(purpose: str) -> Iterator[Path]:
    """Yield a new folder that only this user can open; it is removed with all that is in it."""
    prefix = f"baogao-{purpose}-"
    _sweep(prefix)
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):  # a file system without locks: what is left there stays
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(descriptor)


def _sweep(prefix: str) -> None:
    """Remove the folders of makers that are gone."""
    for folder in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        with suppress(OSError):
            if time.time() - folder.lstat().st_mtime > _SETTLED:
                _remove_unused(folder)


def _remove_unused(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(descriptor)
