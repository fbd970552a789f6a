"""Everything the server knows, and how to find and make it."""

import hashlib
import time
from dataclasses import dataclass, field

from tests.support.botapi.engine.changes import Changes
from tests.support.botapi.engine.fault_plan import FaultPlan
from tests.support.botapi.engine.flood import Flood
from tests.support.botapi.engine.queries import CallbackQueries, InlineQueries
from tests.support.botapi.engine.records import (
    Account,
    Call,
    Chat,
    Membership,
    StoredFile,
    StoredMessage,
)
from tests.support.botapi.engine.updates import UpdateQueue
from tests.support.botapi.engine.wire import JsonObject

_FIRST_USER = 70_000_001
_FIRST_GROUP = -40_000_001
_FIRST_SUPERGROUP = -1_001_500_000_001
GROUP_ANONYMOUS = Account(
    1087968824, "Group", username="GroupAnonymousBot", is_bot=True, deactivated=True
)
CHANNEL_BOT = Account(136817688, "Channel", username="Channel_Bot", is_bot=True, deactivated=True)
TELEGRAM = Account(777000, "Telegram", deactivated=True)


@dataclass(slots=True)
class Webhook:
    """Where updates are delivered to, and how that went last."""

    url: str = ""
    secret_token: str = ""
    max_connections: int = 40
    ip_address: str | None = None
    last_error_at: float | None = None
    last_error: str = ""


@dataclass(slots=True)
class Profile:
    """What the bot says about itself; commands by scope and language."""

    can_join_groups: bool = True
    reads_all_group_messages: bool = False
    supports_inline: bool = True
    inline_feedback: bool = False
    commands: dict[tuple[str, str], list[JsonObject]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    menu_buttons: dict[int | None, JsonObject] = field(default_factory=dict)


class World:
    """The state of one server; used on the server's loop only."""

    def __init__(self, token: str, bot: Account) -> None:
        """Start with the bot alone."""
        self.token = token
        self.bot = bot
        self.profile = Profile()
        self.accounts = {
            account.id: account for account in (bot, GROUP_ANONYMOUS, CHANNEL_BOT, TELEGRAM)
        }
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.calls: list[Call] = []
        self.updates = UpdateQueue()
        self.webhook = Webhook()
        self.webhook_routes: dict[str, str] = {}
        self.callbacks = CallbackQueries()
        self.inline = InlineQueries()
        self.faults = FaultPlan()
        self.flood = Flood()
        self.changes = Changes()
        self._last_message_id = 0
        self._made = 0

    def new_account(self, first_name: str, **details: str | bool | None) -> Account:
        """A person or another bot, whom the bot has not met."""
        self._made += 1
        account = Account(_FIRST_USER + self._made, first_name)
        for name, value in details.items():
            setattr(account, name, value)
        self.accounts[account.id] = account
        return account

    def new_chat(self, kind: str, title: str, *, is_forum: bool = False) -> Chat:
        """A group, supergroup or channel with nobody in it."""
        self._made += 1
        first = _FIRST_GROUP if kind == "group" else _FIRST_SUPERGROUP
        chat = Chat(first - self._made, kind, title, is_forum=is_forum)
        chat.last_message_id = 1  # the message that the chat was created
        self.chats[chat.id] = chat
        return chat

    def private_chat(self, account: Account) -> Chat:
        """The private chat of the bot and a person."""
        if account.id not in self.chats:
            chat = Chat(account.id, "private")
            chat.members = {
                account.id: Membership("member"),
                self.bot.id: Membership("member"),
            }
            self.chats[account.id] = chat
        return self.chats[account.id]

    def has_met(self, account: Account) -> bool:
        """Whether the bot knows the person: from its private chat or a group they share."""
        if account.started:
            return True
        groups = (chat for chat in self.chats.values() if chat.kind != "private")
        return any(
            chat.membership(account.id).present and chat.membership(self.bot.id).present
            for chat in groups
        )

    def find_user(self, user_id: int) -> JsonObject | None:
        """The User object of someone the bot has met, for mentions."""
        account = self.accounts.get(user_id)
        known = account is not None and (account is self.bot or self.has_met(account))
        return account.api() if account and known else None

    def next_message_id(self, chat: Chat) -> int:
        """One sequence for every supergroup, one for all private chats and groups together."""
        if chat.kind in {"private", "group"}:
            self._last_message_id += 1
            chat.last_message_id = self._last_message_id
        else:
            chat.last_message_id += 1
        return chat.last_message_id

    def new_file(
        self, name: str, content: bytes, mime_type: str, *, size: int | None = None
    ) -> StoredFile:
        """Store a file under a new identifier; the unique one follows from the content."""
        digest = hashlib.sha256(content + name.encode()).hexdigest()
        file_id = f"BQACAgUAAxkB{len(self.files):04d}{digest[:40]}"
        declared = len(content) if size is None else size
        stored = StoredFile(file_id, f"AgAD{digest[:12]}", name, mime_type, content, declared)
        self.files[file_id] = stored
        return stored

    def message(self, chat_id: int, message_id: int) -> StoredMessage:
        """A message that is there; LookupError otherwise."""
        return self.chats[chat_id].messages[message_id]

    def inline_message(self, inline_message_id: str) -> StoredMessage | None:
        """The message with this inline identifier."""
        every = (message for chat in self.chats.values() for message in chat.messages.values())
        return next(
            (message for message in every if message.inline_message_id == inline_message_id), None
        )

    def now(self) -> float:
        """Seconds since the epoch."""
        return time.time()
