"""Questions and their answers."""

from __future__ import annotations

import itertools
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from telegram import Message, Update, User
from telegram.ext import ContextTypes

from bot.messages import Messages, explain
from bot.telegram.addressing import (
    Asked,
    asked_by_command,
    asked_in_text,
    asker_of,
    is_command,
)
from bot.telegram.ledger import Entry
from bot.telegram.office import Office
from bot.telegram.post import place_of
from bot.telegram.reception import Reception
from bot.telegram.rendering import answer_keyboard, answer_text
from bot.telegram.text import Rich, joined
from bot.telegram.views import Standing, view_of
from corpus.errors import CorpusError, NoReports
from index.answer import Answer
from index.errors import IndexMissing, SearchError
from index.store import Entry as ReportEntry
from index.understanding.conversation import Turn
from index.understanding.wording import MOST_QUESTIONS, comparison, split_questions

LONGEST_QUESTION = 500
_EDIT_COUNTS = 120.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Answered:
    answer: Answer
    entries: tuple[ReportEntry, ...]


class Asking:
    """Handles /ask, private text, mentions, replies, and edits of what was asked."""

    def __init__(self, office: Office, reception: Reception) -> None:
        self._office = office
        self._reception = reception

    async def command(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """/ask question."""
        message = update.message
        if message is None:
            return
        asked = asked_by_command(message, self._office.me)
        if asked is not None:
            await self._hear(message, asked)

    async def compare(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """/compare years question: the same question of each year, side by side."""
        message = update.message
        if message is None:
            return
        asked = asked_by_command(message, self._office.me)
        if asked is None:
            return
        question = comparison(asked.text)
        if question is not None:
            await self._hear(message, Asked(question, asked.follows))
            return
        m = await self._reception.received(message)
        if m is not None:
            words = Rich(m.understanding.compare_usage)
            await self._office.post.send(place_of(message), words)

    async def text(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Text that may be a question for the bot."""
        message = update.message
        if message is None:
            return
        asked = asked_in_text(message, self._office.me)
        if asked is not None:
            await self._hear(message, asked)

    async def edited(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Change the answer to a question that was changed soon after it was asked.

        What was no question before is one now where the bot is named in it.
        """
        message = update.edited_message
        if message is None or message.edit_date is None:
            return
        if (message.edit_date - message.date).total_seconds() > _EDIT_COUNTS:
            return
        before = await self._office.views.answers_to(message.chat.id, message.message_id)
        asked = self._asked_in(message)
        if asked is not None and asked.text and (before or asked.named):
            await self._hear(message, asked, before)

    def _asked_in(self, message: Message) -> Asked | None:
        """Return what a changed message asks, command or not."""
        me = self._office.me
        if is_command(message, "compare", me):
            asked = asked_by_command(message, me)
            question = comparison(asked.text) if asked is not None else None
            if asked is None or question is None:
                return None
            return replace(asked, text=question)
        if is_command(message, "ask", me):
            return asked_by_command(message, me)
        return asked_in_text(message, me)

    async def _hear(self, message: Message, asked: Asked, before: Sequence[Standing] = ()) -> None:
        """Answer what was asked, if whoever asks is let in and does not ask too much."""
        m = await self._reception.let_in(message)
        if m is None:
            return
        told = await self._instead_of_an_answer(asked.text, m)
        questions = split_questions(asked.text) if told is None else []
        if before and questions == [standing.view.question for standing in before]:
            return
        if not await self._reception.affords(message, m, max(1, len(questions))):
            return
        if told is not None:
            await self._office.post.send(place_of(message), told)
            return
        await self._answer_all(message, questions, asked.follows, m, before)

    async def _instead_of_an_answer(self, text: str, m: Messages) -> Rich | None:
        """Return what is said where nothing, or far too much, is asked."""
        if not text:
            return await self._usage(m)
        if len(text) > LONGEST_QUESTION * MOST_QUESTIONS:
            return Rich(m.telegram.too_long.format(limit=LONGEST_QUESTION))
        return None

    async def _answer_all(
        self,
        message: Message,
        questions: Sequence[str],
        follows: int | None,
        m: Messages,
        before: Sequence[Standing],
    ) -> None:
        """Answer one question after the other, in the place of what stood there `before`."""
        talks, chat = self._office.conversations, message.chat
        previous = await talks.previous(chat.id, follows, private=chat.type == chat.PRIVATE)
        places = itertools.chain(before, itertools.repeat(None))
        for question, standing in zip(questions, places, strict=False):
            if standing is not None and standing.view.question == question:
                previous = await talks.previous(chat.id, standing.messages[-1], private=False)
            else:
                previous = await self._answer(message, question, previous, m, standing)
        for standing in before[len(questions) :]:
            await self._take_back(chat.id, standing)

    async def _answer(
        self,
        message: Message,
        question: str,
        previous: Turn | str | None,
        m: Messages,
        replaces: Standing | None,
    ) -> Turn | str | None:
        """Answer one question; return the turn that the next one may continue."""
        office, chat, place = self._office, message.chat, place_of(message)
        if len(question) > LONGEST_QUESTION:
            await office.post.send(place, Rich(m.telegram.too_long.format(limit=LONGEST_QUESTION)))
            return previous
        started = time.perf_counter()
        try:
            answered = await office.workers.ask(self._ask, question, previous)
        except (SearchError, CorpusError) as exc:
            await office.post.send(place, Rich(self._trouble(exc, message.from_user, m)))
            return previous
        answer = answered.answer
        kept = question if office.ledger.keeping else None
        view = view_of(answer, m.language, kept, replaces.view.id if replaces else None)
        await office.views.keep(view, chat.id, message.message_id)
        position = 0 if view.answered else -1
        milliseconds = (time.perf_counter() - started) * 1000
        rich, keyboard = (
            answer_text(answer, answered.entries, m),
            answer_keyboard(view, position, m),
        )
        if replaces is None:
            sent = await office.post.send(place, rich, keyboard)
        else:
            *earlier, last = replaces.messages
            sent = (last,)
            await office.post.delete(chat.id, earlier)
            await office.post.edit(chat.id, last, rich, keyboard)
        await office.views.stands_in(view, chat.id, sent)
        office.conversations.remember(chat.id, sent, answer.turn)
        first = answer.passages[0].passage.id if answer.passages else None
        await office.ledger.note(
            Entry(asker_of(message), chat.id, question, view.answered, first, milliseconds, view.id)
        )
        _log.info(
            "answered status=%s confidence=%.2f ms=%.0f",
            answer.status.value,
            answer.confidence,
            milliseconds,
        )
        return answer.turn

    async def _take_back(self, chat_id: int, standing: Standing) -> None:
        """Take away the answer to a question that is not asked any more."""
        await self._office.post.delete(chat_id, standing.messages)
        await self._office.views.drop(standing.view)

    def _ask(self, question: str, previous: Turn | str | None) -> _Answered:
        service = self._office.service
        if isinstance(previous, str):
            previous = service.ask(previous).turn
        answer = service.ask(question, previous=previous)
        return _Answered(answer, self._office.service.opened().engine.store.entries)

    async def _usage(self, m: Messages) -> Rich:
        example = await self.example()
        return joined(m.telegram.ask_usage.format(example=example).rstrip())

    async def example(self) -> str:
        """Return a question that the reports answer, "" where there are none."""
        try:
            return await self._office.workers.ask(self._office.examples.question)
        except (SearchError, CorpusError) as exc:
            _log.info("no example error=%s", type(exc).__name__)
            return ""

    def _trouble(self, exc: SearchError | CorpusError, user: User | None, m: Messages) -> str:
        """Return what went wrong: all of it to an admin, a sentence to everyone else."""
        if isinstance(exc, NoReports | IndexMissing):
            return m.telegram.nothing_to_search
        _log.error("no answer error=%s", type(exc).__name__)
        return explain(exc, m) if self._office.access.is_admin(user) else m.telegram.failed
