"""/reports and /report: what there is to ask about, browsable with buttons."""

from __future__ import annotations

from telegram import CallbackQuery, InlineKeyboardMarkup, Update
from telegram.ext import ContextTypes

from bot.messages import Messages
from bot.telegram.access.gate import Gate
from bot.telegram.context import BotContext
from bot.telegram.rendering.callback_data import OutlineButton, ReportsPage, find_report
from bot.telegram.rendering.outline_tree import ROOT, outline_page, reports_page
from bot.telegram.rendering.rich_text import Rich, excerpt, lines
from bot.telegram.transport.sender import place_of
from index.store.store import IndexedReport

_LABEL = 40


class ReportBrowser:
    """Lists the reports, and shows each as the tree that was understood."""

    def __init__(self, context: BotContext, gate: Gate) -> None:
        self._context = context
        self._gate = gate

    async def reports(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """List the reports: /reports."""
        m = await self._gate.received(update.message)
        if update.message is not None and m is not None:
            rich, buttons = reports_page(await self._entries(), 0, m)
            await self._context.sender.send(place_of(update.message), rich, buttons)

    async def report(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/report 2021, /report 去年, or /report with a part of a title."""
        message = update.message
        m = await self._gate.received(message)
        if message is None or m is None:
            return
        wanted, workers = " ".join(context.args or ()), self._context.threads
        engine = (await workers.ask(self._context.service.opened)).engine
        entries, found = engine.store.entries, await workers.ask(engine.find_reports, wanted)
        if len(found) == 1:
            rich, buttons = outline_page(found[0], ROOT, m)
        else:
            rich, buttons = reports_page(found or entries, 0, m)
            words = m.telegram.report_usage.format(wanted=excerpt(wanted, _LABEL))
            heading = words if wanted and not found else m.telegram.report_choose
            rich = lines([heading, rich], "\n\n") if entries else rich
        await self._context.sender.send(place_of(message), rich, buttons)

    async def page(self, query: CallbackQuery, data: ReportsPage, m: Messages) -> str:
        """Turn a page of the list of reports."""
        rich, buttons = reports_page(await self._entries(), max(data.page, 0), m)
        return await self._show(query, rich, buttons)

    async def section(self, query: CallbackQuery, data: OutlineButton, m: Messages) -> str:
        """Open a report, or a section of it; the report where it has changed since."""
        entry = find_report(await self._entries(), data.report)
        if entry is None:
            return m.telegram.report_gone
        position = data.position if entry.digest.startswith(data.digest) else ROOT
        rich, buttons = outline_page(entry, position, m)
        return await self._show(query, rich, buttons)

    async def _show(
        self, query: CallbackQuery, rich: Rich, buttons: InlineKeyboardMarkup | None
    ) -> str:
        message = query.message
        if message is not None:
            await self._context.sender.edit(message.chat.id, message.message_id, rich, buttons)
        return ""

    async def _entries(self) -> tuple[IndexedReport, ...]:
        opened = await self._context.threads.ask(self._context.service.opened)
        return opened.engine.store.entries
