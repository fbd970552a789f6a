"""Generations on disk: complete or absent, the last ones kept, one of them current.

    index/
      current                       the name of the current generation
      lock                          held by whoever writes
      generations/
        000007-1c9e4a0b2d3f4e5a/    its number, and the start of its manifest's SHA-256
          manifest.json  passages.sqlite  vectors.faiss  lexical.*.npy  owners.npy

A generation is written under a name that starts with a dot, synced, and renamed; then the file
`current` is replaced. Whenever the power goes, there is the old state or the new one. As the
name holds the checksum of the manifest and the manifest those of the files, nothing damaged
is ever taken for sound.
"""

from __future__ import annotations

import hashlib
import logging
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from corpus.durable import make_folder, sweep, sync_directory, sync_file, write_file
from index.errors import (
    Damage,
    IndexDamaged,
    IndexMissing,
    NoEarlierGeneration,
    StateError,
    StateFault,
)
from index.manifest import FILE, Manifest, record, verify

KEPT = 5
"""How many generations stay on disk."""

_NAME = re.compile(r"(\d{6,})-([0-9a-f]{16})")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Generation:
    """A complete generation on disk whose files have been checked."""

    name: str
    folder: Path
    manifest: Manifest

    @property
    def number(self) -> int:
        """Counts generations from 1 and is never used again."""
        return _number(self.name)


class Generations:
    """The generations in one folder. Writers hold `index.lock` of the same folder."""

    def __init__(self, folder: Path) -> None:
        """Take `folder` for the place of the generations; nothing is read or made."""
        self.folder = folder
        self._all = folder / "generations"
        self._pointer = folder / "current"

    def names(self) -> list[str]:
        """Return the names of the complete generations, oldest first."""
        try:
            found = [path.name for path in self._all.iterdir() if _NAME.fullmatch(path.name)]
        except FileNotFoundError:
            return []
        except OSError as exc:
            raise StateError(self._all, StateFault.of(exc)) from exc
        return sorted(found, key=_number)

    def next_number(self) -> int:
        """Return the number that the next generation will have."""
        return max(map(_number, self.names()), default=0) + 1

    def current(self) -> str | None:
        """Return the name of the current generation; the newest where the pointer is lost.

        The pointer is read before the names: whoever publishes in the meantime changes neither.
        """
        pointed = self._pointed()
        if pointed is not None:
            return pointed
        names = self.names()
        return names[-1] if names else None

    def pointer_damage(self) -> IndexDamaged | None:
        """Return what is wrong with the pointer; None where it is sound, or there is nothing."""
        if self._pointed() is not None or not self.names():
            return None
        return IndexDamaged(self._pointer, Damage.POINTER_LOST)

    def _pointed(self) -> str | None:
        with suppress(OSError, ValueError):
            pointed = self._pointer.read_bytes().decode("ascii").strip()
            if _NAME.fullmatch(pointed) and (self._all / pointed).is_dir():
                return pointed
        return None

    def open(self, name: str) -> Generation:
        """Return the generation `name`, every file of it checked.

        Raises:
            IndexDamaged: it is not what was written.
        """
        folder = self._all / name
        path = folder / FILE
        match = _NAME.fullmatch(name)
        try:
            data = path.read_bytes()
        except OSError as exc:
            raise IndexDamaged(path, Damage.CANNOT_READ) from exc
        if match is None or not hashlib.sha256(data).hexdigest().startswith(match[2]):
            raise IndexDamaged(path, Damage.ALTERED)
        manifest = Manifest.from_bytes(data, path)
        verify(folder, manifest)
        return Generation(name, folder, manifest)

    def require_current(self) -> str:
        """Return the name of the current generation.

        Raises:
            IndexMissing: nothing was indexed yet.
        """
        current = self.current()
        if current is None:
            raise IndexMissing(self.folder)
        return current

    def open_from(self, name: str) -> tuple[Generation, list[IndexDamaged]]:
        """Return the generation `name`, or the newest sound one before it, and what was damaged.

        What another version wrote in its own format is not damaged, only of no use to this one.

        Raises:
            IndexDamaged: neither it nor any before it is sound.
            IndexMissing: all of them are of another format.
        """
        damaged: list[IndexDamaged] = []
        for candidate in self._from(name):
            try:
                return self.open(candidate), damaged
            except IndexDamaged as exc:
                if exc.reason is not Damage.OTHER_FORMAT:
                    _log.warning("damaged: %s", exc)
                    damaged.append(exc)
        raise damaged[0] if damaged else IndexMissing(self.folder)

    def publish(
        self, write: Callable[[Path], None], describe: Callable[..., Manifest]
    ) -> Generation:
        """Write a new generation and make it the current one.

        `write` fills the folder it is given; `describe(files=…)` gives the manifest for them.

        Raises:
            StateError: the disk is full, or the folder cannot be written.
        """
        number = self.next_number()
        unfinished = self._all / f".{number:06d}.unfinished"
        try:
            make_folder(self._all)
            self._sweep()
            unfinished.mkdir()
            write(unfinished)
            for path in sorted(unfinished.iterdir()):
                sync_file(path)
            manifest = describe(files={p.name: record(p) for p in sorted(unfinished.iterdir())})
            data = manifest.to_bytes()
            write_file(unfinished / FILE, data)
            name = f"{number:06d}-{hashlib.sha256(data).hexdigest()[:16]}"
            unfinished.rename(self._all / name)
            sync_directory(self._all)
        except OSError as exc:
            raise StateError(self._all, StateFault.of(exc)) from exc
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
        self.point_to(name)
        self._prune(name)
        return Generation(name, self._all / name, manifest)

    def point_to(self, name: str) -> None:
        """Make `name` the current generation.

        Raises:
            StateError: the pointer cannot be written.
        """
        try:
            if self._pointer.is_dir() and not self._pointer.is_symlink():
                shutil.rmtree(self._pointer)
            write_file(self._pointer, name.encode("ascii"))
        except OSError as exc:
            raise StateError(self._pointer, StateFault.of(exc)) from exc

    def before(self, name: str) -> Generation:
        """Return the newest sound generation before `name`.

        Raises:
            NoEarlierGeneration: there is none.
        """
        for earlier in list(self._from(name))[1:]:
            try:
                return self.open(earlier)
            except IndexDamaged as exc:
                _log.warning("damaged: %s", exc)
        raise NoEarlierGeneration

    def _from(self, name: str) -> Iterator[str]:
        """Yield `name` and the generations before it, newest first."""
        names = self.names()
        at = names.index(name)
        yield from reversed(names[: at + 1])

    def _prune(self, current: str) -> None:
        for name in self.names()[:-KEPT]:
            if name != current:
                self._take_away(name)

    def _take_away(self, name: str) -> None:
        """Remove a generation: at once by its name, then its files."""
        gone = self._all / f".{name}.unfinished"
        try:
            (self._all / name).rename(gone)
            sync_directory(self._all)
        except OSError as exc:
            _log.warning("generation %s stays: %s", name, exc)
        shutil.rmtree(gone, ignore_errors=True)

    def _sweep(self) -> None:
        """Remove what an interrupted writer left."""
        for path in self._all.glob(".*.unfinished"):
            shutil.rmtree(path, ignore_errors=True)
        sweep(self.folder)


def _number(name: str) -> int:
    return int(name.split("-", 1)[0])
