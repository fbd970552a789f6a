"""The embedded store: FAISS, BM25 arrays and SQLite, in one folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from corpus.report import Passage, Report
from index.catalogue import Catalogue, write_catalogue
from index.errors import Damage, IndexDamaged
from index.lexical import LexicalIndex
from index.postings import Postings
from index.store import Body, Candidate, Entry, Scope
from index.vectors import VectorIndex
from index.vocabulary import Vocabulary

_OWNERS = "owners.npy"


class EmbeddedStore:
    """The store in a folder of files; see `index.store.Store`."""

    def __init__(
        self,
        catalogue: Catalogue,
        vectors: VectorIndex,
        lexical: LexicalIndex,
        owners: NDArray[np.int32],
        vocabulary: Vocabulary,
    ) -> None:
        """Put a store together; `owners` is (n_passages,), the report's row in the catalogue."""
        self.vocabulary = vocabulary
        self._catalogue = catalogue
        self._vectors = vectors
        self._lexical = lexical
        self._owners = owners

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the store in `folder`, whose files the caller has checked.

        Raises:
            IndexDamaged: a file cannot be read, or the files do not belong together.
        """
        vectors = VectorIndex.load(folder)
        try:
            lexical = LexicalIndex.load(folder)
            owners = np.load(folder / _OWNERS, allow_pickle=False)
            vocabulary = Vocabulary.load(folder)
        except (OSError, ValueError, EOFError) as exc:
            raise IndexDamaged(folder, Damage.UNUSABLE) from exc
        catalogue = Catalogue(folder)
        if not sum(e.passages for e in catalogue.entries) == vectors.size == lexical.size:
            raise IndexDamaged(folder, Damage.UNUSABLE)
        return cls(catalogue, vectors, lexical, owners, vocabulary)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The reports, in the order of their names."""
        return self._catalogue.entries

    def search(
        self, vector: NDArray[np.float32], terms: Sequence[str], scope: Scope, limit: int
    ) -> list[Candidate]:
        """Return the best candidates of either kind; see `index.store.Store`."""
        allowed = None if scope.everything else self._allowed(scope)
        rows = np.union1d(
            self._vectors.nearest(vector, limit, allowed),
            self._lexical.best(terms, limit, allowed),
        ).astype(np.int64)
        cosines = self._vectors.cosines(vector, rows)
        lexical = self._lexical.scores_of(terms, rows)
        coverage = self._lexical.coverage(terms, rows)
        passages = self._catalogue.rows(rows.tolist())
        return [
            Candidate(passages[row], float(cosine), float(score), float(covered))
            for row, cosine, score, covered in zip(
                rows.tolist(), cosines, lexical, coverage, strict=True
            )
        ]

    def passage(self, passage_id: str) -> Passage | None:
        """Return the passage of that id, None where it is not in this generation."""
        return self._catalogue.passage(passage_id)

    def paragraphs(self, report: str, numbers: range) -> list[Body]:
        """Return the paragraphs of a report with those numbers, as far as there are any."""
        return self._catalogue.paragraphs(report, numbers)

    def close(self) -> None:
        """Close the catalogue; the arrays go with the last reference."""
        self._catalogue.close()

    def _allowed(self, scope: Scope) -> NDArray[np.bool_]:
        reports = np.array([entry.within(scope) for entry in self.entries], np.bool_)
        return np.asarray(reports[self._owners])


def write_store(
    folder: Path,
    reports: Sequence[tuple[Report, Sequence[Passage]]],
    vectors: NDArray[np.float32],
    postings: Postings,
) -> None:
    """Write the store of `reports`, each with its passages, into `folder`.

    `vectors` is float32, (n_passages, dimension), unit rows. It and `postings` are in the order
    of the passages.
    """
    write_catalogue(folder, reports)
    VectorIndex.build(vectors).save(folder)
    postings.save(folder)
    owners = np.repeat(np.arange(len(reports)), [len(passages) for _, passages in reports])
    np.save(folder / _OWNERS, owners.astype(np.int32), allow_pickle=False)
    Vocabulary.of(_texts(reports)).save(folder)


def _texts(reports: Sequence[tuple[Report, Sequence[Passage]]]) -> Iterator[str]:
    """Yield the text of every report, and its headings."""
    for report, _ in reports:
        yield report.text
        yield from (section.heading for section in report.walk())
