"""People and chats as a test handles them."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from tests.support.botapi.client.decoding import decode_inline_answer, decode_message
from tests.support.botapi.client.values import (
    CallbackAnswer,
    ChatAction,
    Draft,
    InlineAnswer,
    InlineResult,
    Json,
    Message,
)

if TYPE_CHECKING:
    from tests.support.botapi.client.connection import Connection

PATIENCE = 20.0


class Room:
    """A chat: what is in it, and what the bot writes into it."""

    def __init__(self, connection: Connection, chat_id: int, thread_id: int | None = None) -> None:
        """The chat with this identifier, or only one thread of it."""
        self._connection = connection
        self.id = chat_id
        self.thread_id = thread_id

    def messages(self, *, after: Message | None = None) -> list[Message]:
        """Every message, oldest first."""
        return self._messages(from_bot=False, after=after)

    def bot_messages(self, *, after: Message | None = None) -> list[Message]:
        """The bot's messages, oldest first."""
        return self._messages(from_bot=True, after=after)

    def wait_for_message(
        self, *, after: Message | None = None, timeout: float = PATIENCE
    ) -> Message:
        """The bot's first message behind `after`; TimeoutError if there is none in time."""
        found = self._connection.call(
            "wait_message", **self._selection(from_bot=True, after=after), timeout=timeout
        )
        if found is None:
            raise TimeoutError(f"no message of the bot in chat {self.id} in {timeout} s")
        return decode_message(found)

    def delete(self, message: Message) -> None:
        """Someone deletes a message; bots are not told."""
        self._connection.call("delete", chat_id=self.id, message_id=message.message_id)

    def edit(self, message: Message, text: str) -> Message:
        """The author changes a message."""
        edited = self._connection.call(
            "edit", chat_id=self.id, message_id=message.message_id, text=text
        )
        return decode_message(edited)

    def drafts(self) -> list[Draft]:
        """The previews that the bot streamed."""
        items = self._connection.call("chat", chat_id=self.id)["drafts"]
        return [Draft(item["draft_id"], item["at"], item["text"]) for item in items]

    def actions(self) -> list[ChatAction]:
        """The chat actions of the bot, such as `typing`."""
        items = self._connection.call("chat", chat_id=self.id)["actions"]
        return [ChatAction(item["action"], item["thread_id"], item["at"]) for item in items]

    def reactions(self, message: Message) -> list[str]:
        """The emoji with which the bot reacted to a message."""
        everything = self._connection.call("chat", chat_id=self.id)["reactions"]
        return [item["emoji"] for item in everything.get(str(message.message_id), [])]

    def _messages(self, *, from_bot: bool, after: Message | None) -> list[Message]:
        found = self._connection.call("messages", **self._selection(from_bot=from_bot, after=after))
        return [decode_message(item) for item in found]

    def _selection(self, *, from_bot: bool, after: Message | None) -> dict[str, object]:
        chosen: dict[str, object] = {"chat_id": self.id, "from_bot": from_bot}
        if after is not None:
            chosen["after"] = after.message_id
        if self.thread_id is not None:
            chosen["thread_id"] = self.thread_id
        return chosen

    def _post(self, operation: str, sender_id: int, **arguments: object) -> Message:
        """Send as someone; `reply_to` may be a message."""
        replied = arguments.pop("reply_to", None)
        reply_to = replied.message_id if isinstance(replied, Message) else None
        sent = self._connection.call(
            operation,
            chat_id=self.id,
            sender_id=sender_id,
            thread_id=self.thread_id,
            reply_to=reply_to,
            **arguments,
        )
        return decode_message(sent)

    def _upload(
        self,
        sender_id: int,
        name: str,
        content: bytes,
        *,
        caption: str | None,
        reply_to: Message | None,
        size: int | None,
    ) -> Message:
        return self._post(
            "upload",
            sender_id,
            name=name,
            content=base64.b64encode(content).decode(),
            caption=caption,
            reply_to=reply_to,
            size=size,
        )

    def _photo(
        self,
        sender_id: int,
        content: bytes,
        *,
        caption: str | None,
        reply_to: Message | None,
        album: str | None,
    ) -> Message:
        return self._post(
            "photo",
            sender_id,
            content=base64.b64encode(content).decode(),
            caption=caption,
            reply_to=reply_to,
            album=album,
        )


class PrivateChat(Room):
    """The private chat of a person and the bot."""

    def send(
        self,
        text: str | None,
        *,
        reply_to: Message | None = None,
        age: float = 0.0,
        fields: Json | None = None,
    ) -> Message:
        """Write to the bot; `age` is how many seconds ago, `fields` makes other kinds."""
        return self._post("send", self.id, text=text, reply_to=reply_to, age=age, fields=fields)

    def reply(self, message: Message, text: str) -> Message:
        """Reply to a message."""
        return self.send(text, reply_to=message)

    def upload(
        self,
        name: str,
        content: bytes,
        *,
        caption: str | None = None,
        reply_to: Message | None = None,
        size: int | None = None,
    ) -> Message:
        """Send a file; `size` may be declared larger than the content, to test limits."""
        return self._upload(self.id, name, content, caption=caption, reply_to=reply_to, size=size)

    def photo(
        self,
        content: bytes,
        *,
        caption: str | None = None,
        reply_to: Message | None = None,
        album: str | None = None,
    ) -> Message:
        """Send a photo, not as a file; those of one `album` are shown together."""
        return self._photo(self.id, content, caption=caption, reply_to=reply_to, album=album)


class User:
    """A person."""

    def __init__(self, connection: Connection, api: Json) -> None:
        """The person whom the server made."""
        self._connection = connection
        self.id: int = api["id"]
        self.first_name: str = api["first_name"]
        self.username: str | None = api.get("username")
        self.private = PrivateChat(connection, self.id)

    def start(self, payload: str = "") -> Message:
        """Open the private chat with the start button, or through a link with a payload."""
        return self.private.send(f"/start {payload}".strip())

    def tap(
        self,
        message: Message,
        label: str | None = None,
        *,
        data: str | None = None,
        inaccessible: bool = False,
    ) -> str:
        """Press a button and do not wait; the query's identifier.

        With `data` a modified client presses what is on no button; `inaccessible` gives the
        bot no content, as Telegram does for old messages.
        """
        chosen = data if data is not None else message.button(label or "").data
        query = self._connection.call(
            "press",
            user_id=self.id,
            chat_id=message.chat_id,
            message_id=message.message_id,
            data=chosen,
            forged=data is not None,
            inaccessible=inaccessible,
        )
        return str(query["id"])

    def press(
        self,
        message: Message,
        label: str | None = None,
        *,
        data: str | None = None,
        inaccessible: bool = False,
        timeout: float = PATIENCE,
    ) -> CallbackAnswer:
        """Press a button and wait for the answer; TimeoutError if there is none in time."""
        query_id = self.tap(message, label, data=data, inaccessible=inaccessible)
        answer = self._connection.call("callback_answer", id=query_id, timeout=timeout)
        if answer is None:
            raise TimeoutError(f"the press of {label or data!r} was not answered in {timeout} s")
        return CallbackAnswer(**answer)

    def inline_query(
        self, text: str, *, offset: str = "", chat_type: str = "group", timeout: float = PATIENCE
    ) -> InlineAnswer:
        """Write `@bot text` in some chat; TimeoutError if the bot answers nothing in time."""
        asked = self._connection.call(
            "inline_query", user_id=self.id, text=text, offset=offset, chat_type=chat_type
        )
        if "answer" in asked:
            return decode_inline_answer(text, asked["answer"], cached=True)
        answer = self._connection.call("inline_answer", id=asked["id"], timeout=timeout)
        if answer is None:
            raise TimeoutError(f"the inline query {text!r} was not answered in {timeout} s")
        return decode_inline_answer(text, answer, cached=False)

    def choose(self, answer: InlineAnswer, result: InlineResult, room: Room) -> Message:
        """Send a result of an inline query to a chat."""
        sent = self._connection.call(
            "choose",
            user_id=self.id,
            chat_id=room.id,
            query=answer.query,
            result=dict(result.raw),
        )
        return decode_message(sent)

    def block(self) -> None:
        """Block the bot."""
        self._connection.call("change_user", user_id=self.id, blocked=True)

    def unblock(self) -> None:
        """Let the bot write again."""
        self._connection.call("change_user", user_id=self.id, blocked=False)

    def disappear(self) -> None:
        """Delete the account."""
        self._connection.call("change_user", user_id=self.id, deactivated=True)
