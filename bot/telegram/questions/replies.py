"""One question of a chat: answered, the answer sent where it was asked, and recorded."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from telegram import Message, User

from bot.messages import Messages
from bot.telegram.access.senders import asker_of
from bot.telegram.context import BotContext
from bot.telegram.questions.betterment import Betterment, GivenAnswer
from bot.telegram.rendering.answers import answer_keyboard, answer_text
from bot.telegram.rendering.rich_text import Rich
from bot.telegram.storage.question_log import LoggedQuestion
from bot.telegram.storage.shown_answers import PlacedAnswer, ShownAnswer, view_of
from bot.telegram.transport.sender import place_of
from bot.wording.error_sentences import explain
from corpus.errors import CorpusError, NoReports
from index.answering.answer import AboutProgram, Answer, Status
from index.errors import IndexMissing, SearchError, StoreError
from index.store.store import IndexedReport
from index.understanding.conversation import Turn
from index.understanding.splitting import Comparison

LONGEST_QUESTION = 500
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question as it was written, what it continues, and what it compares.

    A comparison says all of it, and continues nothing.
    """

    text: str
    previous: Turn | str | None = None
    comparison: Comparison | None = None


@dataclass(frozen=True, slots=True)
class _Answered:
    answer: Answer
    entries: tuple[IndexedReport, ...]


class Replies:
    """Asks the index, and sends the answers; a language model may better them afterwards."""

    def __init__(self, context: BotContext) -> None:
        self._context = context
        self.betterment = Betterment(context)

    async def answer(
        self, message: Message, inquiry: Inquiry, m: Messages, replaces: PlacedAnswer | None
    ) -> Turn | str | None:
        """Answer `message`, or change the answer that it `replaces`.

        Returns the turn that the next question may continue.
        """
        context, place = self._context, place_of(message)
        if len(inquiry.text) > LONGEST_QUESTION:
            await context.sender.send(
                place, Rich(m.telegram.too_long.format(limit=LONGEST_QUESTION))
            )
            return inquiry.previous
        started = time.perf_counter()
        try:
            answered = await context.threads.ask(self._ask, inquiry)
        except (SearchError, CorpusError) as exc:
            await context.sender.send(place, Rich(self._failure(exc, message.from_user, m)))
            return inquiry.previous
        kept = inquiry.text if context.question_log.keeping else None
        shown = view_of(answered.answer, m.language, kept, replaces.view.id if replaces else None)
        await context.shown_answers.keep(shown, message.chat.id, message.message_id)
        milliseconds = (time.perf_counter() - started) * 1000
        given = await self._write(message, answered, shown, m, replaces)
        sent = given.messages
        await context.shown_answers.stands_in(shown, message.chat.id, sent)
        context.conversations.remember(message.chat.id, sent, answered.answer.turn)
        await self._record(message, inquiry.text, answered.answer, shown, milliseconds)
        self.betterment.offer(message.chat.id, given, answered.answer, self._again(inquiry), m)
        return answered.answer.turn

    def _again(self, inquiry: Inquiry) -> Callable[[], Answer]:
        """Return what asks a question again, with the language model."""
        return lambda: self._ask(inquiry, with_model=True).answer

    async def withdraw(self, chat_id: int, standing: PlacedAnswer) -> None:
        """Delete the answer to a question that is not asked any more."""
        await self._context.sender.delete(chat_id, standing.messages)
        await self._context.shown_answers.drop(standing.view)

    async def _write(
        self,
        message: Message,
        answered: _Answered,
        shown: ShownAnswer,
        m: Messages,
        replaces: PlacedAnswer | None,
    ) -> GivenAnswer:
        """Write the answer, or change the one that stands there; return what stands there now."""
        sender, chat_id = self._context.sender, message.chat.id
        rich = answer_text(answered.answer, answered.entries, m)
        keyboard = answer_keyboard(shown, 0 if shown.answered else -1, m)
        if replaces is None:
            sent = await sender.send(place_of(message), rich, keyboard)
            return GivenAnswer(shown, sent, rich, keyboard)
        *earlier, last = replaces.messages
        await sender.delete(chat_id, earlier)
        await sender.edit(chat_id, last, rich, keyboard)
        return GivenAnswer(shown, (last,), rich, keyboard)

    async def _record(
        self,
        message: Message,
        question: str,
        answer: Answer,
        shown: ShownAnswer,
        milliseconds: float,
    ) -> None:
        first = answer.passages[0].passage.id if answer.passages else None
        asker, chat_id = asker_of(message), message.chat.id
        sure = answer.status is Status.ANSWERED or isinstance(answer.content, AboutProgram)
        await self._context.question_log.note(
            LoggedQuestion(asker, chat_id, question, sure, first, milliseconds, shown.id)
        )
        _log.info(
            "answered status=%s confidence=%.2f ms=%.0f",
            answer.status.value,
            answer.confidence,
            milliseconds,
        )

    def _ask(self, inquiry: Inquiry, *, with_model: bool = False) -> _Answered:
        service, previous, compared = self._context.service, inquiry.previous, inquiry.comparison
        if compared is not None:
            years = frozenset(compared.years)
            answer = service.ask(compared.question, years=years, with_model=with_model)
        else:
            if isinstance(previous, str):
                previous = service.ask(previous).turn
            answer = service.ask(inquiry.text, previous=previous, with_model=with_model)
        return _Answered(answer, service.opened().engine.store.entries)

    def _failure(self, exc: SearchError | CorpusError, user: User | None, m: Messages) -> str:
        """Return what went wrong: all of it to an admin, a sentence to everyone else."""
        if isinstance(exc, NoReports | IndexMissing):
            return m.telegram.nothing_to_search
        _log.error("no answer error=%s", type(exc).__name__)
        if self._context.access.is_admin(user):
            return explain(exc, m)
        return m.telegram.store_unreachable if isinstance(exc, StoreError) else m.telegram.failed
