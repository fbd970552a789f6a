"""Pressed buttons: who may press, what is done, and that each press is answered once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from telegram import CallbackQuery, Update
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot.messages import Messages
from bot.telegram.access.quota import Quota, Verdict
from bot.telegram.context import BotContext

_log = logging.getLogger(__name__)
_PATIENCE = 2.0
"""Seconds after which the clock on a button is stopped, though its edit still waits its turn."""

_TIMES = 3
"""So many times as often as one may ask one may press: turning a page is cheaper than a question,
and of many edits of one message only the last is made."""

Press = Callable[[CallbackQuery, Messages], Awaitable[str]]
"""Does what a button says; returns what is shown to who pressed it, "" for nothing."""


@dataclass(frozen=True, slots=True)
class ButtonHandler:
    """What a button does, and whether only admins may press it."""

    press: Press
    admins_only: bool = False


class Callbacks:
    """Leads each press to what it is about."""

    def __init__(self, context: BotContext, buttons: Mapping[str, ButtonHandler]) -> None:
        """Lead presses to `buttons`, by the first field of their data."""
        self._context = context
        self._buttons = buttons
        limits = context.service.config.telegram.limits
        self._limits = Quota(_TIMES * limits.person, _TIMES * limits.chat)

    async def pressed(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Do what a pressed button says, and answer the press."""
        query = update.callback_query
        if query is None:
            return
        m = self._context.messages_for(query.from_user)
        words = m.telegram.button_unknown
        act = asyncio.ensure_future(self._act(query, m))
        try:
            done, _pending = await asyncio.wait({act}, timeout=_PATIENCE)
            words = act.result() if done else ""
        finally:
            await self._answer(query, words)
        await act

    async def _act(self, query: CallbackQuery, m: Messages) -> str:
        message, user = query.message, query.from_user
        button = self._buttons.get((query.data or "").partition(":")[0])
        if button is None or message is None:
            return m.telegram.button_unknown
        if button.admins_only:
            allowed = self._context.access.is_admin(user)
            return await button.press(query, m) if allowed else m.telegram.admins_only
        if not await self._context.access.may_ask(message.chat, user):
            return m.telegram.not_allowed
        match self._limits.judge(user.id, message.chat.id):
            case Verdict.NOTICE:
                return m.telegram.too_many_presses
            case Verdict.SILENCE:
                return ""
            case Verdict.ANSWER:
                return await button.press(query, m)

    async def _answer(self, query: CallbackQuery, words: str) -> None:
        try:
            await query.answer(words[:200] or None, show_alert=len(words) > 20)
        except BadRequest as exc:
            _log.info("press not answered reason=%r", exc.message)
