"""What a message carries that may be a report: a file, or a photo of one."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Message

from bot.messages import Messages
from bot.telegram.rendering.rich_text import clean

LARGEST_MB = 20
"""Larger files bots cannot fetch (https://core.telegram.org/bots/api#getfile)."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as Telegram keeps it; `size` in bytes, 0 where Telegram does not say.

    `album` is what photos that were sent together have in common.
    """

    file_id: str
    name: str
    size: int
    is_photo: bool = False
    album: str | None = None

    @property
    def too_large(self) -> bool:
        """Whether it cannot be fetched."""
        return self.size > LARGEST_MB * 1024 * 1024


def attachment_of(message: Message | None, m: Messages) -> Attachment | None:
    """Return the file or the photo in a message; None where there is neither.

    A photo has no name of its own: it is named for its day and the number of its message.
    """
    if message is None:
        return None
    document = message.document
    if document is not None:
        return Attachment(
            document.file_id, clean(document.file_name or ""), document.file_size or 0
        )
    if not message.photo:
        return None
    largest = max(message.photo, key=lambda size: size.width * size.height)
    day = message.date.astimezone().strftime("%Y-%m-%d")
    name = m.telegram.photo_name.format(day=day, number=message.message_id)
    return Attachment(
        largest.file_id,
        f"{name}.jpg",
        largest.file_size or 0,
        is_photo=True,
        album=message.media_group_id,
    )
