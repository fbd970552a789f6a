"""A disk that forgets what was not synced: which states can be there after the power went.

POSIX promises two things only: the bytes of a file that was fsynced, and the names in a folder
that was fsynced. So a picture of the disk is made from those; of everything else it may hold
the newer or the older, a file that was never synced may be empty.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.steps import watched

Inode = int


class Disk:
    """Follows what is synced under `root`, from a state that is all on the disk."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._busy = False
        self._held: dict[Inode, int] = {}
        self._bytes: dict[Inode, bytes] = {}
        self._names: dict[Inode, dict[str, Inode]] = {}
        for path in [root, *root.rglob("*")]:
            self._sync(path)

    @contextmanager
    def watched(self, steps: list[str], at: int, to: Path, chance: random.Random) -> Iterator[None]:
        """Note the steps of the block; before step `at`, picture in `to` what would be left."""

        def before(name: str, path: str) -> None:
            if self._busy:
                return
            if len(steps) == at:
                self._busy = True
                self.picture(to, chance)
                self._busy = False
            steps.append(f"{name} {Path(path).name}")
            if name == "fsync" and Path(path).is_relative_to(self._root):
                self._sync(Path(path))

        with watched(before):
            yield

    def picture(self, to: Path, chance: random.Random) -> None:
        """Write into `to` one of the states that the disk can be in now."""
        self._write(self._inode(self._root), self._root, to, chance)

    def close(self) -> None:
        for descriptor in self._held.values():
            os.close(descriptor)

    def _inode(self, path: Path) -> Inode:
        """The inode of a path, held open, so that no other file gets its number."""
        inode = path.stat().st_ino
        if inode not in self._held:
            self._held[inode] = os.open(path, os.O_RDONLY)
        return inode

    def _sync(self, path: Path) -> None:
        inode = self._inode(path)
        if path.is_dir():
            self._names[inode] = {child.name: self._inode(child) for child in path.iterdir()}
        else:
            self._bytes[inode] = path.read_bytes()

    def _write(self, inode: Inode, live: Path | None, to: Path, chance: random.Random) -> None:
        """Write what is left of an inode into `to`; `live` is where it is now, if it is."""
        is_folder = inode in self._names or (live is not None and live.is_dir())
        newer = live is not None and chance.random() < 0.5
        if not is_folder:
            whole = live.read_bytes() if newer and live is not None else b""
            to.write_bytes(whole if newer else self._bytes.get(inode, b""))
            return
        to.mkdir()
        names = dict(self._names.get(inode, {}))
        there = {child.name: self._inode(child) for child in live.iterdir()} if live else {}
        for name, child in (there if newer else names).items():
            at = live / name if live is not None and there.get(name) == child else None
            self._write(child, at, to / name, chance)
