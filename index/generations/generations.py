"""Generations: complete indexes, numbered, the last ones kept, one of them current.

`index.generations.on_disk` keeps them in a folder, `index.generations.on_milvus` on a Milvus;
the builder and the engine do not know which.
"""

from __future__ import annotations

import hashlib
import logging
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus.durable.faults import FolderBusy
from corpus.durable.locks import locked
from index.errors import Damage, IndexBusy, IndexDamaged, IndexMissing, NoEarlierGeneration
from index.generations.manifest import Manifest
from index.store.store import Store, StoreContent

KEPT = 5
"""How many generations are kept."""

NAME = re.compile(r"(\d{6,})-([0-9a-f]{16})")
"""The name of a generation: its number, and the start of its manifest's SHA-256."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Generation:
    """A complete generation that has been checked."""

    name: str
    manifest: Manifest

    @property
    def number(self) -> int:
        """Counts generations from 1 and is never used again."""
        return number_of(self.name)


class Generations(ABC):
    """The generations of one index. Whoever writes holds `locked`."""

    def __init__(self, folder: Path) -> None:
        """Take `folder` for the place of the lock and the caches; nothing is read or made."""
        self.folder = folder

    @contextmanager
    def locked(
        self, patience: float = 10.0, waiting: Callable[[], None] = lambda: None
    ) -> Iterator[None]:
        """Hold the lock of the index; see `corpus.durable.locks.locked`.

        Raises:
            IndexBusy: another process, or another thread of this one, has it still.
            StateError: the folder cannot be written.
        """
        with ExitStack() as held:
            try:
                held.enter_context(locked(self.folder, patience, waiting))
            except FolderBusy as exc:
                raise IndexBusy(self.folder) from exc
            yield

    @abstractmethod
    def names(self) -> list[str]:
        """Return the names of the complete generations, oldest first."""

    @abstractmethod
    def pointer_damage(self) -> IndexDamaged | None:
        """Return what is wrong with the pointer; None where it is sound, or there is nothing."""

    @abstractmethod
    def open(self, name: str) -> Generation:
        """Return the generation `name`, checked.

        Raises:
            IndexDamaged: it is not what was written.
        """

    @abstractmethod
    def store(self, generation: Generation) -> Store:
        """Return the store of `generation`, opened.

        Raises:
            IndexDamaged: it is not what was written.
        """

    @abstractmethod
    def keep(self, content: StoreContent, describe: Callable[..., Manifest]) -> Generation:
        """Write a generation that holds `content` and make it the current one.

        `describe(files=…)` gives its manifest. What fails leaves the current one as it was.
        """

    @abstractmethod
    def point_to(self, name: str) -> None:
        """Make `name` the current generation."""

    @abstractmethod
    def clear(self) -> None:
        """Remove every generation, and what points to them."""

    @abstractmethod
    def close(self) -> None:
        """Let go of what holds the generations; the stores of them are not used afterwards."""

    @abstractmethod
    def _pointed(self) -> str | None:
        """Return the generation that is pointed to, None where the pointer is lost."""

    def next_number(self) -> int:
        """Return the number that the next generation will have."""
        return max(map(number_of, self.names()), default=0) + 1

    def current(self) -> str | None:
        """Return the name of the current generation; the newest where the pointer is lost.

        The pointer is read before the names: whoever publishes in the meantime changes neither.
        """
        pointed = self._pointed()
        if pointed is not None:
            return pointed
        names = self.names()
        return names[-1] if names else None

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


def name_of(number: int, manifest: bytes) -> str:
    """Return the name of generation `number` whose manifest these bytes are."""
    return f"{number:06d}-{hashlib.sha256(manifest).hexdigest()[:16]}"


def number_of(name: str) -> int:
    """Return the number in the name of a generation."""
    return int(name.split("-", 1)[0])
