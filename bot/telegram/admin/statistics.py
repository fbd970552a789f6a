"""/unanswered and /stats: which questions had no answer, and how much is asked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from telegram import CallbackQuery, Message, Update
from telegram.ext import ContextTypes

from bot.messages import Messages
from bot.telegram.access.admins import AdminGate
from bot.telegram.context import BotContext
from bot.telegram.rendering.callback_data import ExportedList, ExportList
from bot.telegram.rendering.keyboards import Button, keyboard
from bot.telegram.rendering.rich_text import BOLD, Rich, excerpt, lines, marked
from bot.telegram.storage.question_log import Feedback, Stats
from bot.telegram.transport.sender import ChatPlace, place_of
from bot.wording.citations import citation
from bot.wording.model_counts import model_statistics
from index.lexical.folding import fold
from index.lexical.overlap import bigrams, dice, pairs

_SHOWN = 15
_LONGEST_LINE = 120
_ALIKE = 0.75
_DAYS = 7
_EXPORT_NAME = "unanswered.jsonl"


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """Questions that are alike; `text` is the newest of them, `answered` as in a complaint."""

    text: str
    answered: bool
    count: int


class StatisticsCommands:
    """Shows the questions without an answer, and how much was asked."""

    def __init__(self, context: BotContext, admin_gate: AdminGate) -> None:
        self._context = context
        self._admin_gate = admin_gate

    async def unanswered(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """/unanswered, in private."""
        message = update.message
        m = await self._admitted(message)
        if message is None or m is None:
            return
        complaints = await self._context.question_log.complaints()
        days = self._context.question_log.retention_days
        if not complaints:
            words = m.telegram.unanswered_none.format(days=days)
            await self._context.sender.send(place_of(message), Rich(words))
            return
        groups = await self._context.threads.ask(grouped, complaints)
        rich = _listing(groups, len(complaints), days, m)
        button = Button(m.telegram.button_export, ExportList(ExportedList.UNANSWERED))
        await self._context.sender.send(place_of(message), rich, keyboard([[button]]))

    async def export(self, query: CallbackQuery, _: ExportList, m: Messages) -> str:
        """Send the questions as a file that `baogao eval` reads."""
        message = query.message
        if message is None or message.chat.type != message.chat.PRIVATE:
            return m.telegram.private_only
        groups = await self._context.threads.ask(
            grouped, await self._context.question_log.complaints()
        )
        content = "".join(_line(i, group) for i, group in enumerate(groups, start=1))
        place = ChatPlace(message.chat.id, None, message.message_id)
        await self._context.sender.send_file(
            place, content.encode(), _EXPORT_NAME, m.telegram.export_caption
        )
        return ""

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


def grouped(complaints: Iterable[Feedback]) -> list[QuestionGroup]:
    """Return the complaints, those that are alike as one, the most frequent first.

    Questions are alike where the Dice coefficient of their pairs of characters is 0.75 at least.
    """
    found: list[tuple[Feedback, frozenset[str], int]] = []
    for complaint in complaints:
        grams = _terms(complaint.text)
        for i, (first, known, count) in enumerate(found):
            if first.answered == complaint.answered and dice(grams, known) >= _ALIKE:
                found[i] = (first, known, count + 1)
                break
        else:
            found.append((complaint, grams, 1))
    groups = [QuestionGroup(first.text, first.answered, count) for first, _, count in found]
    return sorted(groups, key=lambda group: -group.count)


def _terms(text: str) -> frozenset[str]:
    folded = fold(text)
    return pairs(folded) or bigrams(folded)


def _listing(groups: Sequence[QuestionGroup], count: int, days: int, m: Messages) -> Rich:
    words = m.telegram
    parts: list[Rich | str] = [marked(BOLD, words.unanswered_title.format(days=days, count=count))]
    for answered, heading in (
        (False, words.unanswered_refused),
        (True, words.unanswered_down),
    ):
        these = [group for group in groups if group.answered == answered]
        if these:
            parts += ["", marked(BOLD, heading)]
        parts += [
            words.unanswered_line.format(count=g.count, text=excerpt(g.text, _LONGEST_LINE))
            for g in these[:_SHOWN]
        ]
        if len(these) > _SHOWN:
            parts.append(words.unanswered_more.format(count=len(these) - _SHOWN))
    return lines(parts)


def _line(position: int, group: QuestionGroup) -> str:
    """Return a question as `baogao eval` reads it: without an answer, so not answerable yet."""
    entry = {"id": f"u{position}", "question": group.text, "answers": [], "answerable": False}
    return json.dumps(entry, ensure_ascii=False) + "\n"
