"""Reports and their outlines as trees that are browsed with buttons.

The buttons hold no state of ours: a report by its key, a section by its position in the outline,
and the start of the report's checksum, so that an outline that has changed is noticed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardMarkup

from bot.messages import Messages
from bot.telegram.rendering.callback_data import (
    OutlineButton,
    ReportsPage,
    digest_start,
    report_key,
)
from bot.telegram.rendering.keyboards import Button, keyboard
from bot.telegram.rendering.report_labels import report_label, reports_line
from bot.telegram.rendering.rich_text import BOLD, EXPANDABLE, Rich, excerpt, joined, lines, marked
from corpus.report import Section, outline
from index.store.store import IndexedReport

ROOT = 0
"""The position of the report itself in its outline."""

_ON_A_PAGE = 8
_LABEL = 40


@dataclass(frozen=True, slots=True)
class _Node:
    """A section with its position in the outline (from 1, in the order of the report)."""

    position: int
    parent: int
    section: Section


def reports_page(
    entries: Sequence[IndexedReport], page: int, m: Messages
) -> tuple[Rich, InlineKeyboardMarkup | None]:
    """Return a page of the list of reports, from 0, newest first."""
    if not entries:
        return Rich(m.telegram.nothing_to_search), None
    ordered = sorted(entries, key=lambda entry: (-(entry.year or 0), entry.name))
    start = min(page, (len(ordered) - 1) // _ON_A_PAGE) * _ON_A_PAGE
    shown = ordered[start : start + _ON_A_PAGE]
    rows = [[Button(report_label(entry, m), _open(entry))] for entry in shown]
    turn = []
    if start:
        before = ReportsPage(start // _ON_A_PAGE - 1)
        turn.append(Button(m.telegram.button_earlier, before))
    if start + _ON_A_PAGE < len(ordered):
        after = ReportsPage(start // _ON_A_PAGE + 1)
        turn.append(Button(m.telegram.button_later, after))
    heading = marked(BOLD, m.telegram.reports_title.format(count=len(ordered)))
    listing = [f"{i}. {reports_line(e, m)}" for i, e in enumerate(shown, start + 1)]
    return lines([heading, *listing]), keyboard([*rows, turn])


def outline_page(
    entry: IndexedReport, position: int, m: Messages
) -> tuple[Rich, InlineKeyboardMarkup | None]:
    """Return a report, or the section at `position` of it, with buttons for what is below."""
    nodes = _nodes(entry)
    here = next((node for node in nodes if node.position == position), None)
    at = here.position if here is not None else ROOT
    below = [node for node in nodes if node.parent == at]
    parts: list[Rich | str] = [marked(BOLD, reports_line(entry, m))]
    if here is None:
        counts = m.telegram.outline_counts.format(sections=len(nodes), passages=entry.passages)
        parts += [counts, marked(EXPANDABLE, tree(entry.sections, m))]
    else:
        parts += [joined(here.section.heading), _extent(here.section, m)]
        parts += [f"• {node.section.heading}　{_extent(node.section, m)}" for node in below]
    rows = [
        [Button(_short(node.section.heading), _open(entry, node.position))]
        for node in below[: 3 * _ON_A_PAGE]
        if node.section.sections or here is None
    ]
    if here is not None:
        rows.append([Button(m.telegram.button_up_level, _open(entry, here.parent))])
    else:
        rows.append([Button(m.telegram.button_reports, ReportsPage(0))])
    return lines(parts), keyboard(rows)


def tree(sections: Sequence[Section], m: Messages) -> str:
    """Return the headings of a report, a line each, set in by their level."""
    top = min((section.level for section in sections), default=0)
    return "\n".join(
        f"{'　' * (section.level - top)}{section.heading}　{_extent(section, m)}"
        for section, _ in outline(sections)
    )


def _nodes(entry: IndexedReport) -> list[_Node]:
    nodes: list[_Node] = []
    above = [ROOT]
    for position, (section, path) in enumerate(outline(entry.sections), start=1):
        del above[len(path) :]
        nodes.append(_Node(position, above[-1], section))
        above.append(position)
    return nodes


def _extent(section: Section, m: Messages) -> str:
    numbers = section.paragraphs
    if not numbers:
        return ""
    words = m.telegram.section_paragraph if len(numbers) == 1 else m.telegram.section_paragraphs
    return words.format(first=numbers.start, last=numbers.stop - 1)


def _open(entry: IndexedReport, position: int = ROOT) -> OutlineButton:
    return OutlineButton(report_key(entry.name), digest_start(entry), position)


def _short(text: str) -> str:
    return excerpt(text, _LABEL)
