"""A new report from the chat: kept first, then read, shown, corrected, and let go live."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace

from telegram import CallbackQuery, Document, ForceReply, Message, Update
from telegram.error import BadRequest, NetworkError, TelegramError
from telegram.ext import ContextTypes

from bot.messages import Messages, explain, messages_in
from bot.messages.explanations import reason_of
from bot.telegram.admin import Admittance
from bot.telegram.buttons import fields
from bot.telegram.corrections import ASKABLE, Asked, corrected, question
from bot.telegram.jobs import Job, Kind, State, new_id
from bot.telegram.office import Office
from bot.telegram.post import Place, place_of
from bot.telegram.preview import confirmed, preview_keyboard, preview_text, understood
from bot.telegram.text import Rich, clean, excerpt
from bot.telegram.works import Works, place_of_job
from corpus.durable import write_file
from corpus.errors import BadReportName, CorpusError, UnreadableReport
from corpus.library import safe_name

_log = logging.getLogger(__name__)
LARGEST_MB = 20
"""Larger files bots cannot fetch (https://core.telegram.org/bots/api#getfile)."""

_ATTEMPTS = 3


class Uploads:
    """Handles files of admins, the buttons of previews, and the replies with corrections."""

    def __init__(self, office: Office, works: Works, admittance: Admittance) -> None:
        self._office = office
        self._works = works
        self._admittance = admittance
        self.corrects = Asked(office.access.admins)

    async def resume(self) -> None:
        """Take up again what was going on when the bot last ended."""
        jobs = await self._works.jobs.unfinished()
        await self._office.workers.change(self._sweep, {job.id for job in jobs})
        for job in jobs:
            if job.state is State.CONFIRMED:
                self._works.background(self._works.run(job))
            elif job.admin not in {0, *self._office.access.admins}:
                await self._drop(job, State.CANCELLED)
            elif job.state is not State.PREVIEW:
                self._works.background(self._take_in(job))
            elif job.prompt_id is not None:
                self.corrects.add(job)
            elif job.awaiting is not None:
                self._works.background(self._prompt(job))

    async def file(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Take in a file that was sent in private."""
        message = update.message
        m = await self._admittance.admitted(message)
        if message is not None and message.document is not None and m is not None:
            await self._receive(message, message.document, m)

    async def add(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """/add, in reply to a message with a file."""
        message = update.message
        m = await self._admittance.admitted(message)
        if message is None or m is None:
            return
        replied = message.reply_to_message
        if replied is None or replied.document is None:
            await self._office.post.send(place_of(message), Rich(m.telegram.upload_usage))
        else:
            await self._receive(message, replied.document, m)

    async def correction(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Take a reply with the right year, title or organisation."""
        message = update.message
        m = await self._admittance.admitted(message)
        if message is None or m is None or message.text is None:
            return
        asked = self.corrects.of(message)
        job = await self._works.jobs.find(asked.id) if asked is not None else None
        if asked is None or job is None or job.state is not State.PREVIEW:
            return
        right = corrected(replace(job, awaiting=asked.awaiting), message.text)
        if right is None:
            bad = m.telegram.bad_year if asked.awaiting == "year" else m.telegram.bad_text
            await self._office.post.send(place_of(message), Rich(bad))
            return
        self.corrects.forget(job)
        right = replace(right, state=State.STAGED, notice_id=None, prompt_id=None, awaiting=None)
        if not await self._works.jobs.move(right, State.PREVIEW):
            return
        await self._works.say(job, Rich(m.telegram.preview_superseded))
        await self._show(right)

    async def pressed(self, query: CallbackQuery, m: Messages) -> str:
        """Do what a button under a preview says."""
        job_id, act, *_ = [*fields(query.data or ""), "", ""]
        job, message = await self._works.jobs.find(job_id), query.message
        if job is None or message is None or job.chat_id != message.chat.id:
            return m.telegram.button_unknown
        if job.state is not State.PREVIEW:
            return m.telegram.job_over
        if act in ASKABLE:
            await self._prompt(replace(job, awaiting=act))
            return ""
        if act == "cancel":
            self.corrects.forget(job)
            await self._drop(job, State.CANCELLED)
            await self._works.say(job, Rich(m.telegram.upload_cancelled.format(name=job.file_name)))
            return ""
        if act not in {"live", "replace"}:
            return m.telegram.button_unknown
        return await self._go_live(job, m, replacing=act == "replace")

    async def _receive(self, message: Message, document: Document, m: Messages) -> None:
        """Write the upload down before anything else; then fetch and read it."""
        place, name = place_of(message), clean(document.file_name or "")
        known = await self._works.jobs.of_message(Kind.UPLOAD, message.chat.id, message.message_id)
        if known is not None:
            return
        if (document.file_size or 0) > LARGEST_MB * 1024 * 1024:
            words = m.telegram.upload_too_large.format(limit=LARGEST_MB)
            await self._office.post.send(place, Rich(words))
            return
        try:
            safe_name(name)
        except BadReportName as exc:
            await self._office.post.send(place, _refusal(name, exc, m))
            return
        job = Job(
            id=new_id(),
            kind=Kind.UPLOAD,
            state=State.RECEIVED,
            chat_id=message.chat.id,
            message_id=message.message_id,
            admin=message.from_user.id if message.from_user is not None else 0,
            topic=place.topic,
            language=m.language,
            file_id=document.file_id,
            file_name=name,
        )
        await self._works.jobs.save(job)
        self._works.background(self._take_in(job))

    async def _take_in(self, job: Job) -> None:
        """Fetch and show a file; end the job, with a sentence, where that cannot be done."""
        m = messages_in(job.language)
        try:
            await self._fetched(job)
        except TelegramError as exc:
            _log.warning("upload not fetched error=%s", type(exc).__name__)
            await self._office.post.send(place_of_job(job), Rich(m.telegram.upload_lost))
            await self._drop(job, State.FAILED)
        except OSError as exc:
            _log.error("upload not kept error=%s", exc.strerror)
            await self._office.post.send(place_of_job(job), Rich(explain(exc, m)))
            await self._drop(job, State.FAILED)
        else:
            await self._show(replace(job, state=State.STAGED))

    async def _fetched(self, job: Job) -> None:
        """Put the file on the disk, where it is not there yet."""
        if job.state is State.STAGED:
            return
        if not self._works.staged(job).exists():
            content = await self._fetch(job)
            await self._office.workers.change(self._stage, job, content)
        await self._works.jobs.save(replace(job, state=State.STAGED))

    async def _fetch(self, job: Job) -> bytes:
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                file = await self._office.post.bot.get_file(job.file_id or "")
                return bytes(await file.download_as_bytearray())
            except BadRequest:
                raise
            except NetworkError:
                if attempt == _ATTEMPTS:
                    raise
                await asyncio.sleep(attempt)
        raise AssertionError("fetching neither succeeded nor failed")

    def _stage(self, job: Job, content: bytes) -> None:
        self._works.staging.mkdir(parents=True, exist_ok=True)
        write_file(self._works.staged(job), content)

    async def _show(self, job: Job) -> None:
        """Read what was staged and show it; end the job where it cannot be read."""
        m, post = messages_in(job.language), self._office.post
        try:
            preview = await understood(self._office, self._works, job, m)
        except CorpusError as exc:
            await post.send(place_of_job(job), _refusal(job.file_name, exc, m))
            await self._drop(job, State.FAILED)
            return
        if preview.identical is not None:
            words = m.telegram.upload_identical
            text = words.format(name=job.file_name, title=preview.identical)
            await post.send(place_of_job(job), Rich(text))
            await self._drop(job, State.FAILED)
            return
        sent = await post.send(
            place_of_job(job), preview_text(job, preview, m), preview_keyboard(job, preview, m)
        )
        notice = sent[-1] if sent else None
        shown = replace(job, state=State.PREVIEW, notice_id=notice, awaiting=None)
        await self._works.jobs.save(shown)

    async def _drop(self, job: Job, state: State) -> None:
        await self._works.jobs.save(replace(job, state=state))
        await self._office.workers.change(self._works.staged(job).unlink, missing_ok=True)

    def _sweep(self, known: set[str]) -> None:
        """Delete the files of uploads that are over."""
        for path in self._works.staging.glob("*"):
            if path.name not in known:
                path.unlink()

    async def _prompt(self, job: Job) -> None:
        """Ask the admin for what the job awaits; what is on the disk comes first."""
        m = messages_in(job.language)
        asked = replace(job, prompt_id=None)
        if not await self._works.jobs.move(asked, State.PREVIEW):
            return
        place = Place(job.chat_id, job.topic, job.notice_id)
        words = Rich(question(job.awaiting or ASKABLE[0], m))
        sent = await self._office.post.send(place, words, ForceReply(selective=True))
        asked = replace(asked, prompt_id=sent[-1] if sent else None)
        if await self._works.jobs.move(asked, State.PREVIEW):
            self.corrects.add(asked)

    async def _go_live(self, job: Job, m: Messages, *, replacing: bool) -> str:
        try:
            preview = await understood(self._office, self._works, job, m)
        except CorpusError as exc:
            return excerpt(explain(exc, m), 180)
        ready = replace(confirmed(job, preview, replacing=replacing), state=State.CONFIRMED)
        if not await self._works.jobs.move(ready, State.PREVIEW):
            return m.telegram.job_over
        self.corrects.forget(job)
        await self._works.say(ready, Rich(m.telegram.reindexing))
        self._works.background(self._works.run(ready))
        return ""


def _refusal(name: str, exc: CorpusError, m: Messages) -> Rich:
    if isinstance(exc, UnreadableReport | BadReportName):
        words = m.telegram.upload_unreadable
        return Rich(words.format(name=clean(name), reason=reason_of(exc, m)))
    return Rich(explain(exc, m))
