"""Groups, forums and channels as a test handles them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.botapi.client.decoding import decode_message
from tests.support.botapi.client.rooms import Room, User
from tests.support.botapi.client.values import Json, Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.support.botapi.client.connection import Connection


class GroupRoom(Room):
    """Where several people write: a group, or one topic of a forum."""

    def send(
        self,
        sender: User,
        text: str | None,
        *,
        reply_to: Message | None = None,
        text_mentions: Mapping[str, User | int] | None = None,
        age: float = 0.0,
        fields: Json | None = None,
    ) -> Message:
        """Someone writes; `text_mentions` makes names in the text mentions of people.

        `age` is how many seconds ago; `fields` makes other kinds of messages.
        """
        people = {
            name: user.id if isinstance(user, User) else user
            for name, user in (text_mentions or {}).items()
        }
        return self._post(
            "send",
            sender.id,
            text=text,
            reply_to=reply_to,
            text_mentions=people,
            age=age,
            fields=fields,
        )

    def reply(self, sender: User, message: Message, text: str) -> Message:
        """Someone replies to a message."""
        return self.send(sender, text, reply_to=message)

    def send_anonymously(
        self, sender: User, text: str, *, reply_to: Message | None = None
    ) -> Message:
        """An administrator writes in the group's name."""
        return self._post("send", sender.id, text=text, reply_to=reply_to, anonymous=True)

    def send_as_channel(
        self, sender: User, channel: Channel, text: str, *, forwarded: bool = False
    ) -> Message:
        """Someone writes as a channel; `forwarded`: the linked channel's post arrives here."""
        fields = {"is_automatic_forward": True} if forwarded else None
        return self._post("send", sender.id, text=text, as_channel=channel.id, fields=fields)

    def upload(
        self,
        sender: User,
        name: str,
        content: bytes,
        *,
        caption: str | None = None,
        reply_to: Message | None = None,
        size: int | None = None,
    ) -> Message:
        """Someone sends a file; `size` may be declared larger than the content."""
        return self._upload(sender.id, name, content, caption=caption, reply_to=reply_to, size=size)

    def photo(
        self,
        sender: User,
        content: bytes,
        *,
        caption: str | None = None,
        reply_to: Message | None = None,
        album: str | None = None,
    ) -> Message:
        """Someone sends a photo, not as a file; those of one `album` are shown together."""
        return self._photo(sender.id, content, caption=caption, reply_to=reply_to, album=album)


class Topic(GroupRoom):
    """A topic of a forum."""

    def close(self) -> None:
        """Nobody but administrators may write here any more."""
        self._connection.call(
            "change_topic", chat_id=self.id, thread_id=self.thread_id, closed=True
        )

    def remove(self) -> None:
        """Delete the topic."""
        self._connection.call(
            "change_topic", chat_id=self.id, thread_id=self.thread_id, deleted=True
        )


class Group(GroupRoom):
    """A group, supergroup or forum; a forum's own messages are in its general topic."""

    def __init__(self, connection: Connection, chat_id: int, title: str) -> None:
        """The group that the server made."""
        super().__init__(connection, chat_id)
        self.title = title

    def topic(self, name: str, *, by: User) -> Topic:
        """Make a topic of a forum."""
        made = self._connection.call("create_topic", chat_id=self.id, name=name, by=by.id)
        return Topic(self._connection, self.id, made["thread_id"])

    def migrate(self) -> Group:
        """The group becomes a supergroup: a new chat, without the old messages."""
        made = self._connection.call("migrate", chat_id=self.id)
        return Group(self._connection, made["id"], self.title)

    def add(self, user: User, *, status: str = "member") -> None:
        """Someone comes, or gets another status of the Bot API."""
        self._set(user.id, status, user.id)

    def remove(self, user: User) -> None:
        """Someone leaves."""
        self._set(user.id, "left", user.id)

    def add_bot(self, bot_id: int, *, by: User, status: str = "member") -> None:
        """Someone adds the bot, or makes it an administrator."""
        self._set(bot_id, status, by.id)

    def kick_bot(self, bot_id: int, *, by: User) -> None:
        """Someone removes the bot."""
        self._set(bot_id, "kicked", by.id)

    def mute_bot(self, bot_id: int, *, by: User) -> None:
        """Someone takes the bot's right to write."""
        self._set(bot_id, "restricted", by.id)

    def statuses(self) -> dict[int, str]:
        """What everyone is here, by identifier."""
        members = self._connection.call("chat", chat_id=self.id)["members"]
        return {int(user_id): member["status"] for user_id, member in members.items()}

    def service(self, by: User, fields: Json) -> Message:
        """A service message, such as a new title or a pinned message."""
        made = self._connection.call("service", chat_id=self.id, by=by.id, fields=dict(fields))
        return decode_message(made)

    def _set(self, user_id: int, status: str, by: int) -> None:
        self._connection.call(
            "change_member", chat_id=self.id, user_id=user_id, status=status, by=by
        )


class Channel(Room):
    """A channel."""

    def post(self, by: User, text: str) -> Message:
        """An administrator posts."""
        return self._post("send", by.id, text=text)
