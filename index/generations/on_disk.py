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
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from corpus.durable.atomic_files import make_folder, sweep, sync_directory, sync_file, write_file
from corpus.durable.faults import StateError, StateFault
from index.errors import Damage, IndexDamaged
from index.generations.generations import KEPT, NAME, Generation, Generations, name_of, number_of
from index.generations.manifest import FILE, Manifest, record, verify
from index.store.embedded.embedded_store import EmbeddedStore, write_store
from index.store.store import Store, StoreContent

_log = logging.getLogger(__name__)


class DiskGenerations(Generations):
    """The generations in one folder."""

    def __init__(self, folder: Path) -> None:
        """Take `folder` for the place of the generations; nothing is read or made."""
        super().__init__(folder)
        self._all = folder / "generations"
        self._pointer = folder / "current"

    def names(self) -> list[str]:
        """Return the names of the complete generations, oldest first."""
        try:
            found = [path.name for path in self._all.iterdir() if NAME.fullmatch(path.name)]
        except FileNotFoundError:
            return []
        except OSError as exc:
            raise StateError(self._all, StateFault.of(exc)) from exc
        return sorted(found, key=number_of)

    def pointer_damage(self) -> IndexDamaged | None:
        """Return what is wrong with the pointer; None where it is sound, or there is nothing."""
        if self._pointed() is not None or not self.names():
            return None
        return IndexDamaged(self._pointer, Damage.POINTER_LOST)

    def _pointed(self) -> str | None:
        with suppress(OSError, ValueError):
            pointed = self._pointer.read_bytes().decode("ascii").strip()
            if NAME.fullmatch(pointed) and (self._all / pointed).is_dir():
                return pointed
        return None

    def open(self, name: str) -> Generation:
        """Return the generation `name`, every file of it checked.

        Raises:
            IndexDamaged: it is not what was written.
        """
        folder = self._all / name
        path = folder / FILE
        match = NAME.fullmatch(name)
        try:
            data = path.read_bytes()
        except OSError as exc:
            raise IndexDamaged(path, Damage.CANNOT_READ) from exc
        if match is None or not hashlib.sha256(data).hexdigest().startswith(match[2]):
            raise IndexDamaged(path, Damage.ALTERED)
        manifest = Manifest.from_bytes(data, path)
        verify(folder, manifest)
        return Generation(name, manifest)

    def store(self, generation: Generation) -> Store:
        """Return the store of `generation`, opened.

        Raises:
            IndexDamaged: its files do not belong together.
        """
        return EmbeddedStore.open(self._all / generation.name)

    def keep(self, content: StoreContent, describe: Callable[..., Manifest]) -> Generation:
        """Write a generation that holds `content` and make it the current one.

        Raises:
            StateError: the disk is full, or the folder cannot be written.
        """
        return self.publish(lambda folder: write_store(folder, content), describe)

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
            name = name_of(number, data)
            unfinished.rename(self._all / name)
            sync_directory(self._all)
        except OSError as exc:
            raise StateError(self._all, StateFault.of(exc)) from exc
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
        self.point_to(name)
        self._prune(name)
        return Generation(name, manifest)

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

    def clear(self) -> None:
        """Remove every generation, and what points to them.

        Raises:
            StateError: the folder cannot be written.
        """
        try:
            self._pointer.unlink(missing_ok=True)
        except OSError as exc:
            raise StateError(self._pointer, StateFault.of(exc)) from exc
        for name in self.names():
            self._take_away(name)

    def close(self) -> None:
        """Nothing is held: stores have files of their own."""

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
