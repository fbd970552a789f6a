"""The server as a process: `python -m tests.support.botapi --port 8081`.

It prints one line when it is ready, and is controlled with `BotApi` over HTTP.
"""

import argparse
import asyncio
import signal

from tests.support.botapi.engine.world import World
from tests.support.botapi.faults import Limits
from tests.support.botapi.server import HOST, TOKEN, USERNAME, make_world, start_site


async def _serve(world: World, port: int) -> None:
    runner = await start_site(world, port)
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    print(f"listening on http://{HOST}:{port}", flush=True)
    await stopped.wait()
    await runner.cleanup()


def main() -> None:
    """Read the command line and serve until a signal comes."""
    parser = argparse.ArgumentParser(prog="python -m tests.support.botapi")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--username", default=USERNAME)
    parser.add_argument("--limits", action="store_true", help="enforce Telegram's limits")
    arguments = parser.parse_args()
    world = make_world(arguments.token, arguments.username)
    world.flood.limits = Limits() if arguments.limits else None
    asyncio.run(_serve(world, arguments.port))


if __name__ == "__main__":
    main()
