"""What everyone passes who asks for something: allowed to ask at all, and not too often."""

from __future__ import annotations

from telegram import Message

from bot.messages import Messages
from bot.telegram.access.membership import Access
from bot.telegram.access.newcomers import Newcomers
from bot.telegram.access.quota import Quota, Verdict
from bot.telegram.access.senders import asker_of, from_person, messages_for
from bot.telegram.rendering.rich_text import Rich
from bot.telegram.transport.sender import MessageSender, place_of


class Gate:
    """Refuses who may not ask, and asks those who want too much at once to wait."""

    def __init__(
        self,
        access: Access,
        quota: Quota,
        sender: MessageSender,
        newcomers: Newcomers,
        language: str,
    ) -> None:
        """Refuse through `newcomers`; `language` is for those whose own is unknown."""
        self._access = access
        self._quota = quota
        self._sender = sender
        self._newcomers = newcomers
        self._language = language

    async def received(self, message: Message | None) -> Messages | None:
        """Return the messages for who may have one more reply.

        None where no person wrote it, or where the refusal has been sent.
        """
        m = await self.permitted(message)
        if message is None or m is None or not await self.within_quota(message, m):
            return None
        return m

    async def permitted(self, message: Message | None) -> Messages | None:
        """Return the messages for who is answered here, counting nothing."""
        if message is None or not from_person(message):
            return None
        m = messages_for(message.from_user, self._language)
        if await self._access.may_ask(message.chat, message.from_user):
            return m
        await self._newcomers.refuse(message, m)
        return None

    async def within_quota(self, message: Message, m: Messages, replies: int = 1) -> bool:
        """Whether the person and the chat may have so many more replies; says once if not."""
        verdict = self._quota.judge(asker_of(message), message.chat.id, replies)
        if verdict is Verdict.NOTICE:
            await self._sender.send(place_of(message), Rich(m.telegram.too_many))
        return verdict is Verdict.ANSWER
