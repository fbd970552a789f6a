"""/selfcheck: whether the bot is set up rightly in a group, and what to do where it is not."""

from __future__ import annotations

from telegram import (
    Chat,
    ChatMember,
    ChatMemberRestricted,
    InlineKeyboardMarkup,
    Message,
    Update,
)
from telegram.ext import ContextTypes

from bot.messages import Messages
from bot.telegram.access.admins import AdminGate
from bot.telegram.admin.mention_check import MentionCheck
from bot.telegram.context import BotContext
from bot.telegram.rendering.callback_data import AllowGroup
from bot.telegram.rendering.keyboards import Button, keyboard
from bot.telegram.rendering.rich_text import Rich, lines
from bot.telegram.transport.sender import ChatPlace, place_of
from corpus.durable.faults import StateError
from index.errors import SearchError

_Finding = tuple[bool, str]


class SelfCheck:
    """Examines privacy mode, rights, topics, the allow-list and the index."""

    def __init__(
        self, context: BotContext, admin_gate: AdminGate, mention_check: MentionCheck
    ) -> None:
        self._context = context
        self._admin_gate = admin_gate
        self._mention_check = mention_check

    async def selfcheck(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """/selfcheck."""
        message = update.message
        m = await self._admin_gate.admitted(message, anywhere=True)
        if message is None or m is None:
            return
        allowed = await self._context.access.may_ask(message.chat, message.from_user)
        findings = [*await self._bot(m), *await self._place(message, m)]
        if allowed:
            findings.append(await self._index(m))
        words = [
            (m.telegram.check_good if good else m.telegram.check_bad).format(text=text)
            for good, text in findings
        ]
        if message.chat.type == Chat.PRIVATE:
            words.append(m.telegram.check_private)
        allow = Button(m.telegram.button_allow, AllowGroup(message.chat.id))
        there = await self._reply(message, lines(words), None if allowed else keyboard([[allow]]))
        if there and allowed and message.chat.type != Chat.PRIVATE:
            await self._mention_check.begin(message, m)

    async def _reply(
        self, message: Message, found: Rich, buttons: InlineKeyboardMarkup | None
    ) -> bool:
        """Reply where it was asked; where the bot may not write there, to the admin in private.

        Returns whether it was where it was asked.
        """
        sent = await self._context.sender.send(place_of(message), found, buttons)
        if not sent and message.from_user is not None:
            await self._context.sender.send(ChatPlace(message.from_user.id), found, buttons)
        return bool(sent)

    async def _bot(self, m: Messages) -> list[_Finding]:
        """Ask Telegram anew: BotFather's settings may have changed since the start."""
        me = await self._context.sender.bot.get_me()
        words = m.telegram
        return [
            (False, words.check_privacy_off.format(username=me.username))
            if me.can_read_all_group_messages
            else (True, words.check_privacy_on),
            (True, words.check_inline_on)
            if me.supports_inline_queries
            else (False, words.check_inline_off.format(username=me.username)),
        ]

    async def _index(self, m: Messages) -> _Finding:
        """Return what is indexed: shown only where questions are answered."""
        words = m.telegram
        try:
            opened = await self._context.threads.ask(self._context.service.opened)
        except (SearchError, StateError):
            return False, words.check_no_index
        generation = opened.generation
        text = words.check_index.format(
            reports=generation.manifest.reports,
            passages=generation.manifest.passages,
        )
        return True, text

    async def _place(self, message: Message, m: Messages) -> list[_Finding]:
        chat, words = message.chat, m.telegram
        if chat.type == Chat.PRIVATE:
            return []
        allowed = self._context.access.groups.allows(chat.id)
        listed = words.check_allowed if allowed else words.check_not_allowed
        member = await self._context.sender.bot.get_chat_member(chat.id, self._context.me.id)
        topics = words.check_topic if chat.is_forum else words.check_no_topic
        return [(allowed, listed.format(chat=chat.id)), _rights(member, m), (True, topics)]


def _rights(member: ChatMember, m: Messages) -> _Finding:
    if member.status == ChatMember.ADMINISTRATOR:
        return True, m.telegram.check_admin
    if isinstance(member, ChatMemberRestricted) and not member.can_send_messages:
        return False, m.telegram.check_muted
    return True, m.telegram.check_member
