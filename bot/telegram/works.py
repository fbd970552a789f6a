"""Carries out what changes the index: one job after another, shown in one message each."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from telegram.error import TelegramError

from bot.commands.indexing import describe
from bot.messages import Messages, explain, messages_in
from bot.telegram.jobs import Job, Jobs, Kind, State, new_id
from bot.telegram.office import Office
from bot.telegram.post import Place
from bot.telegram.progress import Steps, shown
from bot.telegram.text import Rich, joined, lines, marked
from corpus.corrections import Correction
from corpus.errors import CorpusError, UnknownReport
from index.errors import SearchError

_log = logging.getLogger(__name__)


class Works:
    """Runs jobs in the background; each is safe to run again from its beginning."""

    def __init__(self, office: Office) -> None:
        self.jobs = Jobs(office.database)
        self.staging = office.service.config.state / "uploads"
        self._office = office
        self._tasks: set[asyncio.Task[None]] = set()
        self._turn = asyncio.Lock()

    def background(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something beside the handlers; its failure is logged."""
        task = asyncio.create_task(_logged(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Stop what runs: it is taken up again after the next start."""
        for task in self._tasks:
            task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def begin(self, kind: Kind, place: Place, m: Messages, report: str | None = None) -> None:
        """Write a new job down, then run it."""
        job = Job(
            id=new_id(),
            kind=kind,
            state=State.CONFIRMED,
            chat_id=place.chat_id,
            message_id=place.reply_to or 0,
            topic=place.topic,
            language=m.language,
            report=report,
        )
        await self.jobs.save(job)
        self.background(self.run(job))

    async def run(self, job: Job) -> None:
        """Change the library as the job says, bring the index up to date, say what changed."""
        m, office = messages_in(job.language), self._office
        if job.notice_id is None:
            sent = await office.post.send(place_of_job(job), Rich(m.telegram.reindexing))
            job = replace(job, notice_id=sent[-1] if sent else None)
            await self.jobs.save(job)
        async with self._turn:
            steps = Steps()

            async def show(done: int, total: int) -> None:
                await self.say(
                    job, Rich(m.telegram.reindex_progress.format(done=done, total=total))
                )

            try:
                await office.workers.change(self._change_library, job)
                async with shown(steps, show):
                    changes = await office.workers.change(
                        office.service.bring_up_to_date, progress=steps
                    )
            except (CorpusError, SearchError) as exc:
                _log.warning("job failed kind=%s error=%s", job.kind, type(exc).__name__)
                words = m.telegram.reindex_failed.format(reason=explain(exc, m))
                await self._end(job, State.FAILED, Rich(words))
                return
        example = await self._example(job)
        parts: list[Rich | str] = [*describe(changes, m)]
        if example:
            parts.append(joined(m.telegram.try_asking, marked("code", example)))
        _log.info("job done kind=%s generation=%s", job.kind, changes.generation)
        await self._end(job, State.DONE, lines(parts))

    async def say(self, job: Job, rich: Rich) -> None:
        """Show `rich` in the message of the job, or in a new one where there is none."""
        if job.notice_id is not None:
            await self._office.post.edit(job.chat_id, job.notice_id, rich)
        else:
            await self._office.post.send(place_of_job(job), rich)

    def staged(self, job: Job) -> Path:
        """Return where the file of an upload is kept until it is in the library."""
        return self.staging / job.id

    async def _end(self, job: Job, state: State, rich: Rich) -> None:
        await self.say(job, rich)
        await self.jobs.save(replace(job, state=state))
        if state is State.DONE:
            await self._office.workers.change(self.staged(job).unlink, missing_ok=True)

    async def _example(self, job: Job) -> str:
        if job.kind is not Kind.UPLOAD:
            return ""
        with suppress(CorpusError, SearchError):
            return await self._office.workers.ask(self._office.examples.question, job.report)
        return ""

    def _change_library(self, job: Job) -> None:
        """Put the file of an upload into the library, or take a report out. Safe to repeat."""
        library = self._office.service.library
        if job.kind is Kind.UPLOAD and job.report is not None:
            staged = self.staged(job)
            if staged.exists():
                library.add(staged.read_bytes(), job.file_name, replace=True)
            corrected = correction_of(job, library.corrections().get(job.report))
            if corrected is not None:
                library.correct(job.report, corrected)
            if job.replaces not in {None, job.report}:
                self._take_out(str(job.replaces))
        elif job.kind is Kind.REMOVE and job.report is not None:
            self._take_out(job.report)

    def _take_out(self, report: str) -> None:
        with suppress(UnknownReport):
            self._office.service.library.remove(report)


def correction_of(job: Job, before: Correction | None) -> Correction | None:
    """Return what is corrected of the report of an upload, now and before."""
    known = before or Correction()
    corrected = Correction(
        title=job.title or known.title,
        year=job.year or known.year,
        organisation=job.organisation or known.organisation,
    )
    return None if corrected == Correction() else corrected


def place_of_job(job: Job) -> Place:
    """Return where the messages of a job belong."""
    return Place(job.chat_id, job.topic, job.message_id or None)


async def _logged(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except TelegramError as exc:
        _log.warning("background work failed error=%s", type(exc).__name__)
    except (CorpusError, SearchError, OSError) as exc:
        _log.error("background work failed error=%s", type(exc).__name__, exc_info=exc)
