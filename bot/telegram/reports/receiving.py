"""A file from Telegram to its preview: recorded, fetched, read, shown."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from dataclasses import replace

from telegram.error import BadRequest, NetworkError, TelegramError

from bot.messages import Messages, messages_in
from bot.telegram.context import BotContext
from bot.telegram.jobs.jobs import Job, JobState
from bot.telegram.jobs.runner import JobRunner, discard, place_of_job
from bot.telegram.rendering.rich_text import Rich, clean, lines
from bot.telegram.reports.archives import archive_keyboard, archive_text, read_archive
from bot.telegram.reports.preview import Preview, preview_keyboard, preview_text, read_preview
from bot.telegram.transport.typing_action import typing
from bot.wording.error_sentences import explain, reason_of
from corpus.durable.atomic_files import write_file
from corpus.errors import BadReportName, CorpusError, Trouble, UnreadableReport
from corpus.library import is_archive

_log = logging.getLogger(__name__)
_ATTEMPTS = 3


class FileReceiver:
    """Receives files; each step is on the disk before the next, and safe to repeat."""

    def __init__(self, context: BotContext, runner: JobRunner) -> None:
        self._context = context
        self._runner = runner

    async def receive(self, job: Job) -> None:
        """Fetch and show a file; end the job, with a sentence, where that cannot be done."""
        m = messages_in(job.language)
        try:
            job = await self._fetched(job)
        except TelegramError as exc:
            _log.warning("upload not fetched error=%s", type(exc).__name__)
            await self._context.sender.send(place_of_job(job), Rich(m.telegram.upload_lost))
            await self.drop(job, JobState.FAILED)
        except OSError as exc:
            _log.error("upload not kept error=%s", exc.strerror)
            await self._context.sender.send(place_of_job(job), Rich(explain(exc, m)))
            await self.drop(job, JobState.FAILED)
        else:
            await self.show(job)

    async def show(self, job: Job) -> None:
        """Read what was staged and show it; end the job where it cannot be read."""
        m, sender = messages_in(job.language), self._context.sender
        if is_archive(job.file_name):
            await self._show_archive(job, m)
            return
        try:
            async with typing(sender.bot, place_of_job(job)):
                preview = await self.preview(job)
        except CorpusError as exc:
            await sender.send(place_of_job(job), refusal(job.file_name, exc, m))
            await self.drop(job, JobState.FAILED)
            return
        if preview.identical is not None:
            words = m.telegram.upload_identical
            text = words.format(name=job.file_name, title=preview.identical)
            await sender.send(place_of_job(job), Rich(text))
            await self.drop(job, JobState.FAILED)
            return
        sent = await sender.send(
            place_of_job(job), preview_text(job, preview, m), preview_keyboard(job, preview, m)
        )
        notice = sent[-1] if sent else None
        shown = replace(job, state=JobState.PREVIEW, notice_id=notice, awaiting=None)
        await self._runner.jobs.save(shown)

    async def _show_archive(self, job: Job, m: Messages) -> None:
        """Read all that an archive holds and show it in one preview."""
        sender = self._context.sender
        try:
            async with typing(sender.bot, place_of_job(job)):
                content = await read_archive(self._context, self._runner, job)
        except CorpusError as exc:
            await sender.send(place_of_job(job), refusal(job.file_name, exc, m))
            await self.drop(job, JobState.FAILED)
            return
        sent = await sender.send(
            place_of_job(job), archive_text(job, content, m), archive_keyboard(job, m)
        )
        notice = sent[-1] if sent else None
        await self._runner.jobs.save(replace(job, state=JobState.PREVIEW, notice_id=notice))

    async def preview(self, job: Job) -> Preview:
        """Return the file as it is understood, and what it would change.

        Raises:
            CorpusError: it cannot be read.
        """
        return await read_preview(self._context, self._runner, job, messages_in(job.language))

    async def drop(self, job: Job, state: JobState) -> None:
        """End the job and delete its file."""
        await self._runner.jobs.save(replace(job, state=state))
        await self._context.threads.change(discard, self._runner.staged(job))

    async def sweep(self, known: set[str]) -> None:
        """Delete the files of uploads that are over: of all but the jobs `known`."""
        await self._context.threads.change(self._sweep, known)

    async def _fetched(self, job: Job) -> Job:
        """Put the file on the disk, where it is not there yet; return the job as it is then."""
        if job.state is JobState.STAGED:
            return job
        content = await self._fetch(job)
        await self._context.threads.change(self._stage, job, content)
        job = replace(job, state=JobState.STAGED, digest=hashlib.sha256(content).hexdigest())
        await self._runner.jobs.save(job)
        return job

    async def _fetch(self, job: Job) -> bytes:
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                file = await self._context.sender.bot.get_file(job.file_id or "")
                return bytes(await file.download_as_bytearray())
            except BadRequest:
                raise
            except NetworkError:
                if attempt == _ATTEMPTS:
                    raise
                await asyncio.sleep(attempt)
        raise AssertionError("fetching neither succeeded nor failed")

    def _stage(self, job: Job, content: bytes) -> None:
        self._runner.staging.mkdir(parents=True, exist_ok=True)
        write_file(self._runner.staged(job), content)

    def _sweep(self, known: set[str]) -> None:
        for path in self._runner.staging.glob("*"):
            if path.name not in known:
                discard(path)


def refusal(name: str, exc: CorpusError, m: Messages) -> Rich:
    """Return why a file is not taken, and what to send instead where that helps."""
    if not isinstance(exc, UnreadableReport | BadReportName):
        return Rich(explain(exc, m))
    words = m.telegram.upload_unreadable.format(name=clean(name), reason=reason_of(exc, m))
    needs_text = exc.trouble is Trouble.NEEDS_OCR
    return lines([words, m.telegram.upload_as_text] if needs_text else [words])
