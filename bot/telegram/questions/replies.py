"""One question of a chat: answered, the answer sent where it was asked, and recorded."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from telegram import Message, User

from bot.messages import Messages
from bot.telegram.access.senders import asker_of
from bot.telegram.context import BotContext
from bot.telegram.questions.betterment import Betterment, GivenAnswer
from bot.telegram.questions.example_keyboard import example_keyboard, find_examples
from bot.telegram.questions.report_files import ReportFiles
from bot.telegram.rendering.about import Screen, about_screen
from bot.telegram.rendering.answer_keyboards import answer_keyboard
from bot.telegram.rendering.answers import answer_text
from bot.telegram.rendering.chart import FEWEST, bar_chart, can_draw
from bot.telegram.rendering.rich_text import QUOTE, Rich, lines, marked, shown_text, split
from bot.telegram.storage.question_log import LoggedQuestion
from bot.telegram.storage.shown_answers import PlacedAnswer, ShownAnswer, view_of
from bot.telegram.transport.sender import ChatPlace, place_of
from bot.wording.error_sentences import explain
from bot.wording.figures import described
from corpus.errors import CorpusError, NoReports
from index.answering.answer import AboutProgram, Answer, SideBySide, Status
from index.errors import IndexMissing, SearchError, StoreError
from index.store.store import IndexedReport
from index.understanding.about_bot import AboutBot
from index.understanding.conversation import Turn
from index.understanding.splitting import Comparison

LONGEST_QUESTION = 500
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question as it was written, what it continues, and what it compares.

    A comparison says all of it, and continues nothing. `echoed`: nobody wrote it into the chat, so
    that the answer has to say what it answers.
    """

    text: str
    previous: Turn | str | None = None
    comparison: Comparison | None = None
    echoed: bool = False


@dataclass(frozen=True, slots=True)
class _Answered:
    """An answer, with the reports there are and those whose pages can be shown."""

    answer: Answer
    entries: tuple[IndexedReport, ...]
    pictured: frozenset[str]


class Replies:
    """Asks the index, and sends the answers; a language model may better them afterwards."""

    def __init__(self, context: BotContext) -> None:
        self._context = context
        self._files = ReportFiles(context)
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
        old = replaces.view.id if replaces else None
        shown = view_of(answered.answer, m.language, kept, old, answered.pictured)
        rich, buttons = await self._screen(answered, shown, m)
        if inquiry.echoed:
            rich = lines([marked(QUOTE, inquiry.text), rich])
        shown = replace(shown, first=shown_text(split(rich)[-1]))
        await context.shown_answers.keep(shown, message.chat.id, message.message_id)
        milliseconds = (time.perf_counter() - started) * 1000
        drawn = await self._draw(place, answered.answer, m) if replaces is None else ()
        given = await self._write(message, GivenAnswer(shown, (), rich, buttons), replaces)
        sent = (*drawn, *given.messages)
        await self._send_file(place, answered.answer, m)
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

    async def _screen(self, answered: _Answered, shown: ShownAnswer, m: Messages) -> Screen:
        """Return the message of an answer with its buttons."""
        content = answered.answer.content
        if not isinstance(content, AboutProgram):
            return answer_text(answered.answer, answered.entries, m), answer_keyboard(shown, m)
        if content.about is AboutBot.HELP:
            examples = await find_examples(self._context)
            return about_screen(content, answered.entries, m)[0], example_keyboard(examples)
        return about_screen(content, answered.entries, m)

    async def _draw(self, place: ChatPlace, answer: Answer, m: Messages) -> tuple[int, ...]:
        """Send a chart of the figures of years, where there are enough; return its message."""
        content = answer.content
        if not isinstance(content, SideBySide) or answer.status is not Status.ANSWERED:
            return ()
        if len(content.figures) < FEWEST or not can_draw():
            return ()
        picture = await self._context.threads.ask(bar_chart, content.figures)
        return await self._context.sender.send_picture(
            place, picture, described(content.figures, m)
        )

    async def _send_file(self, place: ChatPlace, answer: Answer, m: Messages) -> None:
        """Send the report as a file where that is what was asked for."""
        content = answer.content
        if not isinstance(content, AboutProgram) or content.about is not AboutBot.FILE:
            return
        if content.report is not None:
            words = await self._files.send(place, content.report, m)
            if words:
                await self._context.sender.send(place, Rich(words))

    async def _write(
        self, message: Message, given: GivenAnswer, replaces: PlacedAnswer | None
    ) -> GivenAnswer:
        """Write the answer, or change the one that stands there; return it with its messages."""
        sender, chat_id = self._context.sender, message.chat.id
        if replaces is None:
            sent = await sender.send(place_of(message), given.rich, given.keyboard)
            return replace(given, messages=sent)
        *earlier, last = replaces.messages
        await sender.delete(chat_id, earlier)
        await sender.edit(chat_id, last, given.rich, given.keyboard)
        return replace(given, messages=(last,))

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
        named = {found.passage.report for found in answer.passages}
        pictured = frozenset(name for name in named if service.can_show_pages(name))
        return _Answered(answer, service.opened().engine.store.entries, pictured)

    def _failure(self, exc: SearchError | CorpusError, user: User | None, m: Messages) -> str:
        """Return what went wrong: all of it to an admin, a sentence to everyone else."""
        if isinstance(exc, NoReports | IndexMissing):
            return m.telegram.nothing_to_search
        _log.error("no answer error=%s", type(exc).__name__)
        if self._context.access.is_admin(user):
            return explain(exc, m)
        return m.telegram.store_unreachable if isinstance(exc, StoreError) else m.telegram.failed
