"""Who may read and write the folders that the program uses."""

from __future__ import annotations

import logging
import os
import stat
from pathlib import Path

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_log = logging.getLogger(__name__)


def make_private(folder: Path) -> None:
    """Let nobody but the owner into `folder`, where it is there and the program's own."""
    try:
        seen = folder.stat()
        if seen.st_uid == os.geteuid() and seen.st_mode & _OTHERS:
            folder.chmod(stat.S_IMODE(seen.st_mode) & ~_OTHERS)
    except FileNotFoundError:
        return
    except OSError as exc:
        _log.warning("%s stays open to others: %s", folder, exc.strerror)


def can_write(folder: Path) -> bool:
    """Whether files can be made in `folder`; of one that is not there, whether it can be made."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)
