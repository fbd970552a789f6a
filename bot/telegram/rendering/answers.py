"""Answers as they are read on a phone: the words first, then the sentence, then where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import assert_never

from bot.messages import Messages
from bot.telegram.rendering.answer_lists import elsewhere_text, items_text, noted, sides_text
from bot.telegram.rendering.highlight import lead, quoted
from bot.telegram.rendering.report_labels import known_years
from bot.telegram.rendering.rich_text import BOLD, ITALIC, QUOTE, Rich, joined, lines, marked
from bot.wording.citations import place_line, short_titles
from bot.wording.notes import about_program, counted, notes
from bot.wording.years import year_range
from index.answering.answer import (
    AboutProgram,
    Answer,
    Found,
    ItemList,
    KeySentences,
    Quotation,
    Refusal,
    SideBySide,
    Status,
)
from index.store.store import IndexedReport


def answer_text(answer: Answer, entries: Sequence[IndexedReport], m: Messages) -> Rich:
    """Return the message about an answer, or about the lack of one."""
    titles = short_titles(entries, m)
    if answer.status is Status.UNSURE:
        said = joined(m.telegram.unsure_sign, m.unsure)
        return noted(answer, lines([said, _content(answer, entries, titles, m)]), m)
    said = _content(answer, entries, titles, m)
    return said if isinstance(answer.content, Refusal) else noted(answer, said, m)


def passage_text(found: Found, status: Status, titles: Mapping[str, str], m: Messages) -> Rich:
    """Return one passage of an answer of that status by itself."""
    if status is Status.UNSURE:
        said = joined(m.telegram.unsure_sign, m.unsure)
        return lines([said, _unsure(found, titles, m)])
    return _sure(found, titles, m)


def _content(
    answer: Answer, entries: Sequence[IndexedReport], titles: Mapping[str, str], m: Messages
) -> Rich:
    sure = answer.status is not Status.UNSURE
    match answer.content:
        case AboutProgram():
            return lines(about_program(answer.content, m))
        case Refusal():
            return _refusal(answer, entries, m)
        case SideBySide():
            return sides_text(answer, answer.content, titles, m, sure=sure)
        case ItemList(items, open_ended):
            head = counted(len(items), m, open_ended=open_ended)
            return items_text(items, 0, titles, m, head=marked(BOLD, head) if sure else None)
        case KeySentences(items, more):
            return items_text(items, more, titles, m, headed=True)
        case Quotation(elsewhere):
            first = answer.passages[0]
            if not sure:
                return _unsure(first, titles, m)
            return lines([_sure(first, titles, m), *elsewhere_text(elsewhere, m)], "\n\n")
        case _:
            assert_never(answer.content)


def _sure(found: Found, titles: Mapping[str, str], m: Messages) -> Rich:
    """Return the words that answer alone in bold, their sentence, and where it stands."""
    words = lead(found)
    first = [marked(BOLD, words)] if words else []
    return lines([*first, quoted(found), place_line(found.passage, titles, m)])


def _unsure(found: Found, titles: Mapping[str, str], m: Messages) -> Rich:
    """Return the sentence as a quotation in which no words are marked: nothing is asserted."""
    sentence = marked(QUOTE, found.words.strip())
    return lines([sentence, place_line(found.passage, titles, m)])


def _refusal(answer: Answer, entries: Sequence[IndexedReport], m: Messages) -> Rich:
    said = [] if answer.missing else [marked(ITALIC, note) for note in notes(answer, m)]
    return lines([m.not_found, *said, _searched(answer, entries, m)])


def _searched(answer: Answer, entries: Sequence[IndexedReport], m: Messages) -> str:
    """Return how many reports were searched in vain, or which years there are none of."""
    known = known_years(entries)
    missing = [year for year in answer.question.years if year not in known]
    within = [entry for entry in entries if entry.within(answer.question.scope)]
    if missing and not within:
        there = m.telegram.comma.join(m.of_year.format(year=year) for year in sorted(known)) or "—"
        wanted = m.telegram.comma.join(m.of_year.format(year=year) for year in missing)
        return m.telegram.no_report_of_year.format(wanted=wanted, there=there)
    return m.telegram.searched.format(count=len(within), years=year_range(known_years(within), m))
