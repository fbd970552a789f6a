"""What the tests of the server share: a running one, and python-telegram-bot's client of it."""

from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from telegram import Bot
from telegram.request import HTTPXRequest

from tests.support.botapi import BotApiServer
from tests.support.botapi.engine.wire import JsonObject
from tests.support.botapi.expectations import Fetch, RawCall
from tests.support.botapi.fixture import botapi

__all__ = ["botapi"]


# Loopback speaks no TLS, and reading the certificates takes longer than most tests.
_NO_CERTIFICATES = {"verify": False}


@pytest.fixture(autouse=True)
def durations_as_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the library give `RetryAfter.retry_after` as it will in future, without a warning."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest_asyncio.fixture
async def bot(botapi: BotApiServer) -> AsyncIterator[Bot]:
    """The client library's bot, initialised."""
    calls, polls = (HTTPXRequest(httpx_kwargs=_NO_CERTIFICATES) for _ in range(2))
    client = Bot(
        botapi.token,
        base_url=botapi.base_url,
        base_file_url=botapi.base_file_url,
        request=calls,
        get_updates_request=polls,
    )
    async with client:
        yield client


@pytest.fixture
def raw(botapi: BotApiServer) -> RawCall:
    """Calls a method without the library, which would check some things itself."""

    def call(method: str, **parameters: object) -> httpx.Response:
        url = f"{botapi.base_url}{botapi.token}/{method}"
        return httpx.post(url, json=parameters, timeout=10)

    return call


@pytest.fixture
def fetch(raw: RawCall) -> Fetch:
    """Takes every update that waits, as the JSON objects they came as."""

    def take() -> list[JsonObject]:
        updates: list[JsonObject] = raw("getUpdates", timeout=0).json()["result"]
        if updates:
            raw("getUpdates", timeout=0, offset=updates[-1]["update_id"] + 1)
        return updates

    return take
