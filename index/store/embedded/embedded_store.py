"""The embedded store: FAISS, BM25 arrays and SQLite, in one folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from corpus.report import Passage
from index.errors import Damage, IndexDamaged
from index.lexical.bm25 import LexicalIndex, weighted
from index.lexical.vocabulary import Vocabulary
from index.store.embedded.texts import TextStore, write_texts
from index.store.embedded.vectors import VectorIndex
from index.store.store import Candidate, IndexedParagraph, IndexedReport, Scope, StoreContent

_OWNERS = "owners.npy"


class EmbeddedStore:
    """The store in a folder of files; see `index.store.store.Store`."""

    def __init__(
        self,
        texts: TextStore,
        vectors: VectorIndex,
        lexical: LexicalIndex,
        owners: NDArray[np.int32],
        vocabulary: Vocabulary,
    ) -> None:
        """Put a store together; `owners` is (n_passages,), the number of the report."""
        self.vocabulary = vocabulary
        self._texts = texts
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
        texts = TextStore(folder)
        if not sum(e.passages for e in texts.entries) == vectors.size == lexical.size:
            raise IndexDamaged(folder, Damage.UNUSABLE)
        return cls(texts, vectors, lexical, owners, vocabulary)

    @property
    def entries(self) -> tuple[IndexedReport, ...]:
        """The reports, in the order of their names."""
        return self._texts.entries

    def search(
        self,
        vector: NDArray[np.float32],
        terms: Sequence[str],
        scope: Scope,
        limit: int,
        beside: Mapping[str, float] | None = None,
    ) -> list[Candidate]:
        """Return the best candidates of either kind; see `index.store.store.Store`."""
        allowed = None if scope.everything else self._allowed(scope)
        wanted = weighted(terms, beside)
        rows = np.union1d(
            self._vectors.nearest(vector, limit, allowed),
            self._lexical.best(wanted, limit, allowed),
        ).astype(np.int64)
        cosines = self._vectors.cosines(vector, rows)
        lexical = self._lexical.scores_of(wanted, rows)
        coverage = self._lexical.coverage(terms, rows)
        passages = self._texts.rows(rows.tolist())
        return [
            Candidate(passages[row], float(cosine), float(score), float(covered))
            for row, cosine, score, covered in zip(
                rows.tolist(), cosines, lexical, coverage, strict=True
            )
        ]

    def passage(self, passage_id: str) -> Passage | None:
        """Return the passage of that id, None where it is not in this generation."""
        return self._texts.passage(passage_id)

    def passages_of(self, report: str, paragraph: int) -> list[Passage]:
        """Return the passages with words of that paragraph of a report, in their order."""
        return self._texts.passages_of(report, paragraph)

    def paragraphs(self, report: str, numbers: range) -> list[IndexedParagraph]:
        """Return the paragraphs of a report with those numbers, as far as there are any."""
        return self._texts.paragraphs(report, numbers)

    def close(self) -> None:
        """Close the texts; the arrays go with the last reference."""
        self._texts.close()

    def _allowed(self, scope: Scope) -> NDArray[np.bool_]:
        reports = np.array([entry.within(scope) for entry in self.entries], np.bool_)
        return np.asarray(reports[self._owners])


def write_store(folder: Path, content: StoreContent) -> None:
    """Write the store of `content` into `folder`."""
    write_texts(folder, content.reports)
    VectorIndex.build(content.vectors).save(folder)
    content.postings.save(folder)
    sizes = [texts.report.passages for texts in content.reports]
    owners = np.repeat(np.arange(len(sizes)), sizes)
    np.save(folder / _OWNERS, owners.astype(np.int32), allow_pickle=False)
    content.vocabulary.save(folder)
