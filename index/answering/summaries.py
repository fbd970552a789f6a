"""The outline of a part of a report with its key sentences, quoted and never made up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.report import Section, outline
from corpus.text.numbering import marker, title
from corpus.text.sentences import sentences
from index.answering.answer import Citation, Found, Item
from index.answering.enumerations import Part
from index.answering.locate import first_of_all, pointed_at
from index.lexical.folding import fold
from index.lexical.overlap import bigrams, pairs, share_held
from index.search.fusion import Ranked
from index.store.store import IndexedParagraph, IndexedReport, Store
from index.understanding.question import Question
from index.understanding.words.stopwords import content_terms
from index.weights import WEIGHTS, SummaryWeights

MOST = 24
"""Key sentences in a summary, at most."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Key sentences, and how many more there are than `MOST`."""

    items: tuple[Item, ...] = ()
    more: int = 0

    def lead(self, found: Sequence[Found], store: Store, top: int) -> tuple[Found, ...]:
        """Return `found` with the passage of the first key sentence at its head."""
        if not self.items or not found:
            return tuple(found)
        text, cited = self.items[0].text, self.items[0].cited
        part = Part(cited.paragraph, cited.path, cited.page, text, 0, len(text))
        first = pointed_at(store, cited.report, (part,), found[0].score)
        return tuple(found) if first is None else first_of_all(found, first, top)


def summary(
    question: Question,
    ranked: Sequence[Ranked],
    store: Store,
    weights: SummaryWeights = WEIGHTS.summaries,
) -> Summary:
    """Return a key sentence for each section of what `question` wants summarised.

    That is the part it numbers (第三部分), the section whose heading it names, else the whole
    report; of the report that fits best. Empty where there is no such part.
    """
    if not ranked:
        return Summary()
    entries = {entry.name: entry for entry in store.entries}
    entry = entries[ranked[0].candidate.passage.report]
    if question.part is not None and question.scope.everything:
        entry = max(store.entries, key=lambda e: (e.year or 0, e.name))
    chosen = _chosen(question, entry, weights)
    if chosen is None:
        return Summary()
    quoted = [_quoted(store, entry, *leaf, weights) for leaf in _leaves(*chosen)]
    found = [each for several in quoted for each in several]
    items = [Item(n, text, cited) for n, (text, cited) in enumerate(found[:MOST], start=1)]
    return Summary(tuple(items), more=len(found) - len(items))


def _chosen(
    question: Question, entry: IndexedReport, weights: SummaryWeights
) -> tuple[Sequence[Section], tuple[str, ...], range] | None:
    """Return the sections to go through, the headings above them, and their paragraphs."""
    everything = range(1, entry.paragraphs + 1)
    if question.part is not None:
        section = _numbered(entry.sections, question.part)
        return None if section is None else ([section], (), section.paragraphs)
    wanted = content_terms(question.words.replace("总结", "").replace("概括", ""))
    best: Section | None = None
    share = 0.0
    above: tuple[str, ...] = ()
    for section, path in outline(entry.sections):
        held = share_held(wanted, bigrams(fold(section.heading)))
        if held > share:
            best, share, above = section, held, path[:-1]
    if best is not None and share >= weights.named:
        return [best], above, best.paragraphs
    return entry.sections, (), everything


def _numbered(sections: Sequence[Section], number: int) -> Section | None:
    if number == -1:
        return sections[-1] if sections else None
    for section in sections:
        found = marker(section.heading)
        if found is not None and found.value == number:
            return section
    return sections[number - 1] if 1 <= number <= len(sections) else None


def _leaves(
    sections: Sequence[Section], above: tuple[str, ...], numbers: range
) -> Iterator[tuple[tuple[str, ...], range]]:
    """Yield the lowest sections with their headings; where there are none, the paragraphs."""
    if not sections or (above == () and len(sections) == 1 and not sections[0].sections):
        heading = tuple(section.heading for section in sections)
        for number in sections[0].paragraphs if sections else numbers:
            yield (*above, *heading), range(number, number + 1)
        return
    for section, path in outline(sections, above):
        if not section.sections:
            yield path, section.paragraphs


def _quoted(
    store: Store,
    entry: IndexedReport,
    path: tuple[str, ...],
    numbers: range,
    weights: SummaryWeights,
) -> list[tuple[str, Citation]]:
    bodies = store.paragraphs(entry.name, numbers)
    key = _key_sentence(bodies, weights)
    if key is None:
        return []
    text, body = key
    cited = Citation(entry.name, entry.title, entry.year, path, body.number, body.page)
    return [(text, cited)]


def _key_sentence(
    bodies: Sequence[IndexedParagraph], weights: SummaryWeights
) -> tuple[str, IndexedParagraph] | None:
    """Return the sentence that says most of what the others say: the nearest to their centroid.

    The first one counts a little more, for reports say first what they are about.
    """
    tally: Counter[str] = Counter()
    every: list[tuple[str, IndexedParagraph, frozenset[str]]] = []
    for body in bodies:
        for start, end in sentences(body.text):
            words = pairs(fold(body.text[start:end]))
            tally.update(words)
            every.append((body.text[start:end], body, words))
    if not every:
        return None

    def central(at: int) -> float:
        words = every[at][2]
        score = sum(tally[word] - 1 for word in words) / (len(words) + weights.length)
        return score * (weights.first if at == 0 else 1.0)

    best = max(range(len(every)), key=lambda at: (central(at), -at))
    return every[best][:2]


def heading_of(item: Item) -> str:
    """Return the heading that a key sentence stands under, without its number."""
    return title(item.cited.path[-1]) if item.cited.path else ""
