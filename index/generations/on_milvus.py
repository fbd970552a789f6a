"""Generations on Milvus: collections, the registry that says which are complete, and an alias.

    baogao_000007_1c9e4a0b2d3f4e5a          the passages of generation 7
    baogao_000007_1c9e4a0b2d3f4e5a_texts    its texts
    baogao_generations                      what there is; see `index.store.milvus.registry`
    baogao_current                          an alias of the current generation's passages

A generation is complete once its row in the registry says so, and current once the alias is
moved to it: in one step, for every bot of the index.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.durable.atomic_files import make_folder, write_file
from corpus.durable.faults import StateError, StateFault
from index.errors import Damage, IndexDamaged, StoreError
from index.generations.generations import KEPT, NAME, Generation, Generations, name_of, number_of
from index.generations.manifest import FileRecord, Manifest
from index.store.milvus.connection import NO_ALIAS, PATIENCE, Loaded, connect, translated
from index.store.milvus.milvus_store import MilvusStore
from index.store.milvus.registry import GenerationState, Registry, RegistryRow
from index.store.milvus.schema import TEXTS, write_passages, write_texts
from index.store.store import Store, StoreContent

if TYPE_CHECKING:
    from pymilvus import MilvusClient

_LOADED = 2
"""How many generations stay in Milvus's memory: the current one and the one before."""

_log = logging.getLogger(__name__)


class MilvusGenerations(Generations):
    """The generations of one index on a Milvus; `folder` holds the lock and the caches only.

    Two builders on two machines do not wait for each other: each writes a whole generation, and
    the last to be done is current. Everything raises StoreError where Milvus cannot be asked.
    """

    def __init__(self, folder: Path, uri: str, prefix: str, token: str | None = None) -> None:
        """Take the collections named `prefix`_… at `uri`; nothing is connected yet."""
        super().__init__(folder)
        self._uri, self._prefix, self._token = uri, prefix, token
        self._alias = f"{prefix}_current"

    @cached_property
    def _client(self) -> MilvusClient:
        return connect(self._uri, self._token)

    @property
    def _registry(self) -> Registry:
        return Registry(self._client, self._uri, self._prefix)

    def names(self) -> list[str]:
        """Return the names of the complete generations, oldest first."""
        found = [row.name for row in self._registry.rows() if row.state == GenerationState.COMPLETE]
        return sorted(found, key=lambda name: (number_of(name), name))

    def next_number(self) -> int:
        """Return the number that the next generation will have."""
        return max((number_of(row.name) for row in self._registry.rows()), default=0) + 1

    def pointer_damage(self) -> IndexDamaged | None:
        """Return what is wrong with the alias; None where it is sound, or there is nothing."""
        if self._pointed() is not None or not self.names():
            return None
        return IndexDamaged(Path(self._alias), Damage.POINTER_LOST)

    def open(self, name: str) -> Generation:
        """Return the generation `name`, its manifest and the number of its passages checked.

        What is in its rows is Milvus's own to keep.

        Raises:
            IndexDamaged: it is not what was written.
        """
        place = Path(self._collection(name))
        match = NAME.fullmatch(name)
        data = next((r.manifest for r in self._registry.rows() if r.name == name), "").encode()
        if match is None or not hashlib.sha256(data).hexdigest().startswith(match[2]):
            raise IndexDamaged(place, Damage.ALTERED)
        manifest = Manifest.from_bytes(data, place)
        for collection in (str(place), f"{place}{TEXTS}"):
            with translated(self._uri):
                if not self._client.has_collection(collection, timeout=PATIENCE):
                    raise IndexDamaged(place, Damage.MISSING, collection)
        with translated(self._uri):
            count = int(self._client.get_collection_stats(str(place))["row_count"])
        if count < manifest.passages:
            raise IndexDamaged(place, Damage.WRONG_SIZE, f"{count} ≠ {manifest.passages}")
        return Generation(name, manifest)

    def store(self, generation: Generation) -> Store:
        """Return the store of `generation`, loaded.

        Raises:
            IndexDamaged: its texts are not what was written.
        """
        name = self._collection(generation.name)
        try:
            return MilvusStore(Loaded(self._client, self._uri), name)
        except (KeyError, ValueError, TypeError) as exc:
            raise IndexDamaged(Path(name), Damage.UNUSABLE) from exc

    def keep(self, content: StoreContent, describe: Callable[..., Manifest]) -> Generation:
        """Write a generation that holds `content`, and make it the current one.

        Raises:
            StateError: the folder of the lock cannot be written.
        """
        row, manifest = self._begun(content, describe)
        self._sweep(row.builder)
        self._registry.put(row)
        try:
            collection = self._collection(row.name)
            with translated(self._uri):
                write_passages(self._client, collection, content)
                write_texts(self._client, collection + TEXTS, content)
            self._registry.put(replace(row, state=GenerationState.COMPLETE))
        except BaseException:
            with suppress(StoreError):  # else the next build of this or another bot takes it away
                self._take_away(row)
            raise
        self.point_to(row.name)
        self._prune(row.name)
        return Generation(row.name, manifest)

    def point_to(self, name: str) -> None:
        """Make `name` the current generation, for every bot."""
        move = self._client.create_alias if self._pointed() is None else self._client.alter_alias
        with translated(self._uri):
            move(self._collection(name), self._alias, timeout=PATIENCE)

    def clear(self) -> None:
        """Remove every generation, the alias and the registry."""
        if self._pointed() is not None:
            with translated(self._uri):
                self._client.drop_alias(self._alias, timeout=PATIENCE)
        for row in self._registry.rows():
            self._take_away(row)
        self._registry.drop()

    def close(self) -> None:
        """Let go of the connection."""
        if "_client" in self.__dict__:
            self._client.close()
            del self.__dict__["_client"]

    def _begun(
        self, content: StoreContent, describe: Callable[..., Manifest]
    ) -> tuple[RegistryRow, Manifest]:
        """Return the row and the manifest of a new generation.

        The name of the file in the manifest is drawn by lot, so that two bots that build the same
        at the same moment do not give it one name.
        """
        digest = hashlib.sha256(content.vectors.tobytes()).hexdigest()
        file = f"vectors-{secrets.token_hex(4)}"
        manifest = describe(files={file: FileRecord(content.vectors.nbytes, digest)})
        data = manifest.to_bytes()
        name = name_of(self.next_number(), data)
        began = int(time.time())
        return RegistryRow(
            name, GenerationState.BUILDING, self._builder(), began, data.decode("utf-8")
        ), manifest

    def _builder(self) -> str:
        """Return who builds in this folder: only one can, so what it left unfinished is dead."""
        path = self.folder / "builder"
        try:
            if path.exists():
                return path.read_text("ascii")
            make_folder(self.folder)
            builder = secrets.token_hex(16)
            write_file(path, builder.encode("ascii"))
        except (OSError, ValueError) as exc:
            reason = StateFault.of(exc) if isinstance(exc, OSError) else StateFault.FAILED
            raise StateError(path, reason) from exc
        return builder

    def _collection(self, name: str) -> str:
        return f"{self._prefix}_{name.replace('-', '_')}"

    def _pointed(self) -> str | None:
        """Return the generation that the alias stands for, None where there is no alias."""
        client = self._client  # says so where pymilvus is not installed
        from pymilvus.exceptions import MilvusException

        with translated(self._uri):
            try:
                found = client.describe_alias(self._alias, timeout=PATIENCE)
            except MilvusException as exc:
                if exc.code not in NO_ALIAS:
                    raise
                return None
        name = str(found["collection_name"]).removeprefix(f"{self._prefix}_").replace("_", "-")
        return name if NAME.fullmatch(name) else None

    def _prune(self, current: str) -> None:
        """Drop the oldest generations, and let all but the newest out of Milvus's memory."""
        names = self.names()
        try:
            for row in self._registry.rows():
                old = row.state == GenerationState.COMPLETE and row.name in names[:-KEPT]
                if old and row.name != current:
                    self._take_away(row)
            for name in names[-KEPT:-_LOADED]:
                for collection in (self._collection(name), self._collection(name) + TEXTS):
                    with translated(self._uri):
                        self._client.release_collection(collection, timeout=PATIENCE)
        except StoreError as exc:
            _log.warning("old generations stay for now: %s", exc)

    def _sweep(self, builder: str) -> None:
        """Drop what builders left that died."""
        for row in self._registry.rows():
            if row.dead(builder):
                self._take_away(row)

    def _take_away(self, row: RegistryRow) -> None:
        """Remove a generation: first from what there is, then its collections, then its row."""
        self._registry.put(replace(row, state=GenerationState.GONE))
        for collection in (self._collection(row.name), self._collection(row.name) + TEXTS):
            with translated(self._uri):
                if self._client.has_collection(collection, timeout=PATIENCE):
                    self._client.drop_collection(collection, timeout=PATIENCE)
        self._registry.remove(row.name)
