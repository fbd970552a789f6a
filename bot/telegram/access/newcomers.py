"""People and groups that may not ask; groups that are added, and groups that change."""

from __future__ import annotations

import logging

from telegram import CallbackQuery, Chat, ChatMember, ChatMemberUpdated, Message, Update
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.messages import Messages
from bot.telegram.access.membership import Access
from bot.telegram.access.quota import Quota, Verdict
from bot.telegram.access.senders import messages_for
from bot.telegram.rendering.callback_data import AllowGroup
from bot.telegram.rendering.keyboards import Button, keyboard
from bot.telegram.rendering.rich_text import Rich, excerpt
from bot.telegram.transport.sender import ChatPlace, MessageSender, place_of

_log = logging.getLogger(__name__)
_OUTSIDE = {ChatMember.LEFT, ChatMember.BANNED}
_NOTICE_EVERY = 60.0
_LONGEST_TITLE = 80
_NOTICES_PER_MINUTE = 5
"""Groups that admins are notified of in a minute: nobody can flood them by making groups."""

_ADMINS = 0


class Newcomers:
    """Refuses who may not ask: one sentence, and nothing about the reports."""

    def __init__(self, access: Access, quota: Quota, sender: MessageSender, language: str) -> None:
        """`language` is for those whose own is unknown."""
        self._access = access
        self._quota = quota
        self._sender = sender
        self._language = language
        self._notices = Quota(_NOTICES_PER_MINUTE, _NOTICES_PER_MINUTE)

    async def refuse(self, message: Message, m: Messages) -> None:
        """Say that this person, or this group, is not answered."""
        chat = message.chat
        if chat.type in {Chat.GROUP, Chat.SUPERGROUP}:
            await self._leave(chat, place_of(message), m)
        elif self._quota.notice_due(chat.id, _NOTICE_EVERY):
            await self._sender.send(place_of(message), Rich(m.telegram.not_allowed))

    async def membership(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Stay in a group that the bot was added to, or leave it."""
        change = update.my_chat_member
        if change is None or change.chat.type not in {Chat.GROUP, Chat.SUPERGROUP}:
            return
        if not _was_added(change) or self._access.groups.allows(change.chat.id):
            return
        m = messages_for(change.from_user, self._language)
        place = ChatPlace(change.chat.id)
        if self._access.is_admin(change.from_user):
            await self._access.groups.allow(change.chat.id)
            _log.info("group allowed by the admin who added the bot chat=%d", change.chat.id)
            await self._sender.send(place, Rich(m.telegram.group_welcome))
        else:
            await self._leave(change.chat, place, m, added=True)

    async def migrated(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Keep allowing a group that became a supergroup."""
        message = update.message
        if message is None:
            return
        if message.migrate_to_chat_id is not None:
            await self._access.groups.follow(message.chat.id, message.migrate_to_chat_id)
        elif message.migrate_from_chat_id is not None:
            await self._access.groups.follow(message.migrate_from_chat_id, message.chat.id)

    async def allow(self, query: CallbackQuery, data: AllowGroup, m: Messages) -> str:
        """Allow a group, as an admin wants; return what to say on the button."""
        chat_id = data.chat_id
        if chat_id >= 0:  # the id of a person
            return m.telegram.button_unknown
        await self._access.groups.allow(chat_id)
        _log.info("group allowed by button chat=%d", chat_id)
        message = query.message
        if message is not None:
            words = m.telegram.group_allowed.format(chat=chat_id)
            if message.chat.id == chat_id:  # asked for in the group itself, by /selfcheck
                words = m.telegram.group_welcome
            await self._sender.edit(message.chat.id, message.message_id, Rich(words))
        return m.telegram.done

    async def _leave(
        self, chat: Chat, place: ChatPlace, m: Messages, *, added: bool = False
    ) -> None:
        """Say one sentence, notify the admins, and leave.

        Updates that were under way when the bot left come to nothing. Where it was `added`
        again at once, it leaves again, without a word.
        """
        if self._quota.notice_due(chat.id, _NOTICE_EVERY):
            await self._announce(chat, place, m)
        elif not added:
            return
        try:
            await self._sender.bot.leave_chat(chat.id)
        except TelegramError as exc:
            _log.info("could not leave chat=%d reason=%r", chat.id, exc.message)

    async def _announce(self, chat: Chat, place: ChatPlace, m: Messages) -> None:
        await self._sender.send(place, Rich(m.telegram.group_not_allowed))
        if self._notices.judge(_ADMINS, _ADMINS) is not Verdict.ANSWER:
            _log.warning("admins not notified of another group chat=%d", chat.id)
            return
        title = excerpt(chat.title or "", _LONGEST_TITLE)
        for admin in sorted(self._access.admins):
            words = m.telegram.group_asks.format(title=title, chat=chat.id)
            button = Button(m.telegram.button_allow, AllowGroup(chat.id))
            await self._sender.send(ChatPlace(admin), Rich(words), keyboard([[button]]))


def _was_added(change: ChatMemberUpdated) -> bool:
    return (
        change.old_chat_member.status in _OUTSIDE and change.new_chat_member.status not in _OUTSIDE
    )
