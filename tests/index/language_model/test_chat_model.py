import threading

import pytest

from index.errors import LanguageModelError, LanguageModelFault
from index.language_model.chat_model import ChatMessage, ChatServer, Schema
from tests.support.language_model.server import Behaviour, ChatCompletions

MESSAGES = [ChatMessage("system", "找出句子"), ChatMessage("user", "[1] 教师31人。")]
SCHEMA = Schema(
    "s",
    {
        "type": "object",
        "properties": {"numbers": {"type": "array", "items": {"type": "integer"}}},
        "required": ["numbers"],
        "additionalProperties": False,
    },
)


@pytest.fixture
def server():
    with ChatCompletions().running() as running:
        yield running


def asked(server, timeout: float = 120.0, key: str = "secret", model: str = "small") -> ChatServer:
    return ChatServer(server.address, model, key, timeout)


def fault(chat: ChatServer) -> LanguageModelFault:
    with pytest.raises(LanguageModelError) as caught:
        chat.reply(MESSAGES, SCHEMA)
    assert "secret" not in str(caught.value)
    return caught.value.reason


def test_a_reply_is_put_together_from_its_stream(server):
    server.behaviour = Behaviour(text='{"numbers": [1]} 还有别的话')
    assert asked(server).reply(MESSAGES, SCHEMA) == '{"numbers": [1]} 还有别的话'
    (request,) = server.requests
    assert [m["content"] for m in request["messages"]] == ["找出句子", "[1] 教师31人。"]
    assert "tools" not in request


def test_a_server_without_schemas_is_asked_without_and_remembered(server):
    server.behaviour = Behaviour(schemas=False)
    chat = asked(server)
    chat.reply(MESSAGES, SCHEMA)
    chat.reply(MESSAGES, SCHEMA)
    assert len(server.refused) == 1
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("behaviour", "expected"),
    [
        (Behaviour(status=429, headers={"retry-after": "9"}), LanguageModelFault.LIMITED),
        (Behaviour(status=500), LanguageModelFault.FAILED),
        (Behaviour(status=403), LanguageModelFault.KEY),
        (Behaviour(status=409), LanguageModelFault.REFUSED),
        (Behaviour(cut=True), LanguageModelFault.BROKEN),
        (Behaviour(garbage=True), LanguageModelFault.BROKEN),
        (Behaviour(tool=True), LanguageModelFault.TOOLS),
        (Behaviour(endless=True), LanguageModelFault.TOO_LONG),
    ],
)
def test_each_failure_is_told(server, behaviour, expected):
    server.behaviour = behaviour
    assert fault(asked(server)) is expected


@pytest.mark.parametrize("behaviour", [Behaviour(stall=30), Behaviour(text="字" * 800, drip=0.1)])
def test_a_reply_is_waited_for_so_long_in_all_and_then_the_server_is_left_alone(server, behaviour):
    server.behaviour = behaviour
    chat = asked(server, timeout=0.4)
    assert fault(chat) is LanguageModelFault.TIMED_OUT
    assert fault(chat) is LanguageModelFault.PAUSED
    assert len(server.requests) <= 1


def test_a_wrong_key_or_model_is_told(server):
    assert fault(asked(server, key="other")) is LanguageModelFault.KEY
    assert fault(asked(server, model="other")) is LanguageModelFault.NO_MODEL


def test_a_server_that_is_away_is_left_alone_for_a_while():
    with ChatCompletions().running() as running:
        chat = asked(running)
    assert fault(chat) is LanguageModelFault.AWAY
    assert fault(chat) is LanguageModelFault.PAUSED


def test_closing_breaks_off_what_is_waited_for(server):
    server.behaviour = Behaviour(stall=30)
    chat = asked(server, timeout=30)
    said: list[LanguageModelFault] = []
    waiting = threading.Thread(target=lambda: said.append(fault(chat)))
    waiting.start()
    while not server.requests:
        waiting.join(0.02)
    chat.close()
    waiting.join(10)
    assert said == [LanguageModelFault.PAUSED]
    assert fault(chat) is LanguageModelFault.PAUSED
