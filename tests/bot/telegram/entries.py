"""Reports as they stand in an index, for tests that need no index."""

from __future__ import annotations

from corpus.report import Section
from index.store.store import IndexedReport


def entry(
    name: str, digest: str = "0" * 64, *, years: tuple[int, ...] = (), sections: int = 0
) -> IndexedReport:
    """A report of that name and title, with so many sections below one another's level."""
    return IndexedReport(
        name=name,
        title=name,
        years=years,
        organisation=None,
        digest=digest,
        sections=tuple(_section(i + 1) for i in range(sections)),
        left_out=(),
        encoding="utf-8",
        guesses=frozenset(),
        paragraphs=2 * sections,
        passages=sections,
        source="",
    )


def _section(number: int) -> Section:
    heading = f"第{number}部分"
    return Section(heading, 1, range(2 * number - 1, 2 * number + 1), ())
