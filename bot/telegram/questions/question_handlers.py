"""Questions and their answers."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from telegram import ForceReply, Message, Update
from telegram.ext import ContextTypes

from bot.messages import Messages
from bot.telegram.access.gate import Gate
from bot.telegram.context import BotContext
from bot.telegram.questions.addressing import (
    AddressedQuestion,
    asked_by_command,
    asked_in_text,
    asked_to_compare,
    is_command,
)
from bot.telegram.questions.example_keyboard import example_keyboard, find_examples
from bot.telegram.questions.replies import LONGEST_QUESTION, Inquiry, Replies
from bot.telegram.rendering.rich_text import Rich, excerpt
from bot.telegram.storage.shown_answers import PlacedAnswer
from bot.telegram.transport.sender import Markup, place_of
from index.understanding.splitting import MOST_QUESTIONS, split_questions

_EDIT_COUNTS = 120.0
_LONGEST_PLACEHOLDER = 64
"""Characters that Telegram shows in an empty field, at most."""


class QuestionHandlers:
    """Handles /ask, private text, mentions, replies, and edits of what was asked."""

    def __init__(self, context: BotContext, gate: Gate) -> None:
        self._context = context
        self._gate = gate
        self._replies = Replies(context)

    async def command(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """/ask question."""
        message = update.message
        if message is None:
            return
        asked = asked_by_command(message, self._context.me)
        if asked is not None:
            await self._answer(message, asked)

    async def compare(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """/compare years question: the same question of each year, side by side."""
        message = update.message
        if message is None:
            return
        asked = asked_to_compare(message, self._context.me)
        if asked is not None:
            await self._answer(message, asked)

    async def text(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Text that may be a question for the bot."""
        message = update.message
        if message is None:
            return
        asked = asked_in_text(message, self._context.me)
        if asked is not None:
            await self._answer(message, asked)

    async def edited(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Change the answer to a question that was changed soon after it was asked.

        What was no question before is one now where the bot is named in it.
        """
        message = update.edited_message
        if message is None or message.edit_date is None:
            return
        if (message.edit_date - message.date).total_seconds() > _EDIT_COUNTS:
            return
        before = await self._context.shown_answers.answers_to(message.chat.id, message.message_id)
        asked = self._asked_in(message)
        if asked is not None and asked.text and (before or asked.named):
            await self._answer(message, asked, before)

    async def waiting(self, update: Update) -> None:
        """React to a question that is answered only after others, where that takes a while."""
        message = update.message
        if message is None:
            return
        asked = self._asked_in(message)
        if asked is not None and asked.text:
            await self._notice(message)

    async def _notice(self, message: Message) -> None:
        """Show once that a question was seen, if whoever asks may ask and it has to wait."""
        context = self._context
        if not await context.access.may_ask(message.chat, message.from_user):
            return
        if context.quota.notice_due(("seen", message.chat.id, message.message_id)):
            await context.sender.notice(message)

    def _asked_in(self, message: Message) -> AddressedQuestion | None:
        """Return what a changed message asks, command or not."""
        me = self._context.me
        if is_command(message, "compare", me):
            return asked_to_compare(message, me)
        if is_command(message, "ask", me):
            return asked_by_command(message, me)
        return asked_in_text(message, me)

    async def _answer(
        self, message: Message, asked: AddressedQuestion, before: Sequence[PlacedAnswer] = ()
    ) -> None:
        """Answer what was asked, if whoever asks may ask, and not too much."""
        m = await self._gate.permitted(message)
        if m is None:
            return
        instead = await self._instead_of_an_answer(message, asked, m)
        questions = [] if instead is not None else _questions(asked)
        if before and questions == [standing.view.question for standing in before]:
            return
        if not await self._gate.within_quota(message, m, max(1, len(questions))):
            return
        if instead is not None:
            await self._context.sender.send(place_of(message), *instead)
            return
        await self._notice(message)
        await self._answer_all(message, asked, questions, m, before)

    async def _instead_of_an_answer(
        self, message: Message, asked: AddressedQuestion, m: Messages
    ) -> tuple[Rich, Markup | None] | None:
        """Return what is said where nothing, or far too much, is asked."""
        if len(asked.text) > LONGEST_QUESTION * MOST_QUESTIONS:
            return Rich(m.telegram.too_long.format(limit=LONGEST_QUESTION)), None
        if asked.text:
            return None
        if is_command(message, "compare", self._context.me):
            return Rich(m.understanding.compare_usage), None
        return await self._usage(message, m)

    async def _answer_all(
        self,
        message: Message,
        asked: AddressedQuestion,
        questions: Sequence[str],
        m: Messages,
        before: Sequence[PlacedAnswer],
    ) -> None:
        """Answer one question after the other, changing the answers given `before`."""
        conversations, chat = self._context.conversations, message.chat
        private = chat.type == chat.PRIVATE
        previous = await conversations.previous(chat.id, asked.follows, private=private)
        places = itertools.chain(before, itertools.repeat(None))
        for question, standing in zip(questions, places, strict=False):
            if standing is not None and standing.view.question == question:
                previous = await conversations.previous(
                    chat.id, standing.messages[-1], private=False
                )
            else:
                inquiry = Inquiry(question, previous, asked.comparison)
                previous = await self._replies.answer(message, inquiry, m, standing)
        for standing in before[len(questions) :]:
            await self._replies.withdraw(chat.id, standing)

    async def _usage(self, message: Message, m: Messages) -> tuple[Rich, Markup | None]:
        """Return what to write, with a field to write it in; to a greeting, examples to press."""
        examples = await find_examples(self._context)
        private = message.chat.type == message.chat.PRIVATE
        if private and not is_command(message, "ask", self._context.me):
            return Rich(m.telegram.ask_usage_private), example_keyboard(examples)
        example = excerpt(examples[0], _LONGEST_PLACEHOLDER) if examples else None
        field = ForceReply(selective=True, input_field_placeholder=example)
        return Rich(m.telegram.ask_usage), field


def _questions(asked: AddressedQuestion) -> list[str]:
    return [asked.text] if asked.comparison is not None else split_questions(asked.text)
