"""Example questions as buttons, and the greeting of a group, which holds one."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from telegram import CallbackQuery, InlineKeyboardMarkup, Message

from bot.messages import Messages, messages_in
from bot.telegram.access.gate import Gate
from bot.telegram.context import BotContext
from bot.telegram.questions.replies import Inquiry, Replies
from bot.telegram.rendering.callback_data import ExampleButton, TellGroups, find_report, report_key
from bot.telegram.rendering.keyboards import Button, keyboard
from bot.telegram.rendering.rich_text import Rich, excerpt
from bot.telegram.transport.sender import ChatPlace
from corpus.durable.faults import StateError
from corpus.errors import CorpusError
from index.errors import SearchError
from index.store.store import IndexedReport

_LONGEST_LABEL = 60
_WELCOME_EVERY = 60.0
_TELLS_AGAIN_AFTER = 3600.0
_log = logging.getLogger(__name__)


class Examples:
    """Offers an example question as a button, and asks it for whoever presses."""

    def __init__(self, context: BotContext, gate: Gate) -> None:
        self._context = context
        self._gate = gate
        self._replies = Replies(context)

    async def welcome(self, chat_id: int, m: Messages) -> None:
        """Greet an allowed group: what the bot is, how to ask, an example to press."""
        if not self._context.quota.notice_due(("welcome", chat_id), _WELCOME_EVERY):
            return
        await self.announce(chat_id, Rich(m.telegram.group_welcome))

    async def announce(self, chat_id: int, words: Rich, report: str | None = None) -> bool:
        """Write to a group, with an example about `report`, or any, under it; whether it came."""
        buttons = await self.buttons(report)
        return bool(await self._context.sender.send(ChatPlace(chat_id), words, buttons))

    async def buttons(self, report: str | None = None) -> InlineKeyboardMarkup | None:
        """Return a button that asks an example about `report`, or any; None: there is none."""
        example = await self._example(report)
        if not example:
            return None
        data = ExampleButton(report_key(report) if report is not None else "")
        return keyboard([[Button(excerpt(example, _LONGEST_LABEL), data)]])

    async def pressed(self, query: CallbackQuery, data: ExampleButton, m: Messages) -> str:
        """Answer the example, as if whoever pressed had asked it below the message."""
        shown = query.message
        entry = find_report(await self._entries(), data.report) if data.report else None
        if shown is None or (data.report and entry is None):
            return m.telegram.report_gone
        example = await self._example(entry.name if entry is not None else None)
        if not example:
            return m.telegram.nothing_to_search
        asked = Message(
            shown.message_id, datetime.now(UTC), shown.chat, from_user=query.from_user, text=example
        )
        if await self._gate.within_quota(asked, m):
            await self._replies.answer(asked, Inquiry(example), m, None)
        return ""

    async def tell_groups(self, query: CallbackQuery, data: TellGroups, m: Messages) -> str:
        """Tell every allowed group of a report that went live; return what came of it."""
        entry = find_report(await self._entries(), data.report)
        if entry is None:
            return m.telegram.report_gone
        groups = self._context.access.groups.allowed()
        if not groups:
            return m.admin.no_groups
        if not self._context.quota.notice_due(("told", data), _TELLS_AGAIN_AFTER):
            return m.admin.told_already
        said = messages_in(self._context.language)
        title = said.titled.format(title=entry.title)
        words = Rich(said.admin.group_news.format(title=title))
        told = [await self.announce(chat_id, words, entry.name) for chat_id in groups]
        _log.info("groups told count=%d", sum(told))
        return m.admin.told_groups.format(count=sum(told))

    async def _entries(self) -> tuple[IndexedReport, ...]:
        """Return the reports that are searched; none where there is no index."""
        try:
            opened = await self._context.threads.ask(self._context.service.opened)
        except (SearchError, StateError) as exc:
            _log.info("no index error=%s", type(exc).__name__)
            return ()
        return opened.engine.store.entries

    async def _example(self, report: str | None) -> str:
        """Return a question that is answered, "" where there is none."""
        try:
            return await self._context.threads.ask(self._context.example_questions.question, report)
        except (SearchError, CorpusError) as exc:
            _log.info("no example error=%s", type(exc).__name__)
            return ""
