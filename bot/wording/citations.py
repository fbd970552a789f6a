"""Citations: where the words of an answer stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Protocol

from bot.messages import Messages
from bot.wording.years import year_range
from index.store.store import IndexedReport

_LONGEST_TITLE = 40
_LONGEST_HEADING = 30
_KIND = re.compile(
    r"(总结|报告|计划|要点|方案|汇报|述职)(?:[（(][^（）()]*[）)])?[^\u4e00-\u9fff]*$"
)


class Cited(Protocol):
    """What has a place in a report: a passage, or words quoted from a paragraph."""

    @property
    def report(self) -> str:
        """The name of the report."""
        ...

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


def short_titles(entries: Iterable[IndexedReport], m: Messages) -> dict[str, str]:
    """Return what stands for each report, by its name, where there is room for one line only.

    That is its years and what it is (2021年总结), where no other report is the same; else its
    title, cut where it is long.
    """
    every = list(entries)
    short = {entry.name: _short_title(entry, m) for entry in every}
    alike = Counter(short.values())
    return {
        entry.name: short[entry.name] if alike[short[entry.name]] == 1 else _cut_title(entry, m)
        for entry in every
    }


def place_line(cited: Cited, titles: Mapping[str, str], m: Messages) -> str:
    """Return where words stand in one line: report · heading · paragraph.

    `titles` are the `short_titles` of the reports.
    """
    title = titles.get(cited.report) or _source(cited, m)
    return m.between.join((title, *headed(cited), _paragraph(cited, m)))


def places_line(cited: Sequence[Cited], titles: Mapping[str, str], m: Messages) -> str:
    """Return where words that stand in one report stand: the headings above all of them, once."""
    first = cited[0]
    title = titles.get(first.report) or _source(first, m)
    above = _shared([each.path for each in cited])
    numbers = [each.paragraph for each in cited]
    lowest, highest = min(numbers), max(numbers)
    extent = (
        m.paragraph.format(number=lowest)
        if lowest == highest
        else m.paragraphs.format(first=lowest, last=highest)
    )
    return m.between.join((title, *map(_cut_heading, above[-1:]), extent))


def headed(cited: Cited) -> tuple[str, ...]:
    """Return the heading right above, cut where it is long; () where there is none."""
    return tuple(map(_cut_heading, cited.path[-1:]))


def _shared(paths: Sequence[tuple[str, ...]]) -> list[str]:
    """Return the headings that all paths begin with."""
    return [
        level[0] for level in takewhile(lambda same: len({*same}) == 1, zip(*paths, strict=False))
    ]


def _cut_heading(heading: str) -> str:
    return _cut(heading, _LONGEST_HEADING)


def _short_title(entry: IndexedReport, m: Messages) -> str:
    kind = _KIND.search(entry.title)
    if kind is None or not entry.years:
        return _cut_title(entry, m)
    return m.short_title.format(years=year_range(entry.years, m), kind=kind[1])


def _cut_title(entry: IndexedReport, m: Messages) -> str:
    title = m.titled.format(title=_cut(entry.title, _LONGEST_TITLE))
    shown = any(str(year) in entry.title for year in entry.years) or not entry.years
    return title if shown else f"{title}（{year_range(entry.years, m)}）"


def _cut(text: str, longest: int) -> str:
    bare = " ".join(text.split())
    return bare if len(bare) <= longest else f"{bare[: longest - 1]}…"


def _source(passage: Cited, m: Messages) -> str:
    title = m.titled.format(title=passage.title)
    if passage.year is not None and str(passage.year) not in passage.title:
        title += f"（{m.of_year.format(year=passage.year)}）"
    return title


def _place(passage: Cited, m: Messages) -> tuple[str, ...]:
    return (*passage.path, _paragraph(passage, m))


def _paragraph(passage: Cited, m: Messages) -> str:
    place = m.paragraph.format(number=passage.paragraph)
    if passage.page is not None:
        place += f"，{m.page.format(number=passage.page)}"
    return place
