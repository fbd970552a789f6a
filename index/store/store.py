"""The store: where the passages of one generation are found.

One small interface; `index.store.embedded.embedded_store` implements it with FAISS and SQLite,
`index.store.milvus` with a Milvus.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.report import LeftOut, Passage, Section, SectionType
from index.lexical.postings import Postings
from index.lexical.vocabulary import Vocabulary

Row = dict[str, str | int | None]
"""Values by the names of their columns."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which reports may answer; None lets all. A report of several years is in each of them."""

    years: frozenset[int] | None = None
    reports: frozenset[str] | None = None

    @property
    def everything(self) -> bool:
        """Whether nothing is excluded."""
        return self.years is None and self.reports is None


@dataclass(frozen=True, slots=True)
class IndexedReport:
    """A report in the index, without its text. `source` says what it was made from."""

    name: str
    title: str
    years: tuple[int, ...]
    organisation: str | None
    digest: str
    sections: tuple[Section, ...]
    left_out: tuple[LeftOut, ...]
    encoding: str
    guesses: frozenset[str]
    paragraphs: int
    passages: int
    source: str

    @property
    def year(self) -> int | None:
        """The year shown in citations, None where the report does not say."""
        return self.years[0] if self.years else None

    def within(self, scope: Scope) -> bool:
        """Whether `scope` lets this report answer."""
        if scope.years is not None and not scope.years.intersection(self.years):
            return False
        return scope.reports is None or self.name in scope.reports


@dataclass(frozen=True, slots=True)
class IndexedParagraph:
    """A paragraph of a report as it stands in the index. `number` counts from 1."""

    number: int
    path: tuple[str, ...]
    text: str
    page: int | None
    section_type: SectionType = SectionType.OTHER


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage a search came upon.

    `dense` is the cosine of question and passage, −1 to 1; `lexical` the BM25 score, ≥ 0;
    `coverage` the share of the question's terms that the passage holds, weighted by idf, 0 to 1.
    All are higher where the passage fits better.
    """

    passage: Passage
    dense: float
    lexical: float
    coverage: float


@dataclass(frozen=True, slots=True)
class ReportTexts:
    """A report as a store takes it; its paragraphs and passages as rows, see `row_codecs`."""

    report: IndexedReport
    paragraphs: Sequence[Row]
    passages: Sequence[Row]


@dataclass(frozen=True, slots=True)
class StoreContent:
    """All that a store is made of.

    `vectors` is float32, (n_passages, dimension), unit rows. It and `postings` are in the order
    of the reports and of their passages; `vocabulary` is of all their texts.
    """

    reports: Sequence[ReportTexts]
    vectors: NDArray[np.float32]
    postings: Postings
    vocabulary: Vocabulary


class Store(Protocol):
    """Passages of one generation; never changes, safe to use from many threads."""

    @property
    def entries(self) -> tuple[IndexedReport, ...]:
        """The reports, in the order of their names."""
        ...

    @property
    def vocabulary(self) -> Vocabulary:
        """The pairs and triples of characters that the reports have."""
        ...

    def search(
        self,
        vector: NDArray[np.float32],
        terms: Sequence[str],
        scope: Scope,
        limit: int,
        beside: Mapping[str, float] | None = None,
    ) -> list[Candidate]:
        """Return the best candidates of either kind, the scores of each filled in.

        `vector` is (dimension,), unit length. `beside` are terms of other words for the
        question's own, each with how much it counts beside one of `terms`; coverage is without.
        Up to `limit` candidates come from the dense and up to `limit` from the lexical side; the
        order means nothing.
        """
        ...

    def passage(self, passage_id: str) -> Passage | None:
        """Return the passage of that id, None where it is not in this generation."""
        ...

    def passages_of(self, report: str, paragraph: int) -> list[Passage]:
        """Return the passages with words of that paragraph of a report, in their order."""
        ...

    def paragraphs(self, report: str, numbers: range) -> list[IndexedParagraph]:
        """Return the paragraphs of a report with those numbers, as far as there are any."""
        ...

    def close(self) -> None:
        """Let go of files; the store is not used afterwards."""
        ...
