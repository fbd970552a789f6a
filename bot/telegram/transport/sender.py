"""Messages to chats: everything the bot sends and edits."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    MessageEntity,
    ReplyParameters,
)
from telegram.constants import ReactionEmoji
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.telegram.rendering.rich_text import Rich, clean, entities, excerpt, shortened, split
from bot.telegram.transport.rate_limiter import Latest, RateLimiter
from bot.telegram.transport.sent_messages import SentMessages

_log = logging.getLogger(__name__)
_LONGEST_NAME = 40
_LONG_WAIT = 1.0
_SEEN = ReactionEmoji.EYES
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

Result = TypeVar("Result")
Markup = InlineKeyboardMarkup | ForceReply
Migrated = Callable[[int, int], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class ChatPlace:
    """Where to write: a chat, its topic if it is one, and the message to reply to."""

    chat_id: int
    topic: int | None = None
    reply_to: int | None = None


def place_of(message: Message) -> ChatPlace:
    """Return where an answer to `message` belongs."""
    topic = message.message_thread_id if message.is_topic_message else None
    return ChatPlace(message.chat.id, topic, message.message_id)


class MessageSender:
    """Sends, edits and deletes messages of marked text."""

    def __init__(self, bot: Bot, migrated: Migrated) -> None:
        """Write as `bot`; `migrated` is called with groups that became supergroups."""
        self.bot = bot
        self._migrated = migrated
        self._latest = Latest()
        self._sent = SentMessages()

    async def send(
        self, place: ChatPlace, rich: Rich, keyboard: Markup | None = None
    ) -> tuple[int, ...]:
        """Write `rich`, in several messages where it is long; the keyboard under the last.

        Returns the ids of the messages; none where the chat cannot be written to, or where it
        is unknown whether they arrived.
        """
        pieces = split(rich)
        sent: list[int] = []
        for i, piece in enumerate(pieces, start=1):
            under = keyboard if i == len(pieces) else None
            message = await self._send(place, piece, under)
            if message is None:
                break
            self._sent.remember(message.chat.id, message.message_id, piece, under)
            sent.append(message.message_id)
        return tuple(sent)

    async def edit(
        self,
        chat_id: int,
        message_id: int,
        rich: Rich,
        keyboard: InlineKeyboardMarkup | None = None,
    ) -> bool:
        """Change a message, unless it is so already; False where it is not there any more.

        Of several changes that wait for their turn only the last is made.
        """
        fitting = shortened(rich.stripped())
        there = True

        async def change() -> None:
            nonlocal there
            there = await self._edit(chat_id, message_id, fitting, keyboard)

        await self._latest.run((chat_id, message_id), change)
        return there

    async def name_of(self, user_id: int) -> str:
        """Ask Telegram for the name of a person who wrote to the bot; "" where it is unknown."""
        try:
            chat = await self.bot.get_chat(user_id)
        except TelegramError as exc:
            _log.info("name unknown error=%s", type(exc).__name__)
            return ""
        return excerpt(clean(chat.full_name or ""), _LONGEST_NAME)

    async def edit_keyboard(
        self, chat_id: int, message_id: int, keyboard: InlineKeyboardMarkup | None
    ) -> None:
        """Change the buttons under a message, and nothing else; the last of several changes."""

        async def change() -> None:
            if self._sent.has_keyboard(chat_id, message_id, keyboard):
                return
            try:
                await self.bot.edit_message_reply_markup(chat_id, message_id, reply_markup=keyboard)
                self._sent.remember_keyboard(chat_id, message_id, keyboard)
            except TelegramError as exc:
                _log.info("buttons not changed error=%s", type(exc).__name__)

        await self._latest.run((chat_id, message_id), change)

    async def notice(self, message: Message) -> None:
        """React to a message, as a sign that it was seen, where Telegram's limits make it wait."""
        limiter = getattr(self.bot, "rate_limiter", None)
        if not isinstance(limiter, RateLimiter) or limiter.delay(message.chat.id) < _LONG_WAIT:
            return
        try:
            await self.bot.set_message_reaction(message.chat.id, message.message_id, _SEEN)
        except TelegramError as exc:
            _log.info("no reaction error=%s", type(exc).__name__)

    def says(
        self, chat_id: int, message_id: int, rich: Rich, keyboard: Markup | None = None
    ) -> bool:
        """Whether a message is known to say exactly this: nobody turned its page since."""
        return self._sent.is_known(chat_id, message_id, shortened(rich.stripped()), keyboard)

    async def delete(self, chat_id: int, messages: Sequence[int]) -> None:
        """Delete messages of the bot, as far as they are there and not too old."""
        for message in messages:
            try:
                await self.bot.delete_message(chat_id, message)
            except TelegramError as exc:
                _log.info("not deleted error=%s", type(exc).__name__)

    async def send_file(
        self, place: ChatPlace, data: bytes, name: str, caption: str | None = None
    ) -> bool:
        """Send a file; whether it is known to have arrived."""

        async def send(where: ChatPlace) -> Message:
            return await self.bot.send_document(
                where.chat_id,
                data,
                filename=name,
                caption=caption,
                message_thread_id=where.topic,
                reply_parameters=_reply(where),
            )

        return await self._deliver(place, send) is not None

    async def send_picture(self, place: ChatPlace, data: bytes, caption: str) -> tuple[int, ...]:
        """Send a picture with what it shows; return the id of its message, none as `send`."""

        async def send(where: ChatPlace) -> Message:
            return await self.bot.send_photo(
                where.chat_id,
                data,
                caption=caption,
                message_thread_id=where.topic,
                reply_parameters=_reply(where),
            )

        message = await self._deliver(place, send)
        return () if message is None else (message.message_id,)

    async def _send(self, place: ChatPlace, rich: Rich, keyboard: Markup | None) -> Message | None:
        async def send(where: ChatPlace) -> Message:
            async def write(marks: Sequence[MessageEntity]) -> Message:
                return await self.bot.send_message(
                    where.chat_id,
                    rich.text,
                    message_thread_id=where.topic,
                    reply_parameters=_reply(where),
                    reply_markup=keyboard,
                    link_preview_options=_NO_PREVIEW,
                    entities=marks,
                )

            return await _marked_or_plain(rich, write)

        return await self._deliver(place, send)

    async def _deliver(
        self, place: ChatPlace, send: Callable[[ChatPlace], Awaitable[Message]]
    ) -> Message | None:
        try:
            return await send(place)
        except ChatMigrated as exc:
            await self._migrated(place.chat_id, exc.new_chat_id)
            return await send(ChatPlace(exc.new_chat_id))
        except Forbidden as exc:
            _log.info("may not write reason=%r", exc.message)
        except BadRequest as exc:
            _log.warning("refused reason=%r", exc.message)
        except RetryAfter as exc:
            _log.error("asked to wait too long seconds=%s", exc.retry_after)
        except NetworkError as exc:
            _log.warning("not known to have arrived error=%s", type(exc).__name__)
        return None

    async def _edit(
        self, chat_id: int, message_id: int, rich: Rich, keyboard: InlineKeyboardMarkup | None
    ) -> bool:
        async def write(marks: Sequence[MessageEntity]) -> Message | bool:
            return await self.bot.edit_message_text(
                rich.text,
                chat_id=chat_id,
                message_id=message_id,
                reply_markup=keyboard,
                link_preview_options=_NO_PREVIEW,
                entities=marks,
            )

        if self._sent.is_known(chat_id, message_id, rich, keyboard):
            return True
        try:
            await _marked_or_plain(rich, write)
            self._sent.remember(chat_id, message_id, rich, keyboard)
        except BadRequest as exc:
            if "not modified" not in exc.message.lower():
                _log.info("not edited reason=%r", exc.message)
            return "not found" not in exc.message.lower()
        except TelegramError as exc:
            _log.warning("not edited error=%s", type(exc).__name__)
        return True


async def _marked_or_plain(
    rich: Rich, write: Callable[[Sequence[MessageEntity]], Awaitable[Result]]
) -> Result:
    """Write `rich`; without its marks where Telegram refuses them."""
    marks = entities(rich)
    try:
        return await write(marks)
    except BadRequest as exc:
        if not marks or "entit" not in exc.message.lower():
            raise
        _log.warning("marks refused reason=%r", exc.message)
        return await write(())


def _reply(place: ChatPlace) -> ReplyParameters | None:
    if place.reply_to is None:
        return None
    return ReplyParameters(place.reply_to, allow_sending_without_reply=True)
