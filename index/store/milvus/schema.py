"""The two collections of a generation: how they are laid out and written."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, islice
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.lexical.bm25 import LexicalIndex
from index.lexical.postings import Postings
from index.store.row_codecs import report_row
from index.store.store import Row, StoreContent

if TYPE_CHECKING:
    from pymilvus import MilvusClient

TEXTS = "_texts"
REPORT, PARAGRAPH, PASSAGE, TERMS, VOCABULARY = range(5)
"""The kinds of a row of the texts; passages only where they are too long for their own place."""

FLAT = 200_000
"""Up to so many passages are compared exactly; more are searched in a graph (HNSW)."""

GRAPH = {"M": 16, "efConstruction": 200}
LOOK = {"ef": 400}
"""How far a search in the graph looks: eight times what it is asked for."""

_BATCH = 500
_PIECE = 16_000
"""Characters in a row: at four bytes each they stay below the 65,535 that Milvus allows."""


def write_passages(client: MilvusClient, name: str, content: StoreContent) -> None:
    """Make the collection `name` of the passages."""
    from pymilvus import DataType

    schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field("row", DataType.INT64, is_primary=True)
    schema.add_field("id", DataType.VARCHAR, max_length=1024)
    schema.add_field("report", DataType.VARCHAR, max_length=1024)
    schema.add_field("years", DataType.ARRAY, element_type=DataType.INT64, max_capacity=4096)
    schema.add_field("paragraph", DataType.INT64)
    schema.add_field("payload", DataType.JSON)
    schema.add_field("text", DataType.VARCHAR, max_length=65_535)
    schema.add_field("dense", DataType.FLOAT_VECTOR, dim=content.vectors.shape[1])
    schema.add_field("sparse", DataType.SPARSE_FLOAT_VECTOR)
    flat = len(content.vectors) <= FLAT
    indexes = client.prepare_index_params()
    indexes.add_index(
        "dense",
        index_type="FLAT" if flat else "HNSW",
        metric_type="IP",
        params={} if flat else GRAPH,
    )
    indexes.add_index("sparse", index_type="SPARSE_INVERTED_INDEX", metric_type="IP")
    client.create_collection(name, schema=schema, index_params=indexes)
    _insert(client, name, _passages(content))


def write_texts(client: MilvusClient, name: str, content: StoreContent) -> None:
    """Make the collection `name` of everything else."""
    from pymilvus import DataType

    schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field("row", DataType.INT64, is_primary=True)
    for field in ("kind", "report", "number"):
        schema.add_field(field, DataType.INT64)
    schema.add_field("data", DataType.VARCHAR, max_length=65_535)
    schema.add_field("nothing", DataType.FLOAT_VECTOR, dim=2)  # Milvus asks for a vector
    indexes = client.prepare_index_params()
    indexes.add_index("nothing", index_type="FLAT", metric_type="IP")
    client.create_collection(name, schema=schema, index_params=indexes)
    pieces = (
        {"kind": kind, "report": report, "number": number, "data": data[at : at + _PIECE]}
        for kind, report, number, data in _texts(content)
        for at in range(0, max(len(data), 1), _PIECE)
    )
    rows = ({"row": row, "nothing": [1.0, 0.0], **piece} for row, piece in enumerate(pieces))
    _insert(client, name, rows)


def joined(rows: Sequence[dict[str, Any]]) -> dict[tuple[int, int], str]:
    """Return the texts of rows by report and number, their pieces put together."""
    found: dict[tuple[int, int], list[str]] = {}
    for row in sorted(rows, key=lambda row: int(row["row"])):
        found.setdefault((row["report"], row["number"]), []).append(row["data"])
    return {key: "".join(pieces) for key, pieces in found.items()}


def unpacked(data: str, *dtypes: type[np.generic]) -> list[NDArray[Any]]:
    """Return the arrays, of those types and all of one length, that `_packed` made text."""
    raw = zlib.decompress(base64.b64decode(data))
    length = len(raw) // sum(np.dtype(dtype).itemsize for dtype in dtypes)
    arrays, at = [], 0
    for dtype in dtypes:
        arrays.append(np.frombuffer(raw, dtype, length, at))
        at += arrays[-1].nbytes
    return arrays


def _packed(*arrays: NDArray[Any]) -> str:
    raw = b"".join(array.tobytes() for array in arrays)
    return base64.b64encode(zlib.compress(raw)).decode("ascii")


def _texts(content: StoreContent) -> Iterator[tuple[int, int, int, str]]:
    """Yield the kind, the report, the number and the words of every text."""
    row = 0
    for number, texts in enumerate(content.reports):
        yield REPORT, number, 0, _json(report_row(texts.report))
        for paragraph in texts.paragraphs:
            yield PARAGRAPH, number, int(str(paragraph["number"])), _json(paragraph)
        for at, passage in enumerate(texts.passages, start=row):
            if len(text := str(passage["text"])) > _PIECE:
                yield PASSAGE, 0, at, text
        row += len(texts.passages)
    postings = content.postings
    frequency = np.diff(postings.offsets).astype(np.int32)
    yield TERMS, 0, 0, _packed(postings.terms, frequency)
    yield VOCABULARY, 0, 0, _packed(content.vocabulary.keys, content.vocabulary.counts)


def _passages(content: StoreContent) -> Iterator[dict[str, Any]]:
    places = zip(count(), content.vectors, _weights(content.postings), strict=False)
    for texts in content.reports:
        for passage in texts.passages:
            place, vector, weights = next(places)
            text = str(passage["text"])
            yield {
                "row": place,
                "id": passage["id"],
                "report": texts.report.name,
                "years": list(texts.report.years),
                "paragraph": passage["paragraph"],
                "payload": passage | {"text": None},
                "text": text if len(text) <= _PIECE else "",
                "dense": vector,
                "sparse": weights,
            }


def _json(row: Row) -> str:
    return json.dumps(row, ensure_ascii=False)


def _weights(postings: Postings) -> Iterator[dict[int, float]]:
    """Yield the BM25 weights of each passage, by the places of its terms among all terms."""
    weights = LexicalIndex(postings).weights()
    places = np.repeat(np.arange(len(postings.terms)), np.diff(postings.offsets))
    order = np.argsort(postings.passages, kind="stable")
    ends = np.cumsum(np.bincount(postings.passages, minlength=len(postings.lengths)))
    nothing = {len(postings.terms): 1.0}  # a vector cannot be empty; nobody asks for this place
    start = 0
    for end in ends.tolist():
        chosen = order[start:end]
        found = dict(zip(places[chosen].tolist(), weights[chosen].tolist(), strict=True))
        yield found or nothing
        start = end


def _insert(client: MilvusClient, name: str, rows: Iterable[dict[str, Any]]) -> None:
    left = iter(rows)
    while batch := list(islice(left, _BATCH)):
        client.insert(name, batch)
    client.flush(name)
