"""The enumerations in a report, as they stand in it.

Four forms are known: the subsections under a heading; runs of ordinals in the text (一是…二是…,
第一，…第二，…, 首先…其次…, 一方面…另一方面…, 1.…2.…), within a paragraph or through several;
paragraphs that begin with the same dash; and lists within a sentence (甲、乙和丙; “甲”“乙”).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.report import Section
from corpus.text.numbering import title
from index.answering.enumerations.enumeration import Enumeration, Form, Part
from index.answering.enumerations.listed import lists
from index.answering.enumerations.ordinals import ordinal_runs
from index.store.store import IndexedParagraph

__all__ = ["Enumeration", "Form", "Part", "enumerations", "subsections"]

_DASHED = re.compile(r"^\s*(?:[—–-]{2,}|[•●·▪■◆*])\s*(?=\S)")


def enumerations(bodies: Sequence[IndexedParagraph]) -> list[Enumeration]:
    """Return the enumerations in the text of paragraphs that follow one another."""
    found = [*ordinal_runs(bodies), *_dashed(bodies)]
    for body in bodies:
        found += lists(body)
    return found


def subsections(section: Section, path: tuple[str, ...]) -> Enumeration | None:
    """Return the sections under one, with the path of its headings; None for fewer than two."""
    if len(section.sections) < 2:
        return None
    items = tuple(
        Part(child.paragraphs.start, (*path, child.heading), None, title(child.heading))
        for child in section.sections
    )
    return Enumeration(Form.SECTIONS, section.heading, items)


def _dashed(bodies: Sequence[IndexedParagraph]) -> Iterator[Enumeration]:
    run: list[Part] = []
    lead = ""
    for previous, body in zip((None, *bodies), bodies, strict=False):
        match = _DASHED.match(body.text)
        if match is None:
            if len(run) > 1:
                yield Enumeration(Form.PARAGRAPHS, lead, tuple(run))
            run = []
            continue
        if not run:
            lead = previous.text[-120:] if previous is not None else ""
        end = len(body.text)
        run.append(
            Part(body.number, body.path, body.page, body.text[match.end() :], match.end(), end)
        )
    if len(run) > 1:
        yield Enumeration(Form.PARAGRAPHS, lead, tuple(run))
