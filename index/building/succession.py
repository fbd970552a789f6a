"""What the next store is made of: reports that stayed as they were, and those that are fresh."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, chain

import numpy as np
from numpy.typing import NDArray

from index.lexical.postings import Postings
from index.lexical.vocabulary import Vocabulary
from index.store.store import Base, IndexedReport, NewReport, Store, StoreContent


def anew(
    reports: Sequence[NewReport], vectors: NDArray[np.float32], postings: Postings
) -> StoreContent:
    """Return the content of a store of these reports, with the vectors and the postings of them."""
    words = Vocabulary.of(text for fresh in reports for text in fresh.texts())
    return StoreContent(reports, vectors, postings, words)


def succeeding(
    store: Store,
    base: Base,
    reports: Sequence[NewReport | IndexedReport],
    vectors: NDArray[np.float32],
    postings: Postings,
) -> StoreContent:
    """Return the content of the store after `store`, whose `base` is taken over where it can be.

    An entry among the `reports` is one of `store`, in the same order as there. `vectors` and
    `postings` are those of the fresh reports only. What comes out is what `anew` would give.
    """
    olds = accumulate((entry.passages for entry in store.entries), initial=0)
    starts = dict(zip((entry.name for entry in store.entries), olds, strict=False))
    size = sum(report.passages for report in reports)
    whole = np.empty((size, vectors.shape[1]), np.float32)
    places = np.full(len(base.vectors), -1, np.int32)
    rows = np.empty(len(vectors), np.int32)
    row = new = 0
    for report in reports:
        stop = row + report.passages
        if isinstance(report, NewReport):
            until = new + report.passages
            rows[new:until] = np.arange(row, stop)
            whole[row:stop] = vectors[new:until]
            new = until
        else:
            old = slice(starts[report.name], starts[report.name] + report.passages)
            places[old] = np.arange(row, stop)
            whole[row:stop] = base.vectors[old]
        row = stop
    stayed = {report.name for report in reports if isinstance(report, IndexedReport)}
    gone = (entry for entry in store.entries if entry.name not in stayed)
    come = (report for report in reports if isinstance(report, NewReport))
    words = base.vocabulary.changed(
        Vocabulary.of(text for entry in gone for text in _texts(store, entry)),
        Vocabulary.of(text for fresh in come for text in fresh.texts()),
    )
    return StoreContent(reports, whole, base.postings.changed(places, postings, rows), words, base)


def _texts(store: Store, entry: IndexedReport) -> Iterator[str]:
    """Yield what `NewReport.texts` yielded of the report: its paragraphs are its whole text."""
    bodies = store.paragraphs(entry.name, range(1, entry.paragraphs + 1))
    yield "\n".join(body.text for body in bodies)
    walked = chain.from_iterable(section.walk() for section in entry.sections)
    yield from (section.heading for section in walked)
