"""Which enumeration answers a question for a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.report import outline
from index.answering.answer import Citation, Found, Item
from index.answering.enumerations import Enumeration, Form, Part, enumerations, subsections
from index.answering.locate import first_of_all, pointed_at
from index.lexical.folding import fold
from index.lexical.overlap import bigrams, share_held
from index.search.fusion import Ranked
from index.store.store import IndexedReport, Store
from index.understanding.question import Question
from index.understanding.words.stopwords import content_terms
from index.weights import WEIGHTS, ListWeights

SEARCHED = 6
"""Passages whose surroundings are searched for enumerations, best first."""

_LONGEST_SECTION = 40
_AROUND = 6
_HEAD = 30
_BROAD = re.compile(r"方面|问题|措施|思路|要求|打算|原因|困难|不足|矛盾|部分|块|[几多]条")
_ASKED = re.compile(
    r"(?:哪些|哪几[个项条件种类]?|哪[两三四五六七八九十][个项条件大]?|几[个项条件大种类])(?:大|主要|具体)*"
    r"(?P<noun>[\u4e00-\u9fff]{2,4}?)(?=[呢吗的?？,，]|分别|发挥|$)"
)
_ASKED_BEFORE = re.compile(
    r"(?P<noun>[\u4e00-\u9fff]{2,4})(?:一?共|总共|分别|主要|都|各)*(?:有|是|叫|包括)(?:了|过)?"
    r"(?:哪些|哪几[个项种样家]|哪[两三四五六七八九十][个项种样家]|什么|啥)"
)
_ANY_THING = re.compile(r"(?:方面|情况|内容|东西|地方|活动|工作|措施|事情?|项目|环节|做法)$")
_ANY_NOUN = re.compile(r"方面|情况|内容|东西|地方")


@dataclass(frozen=True, slots=True)
class Listing:
    """An enumeration in its report. `score`, higher fits better, is comparable in one answer."""

    entry: IndexedReport
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

    def _cited(self, part: Part) -> Citation:
        entry = self.entry
        return Citation(entry.name, entry.title, entry.year, part.path, part.number, part.page)


def listing(
    question: Question,
    ranked: Sequence[Ranked],
    store: Store,
    weights: ListWeights = WEIGHTS.lists,
) -> Listing | None:
    """Return the enumeration that answers, or None.

    Looked through are the sections that the best passages stand in, and the headings of the
    reports that may answer. What announces an enumeration counts most, then what the items say.
    """
    wanted = content_terms(fold(question.searched))
    rated = [
        _rated(each, weights.rank * near, wanted, question, weights)
        for each, near in _candidates(ranked, store)
    ]
    best = max(rated, key=lambda each: each.score, default=None)
    return best if best is not None and best.score > 0 else None


def _rated(
    listing: Listing,
    prior: float,
    wanted: frozenset[str],
    question: Question,
    weights: ListWeights,
) -> Listing:
    enumeration = listing.enumeration
    near = f"{enumeration.lead} {listing.path[-1] if listing.path else ''}"
    announced = f"{near} {' '.join(listing.path)}"
    if enumeration.form is Form.LISTED:
        near = announced = _without_items(enumeration)
    relevant = weights.near * _share(wanted, near)
    relevant += (1 - weights.near) * _share(wanted, announced)
    relevant += weights.in_clause * _share(wanted, enumeration.clause)
    heads = " ".join(part.text[:_HEAD] for part in enumeration.items)
    relevant += weights.in_items * _share(wanted, heads)
    if relevant < weights.least:
        return replace(listing, score=0.0)
    score = relevant + prior + _of_form(enumeration.form, weights)
    asked = question.words if question.ordinal is None else question.searched
    score += _named(asked, announced, weights)
    if enumeration.form is Form.LISTED and _lists_another(question, enumeration):
        return replace(listing, score=0.0)
    if "原因" in enumeration.lead and "原因" not in asked:
        score += weights.other_causes
    if enumeration.form is Form.LISTED and _BROAD.search(asked):
        score += weights.too_narrow
    if question.items is not None:
        fits = len(enumeration.items) == question.items
        score += weights.count_fits if fits else weights.count_differs
    return replace(listing, score=score)


def _of_form(form: Form, weights: ListWeights) -> float:
    match form:
        case Form.SECTIONS:
            return weights.sections
        case Form.ORDINALS:
            return weights.ordinals
        case Form.PARAGRAPHS:
            return weights.paragraphs
        case Form.LISTED:
            return 0.0


def _without_items(enumeration: Enumeration) -> str:
    """Return the sentence around a list, but for its inner items: they announce nothing."""
    words = enumeration.lead
    for item in enumeration.items[1:]:
        words = words.replace(item.text, " ", 1)
    return words


def _named(words: str, announced: str, weights: ListWeights) -> float:
    """Return what it is worth that what is asked for (哪些问题) is named or is not."""
    match = _ASKED.search(words)
    if match is None or _ANY_NOUN.fullmatch(match["noun"]):
        return 0.0
    return weights.named if match["noun"] in fold(announced) else weights.not_named


def _lists_another(question: Question, enumeration: Enumeration) -> bool:
    """Whether a list within a sentence is of other things, or of more or fewer, than asked for.

    What it lists stands directly before or behind it, unless it goes by a word for anything, or
    the number of items is as asked.
    """
    if question.items is not None:
        return question.items != len(enumeration.items)
    match = _ASKED.search(question.words) or _ASKED_BEFORE.search(question.words)
    if match is None or _ANY_THING.search(match["noun"]):
        return False
    return match["noun"][-2:] not in fold(enumeration.beside)


def _share(wanted: frozenset[str], text: str) -> float:
    return share_held(wanted, bigrams(fold(text)))


def _candidates(ranked: Sequence[Ranked], store: Store) -> Iterator[tuple[Listing, float]]:
    """Yield every enumeration near the best passages, with how near it is to the first, to 1."""
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
            yield Listing(entry, enumeration, enumeration.items[0].path, 0.0), _nearness(rank)
    for rank, name in enumerate(dict.fromkeys(passage.report for passage in passages)):
        for section, path in outline(entries[name].sections):
            below = subsections(section, path)
            if below is not None:
                yield Listing(entries[name], below, path[:-1], 0.0), _nearness(rank)


def _nearness(rank: int) -> float:
    return 1 - rank / SEARCHED


def _surroundings(entry: IndexedReport, paragraph: int) -> range:
    """Return the paragraphs that stand with `paragraph` under its heading, within limits."""
    numbers = range(1, entry.paragraphs + 1)
    for section, _ in outline(entry.sections):
        if paragraph in section.paragraphs:
            numbers = section.paragraphs
    start = max(numbers.start, paragraph - _AROUND)
    return range(start, min(numbers.stop, max(paragraph + _AROUND, start + _LONGEST_SECTION)))
