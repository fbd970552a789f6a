"""The buttons under an answer: other passages, what stands around, the file, thumbs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from telegram import CallbackQuery, Message

from bot.messages import Messages, messages_in
from bot.telegram.context import BotContext
from bot.telegram.rendering.answers import answer_keyboard, around_text, first_text, further_text
from bot.telegram.rendering.callback_data import AnswerAction, AnswerButton
from bot.telegram.storage.shown_answers import ShownAnswer, ShownPassage, checksum
from bot.telegram.transport.sender import ChatPlace
from corpus.errors import CorpusError
from corpus.report import Passage
from index.answering.answer import Found
from index.store.store import IndexedParagraph

_AROUND = 1
_LARGEST_FILE = 50 * 1024 * 1024
_FILE_EVERY = 60.0


@dataclass(frozen=True, slots=True)
class _Loaded:
    """A passage as it is in the index now, with the paragraphs around it."""

    passage: Passage | None
    bodies: tuple[IndexedParagraph, ...]
    report_there: bool


class AnswerButtons:
    """Turns the pages of an answer, in place."""

    def __init__(self, context: BotContext) -> None:
        self._context = context

    async def pressed(self, query: CallbackQuery, data: AnswerButton, m: Messages) -> str:
        """Do what a button under an answer says."""
        message, action = query.message, data.action
        if message is None:
            return m.telegram.button_unknown
        shown = await self._context.shown_answers.find(data.answer, message.chat.id)
        if shown is None:
            return m.telegram.answer_gone
        if action in {AnswerAction.UP, AnswerAction.DOWN}:
            return await self._vote(query, shown, m, up=action is AnswerAction.UP)
        if not 0 <= data.position < len(shown.passages):
            return m.telegram.button_unknown
        loaded = await self._context.threads.ask(self._load, shown.passages[data.position])
        if loaded.passage is None:
            return m.telegram.report_changed if loaded.report_there else m.telegram.report_gone
        if action is AnswerAction.FILE:
            return await self._send_file(query, shown.passages[data.position].report, m)
        asker, around = messages_in(shown.language), action is AnswerAction.AROUND
        await self._turn(query, shown, data.position, loaded, asker, around=around)
        return ""

    async def _vote(
        self, query: CallbackQuery, shown: ShownAnswer, m: Messages, *, up: bool
    ) -> str:
        await self._context.question_log.vote(shown.id, query.from_user.id, up=up)
        return m.telegram.thanks_up if up else m.telegram.thanks_down

    async def _turn(
        self,
        query: CallbackQuery,
        shown: ShownAnswer,
        position: int,
        loaded: _Loaded,
        m: Messages,
        *,
        around: bool,
    ) -> None:
        """Show a passage in the message, in the language of whoever asked."""
        message, passage = query.message, loaded.passage
        if message is None or passage is None:
            return
        seen = shown.passages[position]
        found = Found(passage, 0.0, seen.quote, seen.spans if shown.answered else ())
        if around:
            rich = around_text(found, loaded.bodies, m)
        elif position == 0 and shown.answered:
            rich = first_text(found, shown.status, m)
        else:
            count = len(shown.passages)
            rich = further_text(found, position + 1, count, m, answers=shown.answered)
        buttons = answer_keyboard(shown, position, m, around=around)
        await self._context.sender.edit(message.chat.id, message.message_id, rich, buttons)

    async def _send_file(self, query: CallbackQuery, report: str, m: Messages) -> str:
        message = query.message
        if message is None:
            return m.telegram.button_unknown
        try:
            path = await self._context.threads.change(self._file, report)
        except CorpusError:
            return m.telegram.report_gone
        if path is None:
            return m.telegram.file_too_large
        if not self._context.quota.notice_due((message.chat.id, report), _FILE_EVERY):
            return m.telegram.file_sent_already
        topic = (
            message.message_thread_id
            if isinstance(message, Message) and (message.is_topic_message)
            else None
        )
        place = ChatPlace(message.chat.id, topic, message.message_id)
        data = await self._context.threads.change(path.read_bytes)
        await self._context.sender.send_file(place, data, path.name)
        return ""

    def _file(self, report: str) -> Path | None:
        path = self._context.service.library.path(report)
        return path if path.stat().st_size <= _LARGEST_FILE else None

    def _load(self, seen: ShownPassage) -> _Loaded:
        store = self._context.service.opened().engine.store
        there = any(entry.name == seen.report for entry in store.entries)
        passage = store.passage(seen.passage)
        if passage is None or checksum(passage.text) != seen.checksum:
            return _Loaded(None, (), there)
        at = passage.paragraph
        numbers = range(max(1, at - _AROUND), at + _AROUND + 1)
        return _Loaded(passage, tuple(store.paragraphs(passage.report, numbers)), there)
