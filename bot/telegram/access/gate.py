"""The door that everyone passes who asks for something: let in at all, and not too often."""

from __future__ import annotations

from telegram import Message

from bot.messages import Messages
from bot.telegram.access.newcomers import Newcomers
from bot.telegram.access.quota import Verdict
from bot.telegram.context import BotContext
from bot.telegram.questions.addressing import asker_of, from_person
from bot.telegram.rendering.rich_text import Rich
from bot.telegram.transport.sender import place_of


class Gate:
    """Turns strangers away, and asks those who want too much at once to wait."""

    def __init__(self, office: BotContext, strangers: Newcomers) -> None:
        self._office = office
        self._strangers = strangers

    async def received(self, message: Message | None) -> Messages | None:
        """Return the words for who may have one more reply; None: it is no person, or was told."""
        m = await self.let_in(message)
        if message is None or m is None or not await self.affords(message, m):
            return None
        return m

    async def let_in(self, message: Message | None) -> Messages | None:
        """Return the words for who is answered here, counting nothing."""
        if message is None or not from_person(message):
            return None
        m = self._office.messages_for(message.from_user)
        if await self._office.access.may_ask(message.chat, message.from_user):
            return m
        await self._strangers.turn_away(message, m)
        return None

    async def affords(self, message: Message, m: Messages, replies: int = 1) -> bool:
        """Whether the person and the chat may have so many more replies; says once if not."""
        verdict = self._office.limits.judge(asker_of(message), message.chat.id, replies)
        if verdict is Verdict.NOTICE:
            await self._office.post.send(place_of(message), Rich(m.telegram.too_many))
        return verdict is Verdict.ANSWER
