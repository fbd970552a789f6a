"""Search in the collections of one generation."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.report import Passage
from index.lexical.bm25 import idf, weighted
from index.lexical.postings import rank_in
from index.lexical.vocabulary import Vocabulary
from index.store.milvus.connection import Loaded
from index.store.milvus.schema import (
    FLAT,
    LOOK,
    PARAGRAPH,
    PASSAGE,
    REPORT,
    TERMS,
    TEXTS,
    VOCABULARY,
    joined,
    unpacked,
)
from index.store.row_codecs import read_paragraph, read_passage, read_report
from index.store.store import Candidate, IndexedParagraph, IndexedReport, Scope

_PASSAGE = ["row", "report", "paragraph", "payload", "text"]
_TEXT = ["row", "report", "number", "data"]


class MilvusStore:
    """The store of one generation; see `index.store.store.Store`.

    What tells terms and spellings apart is held in memory: 12 bytes for each distinct term and
    each pair and triple of characters. All else is asked of Milvus.
    """

    def __init__(self, milvus: Loaded, name: str) -> None:
        """Load the collections `name` and `name`_texts.

        Raises:
            StoreError: Milvus cannot be asked.
            KeyError, ValueError: they hold something else.
        """
        self._milvus, self._name = milvus, name
        milvus.load(name, name + TEXTS)
        reports = self._all_texts(REPORT)
        self.entries: tuple[IndexedReport, ...] = tuple(
            read_report(json.loads(reports[key])) for key in sorted(reports)
        )
        terms = self._all_texts(TERMS)[0, 0]
        self._terms, self._frequency = unpacked(terms, np.uint64, np.int32)
        vocabulary = self._all_texts(VOCABULARY)[0, 0]
        self.vocabulary = Vocabulary(*unpacked(vocabulary, np.int64, np.int32))
        self._size = sum(entry.passages for entry in self.entries)
        self._number = {entry.name: i for i, entry in enumerate(self.entries)}

    def search(
        self,
        vector: NDArray[np.float32],
        terms: Sequence[str],
        scope: Scope,
        limit: int,
        beside: Mapping[str, float] | None = None,
    ) -> list[Candidate]:
        """Return the best candidates of either kind; see `index.store.store.Store`."""
        if not self._size:
            return []
        asked = {
            place: float(often)
            for term, often in weighted(terms, beside).items()
            if (place := rank_in(self._terms, term)) is not None
        }
        found = self._hits("dense", vector.tolist(), scope, limit)
        if asked:
            hits = self._hits("sparse", asked, scope, limit)
            found += [hit for hit in hits if hit["distance"] > 0]
        rows = {hit["entity"]["row"]: hit["entity"] for hit in found}
        rare, whole = self._rarity(terms)
        return [
            Candidate(
                self._passage(row),
                float(np.asarray(row["dense"], np.float32) @ vector),
                _dot(asked, row["sparse"]),
                _dot(rare, dict.fromkeys(row["sparse"], 1.0)) / whole if whole else 0.0,
            )
            for row in rows.values()
        ]

    def passage(self, passage_id: str) -> Passage | None:
        """Return the passage of that id, None where it is not in this generation."""
        wanted = f"id == {_quoted(passage_id)}"
        found = self._milvus.query(self._name, filter=wanted, output_fields=_PASSAGE)
        return self._passage(found[0]) if found else None

    def passages_of(self, report: str, paragraph: int) -> list[Passage]:
        """Return the passages with words of that paragraph of a report, in their order."""
        wanted = f"report == {_quoted(report)} and paragraph <= {paragraph}"
        rows = self._milvus.query(self._name, filter=wanted, output_fields=_PASSAGE)
        first = max((row["paragraph"] for row in rows), default=0)
        holding = (row for row in rows if row["paragraph"] == first)
        return [self._passage(row) for row in sorted(holding, key=lambda row: int(row["row"]))]

    def paragraphs(self, report: str, numbers: range) -> list[IndexedParagraph]:
        """Return the paragraphs of a report with those numbers, as far as there are any."""
        if report not in self._number or not numbers:
            return []
        found = self._texts(
            f"kind == {PARAGRAPH} and report == {self._number[report]}"
            f" and number >= {numbers[0]} and number <= {numbers[-1]}"
        )
        return [read_paragraph(json.loads(found[key])) for key in sorted(found)]

    def close(self) -> None:
        """Leave the collections loaded: other bots may answer from them."""

    def _hits(self, field: str, data: object, scope: Scope, limit: int) -> list[dict[str, Any]]:
        graph = field == "dense" and self._size > FLAT
        return self._milvus.search(
            self._name,
            data=[data],
            anns_field=field,
            limit=limit,
            filter=_filter(scope),
            output_fields=[*_PASSAGE, "dense", "sparse"],
            search_params={"metric_type": "IP", "params": LOOK if graph else {}},
        )

    def _rarity(self, terms: Sequence[str]) -> tuple[dict[int, float], float]:
        """Return the idf of each term of two characters or more that is here, and that of all."""
        rare, whole = {}, 0.0
        for term in {term for term in terms if len(term) > 1}:
            place = rank_in(self._terms, term)
            rarity = idf(0 if place is None else int(self._frequency[place]), self._size)
            whole += rarity
            if place is not None:
                rare[place] = rarity
        return rare, whole

    def _passage(self, row: dict[str, Any]) -> Passage:
        text = row["text"] or self._long(row["row"])
        report = self.entries[self._number[row["report"]]]
        return read_passage(row["payload"] | {"text": text}, report)

    def _long(self, row: int) -> str:
        return self._texts(f"kind == {PASSAGE} and number == {row}").get((0, row), "")

    def _texts(self, wanted: str) -> dict[tuple[int, int], str]:
        """Return the few texts that fit the filter, by report and number."""
        return joined(self._milvus.query(self._name + TEXTS, filter=wanted, output_fields=_TEXT))

    def _all_texts(self, kind: int) -> dict[tuple[int, int], str]:
        """Return all texts of a kind, by report and number."""
        wanted = f"kind == {kind}"
        rows = self._milvus.every(self._name + TEXTS, filter=wanted, output_fields=_TEXT)
        return joined(rows)


def _dot(one: dict[int, float], other: dict[int, float]) -> float:
    return sum(weight * other[key] for key, weight in one.items() if key in other)


def _filter(scope: Scope) -> str:
    parts = []
    if scope.years is not None:
        parts.append(f"array_contains_any(years, {sorted(scope.years)})")
    if scope.reports is not None:
        parts.append(f"report in [{', '.join(map(_quoted, sorted(scope.reports)))}]")
    return " and ".join(parts)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
