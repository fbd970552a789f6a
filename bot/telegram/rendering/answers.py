"""Answers and passages as they are read on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from telegram import InlineKeyboardMarkup

from bot.messages import Messages
from bot.telegram.rendering.answer_lists import items_text, sides_text, with_notes
from bot.telegram.rendering.highlight import emphasised
from bot.telegram.rendering.keyboards import Act, Button, Subject, data, keyboard
from bot.telegram.rendering.rich_text import (
    BOLD,
    EXPANDABLE,
    ITALIC,
    Rich,
    excerpt,
    joined,
    lines,
    marked,
)
from bot.telegram.storage.shown_answers import ShownAnswer
from bot.wording.citations import citation
from bot.wording.notes import counted
from index.answering.answer import (
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
_LONGEST_TITLE = 60
_LONGEST_LABEL = 40


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
        case Refusal():
            return lines([m.not_found, _searched(answer, entries, m)])
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
    count = len(view.passages)
    if not count:
        return keyboard([_votes(view, m)])
    if position < 0:
        nearest = Button(m.telegram.button_nearest, data(Subject.VIEW, view.id, Act.PASSAGE, 0))
        return keyboard([[nearest], _votes(view, m)])
    turn = []
    if position > 0:
        turn.append(
            Button(
                m.telegram.button_previous, data(Subject.VIEW, view.id, Act.PASSAGE, position - 1)
            )
        )
    if position < count - 1:
        turn.append(
            Button(m.telegram.button_next, data(Subject.VIEW, view.id, Act.PASSAGE, position + 1))
        )
    act, label = (
        (Act.PASSAGE, m.telegram.button_back) if around else (Act.AROUND, m.telegram.button_around)
    )
    look = [
        Button(label, data(Subject.VIEW, view.id, act, position)),
        Button(m.telegram.button_file, data(Subject.VIEW, view.id, Act.FILE, position)),
    ]
    return keyboard([turn, look, _votes(view, m)])


def reports_line(entry: IndexedReport, m: Messages) -> str:
    """Return the title of a report, with its year where the title lacks it."""
    title = m.titled.format(title=excerpt(entry.title, _LONGEST_TITLE))
    missing = [str(year) for year in entry.years if str(year) not in entry.title]
    return f"{title}（{m.of_year.format(year='–'.join(missing))}）" if missing else title


def report_label(entry: IndexedReport, m: Messages) -> str:
    """Return what stands for a report on a button: the year first, for the end may be cut off."""
    title = excerpt(m.titled.format(title=entry.title), _LONGEST_LABEL)
    if not entry.years:
        return title
    ends = dict.fromkeys((entry.years[0], entry.years[-1]))
    return f"{m.of_year.format(year='–'.join(map(str, ends)))} {title}"


def _votes(view: ShownAnswer, m: Messages) -> list[Button]:
    return [
        Button(m.telegram.button_up, data(Subject.VIEW, view.id, Act.UP)),
        Button(m.telegram.button_down, data(Subject.VIEW, view.id, Act.DOWN)),
    ]


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
    known = {year for entry in entries for year in entry.years}
    missing = [year for year in answer.question.years if year not in known]
    within = [entry for entry in entries if entry.within(answer.question.scope)]
    if missing and not within:
        there = m.telegram.comma.join(m.of_year.format(year=year) for year in sorted(known)) or "—"
        wanted = m.telegram.comma.join(m.of_year.format(year=year) for year in missing)
        return m.telegram.no_report_of_year.format(wanted=wanted, there=there)
    shown = [reports_line(entry, m) for entry in within[:_LISTED]]
    return m.telegram.searched.format(
        reports=m.telegram.comma.join(shown), count=len(within), years=_years(within, m)
    )


def _years(entries: Sequence[IndexedReport], m: Messages) -> str:
    years = sorted({year for entry in entries for year in entry.years})
    if not years:
        return m.unknown_year
    ends = dict.fromkeys((years[0], years[-1]))
    return m.of_year.format(year="–".join(map(str, ends)))
