"""The lock of a folder: one writer at a time, whichever process it is in."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.durable.atomic_files import make_folder
from index.errors import IndexBusy, StateError, StateFault

_PAUSE = 0.1


def _patiently() -> None:
    """Wait on."""


@contextmanager
def locked(
    folder: Path, patience: float = 10.0, waiting: Callable[[], None] = _patiently
) -> Iterator[None]:
    """Hold the lock of `folder`, waiting up to `patience` seconds for it.

    `waiting` is called again and again meanwhile; what it raises ends the waiting. The lock is
    the kernel's (flock) and is let go when the process ends, however it ends.

    Raises:
        IndexBusy: another process, or another thread of this one, has it still.
        StateError: the folder cannot be written.
    """
    path = folder / "lock"
    try:
        make_folder(folder)
        file = path.open("ab")
    except OSError as exc:
        raise StateError(path, StateFault.of(exc)) from exc
    with file:
        deadline = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as exc:
                if time.monotonic() >= deadline:
                    raise IndexBusy(folder) from exc
                waiting()
                time.sleep(_PAUSE)
        yield
