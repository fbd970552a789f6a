"""Pressed buttons: who may press, what is done, and that each press is answered once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from telegram import CallbackQuery, Update
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot.messages import Messages
from bot.telegram.access.quota import Quota, Verdict
from bot.telegram.context import BotContext
from bot.telegram.rendering.callback_data import CallbackData, decode

_log = logging.getLogger(__name__)
_PATIENCE = 2.0
"""Seconds after which a press is answered, though the edit it asks for still waits its turn."""

_TIMES = 3
"""So many times as often as one may ask one may press: turning a page is cheaper than a question,
and of many edits of one message only the last is made."""

_LONGEST_ANSWER = 200
_LONGEST_NOTICE = 20

Data = TypeVar("Data", bound=CallbackData)


@dataclass(frozen=True, slots=True)
class ButtonHandler(Generic[Data]):
    """What the buttons of a kind do, and whether only admins may press them.

    `press` returns what is shown to the person who pressed, "" for nothing.
    """

    kind: type[Data]
    press: Callable[[CallbackQuery, Data, Messages], Awaitable[str]]
    admins_only: bool = False


class Callbacks:
    """Calls the handler of each button that is pressed."""

    def __init__(self, context: BotContext, buttons: Iterable[ButtonHandler[Any]]) -> None:
        """Use `buttons`, one for each kind of data."""
        self._context = context
        self._buttons = {button.kind: button for button in buttons}
        limits = context.service.config.telegram.limits
        self._quota = Quota(_TIMES * limits.person, _TIMES * limits.chat)

    async def pressed(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Do what a pressed button says, and answer the press."""
        query = update.callback_query
        if query is None:
            return
        m = self._context.messages_for(query.from_user)
        words = m.telegram.button_unknown
        work = asyncio.ensure_future(self._handle(query, m))
        try:
            done, _pending = await asyncio.wait({work}, timeout=_PATIENCE)
            words = work.result() if done else ""
        finally:
            await self._answer(query, words)
        await work

    async def _handle(self, query: CallbackQuery, m: Messages) -> str:
        message, user, data = query.message, query.from_user, decode(query.data)
        if data is None or message is None:
            return m.telegram.button_unknown
        button = self._buttons[type(data)]
        if button.admins_only:
            allowed = self._context.access.is_admin(user)
            return await button.press(query, data, m) if allowed else m.telegram.admins_only
        if not await self._context.access.may_ask(message.chat, user):
            return m.telegram.not_allowed
        match self._quota.judge(user.id, message.chat.id):
            case Verdict.NOTICE:
                return m.telegram.too_many_presses
            case Verdict.SILENCE:
                return ""
            case Verdict.ANSWER:
                return await button.press(query, data, m)

    async def _answer(self, query: CallbackQuery, words: str) -> None:
        try:
            alert = len(words) > _LONGEST_NOTICE
            await query.answer(words[:_LONGEST_ANSWER] or None, show_alert=alert)
        except BadRequest as exc:
            _log.info("press not answered reason=%r", exc.message)
