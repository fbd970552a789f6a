"""People and groups that may not ask; groups that are added, and groups that change."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from telegram import CallbackQuery, Chat, ChatMember, ChatMemberUpdated, Message, Update
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.messages import Messages, messages_in
from bot.telegram.access.membership import Access
from bot.telegram.access.people import Role
from bot.telegram.access.quota import Quota, Verdict
from bot.telegram.access.senders import asker_of, from_person, messages_for
from bot.telegram.rendering.callback_data import AllowGroup, AllowPerson
from bot.telegram.rendering.keyboards import Button, keyboard
from bot.telegram.rendering.rich_text import Rich, clean, excerpt, lines
from bot.telegram.transport.sender import ChatPlace, MessageSender, place_of

_log = logging.getLogger(__name__)
_OUTSIDE = {ChatMember.LEFT, ChatMember.BANNED}
_NOTICE_EVERY = 60.0
_LONGEST_TITLE = 80
_NOTICES_PER_MINUTE = 5
"""Groups and people that admins are notified of in a minute: nobody can flood them."""

_ASKS_AGAIN_AFTER = 24 * 3600.0
_LONGEST_NAME = 40

_ADMINS = 0

Welcome = Callable[[int, Messages], Awaitable[None]]
"""Greets an allowed group, by its id."""


class Newcomers:
    """Refuses who may not ask: one sentence, and nothing about the reports."""

    def __init__(
        self,
        access: Access,
        quota: Quota,
        sender: MessageSender,
        language: str,
        welcome: Welcome,
    ) -> None:
        """`language` is for those whose own is unknown; `welcome` greets groups."""
        self._access = access
        self._quota = quota
        self._sender = sender
        self._language = language
        self._welcome = welcome
        self._notices = Quota(_NOTICES_PER_MINUTE, _NOTICES_PER_MINUTE)

    async def refuse(self, message: Message, m: Messages) -> None:
        """Say that this person, or this group, is not answered."""
        chat = message.chat
        if chat.type in {Chat.GROUP, Chat.SUPERGROUP}:
            await self._leave(chat, place_of(message), m)
        elif self._quota.notice_due(chat.id, _NOTICE_EVERY):
            await self._turn_away(message, m)

    async def seen(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Note who writes in a group, comes into it, or leaves it."""
        message = update.message
        if message is None or message.chat.type == Chat.PRIVATE:
            return
        for person in message.new_chat_members or ():
            self._access.seen(message.chat, person)
        if message.left_chat_member is not None:
            self._access.forget(message.left_chat_member.id)
        elif message.from_user is not None and message.sender_chat is None:
            self._access.seen(message.chat, message.from_user)

    async def ids(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """/id: the ids of whoever asks and of the group, for everyone, everywhere."""
        message = update.message
        if message is None or not from_person(message) or message.from_user is None:
            return
        if self._quota.judge(asker_of(message), message.chat.id) is not Verdict.ANSWER:
            return
        m, person = messages_for(message.from_user, self._language), message.from_user.id
        words = m.admin.ids.format(chat=message.chat.id, person=person)
        if message.chat.type == Chat.PRIVATE:
            words = m.admin.your_id.format(person=person)
        await self._sender.send(place_of(message), Rich(words))

    async def let_in(self, query: CallbackQuery, data: AllowPerson, m: Messages) -> str:
        """Let a person ask, as an admin wants; return what to say on the button."""
        if data.user_id <= 0:  # the id of a group
            return m.telegram.button_unknown
        await self._access.people.add(data.user_id, Role.STAFF)
        _log.info("person let in by button")
        message = query.message
        if message is not None:
            name = await self._sender.name_of(data.user_id)
            words = m.admin.person_allowed.format(name=name, person=data.user_id)
            await self._sender.edit(message.chat.id, message.message_id, Rich(words))
        theirs = messages_in(self._language)
        await self._sender.send(ChatPlace(data.user_id), Rich(theirs.admin.let_in))
        return m.telegram.done

    async def membership(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Stay in a group that the bot was added to, or leave it."""
        change = update.my_chat_member
        if change is None or change.chat.type not in {Chat.GROUP, Chat.SUPERGROUP}:
            return
        if not _was_added(change):
            return
        m, chat_id = messages_for(change.from_user, self._language), change.chat.id
        if self._access.groups.allows(chat_id):
            await self._welcome(chat_id, m)
        elif self._access.is_admin(change.from_user):
            await self._access.groups.allow(chat_id)
            _log.info("group allowed by the admin who added the bot chat=%d", chat_id)
            await self._welcome(chat_id, m)
        else:
            await self._leave(change.chat, ChatPlace(chat_id), m, added=True)

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
                words = m.admin.group_allowed_here
                await self._welcome(chat_id, m)
            await self._sender.edit(message.chat.id, message.message_id, Rich(words))
        return m.telegram.done

    async def _turn_away(self, message: Message, m: Messages) -> None:
        """Say one sentence to a person, with their id, and tell the admins who it was."""
        user, place = message.from_user, place_of(message)
        if user is None or not self._access.lets_people_in:
            await self._sender.send(place, Rich(m.telegram.not_allowed))
            return
        said = [m.telegram.not_allowed, m.admin.your_id.format(person=user.id)]
        await self._sender.send(place, lines(said))
        if not self._quota.notice_due(("person", user.id), _ASKS_AGAIN_AFTER):
            return
        name = excerpt(clean(user.full_name), _LONGEST_NAME)
        for admin, words in self._admins_to_notify("person"):
            asks = Rich(words.admin.person_asks.format(name=name, person=user.id))
            button = Button(words.admin.button_allow_person, AllowPerson(user.id))
            await self._sender.send(ChatPlace(admin), asks, keyboard([[button]]))

    def _admins_to_notify(self, what: str) -> list[tuple[int, Messages]]:
        """Return the admins with their words; none where they were told much already."""
        if self._notices.judge(_ADMINS, _ADMINS) is not Verdict.ANSWER:
            _log.warning("admins not notified of another %s", what)
            return []
        m = messages_in(self._language)
        return [(admin, m) for admin in sorted(self._access.admins)]

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
        told = self._access.admins
        said = m.telegram.group_not_allowed if told else m.admin.group_not_allowed
        await self._sender.send(place, Rich(said.format(chat=chat.id)))
        title = excerpt(chat.title or "", _LONGEST_TITLE)
        for admin, words in self._admins_to_notify("group"):
            asks = Rich(words.telegram.group_asks.format(title=title, chat=chat.id))
            button = Button(words.telegram.button_allow, AllowGroup(chat.id))
            await self._sender.send(ChatPlace(admin), asks, keyboard([[button]]))


def _was_added(change: ChatMemberUpdated) -> bool:
    return (
        change.old_chat_member.status in _OUTSIDE and change.new_chat_member.status not in _OUTSIDE
    )
