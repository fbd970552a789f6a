"""Lists, summaries and years side by side as they are read on a phone."""

from __future__ import annotations

from collections.abc import Sequence

from bot.messages import Messages
from bot.telegram.rendering.highlight import emphasised
from bot.telegram.rendering.rich_text import (
    BOLD,
    ITALIC,
    QUOTE,
    Rich,
    excerpt,
    joined,
    lines,
    marked,
)
from bot.wording.citations import citation
from bot.wording.notes import ONLY, notes
from bot.wording.years import years
from corpus.text.sentences import sentences
from index.answering.answer import Answer, Found, Item, Side
from index.answering.summaries import heading_of
from index.understanding.question import QuestionKind

_MOST_ITEMS = 12
_LONGEST_ITEM = 200
_LONGEST_WORDS = 300


def items_text(
    answer: Answer, items: Sequence[Item], more: int, m: Messages, *, head: Rich | None = None
) -> Rich:
    """Return items, each with where it stands, and how many are not shown beside `more`.

    With a `head` they are those of a list, without one key sentences under their headings.
    """
    shown = [_item(item, m, headed=head is None) for item in items[:_MOST_ITEMS]]
    rest = len(items) - len(shown) + more
    tail = [m.understanding.more_items.format(count=rest)] if rest else []
    every = [*([head] if head is not None else []), *shown, *tail, *_notes(answer, m)]
    return lines(every, "\n\n" if head is None else "\n")


def _item(item: Item, m: Messages, *, headed: bool) -> Rich:
    parts: list[Rich | str] = []
    if headed and (heading := heading_of(item)):
        parts.append(marked(BOLD, heading))
    text = excerpt(item.text, _LONGEST_ITEM)
    parts.append(m.understanding.item.format(number=item.number, text=text))
    parts.append(marked(ITALIC, citation(item.cited, m)))
    return lines(parts)


def sides_text(answer: Answer, sides: Sequence[Side], m: Messages) -> Rich:
    """Return the years one below the other: a line a year, or for a comparison whole passages."""
    compared = answer.question.kind is QuestionKind.COMPARISON
    blocks = [_side(side, m, compared=compared) for side in sides]
    marked_any = compared and any(side.only for side in sides)
    legend = [m.understanding.only_here] if marked_any else []
    return lines([*blocks, *legend, *_notes(answer, m)], "\n\n")


def _side(side: Side, m: Messages, *, compared: bool) -> Rich:
    year = marked(BOLD, years([side.year], m))
    if not side.found:
        words = m.understanding.side_silent if side.reported else m.understanding.side_unreported
        return joined(year, "　", words)
    first = side.found[0]
    cited = marked(ITALIC, citation(first.passage, m))
    if not compared:
        return lines([joined(year, "　", excerpt(first.words, _LONGEST_WORDS)), cited])
    text = first.passage.text
    said = joined(
        *(
            joined(ONLY if within in side.only else "", emphasised(text, within, first.spans))
            for within in sentences(text)
        )
    )
    return lines([year, marked(QUOTE, said), cited])


def with_notes(answer: Answer, others: Sequence[Found], found: Rich, m: Messages) -> Rich:
    """Return an answer with its notes, and what other years say differently."""
    elsewhere: list[Rich | str] = []
    if others:
        elsewhere.append(marked(BOLD, m.understanding.elsewhere))
        for other in others:
            year = years([other.passage.year], m) if other.passage.year else other.passage.title
            words = excerpt(other.words, _LONGEST_WORDS)
            elsewhere.append(m.understanding.elsewhere_line.format(year=year, words=words))
            elsewhere.append(marked(ITALIC, citation(other.passage, m)))
    said = _notes(answer, m)
    return lines([found, *said, *([lines(elsewhere)] if elsewhere else [])], "\n\n")


def _notes(answer: Answer, m: Messages) -> list[Rich | str]:
    return [marked(ITALIC, note) for note in notes(answer, m)]
