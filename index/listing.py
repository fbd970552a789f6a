"""Which enumeration answers a question for a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.report import Section
from index.answer import Found, Item, Quotation
from index.enumerations import Enumeration, Form, Part, enumerations, subsections
from index.folding import fold
from index.fusion import Ranked
from index.pointing import first_of_all, pointed_at
from index.store import Entry, Store
from index.understanding.content import bigrams, content_terms
from index.understanding.question import Question

SEARCHED = 6
"""Passages whose surroundings are searched for enumerations, best first."""

LEAST = 0.3
"""The least score of an enumeration that answers."""

_LONGEST_SECTION = 40
_AROUND = 6
_IN_LEAD, _IN_PATH, _IN_ITEMS, _IN_CLAUSE = 1.0, 0.5, 0.35, 0.3
_OTHER_CAUSES = _TOO_NARROW = -0.3
_BROAD = re.compile(r"方面|问题|措施|思路|要求|打算|原因|困难|不足|矛盾|部分|块|[几多]条")
_COUNT_FITS, _COUNT_DIFFERS = 0.35, -0.35
_RANK = 0.25
_FORMS = {Form.SECTIONS: 0.1, Form.ORDINALS: 0.15, Form.PARAGRAPHS: 0.05, Form.LISTED: -0.15}


@dataclass(frozen=True, slots=True)
class Listing:
    """An enumeration in its report. `score`, higher fits better, is comparable in one answer."""

    entry: Entry
    enumeration: Enumeration
    path: tuple[str, ...]
    score: float

    def items(self, ordinal: int | None = None) -> tuple[Item, ...]:
        """Return the items, each with where it stands; only the one where one is asked for."""
        wanted = None if ordinal is None else self.item(ordinal)
        return tuple(
            Item(number, part.text, self._cited(part))
            for number, part in enumerate(self.enumeration.items, start=1)
            if wanted is None or part is wanted
        )

    def item(self, ordinal: int) -> Part | None:
        """Return the item of that number, from 1, −1 for the last; None where there is none."""
        items = self.enumeration.items
        if ordinal == -1:
            return items[-1]
        return items[ordinal - 1] if 1 <= ordinal <= len(items) else None

    def lead(
        self, found: Sequence[Found], ordinal: int | None, store: Store, top: int
    ) -> tuple[Found, ...]:
        """Return `found` with the passage of the items, or of the one asked for, at its head."""
        one = None if ordinal is None else self.item(ordinal)
        if ordinal is not None and one is None:
            return tuple(found)
        parts = self.enumeration.items if one is None else (one,)
        score = found[0].score if found else 0.0
        first = pointed_at(store, self.entry.name, parts, score)
        return tuple(found) if first is None else first_of_all(found, first, top)

    def _cited(self, part: Part) -> Quotation:
        entry = self.entry
        return Quotation(entry.name, entry.title, entry.year, part.path, part.number, part.page)


def listing(question: Question, ranked: Sequence[Ranked], store: Store) -> Listing | None:
    """Return the enumeration that answers, or None.

    Looked through are the sections that the best passages stand in, and the headings of the
    reports that may answer. What announces an enumeration counts most, then what the items say.
    """
    wanted = content_terms(fold(question.search))
    found = list(_candidates(ranked, store))
    rated = [_rated(each, prior, wanted, question) for each, prior in found]
    best = max(rated, key=lambda each: each.score, default=None)
    return best if best is not None and best.score >= LEAST else None


def _rated(listing: Listing, prior: float, wanted: frozenset[str], question: Question) -> Listing:
    enumeration = listing.enumeration
    lead = _share(wanted, enumeration.lead)
    path = _share(wanted, " ".join(listing.path))
    items = _share(wanted, " ".join(part.text for part in enumeration.items))
    score = _IN_LEAD * lead + _IN_PATH * path + _IN_ITEMS * items + prior
    score += _FORMS[enumeration.form] + _IN_CLAUSE * _share(wanted, enumeration.clause)
    if "原因" in enumeration.lead and "原因" not in question.words:
        score += _OTHER_CAUSES
    if enumeration.form is Form.LISTED and _BROAD.search(question.words):
        score += _TOO_NARROW
    if question.items is not None:
        fits = len(enumeration.items) == question.items
        score += _COUNT_FITS if fits else _COUNT_DIFFERS
    return Listing(listing.entry, enumeration, listing.path, score)


def _share(wanted: frozenset[str], text: str) -> float:
    return len(wanted & bigrams(fold(text))) / len(wanted) if wanted else 0.0


def _candidates(ranked: Sequence[Ranked], store: Store) -> Iterator[tuple[Listing, float]]:
    """Yield every enumeration near the best passages, with what its place is worth."""
    entries = {entry.name: entry for entry in store.entries}
    passages = [each.candidate.passage for each in ranked[:SEARCHED]]
    ranks: dict[tuple[str, int], int] = {}
    for rank, passage in enumerate(passages):
        ranks.setdefault((passage.report, passage.paragraph), rank)
    seen: set[tuple[str, int]] = set()
    for passage in passages:
        entry = entries[passage.report]
        numbers = _surroundings(entry, passage.paragraph)
        if (entry.name, numbers.start) in seen:
            continue
        seen.add((entry.name, numbers.start))
        for enumeration in enumerations(store.paragraphs(entry.name, numbers)):
            number = enumeration.items[0].number
            rank = min(ranks.get((entry.name, n), SEARCHED) for n in range(number - 2, number + 1))
            yield Listing(entry, enumeration, enumeration.items[0].path, 0.0), _prior(rank)
    for rank, name in enumerate(dict.fromkeys(passage.report for passage in passages)):
        for section, path in _walk(entries[name].sections, ()):
            below = subsections(section, path)
            if below is not None:
                yield Listing(entries[name], below, path[:-1], 0.0), _prior(rank)


def _prior(rank: int) -> float:
    return _RANK * (1 - rank / SEARCHED)


def _walk(
    sections: Sequence[Section], above: tuple[str, ...]
) -> Iterator[tuple[Section, tuple[str, ...]]]:
    for section in sections:
        path = (*above, section.heading)
        yield section, path
        yield from _walk(section.sections, path)


def _surroundings(entry: Entry, paragraph: int) -> range:
    """Return the paragraphs that stand with `paragraph` under its heading, within limits."""
    numbers = range(1, entry.paragraphs + 1)
    for section, _ in _walk(entry.sections, ()):
        if paragraph in section.paragraphs:
            numbers = section.paragraphs
    start = max(numbers.start, paragraph - _AROUND)
    return range(start, min(numbers.stop, max(paragraph + _AROUND, start + _LONGEST_SECTION)))
