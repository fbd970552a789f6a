"""Lists, key sentences and years side by side as they are read on a phone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from bot.messages import Messages
from bot.telegram.rendering.highlight import emphasised, lead
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
from bot.wording.citations import headed, place_line, places_line
from bot.wording.figures import extreme_line, silent_years
from bot.wording.notes import ONLY, notes
from bot.wording.years import years
from corpus.text.numbering import title
from corpus.text.sentences import sentences
from index.answering.answer import Answer, Found, Item, Side, SideBySide
from index.answering.summaries import heading_of
from index.understanding.question import QuestionKind

_MOST_ITEMS = 12
_LONGEST_ITEM = 200
_LONGEST_WORDS = 120


def items_text(
    items: Sequence[Item],
    more: int,
    titles: Mapping[str, str],
    m: Messages,
    *,
    head: Rich | None = None,
    headed: bool = False,
) -> Rich:
    """Return items, how many are not shown beside `more`, and once where they stand.

    `headed`: each stands under its heading where that is another than the one before.
    """
    shown = items[:_MOST_ITEMS]
    parts: list[Rich | str] = [head] if head is not None else []
    for heading, those in groupby(shown, key=heading_of):
        if headed and heading:
            parts.append(marked(BOLD, heading))
        parts += [_item(item, m) for item in those]
    rest = len(items) - len(shown) + more
    parts += [m.understanding.more_items.format(count=rest)] if rest else []
    return lines([*parts, *_places(shown, titles, m)])


def _item(item: Item, m: Messages) -> str:
    text = excerpt(item.text, _LONGEST_ITEM)
    return m.understanding.item.format(number=item.number, text=text)


def _places(items: Sequence[Item], titles: Mapping[str, str], m: Messages) -> Iterator[str]:
    """Yield where items stand, a line a report."""
    for _, those in groupby((item.cited for item in items), key=lambda cited: cited.report):
        yield places_line(list(those), titles, m)


def sides_text(
    answer: Answer, content: SideBySide, titles: Mapping[str, str], m: Messages, *, sure: bool
) -> Rich:
    """Return the years one below the other: a line a year, or for a comparison whole passages."""
    if answer.question.kind is QuestionKind.COMPARISON:
        return _compared(content.sides, titles, m)
    said = [side for side in content.sides if side.found]
    best = {figure.year for figure in content.extreme.figures} if content.extreme else set()
    parts: list[Rich | str] = []
    if sure and content.extreme is not None:
        parts.append(marked(BOLD, extreme_line(content, m)))
    parts += [_year_line(side, m, bold=sure and side.year in best) for side in said]
    parts += silent_years(content.sides, content.figures, m)
    return lines([*parts, _shared_place(said, titles, m)])


def _year_line(side: Side, m: Messages, *, bold: bool) -> Rich:
    """Return 2020年：9节."""
    found = side.found[0]
    words = lead(found) or excerpt(found.words, _LONGEST_WORDS)
    line = m.understanding.elsewhere_line.format(year=years([side.year], m), words=words)
    return marked(BOLD, line) if bold else joined(line)


def _shared_place(said: Sequence[Side], titles: Mapping[str, str], m: Messages) -> str:
    """Return under which heading the years say it; of the newest, where they do not agree."""
    places = [side.found[0].passage for side in said]
    under = {title(heading) for place in places for heading in headed(place)}
    if len(places) > 1 and len(under) == 1 and all(map(headed, places)):
        return m.between.join((m.telegram.reports_of_years, next(iter(under))))
    return place_line(places[-1], titles, m)


def _compared(sides: Sequence[Side], titles: Mapping[str, str], m: Messages) -> Rich:
    marked_any = any(side.only for side in sides)
    legend = [m.understanding.only_here] if marked_any else []
    return lines([*(_passage_of(side, titles, m) for side in sides), *legend], "\n\n")


def _passage_of(side: Side, titles: Mapping[str, str], m: Messages) -> Rich:
    year = marked(BOLD, years([side.year], m))
    if not side.found:
        words = m.understanding.side_silent if side.reported else m.understanding.side_unreported
        return joined(year, "　", words)
    first = side.found[0]
    text = first.passage.text
    said = joined(
        *(
            joined(ONLY if within in side.only else "", emphasised(text, within, first.spans))
            for within in sentences(text)
        )
    )
    return lines([year, marked(QUOTE, said), place_line(first.passage, titles, m)])


def elsewhere_text(others: Sequence[Found], m: Messages) -> list[Rich]:
    """Return what other years say otherwise, a line a year; [] where none does."""
    if not others:
        return []
    newest_first = sorted(others, key=lambda other: -(other.passage.year or 0))
    said = [_otherwise(other, m) for other in newest_first]
    return [lines([marked(BOLD, m.understanding.elsewhere), *said])]


def _otherwise(other: Found, m: Messages) -> str:
    passage = other.passage
    year = years([passage.year], m) if passage.year else passage.title
    words = excerpt(passage.text[slice(*other.said)], _LONGEST_WORDS)
    return m.understanding.elsewhere_line.format(year=year, words=words)


def noted(answer: Answer, said: Rich, m: Messages) -> Rich:
    """Return an answer with the notes on it."""
    return lines([said, *(marked(ITALIC, note) for note in notes(answer, m))], "\n\n")
