"""The reading report in words, for the command line and for the preview in the chat."""

from __future__ import annotations

from collections.abc import Sequence

from bot.messages import Messages
from corpus.formats.installed import can_recognise
from corpus.reading_report import ReadingReport
from corpus.report import LeftOut

_MOST_NUMBERS = 20


def reading_report(account: ReadingReport, m: Messages) -> list[str]:
    """Return what was understood and what was not, a line each; what there is none of is silent."""
    reading = account.reading
    lines = [m.read_as.format(format=m.formats[reading.format])]
    lines.append(m.counts.format(sections=account.sections, paragraphs=account.paragraphs))
    if reading.pages is not None:
        lines.append(m.pages.format(count=reading.pages))
    if reading.tables:
        lines.append(m.tables.format(count=reading.tables))
    if reading.recognised:
        sure = sum(x.confidence for x in reading.recognised) / len(reading.recognised)
        numbers = _numbers([x.page for x in reading.recognised])
        lines.append(m.recognised.format(pages=numbers, percent=_percent(sure)))
    lines += [
        m.doubtful.format(page=x.page, percent=_percent(x.confidence)) for x in account.doubtful
    ]
    for words, pages in (
        (m.empty_pages, reading.empty_pages),
        (m.wordless_pages if can_recognise() else m.unread_pages, reading.unread_pages),
        (m.pictured_pages, reading.pictured_pages),
    ):
        if pages:
            lines.append(words.format(pages=_numbers(pages)))
    if reading.pictures:
        lines.append(m.pictures.format(count=reading.pictures))
    if reading.damaged:
        lines.append(m.damaged_letters.format(count=reading.damaged))
    return lines


def left_out(account: ReadingReport, m: Messages) -> list[str]:
    """Return what was left out, a line a reason, with where it stood."""
    return [
        m.left_out.format(
            count=count,
            reason=m.left_out_reasons[reason],
            lines=_numbers([_place(x, m) for x in account.examples if x.reason is reason]),
        )
        for reason, count in account.left_out
    ]


def _percent(confidence: float) -> int:
    """Return a confidence in whole percent; 100 only where nothing is doubtful."""
    return int(100 * confidence + 1e-9)


def _place(entry: LeftOut, m: Messages) -> str:
    if entry.page is not None:
        return m.page.format(number=entry.page)
    return str(entry.line) if entry.line else f"“{entry.text[:12]}”"


def _numbers(numbers: Sequence[object]) -> str:
    shown = list(dict.fromkeys(map(str, numbers)))
    return ", ".join(shown[:_MOST_NUMBERS]) + ("…" if len(shown) > _MOST_NUMBERS else "")
