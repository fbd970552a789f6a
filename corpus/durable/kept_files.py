"""Files that were replaced or removed, kept by their content until nothing needs them.

kept/
  3f79bb7b…/2023年度工作总结.docx     a folder for each SHA-256, in it the file under its name
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path

from corpus.durable.atomic_files import make_folder, sweep, write_file
from corpus.durable.checksums import sha256_of

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class KeptFiles:
    """A folder of files that were put aside."""

    folder: Path

    def keep(self, path: Path) -> None:
        """Put a copy of the file `path` aside, durably; raises OSError."""
        place = self.folder / sha256_of(path)
        if not (place / path.name).is_file():
            make_folder(place)
            write_file(place / path.name, path.read_bytes())

    def content(self, digest: str) -> bytes | None:
        """Return what was put aside with that SHA-256; None where it is not there, or damaged."""
        for path in sorted((self.folder / digest).glob("*")):
            try:
                if not path.name.startswith(".") and sha256_of(path) == digest:
                    return path.read_bytes()
            except OSError as exc:
                _log.warning("a kept file cannot be read reason=%r", exc.strerror)
        return None

    def sweep_unfinished(self) -> None:
        """Remove what interrupted writers left; nobody else may be writing there."""
        for place in self.folder.glob("*"):
            sweep(place)

    def sweep(self, needed: Container[str]) -> None:
        """Delete what has a SHA-256 that is not `needed` any more; nobody may be writing there."""
        for place in self.folder.glob("*"):
            if place.name not in needed:
                shutil.rmtree(place, ignore_errors=True)
