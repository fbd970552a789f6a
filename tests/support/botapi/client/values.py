"""What a test sees: messages, buttons, answers, calls, as they are at that moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entity:
    """A marked part of a text; offset and length in UTF-16 code units, `text` what it marks."""

    type: str
    offset: int
    length: int
    text: str
    url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """A button of an inline keyboard."""

    text: str
    data: str | None
    url: str | None
    copy_text: str | None = None
    style: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A file in a message; `size` in bytes."""

    file_id: str
    name: str
    size: int
    mime_type: str


@dataclass(frozen=True, slots=True)
class Version:
    """A message as it was from `at` on, in seconds since the epoch."""

    at: float
    text: str
    entities: tuple[Entity, ...]
    buttons: tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Message:
    """A message as the server keeps it; `text` is without markup, or the caption of a file.

    Times are seconds since the epoch: `received_at` is when the bot was first handed the
    update. `versions` holds the message as sent and after every edit, `content` the fields
    as the Bot API writes them.
    """

    chat_id: int
    message_id: int
    sender_id: int | None
    text: str
    entities: tuple[Entity, ...]
    buttons: tuple[tuple[Button, ...], ...]
    document: Document | None
    reply_to: int | None
    thread_id: int | None
    is_topic: bool
    sent_at: float
    received_at: float | None
    edited_at: float | None
    deleted: bool
    via_bot_id: int | None
    inline_message_id: str | None
    quote: str | None
    versions: tuple[Version, ...]
    content: Json

    def marked(self, kind: str) -> tuple[str, ...]:
        """The parts of the text that entities of this type mark."""
        return tuple(entity.text for entity in self.entities if entity.type == kind)

    def labels(self) -> tuple[str, ...]:
        """What stands on the buttons."""
        return tuple(button.text for row in self.buttons for button in row)

    def button(self, label: str) -> Button:
        """The one button whose text contains `label`; LookupError if none or several do."""
        found = [button for row in self.buttons for button in row if label in button.text]
        if len(found) != 1:
            raise LookupError(f"{len(found)} buttons contain {label!r}: {self.labels()}")
        return found[0]


@dataclass(frozen=True, slots=True)
class CallbackAnswer:
    """How the bot answered the press of a button."""

    text: str
    show_alert: bool
    url: str | None
    cache_time: int


@dataclass(frozen=True, slots=True)
class InlineResult:
    """One result of an inline query; `text` is what it would send, without markup."""

    id: str
    kind: str
    title: str
    description: str
    text: str
    entities: tuple[Entity, ...]
    raw: Json


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """How an inline query was answered; `cached` if Telegram did not ask the bot."""

    query: str
    results: tuple[InlineResult, ...]
    next_offset: str
    cache_time: int
    is_personal: bool
    button: Json | None
    cached: bool


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the bot; `code` is None while it runs or when its connection was dropped."""

    method: str
    parameters: Json
    at: float
    finished_at: float | None
    code: int | None
    description: str | None
    fault: str | None
    blame: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """A preview streamed into a private chat."""

    draft_id: int
    at: float
    text: str


@dataclass(frozen=True, slots=True)
class ChatAction:
    """`typing` and the like."""

    action: str
    thread_id: int | None
    at: float
