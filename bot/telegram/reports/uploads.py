"""A new report from the chat: what admins send, the previews' buttons, and the corrections."""

from __future__ import annotations

from dataclasses import replace

from telegram import CallbackQuery, ForceReply, Message, Update
from telegram.ext import ContextTypes, filters

from bot.messages import Messages, messages_in
from bot.telegram.access.admins import AdminGate, FromAdmin
from bot.telegram.context import BotContext
from bot.telegram.jobs.jobs import Job, JobKind, JobState, new_id
from bot.telegram.jobs.runner import JobRunner
from bot.telegram.rendering.callback_data import JobAction, JobButton
from bot.telegram.rendering.rich_text import Rich, excerpt
from bot.telegram.reports.attachments import LARGEST_MB, Attachment, attachment_of
from bot.telegram.reports.correction_prompts import ASKABLE, CorrectionPrompt, corrected, question
from bot.telegram.reports.preview import confirmed
from bot.telegram.reports.receiving import FileReceiver, refusal
from bot.telegram.transport.sender import ChatPlace, place_of
from bot.wording.error_sentences import explain
from corpus.errors import BadReportName, CorpusError
from corpus.library import is_archive, safe_name

_FILES = filters.Document.ALL | filters.PHOTO


class Uploads:
    """Handles files of admins, the buttons of previews, and the replies with corrections.

    `takes` are the messages in private that bring a file; what others write under one is a
    question. `corrects` are those that say what is right.
    """

    def __init__(self, context: BotContext, runner: JobRunner, admin_gate: AdminGate) -> None:
        self._context = context
        self._runner = runner
        self._admin_gate = admin_gate
        self._receiver = FileReceiver(context, runner)
        self.takes = _FILES & (FromAdmin(context.access) | ~filters.CAPTION)
        self.corrects = CorrectionPrompt(context.access.is_admin)

    async def resume(self) -> None:
        """Continue the jobs that were not done when the bot last ended."""
        jobs = await self._runner.jobs.unfinished()
        await self._receiver.sweep({job.id for job in jobs})
        for job in jobs:
            if job.state is JobState.CONFIRMED:
                self._runner.background(self._runner.run(job))
            elif job.admin not in {0, *self._context.access.admins}:
                await self._receiver.drop(job, JobState.CANCELLED)
            elif job.state is not JobState.PREVIEW:
                self._runner.background(self._receiver.receive(job))
            elif job.prompt_id is not None:
                self.corrects.add(job)
            elif job.awaiting is not None:
                self._runner.background(self._prompt(job))

    async def file(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Receive a file or a photo that was sent in private."""
        message = update.message
        m = await self._admin_gate.admitted(message, files=True)
        if message is None or m is None:
            return
        sent = attachment_of(message, m)
        if sent is not None:
            await self._receive(message, sent, m)

    async def add(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """/add, in reply to a message with a file or a photo, or as the caption of one."""
        message = update.message
        m = await self._admin_gate.admitted(message)
        if message is None or m is None:
            return
        sent = attachment_of(message, m) or attachment_of(message.reply_to_message, m)
        if sent is None:
            await self._context.sender.send(place_of(message), Rich(m.telegram.upload_usage))
        else:
            await self._receive(message, sent, m)

    async def correction(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Take a reply with the right year, title or organisation."""
        message = update.message
        m = await self._admin_gate.admitted(message)
        if message is None or m is None or message.text is None:
            return
        asked = self.corrects.of(message)
        job = await self._runner.jobs.find(asked.id) if asked is not None else None
        if asked is None or job is None or job.state is not JobState.PREVIEW:
            return
        right = corrected(replace(job, awaiting=asked.awaiting), message.text)
        if right is None:
            bad = m.telegram.bad_year if asked.awaiting == "year" else m.telegram.bad_text
            await self._context.sender.send(place_of(message), Rich(bad))
            return
        self.corrects.forget(job)
        right = replace(right, state=JobState.STAGED, notice_id=None, prompt_id=None, awaiting=None)
        if not await self._runner.jobs.move(right, JobState.PREVIEW):
            return
        await self._runner.say(job, Rich(m.telegram.preview_superseded))
        await self._receiver.show(right)

    async def pressed(self, query: CallbackQuery, data: JobButton, m: Messages) -> str:
        """Do what a button under a preview says."""
        job, message = await self._runner.jobs.find(data.job), query.message
        if job is None or message is None or job.chat_id != message.chat.id:
            return m.telegram.button_unknown
        if job.state is not JobState.PREVIEW:
            return m.telegram.job_over
        match data.action:
            case JobAction.CANCEL:
                await self._cancel(job, m)
                return ""
            case JobAction.GO_LIVE | JobAction.REPLACE:
                return await self._go_live(job, m, replacing=data.action is JobAction.REPLACE)
            case JobAction.YEAR | JobAction.TITLE | JobAction.ORGANISATION:
                await self._prompt(replace(job, awaiting=data.action.value))
                return ""

    async def _cancel(self, job: Job, m: Messages) -> None:
        self.corrects.forget(job)
        await self._receiver.drop(job, JobState.CANCELLED)
        await self._runner.say(job, Rich(m.telegram.upload_cancelled.format(name=job.file_name)))

    async def _receive(self, message: Message, sent: Attachment, m: Messages) -> None:
        """Record the upload before anything else; then fetch and read it."""
        place = place_of(message)
        known = await self._runner.jobs.of_message(
            JobKind.UPLOAD, message.chat.id, message.message_id
        )
        if known is not None:
            return
        refused = self._refusal(sent, m)
        if refused is not None:
            one_of_many = sent.album is not None and message.media_group_id == sent.album
            if not one_of_many or self._context.quota.notice_due(("album", sent.album)):
                await self._context.sender.send(place, refused)
            return
        job = Job(
            id=new_id(),
            kind=JobKind.UPLOAD,
            state=JobState.RECEIVED,
            chat_id=message.chat.id,
            message_id=message.message_id,
            admin=message.from_user.id if message.from_user is not None else 0,
            topic=place.topic,
            language=m.language,
            file_id=sent.file_id,
            file_name=sent.name,
            is_photo=sent.is_photo,
        )
        await self._runner.jobs.save(job)
        self._runner.background(self._receiver.receive(job))

    def _refusal(self, sent: Attachment, m: Messages) -> Rich | None:
        """Return why a file is not even fetched; None where it is."""
        if sent.too_large:
            return Rich(m.telegram.upload_too_large.format(limit=LARGEST_MB))
        if sent.album is not None:
            return Rich(m.telegram.upload_album)
        if is_archive(sent.name):
            return None
        try:
            safe_name(sent.name)
        except BadReportName as exc:
            return refusal(sent.name, exc, m)
        return None

    async def _prompt(self, job: Job) -> None:
        """Ask the admin for what the job awaits; what is on the disk comes first."""
        m = messages_in(job.language)
        asked = replace(job, prompt_id=None)
        if not await self._runner.jobs.move(asked, JobState.PREVIEW):
            return
        place = ChatPlace(job.chat_id, job.topic, job.notice_id)
        words = Rich(question(job.awaiting or ASKABLE[0], m))
        sent = await self._context.sender.send(place, words, ForceReply(selective=True))
        asked = replace(asked, prompt_id=sent[-1] if sent else None)
        if await self._runner.jobs.move(asked, JobState.PREVIEW):
            self.corrects.add(asked)

    async def _go_live(self, job: Job, m: Messages, *, replacing: bool) -> str:
        if is_archive(job.file_name):
            ready = replace(job, state=JobState.CONFIRMED)
        else:
            try:
                preview = await self._receiver.preview(job)
            except CorpusError as exc:
                return excerpt(explain(exc, m), 180)
            ready = replace(confirmed(job, preview, replacing=replacing), state=JobState.CONFIRMED)
        if not await self._runner.jobs.move(ready, JobState.PREVIEW):
            return m.telegram.job_over
        self.corrects.forget(job)
        await self._runner.say(ready, Rich(m.telegram.reindexing))
        self._runner.background(self._runner.run(ready))
        return ""
