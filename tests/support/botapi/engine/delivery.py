"""Delivers updates to the bot: to its long poll, or to its webhook."""

import asyncio
import contextlib
import itertools

import aiohttp

from tests.support.botapi.engine.refusal import conflict
from tests.support.botapi.engine.updates import MOST_AT_ONCE, Queued
from tests.support.botapi.engine.wire import JsonObject
from tests.support.botapi.engine.world import World

LONGEST_POLL = 50.0
_FIRST_DELAY = 0.1
_LONGEST_DELAY = 2.0
_WEBHOOK_TIMEOUT = 10.0
_WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the "
    "webhook first"
)
_OTHER_POLL = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)


class LongPoll:
    """Lets one poll wait at a time: a newer one ends the older with 409."""

    def __init__(self, world: World) -> None:
        """Start with nobody waiting."""
        self._world = world
        self._latest = 0

    async def poll(self, *, offset: int, limit: int, timeout: float) -> list[JsonObject]:
        """Acknowledge what is below `offset`, then wait for updates up to `timeout` seconds."""
        world = self._world
        if world.webhook.url:
            raise conflict(_WEBHOOK_ACTIVE)
        self._latest += 1
        mine = self._latest
        world.updates.acknowledge(offset)
        world.changes.notify()

        def look() -> list[Queued] | None:
            if self._latest != mine:
                raise conflict(_OTHER_POLL)
            if world.webhook.url:
                raise conflict("terminated by setWebhook request")
            return world.updates.hand_out(limit) or None

        found = await world.changes.until(look, min(max(timeout, 0.0), LONGEST_POLL))
        return [queued.api() for queued in found or []]


class WebhookSender:
    """Posts updates to the webhook one after another, again until each is accepted."""

    def __init__(self, world: World) -> None:
        """Send nothing until started."""
        self._world = world
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to send, in the running loop."""
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def stop(self) -> None:
        """Stop sending."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        timeout = aiohttp.ClientTimeout(total=_WEBHOOK_TIMEOUT)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            while True:
                queued = await self._world.changes.until(self._next, LONGEST_POLL)
                if queued is not None:
                    await self._deliver(session, queued)

    def _next(self) -> Queued | None:
        if not self._world.webhook.url:
            return None
        waiting = self._world.updates.hand_out(1)
        return waiting[0] if waiting else None

    async def _deliver(self, session: aiohttp.ClientSession, queued: Queued) -> None:
        for attempt in itertools.count():
            url = self._world.webhook.url
            if not url or self._next() is not queued:
                return
            error = await self._post(session, queued)
            if error is None:
                self._world.updates.acknowledge(queued.update_id + 1)
                self._world.changes.notify()
                return
            self._world.webhook.last_error = error
            self._world.webhook.last_error_at = self._world.now()
            self._world.changes.notify()
            await asyncio.sleep(min(_FIRST_DELAY * 2**attempt, _LONGEST_DELAY))

    async def _post(self, session: aiohttp.ClientSession, queued: Queued) -> str | None:
        """Why the update was not accepted, None if it was."""
        webhook = self._world.webhook
        headers = {}
        if webhook.secret_token:
            headers["X-Telegram-Bot-Api-Secret-Token"] = webhook.secret_token
        try:
            address = self._routed(webhook.url)
            async with session.post(address, json=queued.api(), headers=headers) as response:
                if response.ok:
                    return None
                return f"Wrong response from the webhook: {response.status} {response.reason}"
        except (aiohttp.ClientError, TimeoutError):
            return "Connection refused"

    def _routed(self, url: str) -> str:
        """The address behind the reverse proxy that a test put before the bot, if any."""
        for public, local in self._world.webhook_routes.items():
            if url.startswith(public):
                return local + url.removeprefix(public)
        return url


def clamp_limit(limit: int | None) -> int:
    """The number of updates of one poll: 1 to 100."""
    return min(max(limit or MOST_AT_ONCE, 1), MOST_AT_ONCE)
