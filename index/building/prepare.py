"""A report → all that a store is made of, of this report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from corpus.passages import passages
from corpus.report import Passage, Report
from index.lexical.fields import dense_text, lexical_terms
from index.lexical.postings import Postings
from index.lexical.vocabulary import Vocabulary
from index.store.row_codecs import paragraph_row, passage_row
from index.store.store import IndexedParagraph, IndexedReport, ReportTexts, StoreContent


@dataclass(frozen=True, slots=True)
class PreparedReport:
    """A report with the vectors, the postings and the vocabulary of its passages alone.

    `vectors` is float32, (n_passages, dimension), unit rows.
    """

    texts: ReportTexts
    vectors: NDArray[np.float32]
    postings: Postings
    vocabulary: Vocabulary

    @property
    def report(self) -> IndexedReport:
        """What is known of the report."""
        return self.texts.report


@dataclass(frozen=True, slots=True)
class CutReport:
    """A report, cut into passages; `source` says what it is made from."""

    report: Report
    passages: Sequence[Passage]
    source: str

    @classmethod
    def of(cls, report: Report, source: str) -> Self:
        """Cut `report` into its passages."""
        return cls(report, passages(report), source)

    @property
    def encoded_texts(self) -> list[str]:
        """What the encoder is given of the passages, in their order."""
        return [dense_text(passage) for passage in self.passages]

    def prepared(self, vectors: Mapping[str, NDArray[np.float32]]) -> PreparedReport:
        """Return the report prepared with the vectors of its `encoded_texts`."""
        rows = [vectors[text] for text in self.encoded_texts]
        words = [self.report.text, *(section.heading for section in self.report.walk())]
        return PreparedReport(
            self._texts(),
            np.stack(rows) if rows else np.empty((0, 0), np.float32),
            Postings.build(map(lexical_terms, self.passages)),
            Vocabulary.of(words),
        )

    def _texts(self) -> ReportTexts:
        report = self.report
        indexed = IndexedReport(
            name=report.name,
            title=report.title,
            years=report.years,
            organisation=report.organisation,
            digest=report.digest,
            sections=report.sections,
            left_out=report.left_out,
            encoding=report.encoding,
            guesses=report.guesses,
            paragraphs=len(report.paragraphs),
            passages=len(self.passages),
            source=self.source,
        )
        paragraphs = [
            paragraph_row(IndexedParagraph(p.number, p.path, report.words(p), p.page, p.type))
            for p in report.paragraphs
        ]
        return ReportTexts(indexed, paragraphs, list(map(passage_row, self.passages)))


def content_of(reports: Sequence[PreparedReport], dimension: int) -> StoreContent:
    """Return what a store of `reports` is made of, its vectors `dimension` wide."""
    rows = [report.vectors for report in reports if len(report.vectors)]
    return StoreContent(
        [report.texts for report in reports],
        np.concatenate([np.empty((0, dimension), np.float32), *rows]),
        Postings.join([report.postings for report in reports]),
        Vocabulary.join(report.vocabulary for report in reports),
    )
