"""Whether a message asks the bot something, and what."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from telegram import Message, MessageEntity, User
from telegram.ext import filters

from bot.telegram.access.senders import from_person
from index.understanding.splitting import Comparison, comparison
from index.understanding.words.courtesies import courteous

_GLUED_COMMAND = re.compile(r"/ask(?![A-Za-z0-9_@])", re.IGNORECASE)
_COMMAND = re.compile(r"/\w+(?:@\w+)?", re.ASCII)
_AROUND = " \t\n　,，:：、"
_THANKS = re.compile(
    r"(?:\W*(?:谢谢|謝謝|多谢|感谢|感謝|好的|收到|明白了?|知道了|辛苦了?"
    r"|ok|okay|thanks?|thank you|thx)(?:你|您|了|啦|大家)?)+\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class AddressedQuestion:
    """What a message asks. `follows` is the bot's message that it replies to.

    `named` says whether the bot was named: by a mention, or by a command. `comparison` is what
    is to be set side by side, `text` then its words.
    """

    text: str
    follows: int | None = None
    named: bool = False
    comparison: Comparison | None = None


def asked_in_text(message: Message, bot: User) -> AddressedQuestion | None:
    """Return what a message without a command asks the bot; None where it is not for it.

    Thanks and signs need no answer; an empty text where someone only greets or mentions the bot.
    """
    text = message.text or message.caption
    if not text or not from_person(message) or _starts_with_command(message):
        return None
    words, mentioned = _without_mentions(message, bot)
    replied = _replied(message)
    follows = replied.message_id if replied is not None and _wrote(bot, replied) else None
    private = message.chat.type == message.chat.PRIVATE
    if not (private or mentioned or follows is not None) or _asks_nothing(words):
        return None
    if private:
        words = _GLUED_COMMAND.sub("", words, count=1).strip(_AROUND)
    elif not words and replied is not None and follows is None:
        return AddressedQuestion((replied.text or replied.caption or "").strip(), named=True)
    return AddressedQuestion(words if _has_letters(courteous(words)) else "", follows, mentioned)


def asked_by_command(message: Message, bot: User) -> AddressedQuestion | None:
    """Return what follows the command in a message, or what it replies to; None: not a person's."""
    if not from_person(message):
        return None
    words, _ = _without_mentions(message, bot)
    rest = _COMMAND.sub("", words, count=1)
    replied = _replied(message)
    follows = replied.message_id if replied is not None and _wrote(bot, replied) else None
    if not rest.strip() and replied is not None and follows is None:
        return AddressedQuestion((replied.text or replied.caption or "").strip(), named=True)
    return AddressedQuestion(rest.strip(_AROUND), follows, named=True)


def asked_to_compare(message: Message, bot: User) -> AddressedQuestion | None:
    """Return the comparison that a message asks for; without words where it makes none."""
    asked = asked_by_command(message, bot)
    if asked is None:
        return None
    found = comparison(asked.text)
    return replace(asked, text=found.words if found is not None else "", comparison=found)


def is_command(message: Message, name: str, bot: User) -> bool:
    """Whether the message, or the caption of what it shows, is the command `name` for this bot."""
    text = message.text or message.caption or ""
    return _command(text) == f"/{name}" and addressed_to(text, bot)


def addressed_to(text: str, bot: User) -> bool:
    """Whether the command at the beginning of `text` names this bot, or none."""
    _, _, addressed = _first(text).partition("@")
    return addressed in {"", (bot.username or "").casefold()}


def _command(text: str) -> str:
    return _first(text).partition("@")[0]


def _first(text: str) -> str:
    return "".join(text.split(maxsplit=1)[:1]).casefold()


class CaptionCommand(filters.MessageFilter):
    """Messages that show something, with a command for the bot as their caption."""

    def __init__(self, name: str) -> None:
        super().__init__(name=f"/{name} in a caption")
        self._command = name

    def filter(self, message: Message) -> bool:
        """Whether the caption is the command."""
        return bool(message.caption) and is_command(message, self._command, message.get_bot().bot)


def _asks_nothing(words: str) -> bool:
    """Whether words thank, or are none: only signs and emoji."""
    wordless = bool(words) and not _has_letters(words)
    return wordless or _THANKS.fullmatch(words) is not None


def _has_letters(words: str) -> bool:
    return any(map(str.isalnum, words))


def _starts_with_command(message: Message) -> bool:
    every = message.entities or message.caption_entities
    return any(e.type == MessageEntity.BOT_COMMAND and e.offset == 0 for e in every)


def _without_mentions(message: Message, bot: User) -> tuple[str, bool]:
    """Return the words without mentions of the bot, and whether there were any."""
    text = message.text or message.caption or ""
    units = text.encode("utf-16-le", "surrogatepass")
    mentioned = False
    every = message.entities or message.caption_entities
    for entity in sorted(every, key=lambda e: e.offset, reverse=True):
        start, end = 2 * entity.offset, 2 * (entity.offset + entity.length)
        words = units[start:end].decode("utf-16-le", "replace")
        if _mentions(entity, words, bot):
            mentioned = True
            units = units[:start] + units[end:]
    return units.decode("utf-16-le", "replace").strip(_AROUND), mentioned


def _mentions(entity: MessageEntity, words: str, bot: User) -> bool:
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == bot.id
    return (
        entity.type == MessageEntity.MENTION and words.casefold() == f"@{bot.username}".casefold()
    )


def _replied(message: Message) -> Message | None:
    """Return what the message replies to; the start of a forum topic is no reply."""
    replied = message.reply_to_message
    return None if replied is None or replied.forum_topic_created is not None else replied


def _wrote(bot: User, message: Message) -> bool:
    return message.from_user is not None and message.from_user.id == bot.id
