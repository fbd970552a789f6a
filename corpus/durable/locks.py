"""The lock of a folder: one writer at a time, whichever process it is in.

The lock is the kernel's (flock) and is let go when the process ends, however it ends. Where the
file system knows no such locks, nothing is held.
"""

from __future__ import annotations

import errno
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.durable.atomic_files import make_folder
from corpus.durable.faults import FolderBusy, StateError, StateFault

_PAUSE = 0.1
_NO_LOCKS = frozenset({errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EBADF})


def _patiently() -> None:
    """Wait on."""


@contextmanager
def locked(
    folder: Path, patience: float = 10.0, waiting: Callable[[], None] = _patiently
) -> Iterator[None]:
    """Hold the lock of `folder`, a file `lock` in it, waiting up to `patience` seconds.

    `waiting` is called again and again meanwhile; what it raises ends the waiting.

    Raises:
        FolderBusy: another process, or another thread of this one, has it still.
        StateError: the folder cannot be written.
    """
    path = folder / "lock"
    try:
        make_folder(folder)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as exc:
        raise StateError(path, StateFault.of(exc)) from exc
    with _held(descriptor, folder, patience, waiting):
        yield


@contextmanager
def locked_itself(folder: Path, patience: float) -> Iterator[None]:
    """Hold the lock of the folder itself: no file is made for it.

    Raises:
        FolderBusy: another process, or another thread of this one, has it still.
        OSError: the folder cannot be opened.
    """
    with _held(os.open(folder, os.O_RDONLY | os.O_DIRECTORY), folder, patience, _patiently):
        yield


@contextmanager
def _held(
    descriptor: int, folder: Path, patience: float, waiting: Callable[[], None]
) -> Iterator[None]:
    try:
        deadline = time.monotonic() + patience
        while not _taken(descriptor):
            if time.monotonic() >= deadline:
                raise FolderBusy(folder)
            waiting()
            time.sleep(_PAUSE)
        yield
    finally:
        os.close(descriptor)


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as exc:
        if exc.errno not in _NO_LOCKS:
            raise
    return True
