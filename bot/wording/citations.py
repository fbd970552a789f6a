"""Citations: where the words of an answer stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from bot.messages import Messages


class Cited(Protocol):
    """What has a place in a report: a passage, or words quoted from a paragraph."""

    @property
    def title(self) -> str:
        """The title of the report."""
        ...

    @property
    def year(self) -> int | None:
        """Its year."""
        ...

    @property
    def path(self) -> tuple[str, ...]:
        """The chain of headings above."""
        ...

    @property
    def paragraph(self) -> int:
        """The number of the paragraph, from 1."""
        ...

    @property
    def page(self) -> int | None:
        """The page, where there are pages."""
        ...


def citation(passage: Cited, m: Messages) -> str:
    """Return 《title》 › heading path › 第n段, with the year where the title lacks it."""
    return " › ".join((_source(passage, m), *_place(passage, m)))


def citations(cited: Iterable[Cited], m: Messages, after: Cited | None = None) -> Iterator[str]:
    """Yield the citations of what is told one after another: the title only where it changes.

    `after` is what was cited just before.
    """
    before = _source(after, m) if after is not None else None
    for passage in cited:
        source = _source(passage, m)
        same = "" if source == before else source
        yield " › ".join((same, *_place(passage, m))).lstrip()
        before = source


def _source(passage: Cited, m: Messages) -> str:
    title = m.titled.format(title=passage.title)
    if passage.year is not None and str(passage.year) not in passage.title:
        title += f"（{m.of_year.format(year=passage.year)}）"
    return title


def _place(passage: Cited, m: Messages) -> tuple[str, ...]:
    place = m.paragraph.format(number=passage.paragraph)
    if passage.page is not None:
        place += f"，{m.page.format(number=passage.page)}"
    return (*passage.path, place)
