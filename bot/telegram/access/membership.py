"""Who may ask: checked with every update, and with every press of a button."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass

from telegram import Bot, Chat, ChatMember, ChatMemberRestricted, User
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.config.settings import TelegramConfig
from bot.telegram.access.allowed_groups import Groups
from bot.telegram.access.people import People

_log = logging.getLogger(__name__)
_MEMBER_FOR = 600.0
_NOT_MEMBER_FOR = 5.0
_MOST_REMEMBERED = 10_000
_PRESENT = {ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER}


@dataclass(frozen=True, slots=True)
class _Known:
    member: bool
    until: float


class _Unsure(Exception):
    """Telegram could not be asked about a group."""


class Access:
    """Answers who may ask and who is an admin. Membership is asked of Telegram, and cached."""

    def __init__(self, bot: Bot, config: TelegramConfig, groups: Groups, people: People) -> None:
        self.groups = groups
        self.people = people
        self._bot = bot
        self._private = config.private
        self._known: dict[int, _Known] = {}

    @property
    def admins(self) -> frozenset[int]:
        """Every admin, by id."""
        return self.people.admins

    @property
    def lets_people_in(self) -> bool:
        """Whether an admin can let a person in who is in no group."""
        return self._private != "nobody"

    def is_admin(self, user: User | None) -> bool:
        """Whether the person is an admin of the bot; being one of a group is not enough."""
        return user is not None and user.id in self.admins

    async def may_ask(self, chat: Chat, user: User | None) -> bool:
        """Whether this chat is answered: an allowed group, or a person who may ask in private."""
        if chat.type in {Chat.GROUP, Chat.SUPERGROUP}:
            return self.groups.allows(chat.id)
        return (
            chat.type == Chat.PRIVATE
            and user is not None
            and await self.may_ask_outside_groups(user)
        )

    async def may_ask_outside_groups(self, user: User) -> bool:
        """Whether the person may ask outside of groups: in private and inline."""
        if self.is_admin(user):
            return True
        match self._private:
            case "members":
                return self.people.let_in(user.id) or await self._is_member(user.id)
            case "listed":
                return self.people.listed(user.id)
            case _:
                return False

    def forget(self, user_id: int) -> None:
        """Ask Telegram about this person again."""
        self._known.pop(user_id, None)

    def seen(self, chat: Chat, user: User) -> None:
        """Note that a person wrote in a chat, or came into it: of an allowed group, a member."""
        if not user.is_bot and self.groups.allows(chat.id):
            self._remember(user.id, member=True)

    async def _is_member(self, user_id: int) -> bool:
        now = time.monotonic()
        known = self._known.get(user_id)
        if known is not None and now < known.until:
            return known.member
        try:
            member = await self._found_in_a_group(user_id)
        except _Unsure:
            return known is not None and known.member
        self._remember(user_id, member=member)
        return member

    def _remember(self, user_id: int, *, member: bool) -> None:
        if len(self._known) >= _MOST_REMEMBERED:
            self._known.clear()
        lasts = _MEMBER_FOR if member else _NOT_MEMBER_FOR
        self._known[user_id] = _Known(member, time.monotonic() + lasts)

    async def _found_in_a_group(self, user_id: int) -> bool:
        """Whether the person is in an allowed group.

        Raises:
            _Unsure: found in none, but not every group could be asked.
        """
        unsure = False
        for chat_id in self.groups.allowed():
            try:
                if _present(await self._member(chat_id, user_id)):
                    return True
            except (BadRequest, Forbidden) as exc:
                _log.debug("membership unknown chat=%d reason=%r", chat_id, exc.message)
            except TelegramError as exc:
                _log.warning("membership unknown chat=%d error=%s", chat_id, type(exc).__name__)
                unsure = True
        if unsure:
            raise _Unsure
        return False

    async def _member(self, chat_id: int, user_id: int) -> ChatMember:
        """Ask about a member; follow a group that became a supergroup while the bot was away."""
        try:
            return await self._bot.get_chat_member(chat_id, user_id)
        except ChatMigrated as exc:
            await self.groups.follow(chat_id, exc.new_chat_id)
            return await self._bot.get_chat_member(exc.new_chat_id, user_id)


def _present(member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status in _PRESENT
