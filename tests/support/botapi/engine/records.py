"""The things the server keeps: accounts, chats, topics, messages, files, calls."""

from dataclasses import dataclass, field

from tests.support.botapi.engine.wire import JsonObject

IN_CHAT = frozenset({"creator", "administrator", "member", "restricted"})
RULERS = frozenset({"creator", "administrator"})


@dataclass(slots=True)
class Account:
    """A person or a bot."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False
    talks_to_bots: bool = False
    started: bool = False
    blocked: bool = False
    deactivated: bool = False

    def api(self) -> JsonObject:
        """The User object of the Bot API."""
        optional = {
            "last_name": self.last_name,
            "username": self.username,
            "language_code": self.language_code,
        }
        required = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        return required | {name: value for name, value in optional.items() if value}


@dataclass(slots=True)
class Membership:
    """What an account is in a chat: a status of the Bot API, and whether it hides its name."""

    status: str
    is_anonymous: bool = False
    can_send: bool = True

    @property
    def present(self) -> bool:
        """Whether the account is in the chat."""
        return self.status in IN_CHAT

    @property
    def rules(self) -> bool:
        """Whether the account is an administrator."""
        return self.status in RULERS


@dataclass(slots=True)
class Topic:
    """A topic of a forum; its thread is the message that announced it."""

    thread_id: int
    name: str
    closed: bool = False
    deleted: bool = False


MEDIA = frozenset({"document", "photo"})
"""What a message of people may show beside its caption."""


@dataclass(slots=True)
class StoredMessage:
    """A message as Telegram keeps it; times in seconds since the epoch.

    `received_at` is when the bot was first handed the update that carries it, and
    `content` its text, document or service fields as the Bot API writes them.
    """

    chat_id: int
    message_id: int
    sender_id: int | None
    date: float
    content: JsonObject
    sender_chat_id: int | None = None
    reply_markup: JsonObject | None = None
    reply_to: int | None = None
    quote: JsonObject | None = None
    thread_id: int | None = None
    is_topic: bool = False
    via_bot_id: int | None = None
    inline_message_id: str | None = None
    edited_at: float | None = None
    received_at: float | None = None
    seen_by_bot: bool = False
    deleted: bool = False
    versions: list[JsonObject] = field(default_factory=list)

    @property
    def entities(self) -> list[JsonObject]:
        """The entities of the text or the caption."""
        found = self.content.get("entities") or self.content.get("caption_entities") or []
        return list(found)

    @property
    def text(self) -> str:
        """The text or the caption."""
        return str(self.content.get("text") or self.content.get("caption") or "")


@dataclass(slots=True)
class Chat:
    """A private chat, group, supergroup or channel with everything in it."""

    id: int
    kind: str
    title: str | None = None
    username: str | None = None
    is_forum: bool = False
    members: dict[int, Membership] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, StoredMessage] = field(default_factory=dict)
    last_message_id: int = 0
    last_bot_id: int | None = None
    migrated_to: int | None = None
    drafts: list[JsonObject] = field(default_factory=list)
    actions: list[JsonObject] = field(default_factory=list)
    reactions: dict[int, list[JsonObject]] = field(default_factory=dict)

    def membership(self, account_id: int) -> Membership:
        """What the account is here; `left` for one that never came."""
        return self.members.get(account_id, Membership("left"))


@dataclass(slots=True)
class StoredFile:
    """A file; `size` may be declared larger than its content, to test the limits."""

    file_id: str
    unique_id: str
    name: str
    mime_type: str
    content: bytes
    size: int
    path: str | None = None

    def api(self) -> JsonObject:
        """The Document object of the Bot API."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_name": self.name,
            "mime_type": self.mime_type,
            "file_size": self.size,
        }


@dataclass(slots=True)
class Call:
    """One call of the bot and how it ended.

    `code` is the HTTP status, None while it runs or when the connection was dropped; `fault`
    names the injected fault; `blame` is true when the bot broke a rule.
    """

    method: str
    parameters: JsonObject
    at: float
    finished_at: float | None = None
    code: int | None = None
    description: str | None = None
    fault: str | None = None
    blame: bool = False
