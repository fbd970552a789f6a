"""What can go wrong with files and folders that the program keeps for itself."""

from __future__ import annotations

import errno
import os
import shutil
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Self

from corpus.errors import CorpusError

if TYPE_CHECKING:
    import sqlite3


class StateError(CorpusError):
    """The state directory cannot be read or written."""

    def __init__(self, path: Path, reason: StateFault) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"{path}: {reason}")


class FolderBusy(TimeoutError):
    """Another process, or another thread of this one, holds the lock of a folder.

    Whoever asked for the lock turns it into what that means to a user.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT), str(folder))


class StateFault(StrEnum):
    """Why the state directory cannot be used."""

    FULL = "the disk is full"
    READ_ONLY = "the file system is read-only"
    NO_RIGHTS = "there are no rights to it"
    NOT_A_FOLDER = "it is not a directory"
    FAILED = "reading or writing failed"
    DATABASE = "SQLite cannot use it"
    BUSY = "another program is using it"
    NEWER = "it was written by a newer version; update baogao"

    @classmethod
    def of(cls, exc: OSError) -> Self:
        """Return what the error of the operating system means."""
        return cls(_BY_ERRNO.get(exc.errno or 0, cls.FAILED))

    @classmethod
    def of_sqlite(cls, exc: sqlite3.Error, path: Path) -> Self:
        """Return what an error over the file `path` means; DATABASE where its content is at fault.

        SQLite says of a full disk in the middle of its work only that reading or writing failed.
        """
        name = "_".join(getattr(exc, "sqlite_errorname", "SQLITE_CORRUPT").split("_")[:2])
        fault = cls(_BY_SQLITE.get(name, cls.DATABASE))
        return cls.FULL if fault is cls.FAILED and _is_full(path) else fault


_LEAST_FREE = 128 * 1024


def _is_full(path: Path) -> bool:
    """Whether the disk of `path` has no room for the pages that SQLite adds at a time."""
    try:
        return shutil.disk_usage(path.parent).free < _LEAST_FREE
    except OSError:
        return False


_BY_SQLITE = {
    "SQLITE_BUSY": StateFault.BUSY,
    "SQLITE_LOCKED": StateFault.BUSY,
    "SQLITE_FULL": StateFault.FULL,
    "SQLITE_READONLY": StateFault.READ_ONLY,
    "SQLITE_PERM": StateFault.NO_RIGHTS,
    "SQLITE_IOERR": StateFault.FAILED,
    "SQLITE_NOMEM": StateFault.FAILED,
}

_BY_ERRNO = {
    errno.ENOSPC: StateFault.FULL,
    errno.EDQUOT: StateFault.FULL,
    errno.EFBIG: StateFault.FULL,
    errno.EROFS: StateFault.READ_ONLY,
    errno.EACCES: StateFault.NO_RIGHTS,
    errno.EPERM: StateFault.NO_RIGHTS,
    errno.ENOTDIR: StateFault.NOT_A_FOLDER,
    errno.EEXIST: StateFault.NOT_A_FOLDER,
    errno.EISDIR: StateFault.NOT_A_FOLDER,
}
