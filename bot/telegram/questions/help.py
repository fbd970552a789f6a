"""/start and /help, and the replies to what is no question."""

from __future__ import annotations

from telegram import Message, Update
from telegram.ext import ContextTypes

from bot.telegram.access.gate import Gate
from bot.telegram.context import BotContext
from bot.telegram.questions.addressing import addressed_to
from bot.telegram.questions.examples import Examples
from bot.telegram.rendering.rich_text import Rich, lines
from bot.telegram.storage.question_log import what_is_kept
from bot.telegram.transport.sender import place_of
from bot.wording.compositions import outside_host


class HelpCommands:
    """Says what the bot does, with a question that the reports answer."""

    def __init__(self, context: BotContext, gate: Gate, examples: Examples) -> None:
        self._context = context
        self._gate = gate
        self._examples = examples

    async def start(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """/start, and what is kept of questions."""
        await self._greet(update.message, with_privacy=True)

    async def help(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """/help."""
        await self._greet(update.message, with_privacy=False)

    async def unknown(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer a command that there is none of, in private: as /help."""
        message = update.message
        text = (message.text if message is not None else None) or ""
        if addressed_to(text, self._context.me):
            await self._greet(message, with_privacy=False)

    async def wordless(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Say, in private, that only what is written can be read."""
        message = update.message
        m = await self._gate.received(message)
        if message is not None and m is not None:
            await self._context.sender.send(place_of(message), Rich(m.telegram.only_text))

    async def _greet(self, message: Message | None, *, with_privacy: bool) -> None:
        m = await self._gate.received(message)
        if message is None or m is None:
            return
        buttons = await self._examples.buttons()
        parts = [m.telegram.start if with_privacy else m.telegram.help]
        if with_privacy:
            parts.append(what_is_kept(self._context.question_log, m))
            host = outside_host(self._context.service.config.llm.base_url)
            if host is not None:
                parts.append(m.language_model.leaves.format(host=host))
        if buttons is not None:
            parts.append(m.telegram.for_example)
        await self._context.sender.send(place_of(message), lines(parts, "\n\n"), buttons)
