"""Runs the jobs: one after another, the progress of each in one message."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import shutil
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from telegram import InlineKeyboardMarkup
from telegram.error import TelegramError

from bot.messages import Messages, messages_in
from bot.telegram.context import BotContext
from bot.telegram.jobs.jobs import Job, JobKind, Jobs, JobState, new_id
from bot.telegram.jobs.progress import BuildProgress, show_progress
from bot.telegram.rendering.callback_data import (
    JobAction,
    JobButton,
    TellGroups,
    digest_start,
    report_key,
)
from bot.telegram.rendering.keyboards import Button, keyboard
from bot.telegram.rendering.rich_text import BOLD, Rich, joined, lines, marked
from bot.telegram.transport.sender import ChatPlace
from bot.wording.changes import describe
from bot.wording.error_sentences import explain
from corpus.corrections import Correction
from corpus.errors import CorpusError, Trouble, UnknownReport, UnreadableReport
from corpus.library import is_archive
from index.building.builder import Changes
from index.errors import SearchError

_log = logging.getLogger(__name__)


class JobRunner:
    """Runs jobs in the background; each is safe to run again from its beginning."""

    def __init__(self, context: BotContext) -> None:
        self.jobs = Jobs(context.database)
        self.staging = context.service.config.state / "uploads"
        self._context = context
        self._tasks: set[asyncio.Task[None]] = set()
        self._progress = BuildProgress()
        self._one_at_a_time = asyncio.Lock()
        self.when_live: Callable[[], Awaitable[None]] = _nothing
        """Called after a job is done."""

    def background(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something beside the handlers; its failure is logged."""
        task = asyncio.create_task(_logged(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Stop what runs: it continues after the next start."""
        self._progress.stop()
        for task in self._tasks:
            task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def begin(
        self, kind: JobKind, place: ChatPlace, m: Messages, admin: int, report: str | None = None
    ) -> None:
        """Record a new job, then run it; one message begins one job."""
        if await self.jobs.of_message(kind, place.chat_id, place.reply_to or 0) is not None:
            return
        job = Job(
            id=new_id(),
            kind=kind,
            state=JobState.CONFIRMED,
            chat_id=place.chat_id,
            message_id=place.reply_to or 0,
            topic=place.topic,
            language=m.language,
            admin=admin,
            report=report,
        )
        await self.jobs.save(job)
        self.background(self.run(job))

    async def run(self, job: Job) -> None:
        """Change the library as the job says, bring the index up to date, say what changed."""
        m, context = messages_in(job.language), self._context
        if job.notice_id is None:
            sent = await context.sender.send(place_of_job(job), Rich(m.telegram.reindexing))
            job = replace(job, notice_id=sent[-1] if sent else None)
            await self.jobs.save(job)
        async with self._one_at_a_time:
            try:
                await context.threads.change(self._change_library, job)
                changes = await self._bring_up_to_date(job, m)
                outcome, buttons = await self._outcome(job, changes, m)
            except (CorpusError, SearchError, OSError) as exc:
                _log.warning("job failed kind=%s error=%s", job.kind, type(exc).__name__)
                await self._failed(job, exc, m)
                return
        _log.info("job done kind=%s generation=%s", job.kind, changes.generation)
        await self._end(job, JobState.DONE, outcome, buttons)
        await self.when_live()

    async def _bring_up_to_date(self, job: Job, m: Messages) -> Changes:
        """Build the index, and show how far it is."""
        self._progress = progress = BuildProgress()

        async def show(words: str) -> None:
            if job.notice_id is not None:
                await self._context.sender.edit(job.chat_id, job.notice_id, Rich(words))

        async with show_progress(progress, m, show):
            service = self._context.service
            return await self._context.threads.change(
                service.bring_up_to_date, progress=progress, by=job.admin
            )

    async def say(self, job: Job, rich: Rich, buttons: InlineKeyboardMarkup | None = None) -> None:
        """Show `rich` in the message of the job, or in a new one where there is none."""
        sender, notice = self._context.sender, job.notice_id
        if notice is None or not await sender.edit(job.chat_id, notice, rich, buttons):
            await sender.send(place_of_job(job), rich, buttons)

    def staged(self, job: Job) -> Path:
        """Return where the file of an upload is kept until it is in the library."""
        return self.staging / job.id

    def content(self, job: Job) -> bytes:
        """Return what was kept of the file of an upload.

        Raises:
            UnreadableReport: it is not there, or not what was kept.
        """
        try:
            content = self.staged(job).read_bytes()
        except OSError as exc:
            raise UnreadableReport.at_opening(job.file_name, exc) from exc
        if job.digest not in {None, hashlib.sha256(content).hexdigest()}:
            raise UnreadableReport(job.file_name, Trouble.DAMAGED)
        return content

    async def _failed(self, job: Job, exc: Exception, m: Messages) -> None:
        """Say why nothing changed; what was sent is kept, and can be tried again."""
        words = Rich(m.telegram.reindex_failed.format(reason=explain(exc, m)))
        if job.kind is not JobKind.UPLOAD or not self.staged(job).exists():
            await self._end(job, JobState.FAILED, words)
            return
        again = JobAction.GO_LIVE if job.replaces is None else JobAction.REPLACE
        row = [
            Button(m.telegram.button_again, JobButton(job.id, again)),
            Button(m.telegram.button_cancel, JobButton(job.id, JobAction.CANCEL)),
        ]
        await self.jobs.save(replace(job, state=JobState.PREVIEW))
        await self.say(job, words, keyboard([row]))

    async def _end(
        self,
        job: Job,
        state: JobState,
        rich: Rich,
        buttons: InlineKeyboardMarkup | None = None,
    ) -> None:
        await self.say(job, rich, buttons)
        await self.jobs.save(replace(job, state=state))
        if state is JobState.DONE:
            await self._context.threads.change(discard, self.staged(job))

    async def _outcome(
        self, job: Job, changes: Changes, m: Messages
    ) -> tuple[Rich, InlineKeyboardMarkup | None]:
        """Return what changed; of a report that went live also a question, and who else is told.

        Where a job is done again after a crash, the index may hold its report already.
        """
        parts: list[Rich | str] = [*describe(changes, m), *await self._lost(m)]
        if job.kind is not JobKind.UPLOAD or job.report is None:
            return lines(parts), None
        opened = await self._context.threads.ask(self._context.service.opened)
        entry = next((e for e in opened.engine.store.entries if e.name == job.report), None)
        if entry is None:
            return lines(parts), None
        live = m.telegram.went_live.format(title=m.titled.format(title=entry.title))
        parts.insert(0, marked(BOLD, live))
        if job.report in changes.difference.changed or job.replaces is not None:
            parts.append(m.admin.replaced_is_kept)
        example = await self._example(job.report)
        if example:
            parts.append(joined(m.telegram.try_asking, marked("code", example)))
        tell = TellGroups(report_key(entry.name), digest_start(entry))
        return lines(parts), keyboard([[Button(m.admin.button_tell_groups, tell)]])

    async def _lost(self, m: Messages) -> list[str]:
        """Return which questions an admin answered with what is in the reports no more."""

        def work() -> list[str]:
            service = self._context.service
            lost = service.attached.lost(service.opened().engine.store)
            return [f"“{each.questions[0]}”" for each in lost]

        with suppress(CorpusError, SearchError):
            found = await self._context.threads.ask(work)
            if found:
                return [m.admin.attached_lost.format(questions=m.telegram.comma.join(found))]
        return []

    async def _example(self, report: str) -> str:
        with suppress(CorpusError, SearchError):
            return await self._context.threads.ask(self._context.example_questions.question, report)
        return ""

    def _change_library(self, job: Job) -> None:
        """Add the file of an upload to the library, or remove a report. Safe to repeat."""
        library = self._context.service.library
        if job.kind is JobKind.UPLOAD and is_archive(job.file_name):
            self._add_all(job)
        elif job.kind is JobKind.UPLOAD and job.report is not None:
            if self.staged(job).exists() or not library.has(job.file_name):
                library.add(self.content(job), job.file_name, replace=True)
            corrected = correction_of(job, library.corrections().get(job.report))
            if corrected is not None:
                library.correct(job.report, corrected)
            if job.replaces not in {None, job.report}:
                self._remove(str(job.replaces))
        elif job.kind is JobKind.REMOVE and job.report is not None:
            self._remove(job.report)

    def _add_all(self, job: Job) -> None:
        """Add every report of an archive; those that cannot be read were named in the preview."""
        library = self._context.service.library
        for file in library.unpack(self.content(job), job.file_name):
            if not isinstance(file, UnreadableReport):
                with suppress(UnreadableReport):
                    library.add(file.data, file.name, replace=True)

    def _remove(self, report: str) -> None:
        with suppress(UnknownReport):
            self._context.service.library.remove(report)


def correction_of(job: Job, before: Correction | None) -> Correction | None:
    """Return what is corrected of the report of an upload, now and before."""
    known = before or Correction()
    corrected = Correction(
        title=job.title or known.title,
        year=job.year or known.year,
        organisation=job.organisation or known.organisation,
    )
    return None if corrected == Correction() else corrected


def place_of_job(job: Job) -> ChatPlace:
    """Return where the messages of a job belong."""
    return ChatPlace(job.chat_id, job.topic, job.message_id or None)


def discard(path: Path) -> None:
    """Delete what was kept of an upload, if it is there; log where it cannot be deleted."""
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as exc:
        _log.warning("an upload stays on the disk file=%s reason=%r", path.name, exc.strerror)


async def _nothing() -> None:
    """Nobody waits for jobs."""


async def _logged(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except TelegramError as exc:
        _log.warning("background work failed error=%s", type(exc).__name__)
    except (CorpusError, SearchError, OSError) as exc:
        _log.error("background work failed error=%s", type(exc).__name__, exc_info=exc)
