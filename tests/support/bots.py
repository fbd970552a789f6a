"""The bot of a school: the real process, or the same bot in a thread of the process of the tests.

The process is what is installed: signals, exit status, what is written to stderr. In the thread
runs the same code from `run_until_ended` on, with the same models, the same database and the same
requests to the server; only the models are loaded once for all, and the index of the shipped
report is built once and copied.
"""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import IO, Protocol

from bot.cli.ask import prepare
from bot.config.loading import load_config
from bot.config.secrets import Token
from bot.config.settings import Config
from bot.messages import messages_in
from bot.service import Service
from bot.telegram.process import run_until_ended
from bot.telegram.transport.health import End, HealthWatch
from bot.telegram.transport.logs import log_handler, quiet_libraries
from corpus.durable.locks import locked
from index.encoders import Encoder, load_encoder
from index.readers import Reader, load_reader

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "corpus" / "reports" / "2021年度工作总结.txt"
TOKEN = "TELEGRAM_BOT_TOKEN"


class RunningBot(Protocol):
    """A bot that was started; named as in `subprocess.Popen`."""

    def poll(self) -> int | None:
        """Return the exit status, None while it runs."""

    def terminate(self) -> None:
        """Ask it to end."""

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end and return the exit status."""

    def kill(self) -> None:
        """End it without asking."""


class BotProcess(subprocess.Popen[bytes]):
    """`baogao bot` as a process, its output in a file."""

    def __init__(self, configuration: Path, token: str, log: Path, *, debug: bool = False) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), TOKEN: token}
        environment |= {"BAOGAO_DEBUG": "1"} if debug else {}
        command = [sys.executable, "-m", "bot", "bot", "--config", str(configuration)]
        with log.open("ab") as output:
            super().__init__(
                command, cwd=configuration.parent, env=environment, stdout=output, stderr=output
            )

    def kill(self) -> None:
        """End the process without asking."""
        self.send_signal(signal.SIGKILL)


class BotThread:
    """The bot in a thread; what it logs goes to a file."""

    def __init__(self, configuration: Path, token: str, log: Path, *, debug: bool = False) -> None:
        assert not debug, "the log of a thread is as usual"
        self._token = Token(token)
        self._status: int | None = None
        self._end: threading.Event = threading.Event()
        self._service = service_of(load_config(configuration, configuration.parent))
        log.touch()
        self._thread = threading.Thread(target=self._run, args=(log,), name="bot", daemon=True)
        self._thread.start()

    def poll(self) -> int | None:
        return self._status

    def terminate(self) -> None:
        self._end.set()

    def wait(self, timeout: float | None = None) -> int:
        self._thread.join(timeout)
        if self._status is None:
            raise TimeoutError(f"the bot did not end in {timeout} s")
        return self._status

    def kill(self) -> None:
        """End it as a signal would: a thread cannot be killed."""
        self.terminate()

    def _run(self, log: Path) -> None:
        state = self._service.config.state
        status = 2
        with log.open("a", encoding="utf-8") as stream, _logged(self._token, stream):
            try:
                prepare(self._service, messages_in("zh"))
                with locked(state / "bot", patience=0):
                    status = asyncio.run(self._serve())
            except Exception:
                logging.getLogger(__name__).exception("the bot ended")
            finally:
                self._status = status

    async def _serve(self) -> int:
        loop = asyncio.get_running_loop()
        watch = HealthWatch(self._service.config.telegram.conflict_seconds, loop)
        waiting = loop.run_in_executor(None, self._end.wait)
        waiting.add_done_callback(lambda _: watch.end(End.SIGNAL))
        try:
            return await run_until_ended(self._service, self._token, watch)
        finally:
            self._end.set()


@contextmanager
def _logged(token: Token, stream: IO[str]):
    """Write the log of the bot to `stream`, too, while the block runs."""
    root, handler = logging.getLogger(), log_handler(token, stream)
    before = root.level
    root.addHandler(handler)
    root.setLevel(min(before, logging.INFO))
    quiet_libraries()
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(before)


def service_of(config: Config) -> Service:
    """The service of a configuration, with the bundled models loaded once for all tests."""
    os.environ.setdefault("PTB_TIMEDELTA", "true")  # as `serve` does
    service = Service(config)
    service.__dict__["encoder"] = encoder()
    service.__dict__["reader"] = reader()
    if not config.state.exists() and _names(config.reports) == [SHIPPED.name]:
        shutil.copytree(shipped_state(), config.state)
    return service


@cache
def encoder() -> Encoder:
    """The bundled encoder."""
    return load_encoder("bundled", threads=0, offline=True)


@cache
def reader() -> Reader:
    """The bundled reader."""
    return load_reader("bundled", threads=0)


@cache
def shipped_state() -> Path:
    """A state directory with an index of the shipped report alone."""
    folder = Path(tempfile.mkdtemp(prefix="baogao-tests-"))
    (folder / "reports").mkdir()
    shutil.copy(SHIPPED, folder / "reports")
    service = Service(Config(reports=folder / "reports", state=folder / "var"))
    service.__dict__["encoder"] = encoder()
    service.bring_up_to_date()
    return folder / "var"


def _names(folder: Path) -> Sequence[str]:
    return sorted(path.name for path in folder.iterdir())
