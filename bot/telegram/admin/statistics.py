"""/stats: how much is asked, and what is used most."""

from __future__ import annotations

from telegram import Message, Update
from telegram.ext import ContextTypes

from bot.messages import Messages
from bot.telegram.access.admins import AdminGate
from bot.telegram.context import BotContext
from bot.telegram.rendering.rich_text import BOLD, Rich, lines, marked
from bot.telegram.storage.question_log import Stats
from bot.telegram.transport.sender import place_of
from bot.wording.citations import citation
from bot.wording.model_counts import model_statistics

_DAYS = 7


class StatisticsCommands:
    """Shows how much was asked."""

    def __init__(self, context: BotContext, admin_gate: AdminGate) -> None:
        self._context = context
        self._admin_gate = admin_gate

    async def stats(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """/stats, in private."""
        message = update.message
        m = await self._admitted(message)
        if message is None or m is None:
            return
        stats = await self._context.question_log.stats(_DAYS)
        if not stats.questions:
            rich = Rich(m.telegram.stats_none.format(days=_DAYS))
        else:
            rich = await self._context.threads.ask(self._describe, stats, m)
        await self._context.sender.send(place_of(message), rich)

    def _describe(self, stats: Stats, m: Messages) -> Rich:
        words, store = m.telegram, self._context.service.opened().engine.store
        title = words.stats_title.format(
            days=_DAYS,
            questions=stats.questions,
            people=stats.people,
            share=round(100 * stats.answered / stats.questions),
        )
        median = words.stats_median.format(
            ms=round(stats.median_ms or 0), up=stats.up, down=stats.down
        )
        parts: list[Rich | str] = [marked(BOLD, title), median]
        service = self._context.service
        if (model := service.language_model) is not None:
            parts += model_statistics(service.config.llm, model.counts.so_far(), m)
        parts += [words.stats_day.format(date=d.date, count=d.questions) for d in stats.days]
        found = [(store.passage(passage), count) for passage, count in stats.passages]
        used = [
            words.stats_passage.format(count=count, citation=citation(passage, m))
            for passage, count in found
            if passage is not None
        ]
        return lines([*parts, "", words.stats_passages, *used] if used else parts)

    async def _admitted(self, message: Message | None) -> Messages | None:
        """Return the words for an admin in private, where questions are kept at all."""
        m = await self._admin_gate.admitted(message, private_only=True)
        if message is None or m is None or self._context.question_log.keeping:
            return m
        await self._context.sender.send(place_of(message), Rich(m.telegram.not_keeping))
        return None
