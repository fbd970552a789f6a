"""A store of which an evaluation keeps back what would answer a question."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.report import Passage
from index.lexical.vocabulary import Vocabulary
from index.store.store import Candidate, IndexedParagraph, IndexedReport, Scope, Store


class WithholdingStore:
    """A store as if the passages for which `hidden` is true were not indexed; None hides none.

    Change `hidden` between questions only.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.hidden: Callable[[Passage], bool] | None = None

    @property
    def entries(self) -> tuple[IndexedReport, ...]:
        """The reports; see `index.store.store.Store`."""
        return self._store.entries

    @property
    def vocabulary(self) -> Vocabulary:
        """Their words, those of what is hidden, too."""
        return self._store.vocabulary

    def search(
        self,
        vector: NDArray[np.float32],
        terms: Sequence[str],
        scope: Scope,
        limit: int,
        beside: Mapping[str, float] | None = None,
    ) -> list[Candidate]:
        """Return the best candidates without what is hidden."""
        found = self._store.search(vector, terms, scope, limit, beside)
        return [each for each in found if not self._hides(each.passage)]

    def passage(self, passage_id: str) -> Passage | None:
        """Return the passage of that id."""
        found = self._store.passage(passage_id)
        return None if found is None or self._hides(found) else found

    def passages_of(self, report: str, paragraph: int) -> list[Passage]:
        """Return the passages with words of a paragraph, without what is hidden."""
        found = self._store.passages_of(report, paragraph)
        return [each for each in found if not self._hides(each)]

    def paragraphs(self, report: str, numbers: range) -> list[IndexedParagraph]:
        """Return the paragraphs of a report, the words of what is hidden among them."""
        return self._store.paragraphs(report, numbers)

    def close(self) -> None:
        """Close the store itself."""
        self._store.close()

    def _hides(self, passage: Passage) -> bool:
        return self.hidden is not None and self.hidden(passage)
