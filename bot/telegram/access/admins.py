"""Admins and no one else: checked with every command, whoever shows or hides the commands."""

from __future__ import annotations

from telegram import Message
from telegram.ext import filters

from bot.messages import Messages
from bot.telegram.access.gate import Gate
from bot.telegram.access.membership import Access
from bot.telegram.access.senders import from_person, messages_for
from bot.telegram.rendering.callback_data import AllowGroup
from bot.telegram.rendering.keyboards import Button, keyboard
from bot.telegram.rendering.rich_text import Rich
from bot.telegram.transport.sender import MessageSender, place_of


class FromAdmin(filters.MessageFilter):
    """Messages that admins wrote as themselves."""

    def __init__(self, access: Access) -> None:
        super().__init__()
        self._access = access

    def filter(self, message: Message) -> bool:
        """Whether an admin wrote it."""
        return message.sender_chat is None and self._access.is_admin(message.from_user)


class AdminGate:
    """Accepts what admins send and refuses everyone else."""

    def __init__(self, gate: Gate, access: Access, sender: MessageSender, language: str) -> None:
        """Refuse others through `gate`; `language` is for those whose own is unknown."""
        self._gate = gate
        self._access = access
        self._sender = sender
        self._language = language

    async def admitted(
        self,
        message: Message | None,
        *,
        private_only: bool = False,
        anywhere: bool = False,
        files: bool = False,
    ) -> Messages | None:
        """Return the messages for an admin; None, and a sentence to the sender, for others.

        In a group that is not allowed nothing of the reports is shown to admins either, but for
        what may be used `anywhere`. `files`: it is no command, but a file.
        """
        if message is None or not from_person(message):
            return None
        user, place = message.from_user, place_of(message)
        if not self._access.is_admin(user) or message.sender_chat is not None:
            await self._refuse(message, files=files)
            return None
        m = messages_for(user, self._language)
        if not anywhere and not await self._access.may_ask(message.chat, user):
            words = m.telegram.check_not_allowed.format(chat=message.chat.id)
            allow = Button(m.telegram.button_allow, AllowGroup(message.chat.id))
            await self._sender.send(place, Rich(words), keyboard([[allow]]))
            return None
        if private_only and message.chat.type != message.chat.PRIVATE:
            await self._sender.send(place, Rich(m.telegram.private_only))
            return None
        return m

    async def _refuse(self, message: Message, *, files: bool) -> None:
        """Say that only admins may do this, to those who are answered at all."""
        m = await self._gate.received(message)
        if m is None:
            return
        words = m.telegram
        refusal = words.files_admins_only if files else words.admins_only
        if message.sender_chat is not None:
            refusal = words.admins_anonymous
        await self._sender.send(place_of(message), Rich(refusal))
