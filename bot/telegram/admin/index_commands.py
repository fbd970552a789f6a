"""What only admins may do with the index."""

from __future__ import annotations

import logging

from telegram import CallbackQuery, Message, Update
from telegram.constants import KeyboardButtonStyle
from telegram.ext import ContextTypes

from bot.messages import Messages
from bot.telegram.access.admins import AdminGate
from bot.telegram.context import BotContext
from bot.telegram.jobs.jobs import JobKind
from bot.telegram.jobs.runner import JobRunner
from bot.telegram.rendering.callback_data import (
    RemovalStep,
    RemoveReport,
    RollBack,
    digest_start,
    find_report,
    report_key,
)
from bot.telegram.rendering.keyboards import Button, keyboard
from bot.telegram.rendering.report_labels import report_label, reports_line
from bot.telegram.rendering.rich_text import Rich, excerpt, lines
from bot.telegram.transport.sender import ChatPlace, place_of
from bot.wording.changes import created_at, describe_record, rolled_back
from bot.wording.error_sentences import explain
from corpus.durable.faults import StateError
from corpus.errors import CorpusError
from index.answering.engine import Opened
from index.errors import SearchError
from index.generations.generations import Generation
from index.store.store import IndexedReport

_log = logging.getLogger(__name__)
_MOST_BUTTONS = 40
_LONGEST_CHANGE = 200
_CANCEL = RemoveReport("", "", RemovalStep.CANCEL)


class IndexCommands:
    """/reindex, /remove, /rollback, and their buttons."""

    def __init__(self, context: BotContext, runner: JobRunner, admin_gate: AdminGate) -> None:
        self._context = context
        self._runner = runner
        self._admin_gate = admin_gate

    async def reindex(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """/reindex: bring the index up to date, with a message that shows how far it is."""
        message = update.message
        m = await self._admin_gate.admitted(message)
        if message is not None and m is not None:
            await self._runner.begin(JobKind.REINDEX, place_of(message), m, _person(message))

    async def remove(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/remove: choose a report, confirm, and it is gone."""
        message = update.message
        m = await self._admin_gate.admitted(message)
        if message is None or m is None:
            return
        opened = await self._opened()
        entries = () if opened is None else opened.engine.store.entries
        if opened is None or not entries:
            await self._context.sender.send(place_of(message), Rich(m.telegram.nothing_to_search))
            return
        wanted = " ".join(context.args or ())
        found = await self._context.threads.ask(opened.engine.find_reports, wanted)
        rows = [
            [Button(report_label(entry, m), _removal(entry, RemovalStep.ASK))]
            for entry in (found or entries)[:_MOST_BUTTONS]
        ]
        cancel = [Button(m.telegram.button_cancel, _CANCEL)]
        words = Rich(m.telegram.remove_choose)
        await self._context.sender.send(place_of(message), words, keyboard([*rows, cancel]))

    async def pressed_remove(self, query: CallbackQuery, data: RemoveReport, m: Messages) -> str:
        """Ask whether a report is to be removed; remove it."""
        message, sender = query.message, self._context.sender
        if message is None:
            return m.telegram.button_unknown
        chat_id, message_id = message.chat.id, message.message_id
        if data.step is RemovalStep.CANCEL:
            await sender.edit(chat_id, message_id, Rich(m.telegram.remove_cancelled))
            return ""
        entry = find_report(await self._entries(), data.report)
        if entry is None or not data.digest or not entry.digest.startswith(data.digest):
            return m.telegram.report_gone
        if data.step is RemovalStep.ASK:
            asked = m.telegram.remove_confirm.format(title=reports_line(entry, m))
            words = f"{asked}\n{m.admin.removed_is_kept}"
            confirm = _removal(entry, RemovalStep.CONFIRM)
            yes = Button(m.telegram.button_remove, confirm, KeyboardButtonStyle.DANGER)
            no = Button(m.telegram.button_cancel, _CANCEL)
            await sender.edit(chat_id, message_id, Rich(words), keyboard([[yes, no]]))
        else:
            await sender.edit(chat_id, message_id, Rich(m.telegram.reindexing))
            place = ChatPlace(chat_id, _topic(query), message_id)
            await self._runner.begin(JobKind.REMOVE, place, m, query.from_user.id, entry.name)
        return ""

    async def rollback(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """/rollback: the generations, to choose one."""
        message = update.message
        m = await self._admin_gate.admitted(message)
        if message is None or m is None:
            return
        found = await self._context.threads.change(self._context.service.list_generations)
        opened = await self._opened()
        current = "" if opened is None else opened.generation.name
        sound = [entry for entry in found if isinstance(entry, Generation)]
        rows = [
            [Button(_line(generation, m), RollBack(generation.number))]
            for generation in sound
            if generation.name != current
        ]
        if not rows:
            await self._context.sender.send(place_of(message), Rich(m.telegram.rollback_nothing))
            return
        described: list[str] = []
        for generation in sound:
            here = f" ← {m.generation_current}" if generation.name == current else ""
            described += [_line(generation, m) + here, *await self._changes_of(generation, m)]
        words = lines([m.telegram.rollback_choose, *described])
        await self._context.sender.send(place_of(message), words, keyboard(rows))

    async def _changes_of(self, generation: Generation, m: Messages) -> list[str]:
        """Return what changed with a generation and by whom, in one line; none if unknown."""
        history = self._context.service.history
        record = await self._context.threads.change(history.of, generation.name)
        if record is None:
            return []
        who = m.admin.at_the_server
        if record.by:
            who = await self._context.sender.name_of(record.by) or str(record.by)
        said = describe_record(record, who, m)
        return [f"　{excerpt(said, _LONGEST_CHANGE)}"] if said else []

    async def pressed_rollback(self, query: CallbackQuery, data: RollBack, m: Messages) -> str:
        """Make the chosen generation the current one."""
        try:
            back = await self._context.threads.change(
                self._context.service.roll_back, to=data.generation
            )
        except (CorpusError, SearchError) as exc:
            return excerpt(explain(exc, m), 180)
        _log.info("rolled back generation=%s", back.generation.name)
        message = query.message
        if message is not None:
            words = lines(rolled_back(back, created_at(back.generation), m))
            await self._context.sender.edit(message.chat.id, message.message_id, words)
        return ""

    async def _entries(self) -> tuple[IndexedReport, ...]:
        opened = await self._opened()
        return () if opened is None else opened.engine.store.entries

    async def _opened(self) -> Opened | None:
        """Return the index that answers; None where there is none that can be used."""
        try:
            return await self._context.threads.ask(self._context.service.opened)
        except (SearchError, StateError) as exc:
            _log.warning("no index error=%s", type(exc).__name__)
            return None


def _person(message: Message) -> int:
    return message.from_user.id if message.from_user is not None else 0


def _removal(entry: IndexedReport, step: RemovalStep) -> RemoveReport:
    return RemoveReport(report_key(entry.name), digest_start(entry), step)


def _topic(query: CallbackQuery) -> int | None:
    message = query.message
    if isinstance(message, Message) and message.is_topic_message:
        return message.message_thread_id
    return None


def _line(generation: Generation, m: Messages) -> str:
    manifest = generation.manifest
    return m.telegram.rollback_line.format(created=created_at(generation), reports=manifest.reports)
