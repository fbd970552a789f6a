"""What the library held when each generation was made, so that going back brings the files back.

    history/
      000007-1c9e4a0b2d3f4e5a.json    the files of that generation by SHA-256, and its corrections

A record is two lines: the SHA-256 in hex of the second, and the JSON object. What was not written
so is no record: files are never brought back by one that is damaged.

What replaces or removes a file puts it aside first (`corpus.durable.kept_files`); it is kept as
long as a generation that used it.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.corrections import Correction
from corpus.durable.atomic_files import make_folder, sweep, write_file
from corpus.durable.checksums import checked, sha256_of, with_checksum
from corpus.durable.kept_files import KeptFiles
from corpus.library import Library
from index.building.builder import Changes, Difference
from index.generations.generations import Generation

_log = logging.getLogger(__name__)
_SUFFIX = ".json"


@dataclass(frozen=True, slots=True)
class LibraryRecord:
    """The library as one generation used it.

    `files` are the SHA-256 in hex by file name. `by` is the id of the person whose change led to
    it, 0 where it was made at the server; `titles` name the reports of `difference` as people
    know them.
    """

    files: Mapping[str, str]
    corrections: Mapping[str, Correction]
    difference: Difference
    titles: Mapping[str, str]
    by: int = 0


@dataclass(frozen=True, slots=True)
class RolledBack:
    """The generation that was gone back to.

    `missing` are the files of it that were not kept; None where none was brought back, for it is
    not known which they were.
    """

    generation: Generation
    missing: tuple[str, ...] | None


class LibraryHistory:
    """The records, in one folder, and the files that were put aside."""

    def __init__(self, folder: Path, kept: KeptFiles) -> None:
        """Take `folder` for the place of the records; nothing is read or made."""
        self._folder = folder
        self._kept = kept

    def note(self, changes: Changes, library: Library, by: int = 0) -> None:
        """Write down what `library` holds now, as the files of the generation of `changes`.

        Raises:
            OSError, CorpusError: the library cannot be read, or the record not be written.
        """
        files = {path.name: sha256_of(path) for path in library.files().values()}
        difference, titles = changes.difference, changes.titles
        record = LibraryRecord(files, library.corrections(), difference, titles, by)
        make_folder(self._folder)
        data = json.dumps(asdict(record)).encode()  # escaped: a file name may be no Unicode
        write_file(self.path(changes.generation), with_checksum(data))

    def path(self, generation: str) -> Path:
        """Return where the record of a generation is, or would be."""
        return self._folder / f"{generation}{_SUFFIX}"

    def of(self, generation: str) -> LibraryRecord | None:
        """Return the record of a generation; None where it is missing or not what was written."""
        try:
            raw: dict[str, Any] = json.loads(checked(self.path(generation).read_bytes()))
            corrections = {name: Correction(**kept) for name, kept in raw["corrections"].items()}
            difference = {key: tuple(names) for key, names in raw["difference"].items()}
            return LibraryRecord(
                dict(raw["files"]),
                corrections,
                Difference(**difference),
                dict(raw["titles"]),
                int(raw["by"]),
            )
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as exc:
            _log.info("no record of generation=%s error=%s", generation, type(exc).__name__)
            return None

    def bring_back(self, to: str, current: str, library: Library) -> tuple[str, ...] | None:
        """Make the files of `library` those that generation `to` used.

        Files that generation `current` did not use either are nobody's to take away: they stay.

        Returns:
            The names of files that are not there any more; None where there is no record of
            `to`, and nothing is changed.

        Raises:
            LibraryUnwritable, LibraryBusy: the folder cannot be changed, or not now.
        """
        record = self.of(to)
        if record is None:
            return None
        known = self.of(current)
        used = frozenset(known.files) if known is not None else frozenset()
        return library.become(record.files, record.corrections, used)

    def sweep(self, generations: Iterable[str]) -> None:
        """Forget all but `generations`, and the files that none of them used.

        Nobody else may be changing the library, or its index.
        """
        living = set(generations)
        sweep(self._folder)
        for path in self._folder.glob(f"*{_SUFFIX}"):
            if path.stem not in living:
                with suppress(OSError):
                    path.unlink()
        records = filter(None, map(self.of, living))
        self._kept.sweep({digest for record in records for digest in record.files.values()})
