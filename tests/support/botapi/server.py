"""The server in a thread of this process, for tests."""

import asyncio
import contextlib
import socket
import threading
import weakref
from collections.abc import Iterator

from aiohttp import web

from tests.support.botapi.client.api import BotApi
from tests.support.botapi.control import add_control
from tests.support.botapi.engine.records import Account
from tests.support.botapi.engine.world import World
from tests.support.botapi.gateway import Gateway

HOST = "127.0.0.1"
TOKEN = "123456:TEST-token_of-the-test-bot"
USERNAME = "baogao_bot"
NAME = "报告"
_PARTING = 0.1


def make_world(token: str = TOKEN, username: str = USERNAME) -> World:
    """A world with nothing but the bot whose token this is."""
    identifier = int(token.partition(":")[0])
    return World(token, Account(identifier, NAME, username=username, is_bot=True))


async def start_site(world: World, port: int) -> web.AppRunner:
    """Serve the world on loopback until the runner is cleaned up."""
    app = Gateway(world).application()
    add_control(app, world)
    runner = web.AppRunner(
        app, access_log=None, shutdown_timeout=_PARTING, handler_cancellation=True
    )
    await runner.setup()
    await web.TCPSite(runner, HOST, port, reuse_address=True, reuse_port=True).start()
    return runner


class BotApiServer(BotApi):
    """A server with its control; the world stays when the server stops and starts again."""

    def __init__(
        self, token: str = TOKEN, username: str = USERNAME, *, port: int | None = None
    ) -> None:
        """Choose the port, so that `base_url` is known; nothing is served yet."""
        reserved = _bound(port or 0)
        self._release = weakref.finalize(self, reserved.close)
        self.port = int(reserved.getsockname()[1])
        self.token = token
        self._world = make_world(token, username)
        super().__init__(HOST, self.port, bot_id=self._world.bot.id, username=username)

    @contextlib.contextmanager
    def running(self) -> Iterator["BotApiServer"]:
        """Serve while the context is open; outside of it connections are refused."""
        ready, stop = threading.Event(), _Stop()
        thread = threading.Thread(target=self._run, args=(ready, stop), name="botapi", daemon=True)
        thread.start()
        ready.wait()
        if not stop.armed:
            raise RuntimeError(f"the server could not start on port {self.port}")
        try:
            yield self
        finally:
            stop.set()
            thread.join()

    def _run(self, ready: threading.Event, stop: "_Stop") -> None:
        try:
            asyncio.run(self._serve(ready, stop))
        finally:
            ready.set()

    async def _serve(self, ready: threading.Event, stop: "_Stop") -> None:
        runner = await start_site(self._world, self.port)
        stop.arm()
        ready.set()
        try:
            await stop.wait()
        finally:
            await runner.cleanup()


class _Stop:
    """An event of a loop that another thread sets."""

    def __init__(self) -> None:
        self.armed = False
        self._event = asyncio.Event()

    def arm(self) -> None:
        self._loop = asyncio.get_running_loop()
        self.armed = True

    async def wait(self) -> None:
        await self._event.wait()

    def set(self) -> None:
        self._loop.call_soon_threadsafe(self._event.set)


def _bound(port: int) -> socket.socket:
    """A socket that keeps the port for this server, and refuses connections meanwhile."""
    reserved = socket.socket()
    reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    reserved.bind((HOST, port))
    return reserved
