"""Tests of webhooks: what is accepted, and that updates really arrive."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from telegram import Bot

from tests.support.botapi import BotApiServer
from tests.support.botapi.expectations import refused


@dataclass
class Receiver:
    """A bot's side of a webhook; refuses as often as `refuse` says."""

    url: str = ""
    refuse: int = 0
    bodies: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        if self.refuse:
            self.refuse -= 1
            return web.Response(status=500)
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.bodies.append(await request.json())
        return web.Response()

    async def wait(self, count: int) -> None:
        async with asyncio.timeout(10):
            while len(self.bodies) < count:
                await asyncio.sleep(0.01)


@pytest_asyncio.fixture
async def receiver() -> AsyncIterator[Receiver]:
    made = Receiver()
    app = web.Application()
    app.router.add_post("/hook", made.take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield made
    await runner.cleanup()


async def test_delivers_updates_in_order_with_the_secret(
    bot: Bot, botapi: BotApiServer, receiver: Receiver
) -> None:
    botapi.route_webhook("https://bot.example", receiver.url)
    await bot.set_webhook("https://bot.example/hook", secret_token="s-1_x")
    alice = botapi.user("Alice")
    for text in ("一", "二", "三"):
        alice.private.send(text)
    await receiver.wait(3)
    assert [body["message"]["text"] for body in receiver.bodies] == ["一", "二", "三"]
    assert receiver.secrets == ["s-1_x"] * 3
    await asyncio.to_thread(botapi.wait_until_received)


async def test_delivers_again_until_it_is_accepted_and_tells_the_error(
    bot: Bot, botapi: BotApiServer, receiver: Receiver
) -> None:
    receiver.refuse = 2
    await bot.set_webhook(f"{receiver.url}/hook")
    botapi.user("Alice").private.send("一")
    await receiver.wait(1)
    info = await bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"
    assert len(receiver.bodies) == 1


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://bot.example/hook", "An HTTPS URL must be provided"),
        ("https://bot.example:9000/hook", "only on ports 80, 88, 443 or 8443"),
    ],
)
async def test_refuses_addresses_telegram_does_not_call(bot: Bot, url: str, reason: str) -> None:
    with refused(reason):
        await bot.set_webhook(url)


async def test_refuses_a_bad_secret(bot: Bot) -> None:
    with refused("unallowed characters"):
        await bot.set_webhook("https://bot.example/hook", secret_token="not allowed!")


async def test_info_and_dropping_what_waits(bot: Bot, botapi: BotApiServer) -> None:
    botapi.user("Alice").private.send("一")
    assert (await bot.get_webhook_info()).pending_update_count == 1
    await bot.set_webhook("https://bot.example/hook", allowed_updates=["message"])
    info = await bot.get_webhook_info()
    assert info.url == "https://bot.example/hook"
    assert info.allowed_updates == ("message",)
    await bot.delete_webhook(drop_pending_updates=True)
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count) == ("", 0)
