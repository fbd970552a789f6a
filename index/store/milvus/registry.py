"""Which generations there are: a small collection with a row for each.

    baogao_generations    name, state, builder, began, manifest

A row is written before the collections of its generation and becomes COMPLETE after them; it is
GONE before they are dropped, and deleted after that. So there is no collection without a row,
and what a builder left that died is found by its row.
"""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING

from index.store.milvus.connection import PATIENCE, Loaded, translated

if TYPE_CHECKING:
    from pymilvus import MilvusClient

ABANDONED = 24 * 3600
"""Seconds after which an unfinished generation is taken for that of a builder that died."""


class GenerationState(StrEnum):
    """How far a generation is."""

    BUILDING = "building"
    COMPLETE = "complete"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class RegistryRow:
    """A generation; `began` is in seconds since 1970, `builder` who makes it."""

    name: str
    state: str
    builder: str
    began: int
    manifest: str

    def dead(self, builder: str) -> bool:
        """Whether nobody works on it any more; `builder`, who asks, does not."""
        if self.state == GenerationState.BUILDING:
            return self.builder == builder or time.time() - self.began > ABANDONED
        return self.state == GenerationState.GONE


class Registry:
    """The rows of one index; every method raises StoreError where Milvus cannot be asked."""

    def __init__(self, client: MilvusClient, uri: str, prefix: str) -> None:
        """Use the collection `prefix`_generations, which need not be there yet."""
        self._client = client
        self._uri = uri
        self._loaded = Loaded(client, uri)
        self._name = f"{prefix}_generations"

    def rows(self) -> list[RegistryRow]:
        """Return every row, in no order."""
        with translated(self._uri):
            if not self._client.has_collection(self._name, timeout=PATIENCE):
                return []
        names = [field.name for field in fields(RegistryRow)]
        found = self._loaded.query(
            self._name,
            filter="began >= 0",
            output_fields=names,
            consistency_level="Strong",
            limit=1000,
        )
        return [RegistryRow(**{name: row[name] for name in names}) for row in found]

    def put(self, row: RegistryRow) -> None:
        """Write a row, in place of the one of that name."""
        data = asdict(row) | {"nothing": [1.0, 0.0]}
        with translated(self._uri):
            if not self._client.has_collection(self._name, timeout=PATIENCE):
                self._make()
            self._client.upsert(self._name, [data], timeout=PATIENCE)

    def remove(self, name: str) -> None:
        """Delete the row of that name."""
        with translated(self._uri):
            self._client.delete(self._name, ids=[name], timeout=PATIENCE)

    def drop(self) -> None:
        """Drop the registry itself."""
        with translated(self._uri):
            self._client.drop_collection(self._name, timeout=PATIENCE)

    def _make(self) -> None:
        from pymilvus import DataType
        from pymilvus.exceptions import MilvusException

        schema = self._client.create_schema(auto_id=False, enable_dynamic_field=False)
        schema.add_field("name", DataType.VARCHAR, is_primary=True, max_length=64)
        schema.add_field("state", DataType.VARCHAR, max_length=16)
        schema.add_field("builder", DataType.VARCHAR, max_length=64)
        schema.add_field("began", DataType.INT64)
        schema.add_field("manifest", DataType.VARCHAR, max_length=65_535)
        schema.add_field("nothing", DataType.FLOAT_VECTOR, dim=2)  # Milvus asks for a vector
        indexes = self._client.prepare_index_params()
        indexes.add_index("nothing", index_type="FLAT", metric_type="IP")
        try:
            self._client.create_collection(self._name, schema=schema, index_params=indexes)
        except MilvusException:
            if not self._client.has_collection(self._name):  # another bot made it just now
                raise
        self._client.load_collection(self._name)
