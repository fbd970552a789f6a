"""The buttons under an answer: other passages, what stands around, the file, thumbs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from telegram import CallbackQuery, Message

from bot.messages import Messages, messages_in
from bot.telegram.context import BotContext
from bot.telegram.rendering.answers import answer_keyboard, around_text, first_text, further_text
from bot.telegram.rendering.keyboards import Act, fields, number
from bot.telegram.storage.shown_answers import Seen, ShownAnswer, checksum
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

    def __init__(self, office: BotContext) -> None:
        self._office = office

    async def pressed(self, query: CallbackQuery, m: Messages) -> str:
        """Do what a button under an answer says."""
        message = query.message
        view_id, act, *rest = [*fields(query.data or ""), "", ""]
        if message is None:
            return m.telegram.button_unknown
        view = await self._office.views.find(view_id, message.chat.id)
        if view is None:
            return m.telegram.view_gone
        if act in {Act.UP, Act.DOWN}:
            await self._office.ledger.vote(view.id, query.from_user.id, up=act == Act.UP)
            return m.telegram.thanks_up if act == Act.UP else m.telegram.thanks_down
        position = number(rest[0])
        if not 0 <= position < len(view.passages):
            return m.telegram.button_unknown
        loaded = await self._office.workers.ask(self._load, view.passages[position])
        if loaded.passage is None:
            return m.telegram.report_changed if loaded.report_there else m.telegram.report_gone
        if act == Act.FILE:
            return await self._send_file(query, view.passages[position].report, m)
        asker = messages_in(view.language)
        await self._turn(query, view, position, loaded, asker, around=act == Act.AROUND)
        return ""

    async def _turn(
        self,
        query: CallbackQuery,
        view: ShownAnswer,
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
        seen = view.passages[position]
        found = Found(passage, 0.0, seen.quote, seen.spans if view.answered else ())
        if around:
            rich = around_text(found, loaded.bodies, m)
        elif position == 0 and view.answered:
            rich = first_text(found, view.status, m)
        else:
            count = len(view.passages)
            rich = further_text(found, position + 1, count, m, answers=view.answered)
        buttons = answer_keyboard(view, position, m, around=around)
        await self._office.post.edit(message.chat.id, message.message_id, rich, buttons)

    async def _send_file(self, query: CallbackQuery, report: str, m: Messages) -> str:
        message = query.message
        if message is None:
            return m.telegram.button_unknown
        try:
            path = await self._office.workers.change(self._file, report)
        except CorpusError:
            return m.telegram.report_gone
        if path is None:
            return m.telegram.file_too_large
        if not self._office.limits.notice_due((message.chat.id, report), _FILE_EVERY):
            return m.telegram.file_sent_already
        topic = (
            message.message_thread_id
            if isinstance(message, Message) and (message.is_topic_message)
            else None
        )
        place = ChatPlace(message.chat.id, topic, message.message_id)
        data = await self._office.workers.change(path.read_bytes)
        await self._office.post.send_file(place, data, path.name)
        return ""

    def _file(self, report: str) -> Path | None:
        path = self._office.service.library.path(report)
        return path if path.stat().st_size <= _LARGEST_FILE else None

    def _load(self, seen: Seen) -> _Loaded:
        store = self._office.service.opened().engine.store
        there = any(entry.name == seen.report for entry in store.entries)
        passage = store.passage(seen.passage)
        if passage is None or checksum(passage.text) != seen.checksum:
            return _Loaded(None, (), there)
        at = passage.paragraph
        numbers = range(max(1, at - _AROUND), at + _AROUND + 1)
        return _Loaded(passage, tuple(store.paragraphs(passage.report, numbers)), there)
