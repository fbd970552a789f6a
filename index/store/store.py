"""The store: where the passages of one generation are found.

One small interface; `index.store.embedded.embedded_store` implements it with FAISS and SQLite,
`index.store.milvus` with a Milvus.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.report import LeftOut, Passage, Report, Section, SectionType
from index.lexical.postings import Postings
from index.lexical.vocabulary import Vocabulary


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
class NewReport:
    """A report that is new to the store, and its passages; `source` says what it is made from."""

    report: Report
    found: Sequence[Passage]
    source: str

    @property
    def name(self) -> str:
        """The name of the report."""
        return self.report.name

    @property
    def passages(self) -> int:
        """How many passages it has."""
        return len(self.found)

    def texts(self) -> Iterator[str]:
        """Yield the text of the report, and its headings."""
        yield self.report.text
        yield from (section.heading for section in self.report.walk())


@dataclass(frozen=True, slots=True)
class Base:
    """What the next store can take over from a sound one: see `StoreContent` for its arrays.

    `folder` is where the catalogue is, with the texts.
    """

    folder: Path
    vectors: NDArray[np.float32]
    postings: Postings
    vocabulary: Vocabulary


@dataclass(frozen=True, slots=True)
class StoreContent:
    """All that a store is made of; an `IndexedReport` stands for a report taken over from `base`.

    `vectors` is float32, (n_passages, dimension), unit rows. It and `postings` are in the order
    of the reports and of their passages.
    """

    reports: Sequence[NewReport | IndexedReport]
    vectors: NDArray[np.float32]
    postings: Postings
    vocabulary: Vocabulary
    base: Base | None = None

    @property
    def fresh(self) -> list[NewReport]:
        """The reports that are not taken over."""
        return [report for report in self.reports if isinstance(report, NewReport)]


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
        self, vector: NDArray[np.float32], terms: Sequence[str], scope: Scope, limit: int
    ) -> list[Candidate]:
        """Return the best candidates of either kind, the scores of each filled in.

        `vector` is (dimension,), unit length. Up to `limit` candidates come from the dense and
        up to `limit` from the lexical side; the order means nothing.
        """
        ...

    def passage(self, passage_id: str) -> Passage | None:
        """Return the passage of that id, None where it is not in this generation."""
        ...

    def paragraphs(self, report: str, numbers: range) -> list[IndexedParagraph]:
        """Return the paragraphs of a report with those numbers, as far as there are any."""
        ...

    def base(self) -> Base | None:
        """Return what the next store can take over; None where it is given everything anew."""
        ...

    def close(self) -> None:
        """Let go of files; the store is not used afterwards."""
        ...
