"""Who wrote a message, and which language they read."""

from __future__ import annotations

from telegram import Message, User

from bot.messages import Messages, messages_in

ANONYMOUS_ADMIN = 1087968824
CHANNEL_IN_GROUP = 136817688
"""The accounts through which Telegram lets admins without a name and channels write."""


def from_person(message: Message) -> bool:
    """Whether a person wrote it, in whatever guise; not a bot, not an automatic forward."""
    sender = message.from_user
    if message.via_bot is not None or message.is_automatic_forward or sender is None:
        return False
    return not sender.is_bot or sender.id in {ANONYMOUS_ADMIN, CHANNEL_IN_GROUP}


def asker_of(message: Message) -> int:
    """Return whose question counts: the person, or the chat in whose name it was asked."""
    if message.sender_chat is not None:
        return message.sender_chat.id
    return message.from_user.id if message.from_user is not None else message.chat.id


def messages_for(user: User | None, default: str) -> Messages:
    """Return the messages in the language of a person; in `default` where it is unknown."""
    language = user.language_code if user is not None and not user.is_bot else None
    return messages_in(language or default)
