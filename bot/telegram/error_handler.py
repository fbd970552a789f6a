"""When a handler fails: it is logged, and whoever asked gets a sentence."""

from __future__ import annotations

import logging

from telegram import Message, Update
from telegram.error import Forbidden, NetworkError, TelegramError
from telegram.ext import ContextTypes

from bot.telegram.context import BotContext
from bot.telegram.rendering.rich_text import Rich
from bot.telegram.transport.sender import place_of
from corpus.durable.faults import StateError

_log = logging.getLogger(__name__)


class ErrorHandler:
    """The error handler of the application."""

    def __init__(self, context: BotContext) -> None:
        self._context = context

    async def failed(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Log the error without what was asked, and apologise where something was asked."""
        error = context.error
        kind = type(error).__name__
        if isinstance(error, Forbidden | NetworkError):
            _log.warning("failed error=%s", kind)
        else:
            _log.error("failed error=%s", kind, exc_info=error)
        message = update.message if isinstance(update, Update) else None
        if isinstance(message, Message) and message.text:
            try:
                await self._apologise(message)
            except (TelegramError, StateError) as exc:
                _log.warning("could not apologise error=%s", type(exc).__name__)

    async def _apologise(self, message: Message) -> None:
        if await self._context.access.may_ask(message.chat, message.from_user):
            m = self._context.messages_for(message.from_user)
            await self._context.sender.send(place_of(message), Rich(m.telegram.failed))
