"""Tests of the token, of unknown methods, and of getMe."""

import httpx
import pytest
from telegram import Bot
from telegram.error import InvalidToken

from tests.support.botapi import BotApiServer
from tests.support.botapi.expectations import RawCall


async def test_get_me_has_every_required_field(bot: Bot) -> None:
    me = await bot.get_me()
    assert me.is_bot
    assert me.username == "baogao_bot"
    assert me.can_join_groups is True
    assert me.can_read_all_group_messages is False
    assert me.supports_inline_queries is True
    assert me.has_main_web_app is False


@pytest.mark.parametrize(
    ("token", "code", "description"),
    [
        ("123456:wrong", 401, "Unauthorized"),
        ("nonsense", 404, "Not Found"),
        ("abc:def", 404, "Not Found"),
    ],
)
def test_refuses_another_token(
    botapi: BotApiServer, token: str, code: int, description: str
) -> None:
    response = httpx.get(f"{botapi.base_url}{token}/getMe")
    assert response.status_code == code
    assert response.json() == {"ok": False, "error_code": code, "description": description}
    assert httpx.get(f"{botapi.base_file_url}{token}/documents/x").status_code == code


async def test_the_library_takes_it_for_an_invalid_token(botapi: BotApiServer) -> None:
    client = Bot("123456:wrong", base_url=botapi.base_url)
    try:
        with pytest.raises(InvalidToken):
            await client.initialize()
    finally:
        await client.shutdown()


def test_method_names_may_be_in_any_case(raw: RawCall) -> None:
    assert raw("GETME").json()["ok"] is True


def test_an_unknown_method_is_a_violation(raw: RawCall, botapi: BotApiServer) -> None:
    response = raw("sendNonsense")
    assert response.status_code == 404
    assert response.json()["description"] == "Not Found: method not found"
    assert [call.method for call in botapi.violations] == ["sendNonsense"]


def test_parameters_may_come_in_the_query_or_a_form(botapi: BotApiServer) -> None:
    person = botapi.user("Alice")
    person.start()
    url = f"{botapi.base_url}{botapi.token}/sendMessage"
    assert httpx.get(url, params={"chat_id": person.id, "text": "一"}).status_code == 200
    assert httpx.post(url, data={"chat_id": person.id, "text": "二"}).status_code == 200
    assert (
        httpx.post(url, content=b"{", headers={"content-type": "application/json"})
        .json()["description"]
        .startswith("Bad Request")
    )
    assert [message.text for message in person.private.bot_messages()] == ["一", "二"]
