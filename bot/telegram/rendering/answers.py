"""Answers and passages as they are read on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from telegram import InlineKeyboardMarkup

from bot.messages import Messages
from bot.telegram.rendering.answer_lists import items_text, sides_text, with_notes
from bot.telegram.rendering.callback_data import AnswerAction, AnswerButton
from bot.telegram.rendering.highlight import emphasised
from bot.telegram.rendering.keyboards import Button, keyboard
from bot.telegram.rendering.report_labels import known_years, reports_line
from bot.telegram.rendering.rich_text import (
    BOLD,
    EXPANDABLE,
    ITALIC,
    Rich,
    joined,
    lines,
    marked,
)
from bot.telegram.storage.shown_answers import ShownAnswer
from bot.wording.citations import citation
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
from index.store.store import IndexedParagraph, IndexedReport

_LISTED = 5


def answer_text(answer: Answer, entries: Sequence[IndexedReport], m: Messages) -> Rich:
    """Return the first message about an answer, or about the lack of one."""
    said = _content(answer, entries, m)
    return said_unsurely(said, m) if answer.status is Status.UNSURE else said


def said_unsurely(said: Rich, m: Messages) -> Rich:
    """Return an answer that the program is not sure of, with that in its first words."""
    return lines([marked(ITALIC, m.unsure), said], "\n\n")


def first_text(found: Found, status: Status, m: Messages) -> Rich:
    """Return the first passage of an answer of that status; unsure, no words are marked."""
    if status is Status.UNSURE:
        return said_unsurely(found_text(replace(found, spans=()), m), m)
    return found_text(found, m)


def _content(answer: Answer, entries: Sequence[IndexedReport], m: Messages) -> Rich:
    match answer.content:
        case AboutProgram():
            return lines(about_program(answer.content, m))
        case Refusal():
            said = [] if answer.missing else [marked(ITALIC, note) for note in notes(answer, m)]
            return lines([m.not_found, *said, _searched(answer, entries, m)])
        case SideBySide(sides):
            return sides_text(answer, sides, m)
        case ItemList(items, open_ended):
            head = marked(BOLD, counted(len(items), m, open_ended=open_ended))
            return items_text(answer, items, 0, m, head=head)
        case KeySentences(items, more):
            return items_text(answer, items, more, m)
        case Quotation(elsewhere):
            first = answer.passages[0]
            sure = answer.status is Status.ANSWERED
            shown = found_text(first if sure else replace(first, spans=()), m)
            return with_notes(answer, elsewhere, shown, m)
        case _:
            assert_never(answer.content)


def found_text(found: Found, m: Messages) -> Rich:
    """Return a passage that was found: the words, where they stand, then all of it."""
    passage = found.passage
    words = emphasised(passage.text, found.quote, found.spans)
    parts: list[Rich | str] = [words, "\n\n", marked(ITALIC, citation(passage, m))]
    if passage.text.strip() != found.words.strip():
        whole = emphasised(passage.text, (0, len(passage.text)), found.spans)
        parts += ["\n", marked(EXPANDABLE, whole)]
    return joined(*parts)


def further_text(found: Found, position: int, count: int, m: Messages, *, answers: bool) -> Rich:
    """Return a passage behind the first: `position` counts from 1."""
    template = m.telegram.passage_of if answers else m.telegram.nearest_of
    return lines([template.format(number=position, count=count), found_text(found, m)], "\n\n")


def around_text(found: Found, bodies: Sequence[IndexedParagraph], m: Messages) -> Rich:
    """Return a passage between the paragraphs around it: its number and the words in bold."""
    passage = found.passage
    parts: list[Rich | str] = [marked(ITALIC, citation(passage, m))]
    for body in bodies:
        number = m.paragraph.format(number=body.number)
        is_it = body.number == passage.paragraph
        words = emphasised(body.text, (0, len(body.text)), _spans_in(body, found))
        parts.append(joined(marked(BOLD, number) if is_it else number, "　", words))
    return lines(parts, "\n\n")


def answer_keyboard(
    view: ShownAnswer, position: int, m: Messages, *, around: bool = False
) -> InlineKeyboardMarkup | None:
    """Return the buttons under passage `position` of a view; -1 is the refusal itself."""

    def button(label: str, action: AnswerAction, at: int = 0) -> Button:
        return Button(label, AnswerButton(view.id, action, at))

    words, count = m.telegram, len(view.passages)
    votes = [
        button(words.button_up, AnswerAction.UP),
        button(words.button_down, AnswerAction.DOWN),
    ]
    if not count:
        return keyboard([votes])
    if position < 0:
        return keyboard([[button(words.button_nearest, AnswerAction.PASSAGE)], votes])
    turn = []
    if position > 0:
        turn.append(button(words.button_previous, AnswerAction.PASSAGE, position - 1))
    if position < count - 1:
        turn.append(button(words.button_next, AnswerAction.PASSAGE, position + 1))
    if around:
        look = button(words.button_back, AnswerAction.PASSAGE, position)
    else:
        look = button(words.button_around, AnswerAction.AROUND, position)
    file = button(words.button_file, AnswerAction.FILE, position)
    return keyboard([turn, [look, file], votes])


def _spans_in(body: IndexedParagraph, found: Found) -> list[tuple[int, int]]:
    """Return where the words stand in a paragraph: it holds the passage, or is a part of it."""
    passage = found.passage
    if body.number < passage.paragraph:
        return []
    if passage.text in body.text:
        at = body.text.index(passage.text)
    elif body.text in passage.text:
        at = -passage.text.index(body.text)
    else:
        return []
    return [(at + start, at + end) for start, end in found.spans]


def _searched(answer: Answer, entries: Sequence[IndexedReport], m: Messages) -> str:
    """Return what was searched in vain: which reports, or which years there are none of."""
    known = known_years(entries)
    missing = [year for year in answer.question.years if year not in known]
    within = [entry for entry in entries if entry.within(answer.question.scope)]
    if missing and not within:
        there = m.telegram.comma.join(m.of_year.format(year=year) for year in sorted(known)) or "—"
        wanted = m.telegram.comma.join(m.of_year.format(year=year) for year in missing)
        return m.telegram.no_report_of_year.format(wanted=wanted, there=there)
    shown = [reports_line(entry, m) for entry in within[:_LISTED]]
    return m.telegram.searched.format(
        reports=m.telegram.comma.join(shown),
        count=len(within),
        years=year_range(known_years(within), m),
    )
