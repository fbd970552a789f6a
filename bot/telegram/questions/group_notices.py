"""What the bot writes to groups by itself: its greeting, and news of reports."""

from __future__ import annotations

import logging

from telegram import CallbackQuery

from bot.messages import Messages, messages_in
from bot.telegram.context import BotContext
from bot.telegram.questions.examples import Examples
from bot.telegram.rendering.callback_data import TellGroups, find_report
from bot.telegram.rendering.rich_text import Rich
from bot.telegram.transport.sender import ChatPlace
from corpus.durable.faults import StateError
from index.errors import SearchError
from index.store.store import IndexedReport

_WELCOME_EVERY = 60.0
_TELLS_AGAIN_AFTER = 3600.0
_log = logging.getLogger(__name__)


class GroupNotices:
    """Writes to allowed groups, with examples to press under it."""

    def __init__(self, context: BotContext, examples: Examples) -> None:
        self._context = context
        self._examples = examples

    async def welcome(self, chat_id: int, m: Messages) -> None:
        """Greet an allowed group: what the bot is, how to ask, an example to press."""
        if self._context.quota.notice_due(("welcome", chat_id), _WELCOME_EVERY):
            await self._announce(chat_id, Rich(m.telegram.group_welcome))

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
        told = [await self._announce(chat_id, words, entry.name) for chat_id in groups]
        _log.info("groups told count=%d", sum(told))
        return m.admin.told_groups.format(count=sum(told))

    async def _announce(self, chat_id: int, words: Rich, report: str | None = None) -> bool:
        """Write to a group, with examples about `report`, or any, under it; whether it came."""
        buttons = await self._examples.buttons(report)
        return bool(await self._context.sender.send(ChatPlace(chat_id), words, buttons))

    async def _entries(self) -> tuple[IndexedReport, ...]:
        """Return the reports that are searched; none where there is no index."""
        try:
            opened = await self._context.threads.ask(self._context.service.opened)
        except (SearchError, StateError) as exc:
            _log.info("no index error=%s", type(exc).__name__)
            return ()
        return opened.engine.store.entries
