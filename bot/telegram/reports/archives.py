"""An archive of reports that an admin sent: one upload, one preview, all of it live or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardMarkup

from bot.messages import Messages
from bot.telegram.context import BotContext
from bot.telegram.jobs.jobs import Job
from bot.telegram.jobs.runner import JobRunner
from bot.telegram.rendering.callback_data import JobAction, JobButton
from bot.telegram.rendering.keyboards import Button, keyboard
from bot.telegram.rendering.rich_text import BOLD, Rich, lines, marked
from bot.wording.error_sentences import reason_of
from bot.wording.years import year_range
from corpus.errors import Trouble, UnreadableReport
from corpus.report import Report

_MOST_SHOWN = 30


@dataclass(frozen=True, slots=True)
class ArchiveContent:
    """What an archive holds: the reports as they are read, and what is none, with its reason."""

    reports: tuple[Report, ...]
    refused: tuple[UnreadableReport, ...]


async def read_archive(context: BotContext, runner: JobRunner, job: Job) -> ArchiveContent:
    """Return what the archive of an upload holds.

    Raises:
        CorpusError: it is no archive, beyond a limit, or holds no report.
    """

    def work() -> ArchiveContent:
        library = context.service.library
        reports, refused = list[Report](), list[UnreadableReport]()
        for file in library.unpack(runner.content(job), job.file_name):
            try:
                if isinstance(file, UnreadableReport):
                    raise file
                reports.append(library.understand(file.data, file.name))
            except UnreadableReport as exc:
                refused.append(exc)
        if not reports:
            raise UnreadableReport(job.file_name, Trouble.NO_FILES)
        return ArchiveContent(tuple(reports), tuple(refused))

    return await context.threads.change(work)


def archive_text(job: Job, content: ArchiveContent, m: Messages) -> Rich:
    """Return the preview of an archive: a line a report, then what would not be added."""
    told = [
        m.report_line.format(name=report.name, title=report.title, year=year_range(report.years, m))
        for report in content.reports
    ]
    refused = [
        m.file_refused.format(name=exc.path.name, reason=reason_of(exc, m))
        for exc in content.refused
    ]
    counted = m.telegram.archive_holds.format(count=len(content.reports))
    parts: list[Rich | str] = [marked(BOLD, job.file_name), counted, *_first(told)]
    return lines([*parts, "", *_first(refused)] if refused else parts)


def archive_keyboard(job: Job, m: Messages) -> InlineKeyboardMarkup | None:
    """Return the buttons under the preview of an archive."""
    live = Button(m.telegram.button_go_live, JobButton(job.id, JobAction.GO_LIVE))
    cancel = Button(m.telegram.button_cancel, JobButton(job.id, JobAction.CANCEL))
    return keyboard([[live], [cancel]])


def _first(texts: Sequence[str]) -> list[str]:
    more = [f"… (+{len(texts) - _MOST_SHOWN})"] if len(texts) > _MOST_SHOWN else []
    return [*texts[:_MOST_SHOWN], *more]
