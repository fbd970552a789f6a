"""The control of one server: make people and chats, wait, look."""

import base64
from collections.abc import Iterable, Sequence

from tests.support.botapi.client.conditions import Conditions
from tests.support.botapi.client.connection import Connection
from tests.support.botapi.client.decoding import decode_message
from tests.support.botapi.client.groups import Channel, Group
from tests.support.botapi.client.rooms import PATIENCE, Room, User
from tests.support.botapi.client.values import Call, Message

_OK = 200


class BotApi(Conditions):
    """A running server, in this process or another; thread-safe."""

    def __init__(self, host: str, port: int, *, bot_id: int, username: str) -> None:
        """Control the server at `host` and `port`, which serves this bot."""
        super().__init__(Connection(host, port))
        self.bot_id = bot_id
        self.bot_username = username
        self.base_url = f"http://{host}:{port}/bot"
        self.base_file_url = f"http://{host}:{port}/file/bot"

    def user(
        self,
        first_name: str,
        *,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = None,
        is_bot: bool = False,
        talks_to_bots: bool = False,
    ) -> User:
        """A person, or another bot; this bot may not write to them before they start it.

        A bot that `talks_to_bots` is heard by this one where it gives it a command or replies.
        """
        made = self._connection.call(
            "create_user",
            first_name=first_name,
            last_name=last_name,
            username=username,
            language_code=language_code,
            is_bot=is_bot,
            talks_to_bots=talks_to_bots,
        )
        return User(self._connection, made)

    def group(
        self,
        title: str,
        *,
        members: Iterable[User] = (),
        admins: Iterable[User] = (),
        bot: str = "member",
        kind: str = "group",
    ) -> Group:
        """A group with the bot in it, unless `bot` is `left` or `kicked`.

        The first of `admins` is its creator; `kind` may be `supergroup` or `forum`.
        """
        chat_id = self._chat(kind, title, members, admins, bot)
        return Group(self._connection, chat_id, title)

    def supergroup(
        self,
        title: str,
        *,
        members: Iterable[User] = (),
        admins: Iterable[User] = (),
        bot: str = "member",
    ) -> Group:
        """A supergroup."""
        return self.group(title, members=members, admins=admins, bot=bot, kind="supergroup")

    def forum(
        self,
        title: str,
        *,
        members: Iterable[User] = (),
        admins: Iterable[User] = (),
        bot: str = "member",
    ) -> Group:
        """A supergroup with topics."""
        return self.group(title, members=members, admins=admins, bot=bot, kind="forum")

    def channel(
        self, title: str, *, admins: Iterable[User] = (), bot: str = "administrator"
    ) -> Channel:
        """A channel."""
        return Channel(self._connection, self._chat("channel", title, (), admins, bot))

    def wait_for_reply(self, message: Message, *, timeout: float = PATIENCE) -> Message:
        """The bot's first reply to `message`; TimeoutError if there is none in time."""
        found = self._connection.call(
            "wait_message",
            chat_id=message.chat_id,
            reply_to=message.message_id,
            from_bot=True,
            timeout=timeout,
        )
        if found is None:
            raise TimeoutError(f"no reply to {message.text!r} in {timeout} s")
        return decode_message(found)

    def replies(self, message: Message) -> list[Message]:
        """The bot's replies to `message` up to now."""
        found = self._connection.call(
            "messages", chat_id=message.chat_id, reply_to=message.message_id, from_bot=True
        )
        return [decode_message(item) for item in found]

    def wait_for_edit(self, message: Message, *, timeout: float = PATIENCE) -> Message:
        """`message` once it has changed since it was looked at; TimeoutError if it does not."""
        found = self._connection.call(
            "wait_version",
            chat_id=message.chat_id,
            message_id=message.message_id,
            versions=len(message.versions),
            timeout=timeout,
        )
        if found is None:
            raise TimeoutError(f"message {message.message_id} was not edited in {timeout} s")
        return decode_message(found)

    def wait_until_deleted(self, message: Message, *, timeout: float = PATIENCE) -> None:
        """Return once `message` is deleted; TimeoutError if it is not in time."""
        if not self._connection.call(
            "wait_deleted",
            chat_id=message.chat_id,
            message_id=message.message_id,
            timeout=timeout,
        ):
            raise TimeoutError(f"message {message.message_id} was not deleted in {timeout} s")

    def wait_for_calls(
        self, method: str, count: int = 1, *, timeout: float = PATIENCE
    ) -> list[Call]:
        """The calls of a method once `count` have ended; TimeoutError if they do not."""
        found = self._connection.call("wait_calls", method=method, count=count, timeout=timeout)
        if found is None:
            raise TimeoutError(f"no {count} calls of {method} in {timeout} s")
        return [Call(**item) for item in found]

    def wait_until_received(self, *, timeout: float = PATIENCE) -> None:
        """Return once the bot has acknowledged every update; TimeoutError if it does not."""
        if not self._connection.call("wait_drained", timeout=timeout):
            raise TimeoutError(f"updates still wait after {timeout} s")

    def refresh(self, message: Message) -> Message:
        """`message` as it is now."""
        found = self._connection.call(
            "message", chat_id=message.chat_id, message_id=message.message_id
        )
        return decode_message(found)

    def messages(self, room: Room | None = None) -> list[Message]:
        """Every message of a chat, or of all, oldest first."""
        chosen = {} if room is None else {"chat_id": room.id}
        return [decode_message(item) for item in self._connection.call("messages", **chosen)]

    def bot_messages(self) -> list[Message]:
        """Everything the bot wrote anywhere, oldest first."""
        found = self._connection.call("messages", from_bot=True)
        return [decode_message(item) for item in found]

    def calls(self, method: str | None = None) -> list[Call]:
        """The bot's calls of a method, or all, in order."""
        return [Call(**item) for item in self._connection.call("calls", method=method)]

    @property
    def refusals(self) -> list[Call]:
        """Calls that Telegram would have refused, whoever was at fault; not injected ones."""
        return [
            call for call in self.calls() if call.code not in {None, _OK} and call.fault is None
        ]

    @property
    def violations(self) -> list[Call]:
        """Calls by which the bot broke a rule: what a correct bot never makes."""
        return [call for call in self.calls() if call.blame]

    def pending_updates(self) -> int:
        """How many updates the bot has not acknowledged."""
        return int(self._connection.call("updates")["pending"])

    def commands(
        self,
        scope: str = "default",
        *,
        language_code: str = "",
        room: Room | None = None,
        user: User | None = None,
    ) -> list[tuple[str, str]]:
        """The menu set for exactly this scope and language, as (command, description)."""
        found: Sequence[dict[str, str]] = self._connection.call(
            "commands",
            scope=scope,
            language_code=language_code,
            chat_id=room.id if room else None,
            user_id=user.id if user else None,
        )
        return [(item["command"], item["description"]) for item in found]

    def content(self, file_id: str) -> bytes:
        """What is in a file that was sent."""
        found = self._connection.call("file", file_id=file_id)
        return base64.b64decode(found["content"])

    def _chat(
        self, kind: str, title: str, members: Iterable[User], admins: Iterable[User], bot: str
    ) -> int:
        made = self._connection.call(
            "create_chat",
            kind=kind,
            title=title,
            members=[user.id for user in members],
            admins=[user.id for user in admins],
            bot=bot,
        )
        return int(made["id"])
