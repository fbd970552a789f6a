"""An answer that stands in a chat, bettered by a language model: one edit, when it has passed.

The quotation is there at once. What the model says comes later or not at all; a model that is
slow, broken or away costs nothing but its sentences.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup

from bot.errors import BadConfig
from bot.messages import Messages
from bot.service import Service
from bot.telegram.context import BotContext
from bot.telegram.rendering.answer_keyboards import answer_keyboard
from bot.telegram.rendering.answers import answer_text
from bot.telegram.rendering.rich_text import Rich, shown_text, split
from bot.telegram.storage.shown_answers import ShownAnswer, view_of
from corpus.errors import CorpusError
from index.answering.answer import Answer, Status
from index.errors import SearchError
from index.store.store import IndexedReport

if TYPE_CHECKING:
    from index.language_model.writing import Composition

MOST_WAITING = 8
"""Answers that wait for the model, at most; what comes then stays as it is."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer as it stands in a chat: its view, its messages, and what the last one says."""

    view: ShownAnswer
    messages: tuple[int, ...]
    rich: Rich
    keyboard: InlineKeyboardMarkup | None


@dataclass(frozen=True, slots=True)
class _Bettered:
    """An answer with the language model's word, and what it put together of it."""

    answer: Answer
    composition: Composition | None
    entries: tuple[IndexedReport, ...]


class Betterment:
    """Asks the language model about answers that were given: one at a time, once an answer."""

    def __init__(self, context: BotContext) -> None:
        self._context = context
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def offer(
        self,
        chat_id: int,
        given: GivenAnswer,
        answer: Answer,
        again: Callable[[], Answer],
        m: Messages,
    ) -> None:
        """Better the answer later, if there is a model for it and not too much waits for it.

        `again` asks the same question with the model. An answer that was given anew is bettered
        anew, and what was waited for before is dropped.
        """
        settings = self._context.service.config.llm
        if settings.base_url is None:
            return
        if (before := self._tasks.pop(given.view.id, None)) is not None:
            before.cancel()
        if len(given.messages) != 1 or not _gains(self._context.service, answer):
            return
        if len(self._tasks) >= MOST_WAITING:
            _turned_away(self._context.service)
            return
        task = asyncio.create_task(self._better(chat_id, given, answer, again, m))
        self._tasks[given.view.id] = task
        task.add_done_callback(lambda done: self._forget(given.view.id, done))

    async def idle(self) -> None:
        """Return when nothing waits for the model any more."""
        while self._tasks:
            await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    def _forget(self, view: str, done: asyncio.Task[None]) -> None:
        if self._tasks.get(view) is done:
            del self._tasks[view]

    async def _better(
        self,
        chat_id: int,
        given: GivenAnswer,
        answer: Answer,
        again: Callable[[], Answer],
        m: Messages,
    ) -> None:
        try:
            found = await self._context.threads.consult(self._consult, answer, again)
        except (SearchError, CorpusError, BadConfig) as exc:
            _log.warning("not bettered error=%s", type(exc).__name__)
            return
        if found is not None:
            await self._replace(chat_id, given, found, m)

    def _consult(self, answer: Answer, again: Callable[[], Answer]) -> _Bettered | None:
        """Return what the model makes of an answer; None where that is nothing new."""
        service = self._context.service
        pointed = again() if _points(service, answer) else answer
        composition = service.compose(pointed)
        if composition is None and _alike(pointed, answer):
            return None
        return _Bettered(pointed, composition, service.opened().engine.store.entries)

    async def _replace(
        self, chat_id: int, given: GivenAnswer, found: _Bettered, m: Messages
    ) -> None:
        """Change the message, unless somebody turned its page or it was changed since."""
        context, (message,) = self._context, given.messages
        if not context.sender.says(chat_id, message, given.rich, given.keyboard):
            return
        answer, composition = found.answer, found.composition
        view, led = given.view, _led_by_sources(found)
        pictured = {seen.report for seen in view.passages if seen.pictured}
        shown = view_of(led, m.language, view.question, view.id, pictured)
        if composition is None:
            rich = answer_text(answer, found.entries, m)
            keyboard = answer_keyboard(shown, m)
        else:
            from bot.telegram.rendering.compositions import (
                composition_keyboard,
                composition_text,
            )

            rich = composition_text(composition, m)
            keyboard = composition_keyboard(shown, composition, m)
        await context.shown_answers.change(replace(shown, first=shown_text(split(rich)[-1])))
        await context.sender.edit(chat_id, message, rich, keyboard)
        context.conversations.remember(chat_id, given.messages, answer.turn)
        if answer.status is Status.ANSWERED:
            await context.question_log.now_answered(given.view.id)


def _gains(service: Service, answer: Answer) -> bool:
    """Whether the model is asked about an answer at all."""
    if answer.question.about_bot is not None:
        return False
    return _points(service, answer) or bool(service.config.llm.write)


def _points(service: Service, answer: Answer) -> bool:
    """Whether the model is asked to point; never where no report may answer."""
    point = service.config.llm.point
    if point == "never" or answer.grounds is None:
        return False
    return point == "always" or answer.status is not Status.ANSWERED


def _turned_away(service: Service) -> None:
    from index.language_model.counts import Event

    model = service.language_model
    if model is not None:
        model.counts.add(Event.TURNED_AWAY)


def _alike(one: Answer, other: Answer) -> bool:
    """Whether two answers read the same."""
    return (one.status, one.text) == (other.status, other.text)


def _led_by_sources(found: _Bettered) -> Answer:
    """Return the answer with the sources of its composition first among its passages."""
    if found.composition is None:
        return found.answer
    sources = tuple(source.found for source in found.composition.used)
    known = {(each.passage.id, each.quote) for each in sources}
    others = (f for f in found.answer.passages if (f.passage.id, f.quote) not in known)
    return replace(found.answer, passages=(*sources, *others))
