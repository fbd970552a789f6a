"""A strict Telegram Bot API server on loopback, for tests.

It keeps the rules of https://core.telegram.org/bots/api (10.0) that a bot can break, and
refuses in Telegram's words. People, chats and faults are made with a synchronous control:

    with BotApiServer().running() as server:
        alice = server.user("Alice", language_code="zh-hans")
        question = alice.private.send("书记上了几节思政课？")
        answer = server.wait_for_reply(question)
        alice.press(answer, "下一段")
        assert server.violations == []

The bot reaches it through `server.base_url`, `server.base_file_url` and `server.token`. As a
process it is `python -m tests.support.botapi --port N`, controlled with `BotApi`.
"""

from tests.support.botapi.client.api import BotApi
from tests.support.botapi.client.conditions import Trouble
from tests.support.botapi.client.connection import ControlError
from tests.support.botapi.client.groups import Channel, Group, Topic
from tests.support.botapi.client.rooms import PrivateChat, Room, User
from tests.support.botapi.client.values import (
    Button,
    Call,
    CallbackAnswer,
    Document,
    Entity,
    InlineAnswer,
    InlineResult,
    Message,
    Version,
)
from tests.support.botapi.faults import (
    DropRequest,
    Fault,
    InvalidJson,
    Limits,
    LoseResponse,
    Refused,
    ServerError,
    Slow,
    TooManyRequests,
)
from tests.support.botapi.server import BotApiServer

__all__ = [
    "BotApi",
    "BotApiServer",
    "Button",
    "Call",
    "CallbackAnswer",
    "Channel",
    "ControlError",
    "Document",
    "DropRequest",
    "Entity",
    "Fault",
    "Group",
    "InlineAnswer",
    "InlineResult",
    "InvalidJson",
    "Limits",
    "LoseResponse",
    "Message",
    "PrivateChat",
    "Refused",
    "Room",
    "ServerError",
    "Slow",
    "TooManyRequests",
    "Topic",
    "Trouble",
    "User",
    "Version",
]
