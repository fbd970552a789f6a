"""The buttons under an answer: the original, its page, the file, what is wrong with the answer."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import CallbackQuery, Message

from bot.messages import Messages, messages_in
from bot.telegram.context import BotContext
from bot.telegram.questions.page_pictures import PagePictures
from bot.telegram.questions.report_files import ReportFiles
from bot.telegram.rendering.answer_keyboards import (
    answer_keyboard,
    objection_keyboard,
    passage_keyboard,
)
from bot.telegram.rendering.answers import passage_text
from bot.telegram.rendering.callback_data import AnswerAction, AnswerButton, ObjectionButton
from bot.telegram.rendering.passages import copied_text, nearest_text, original_text
from bot.telegram.rendering.rich_text import rich_of
from bot.telegram.storage.shown_answers import ShownAnswer, ShownPassage, checksum
from bot.telegram.transport.sender import ChatPlace
from bot.wording.citations import short_titles
from corpus.report import Passage
from index.answering.answer import Found
from index.store.store import IndexedParagraph, IndexedReport

_AROUND = 1


@dataclass(frozen=True, slots=True)
class _Loaded:
    """A passage as it is in the index now, with the paragraphs around it and all reports."""

    passage: Passage | None
    bodies: tuple[IndexedParagraph, ...]
    entries: tuple[IndexedReport, ...]


class AnswerButtons:
    """Turns the pages of an answer, in place."""

    def __init__(self, context: BotContext) -> None:
        self._context = context
        self._files = ReportFiles(context)
        self._pages = PagePictures(context)

    async def pressed(self, query: CallbackQuery, data: AnswerButton, m: Messages) -> str:
        """Do what a button under an answer says."""
        message, action = query.message, data.action
        if message is None:
            return m.telegram.button_unknown
        shown = await self._context.shown_answers.find(data.answer, message.chat.id)
        if shown is None:
            return m.telegram.answer_gone
        match action:
            case AnswerAction.UP:
                return await self._vote(query, shown, m, up=True)
            case AnswerAction.DOWN:
                return await self._vote(query, shown, m, up=False)
            case AnswerAction.BACK if shown.first is not None:
                return await self._back(query, shown)
            case AnswerAction.BACK:
                return await self._passage(query, shown, AnswerAction.PASSAGE, 0, m)
            case _:
                return await self._passage(query, shown, action, data.position, m)

    async def objected(self, query: CallbackQuery, data: ObjectionButton, m: Messages) -> str:
        """Note what is wrong with an answer, and show its buttons again."""
        message = query.message
        if message is None:
            return m.telegram.button_unknown
        shown = await self._context.shown_answers.find(data.answer, message.chat.id)
        if shown is None:
            return m.telegram.answer_gone
        await self._context.question_log.vote(
            shown.id, query.from_user.id, up=False, objection=data.objection
        )
        await self._back(query, shown)
        return m.telegram.thanks_down

    async def _vote(
        self, query: CallbackQuery, shown: ShownAnswer, m: Messages, *, up: bool
    ) -> str:
        """Count a thumb; of one that points down, ask for the reason with other buttons."""
        await self._context.question_log.vote(shown.id, query.from_user.id, up=up)
        message = query.message
        if not up and message is not None:
            buttons = objection_keyboard(shown, messages_in(shown.language))
            await self._context.sender.edit_keyboard(message.chat.id, message.message_id, buttons)
        return m.telegram.thanks_up if up else m.telegram.thanks_down

    async def _back(self, query: CallbackQuery, shown: ShownAnswer) -> str:
        """Show the message as it was at first."""
        message, buttons = query.message, answer_keyboard(shown, messages_in(shown.language))
        if message is None:
            return ""
        sender, chat_id, message_id = self._context.sender, message.chat.id, message.message_id
        if shown.first is None:
            await sender.edit_keyboard(chat_id, message_id, buttons)
        else:
            await sender.edit(chat_id, message_id, rich_of(shown.first), buttons)
        return ""

    async def _passage(
        self,
        query: CallbackQuery,
        shown: ShownAnswer,
        action: AnswerAction,
        position: int,
        m: Messages,
    ) -> str:
        """Show a passage, its page or its file, if its report is still the same."""
        if not 0 <= position < len(shown.passages):
            return m.telegram.button_unknown
        seen = shown.passages[position]
        loaded = await self._context.threads.ask(self._load, seen)
        if loaded.passage is None:
            there = any(entry.name == seen.report for entry in loaded.entries)
            return m.telegram.report_changed if there else m.telegram.report_gone
        if action is AnswerAction.FILE:
            return await self._files.send(_place(query), seen.report, m)
        found = Found(loaded.passage, 0.0, seen.quote, seen.spans if shown.answered else ())
        if action is AnswerAction.PAGE:
            return await self._pages.send(_place(query), found, loaded.entries, m)
        await self._turn(query, shown, position, found, loaded, whole=action is AnswerAction.AROUND)
        return ""

    async def _turn(
        self,
        query: CallbackQuery,
        shown: ShownAnswer,
        position: int,
        found: Found,
        loaded: _Loaded,
        *,
        whole: bool,
    ) -> None:
        """Show a passage in the message, in the language of whoever asked."""
        message, m = query.message, messages_in(shown.language)
        if message is None:
            return
        titles, count = short_titles(loaded.entries, m), len(shown.passages)
        buttons = passage_keyboard(shown, position, copied_text(found, titles, m), m)
        if not shown.answered:
            rich = nearest_text(found, position, count, loaded.bodies, m)
        elif whole or position:
            rich = original_text(found, position, count, loaded.bodies, m)
        else:
            rich = passage_text(found, shown.status, titles, m)
            buttons = answer_keyboard(shown, m)
        await self._context.sender.edit(message.chat.id, message.message_id, rich, buttons)

    def _load(self, seen: ShownPassage) -> _Loaded:
        store = self._context.service.opened().engine.store
        passage = store.passage(seen.passage)
        if passage is None or checksum(passage.text) != seen.checksum:
            return _Loaded(None, (), store.entries)
        at = passage.paragraph
        numbers = range(max(1, at - _AROUND), at + _AROUND + 1)
        return _Loaded(passage, tuple(store.paragraphs(passage.report, numbers)), store.entries)


def _place(query: CallbackQuery) -> ChatPlace:
    """Return where something about the message of a button belongs."""
    message = query.message
    if message is None:
        return ChatPlace(query.from_user.id)
    topic = None
    if isinstance(message, Message) and message.is_topic_message:
        topic = message.message_thread_id
    return ChatPlace(message.chat.id, topic, message.message_id)
