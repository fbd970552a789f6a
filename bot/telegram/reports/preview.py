"""A report that an admin sent, as it was understood, before it goes live."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from telegram import InlineKeyboardMarkup
from telegram.constants import KeyboardButtonStyle

from bot.messages import Messages
from bot.service import Service
from bot.telegram.context import BotContext
from bot.telegram.jobs.jobs import Job
from bot.telegram.jobs.progress import BuildProgress, show_progress
from bot.telegram.jobs.runner import JobRunner, correction_of, place_of_job
from bot.telegram.rendering.callback_data import JobAction, JobButton
from bot.telegram.rendering.keyboards import Button, keyboard
from bot.telegram.rendering.outline_tree import tree
from bot.telegram.rendering.rich_text import BOLD, EXPANDABLE, Rich, joined, lines, marked
from bot.wording.reading_summary import left_out, reading_report
from bot.wording.report_differences import (
    ReportDifferences,
    describe_differences,
    differences,
)
from bot.wording.years import year_range
from corpus.errors import UnreadableReport
from corpus.library import safe_name
from corpus.passages import passages
from corpus.reading_report import account
from corpus.report import Report
from corpus.sandbox.pool import Heard


@dataclass(frozen=True, slots=True)
class Preview:
    """What would go live, and what it would change.

    `identical` is the report with exactly these bytes; `replaced` the one of the same file name;
    `alike` those of the same title, `same_year` those of the same year, all by their titles.
    `differences` are those to the report that would be replaced.
    """

    report: Report
    passages: int
    identical: str | None
    replaced: str | None
    alike: tuple[tuple[str, str], ...]
    same_year: tuple[str, ...]
    differences: ReportDifferences | None


async def read_preview(context: BotContext, runner: JobRunner, job: Job, m: Messages) -> Preview:
    """Read the file of an upload; where that takes long, a message says which page it is at.

    Raises:
        CorpusError: it is not a report, or its name cannot be kept.
    """
    progress, notice = BuildProgress(), list[int]()

    async def show(words: str) -> None:
        if notice:
            await context.sender.edit(job.chat_id, notice[-1], Rich(words))
        else:
            notice.extend(await context.sender.send(place_of_job(job), Rich(words)))

    def work() -> Preview:
        return _read(context.service, job, runner.content(job), progress.page)

    try:
        async with show_progress(progress, m, show):
            return await context.threads.change(work)
    finally:
        progress.stop()
        if notice:
            runner.background(context.sender.delete(job.chat_id, notice))


def _read(service: Service, job: Job, content: bytes, heard: Heard) -> Preview:
    name = safe_name(job.file_name)
    stem = Path(name).stem
    library = service.library
    correction = correction_of(job, library.corrections().get(stem))
    report = library.understand(content, name, correction, heard)
    there = [] if not library.folder.is_dir() else list(library.read_all(heard))
    others = [other for other in there if not isinstance(other, UnreadableReport)]
    different = [other for other in others if other.name != stem]
    same = library.same_content(content)
    twin = next((other for other in others if other.name == stem), None)
    alike = tuple(other for other in different if _alike(other.title, report.title))
    before = twin or next(iter(alike), None)
    same_name = next((other.title for other in others if other.name == stem), None)
    if same_name is None and library.has(name):
        same_name = stem
    return Preview(
        report=report,
        passages=len(passages(report)),
        identical=None if same is None else next((o.title for o in others if o.name == same), same),
        replaced=same_name,
        alike=tuple((o.name, o.title) for o in alike),
        same_year=tuple(o.title for o in different if set(o.years) & set(report.years)),
        differences=differences(before, report) if before is not None else None,
    )


def preview_text(job: Job, preview: Preview, m: Messages) -> Rich:
    """Return the preview as it is read."""
    report, words = preview.report, m.telegram
    parts: list[Rich | str] = [
        marked(BOLD, job.file_name),
        words.preview_title.format(title=report.title) + _guess("title", report, m),
        words.preview_year.format(year=year_range(report.years, m, words.preview_unknown))
        + _guess("year", report, m),
        words.preview_organisation.format(name=report.organisation or words.preview_unknown)
        + _guess("organisation", report, m),
        *reading_report(account(report), m),
        "",
        marked(BOLD, _effect(preview, m)),
    ]
    if preview.differences is not None:
        parts += describe_differences(preview.differences, m)
    parts += [words.preview_warning.format(text=text) for text in _warnings(job, preview, m)]
    if report.sections:
        parts.append(marked(EXPANDABLE, tree(report.sections, m)))
    return joined(lines(parts))


_STYLES = {
    JobAction.GO_LIVE: KeyboardButtonStyle.SUCCESS,
    JobAction.REPLACE: KeyboardButtonStyle.DANGER,
}
"""How the buttons look that change what is answered."""


def preview_keyboard(job: Job, preview: Preview, m: Messages) -> InlineKeyboardMarkup | None:
    """Return the buttons under a preview."""
    words = m.telegram

    def button(label: str, action: JobAction) -> Button:
        return Button(label, JobButton(job.id, action), _STYLES.get(action))

    if preview.alike and preview.replaced is None:
        live = [
            button(words.button_replace, JobAction.REPLACE),
            button(words.button_keep_both, JobAction.GO_LIVE),
        ]
    else:
        live = [button(words.button_go_live, JobAction.GO_LIVE)]
    correct = [
        button(words.button_year, JobAction.YEAR),
        button(words.button_title, JobAction.TITLE),
        button(words.button_organisation, JobAction.ORGANISATION),
    ]
    return keyboard([live, correct, [button(words.button_cancel, JobAction.CANCEL)]])


def confirmed(job: Job, preview: Preview, *, replacing: bool) -> Job:
    """Return the job as it is once the admin wants it live."""
    replaces = preview.alike[0][0] if replacing and preview.alike else None
    name = safe_name(job.file_name)
    return replace(
        job, file_name=name, report=preview.report.name, replaces=replaces, awaiting=None
    )


def _effect(preview: Preview, m: Messages) -> str:
    words = m.telegram
    if preview.replaced is not None:
        return words.preview_replaces.format(title=m.titled.format(title=preview.replaced))
    if preview.alike:
        title = m.titled.format(title=preview.alike[0][1])
        return words.preview_same_title.format(title=title)
    return words.preview_new


def _warnings(job: Job, preview: Preview, m: Messages) -> list[str]:
    report, words = preview.report, m.telegram
    warnings = [words.warn_photo] if job.is_photo else []
    if not report.years:
        warnings.append(words.warn_year)
    if preview.same_year and not preview.alike:
        titles = m.telegram.comma.join(m.titled.format(title=t) for t in preview.same_year)
        warnings.append(words.preview_same_year.format(titles=titles))
    if not report.sections:
        warnings.append(words.warn_no_sections)
    return [*warnings, *left_out(account(report), m)]


def _guess(field: str, report: Report, m: Messages) -> str:
    return m.telegram.preview_guess if field in report.guesses else ""


def _alike(one: str, other: str) -> bool:
    return "".join(one.split()) == "".join(other.split())
