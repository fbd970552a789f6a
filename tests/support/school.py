"""A school for the bot: reports, a configuration, a Telegram, people and a group."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from tests.support.botapi import BotApiServer, Group, User
from tests.support.bots import ROOT, SHIPPED, BotProcess, BotThread, RunningBot

__all__ = ["ROOT", "SHIPPED", "BotProcess", "BotThread"]

QUESTION = "书记上了几节思政课？"
ANSWER = "12节"
NOT_IN_THE_REPORTS = "食堂的土豆多少钱一斤？"
EARLIER_ANSWER = "9节"
_PATIENCE = 300.0
_LEFT = "SELECT count(*) FROM inbox WHERE state != 'done'"


def earlier_report() -> dict[str, str]:
    """The report of 2020, alike but for the number of lessons, by the name of its file."""
    text = SHIPPED.read_text("utf-8").replace("2021", "2020").replace(ANSWER, EARLIER_ANSWER)
    return {"2020年度工作总结.txt": text}


@dataclass
class School:
    """A folder with reports and a configuration, and the bot that runs on it.

    `bot` starts it: `BotProcess`, or `BotThread` in a thread of this process.
    """

    folder: Path
    server: BotApiServer
    telegram: dict[str, Any] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    bot: Callable[..., RunningBot] = BotProcess
    process: RunningBot | None = None

    @property
    def reports(self) -> Path:
        """The folder of the reports."""
        return self.folder / "reports"

    @property
    def state(self) -> Path:
        """The state directory."""
        return self.folder / "var"

    @property
    def log(self) -> str:
        """Everything the bot wrote to stderr, over all its starts."""
        return (self.folder / "log").read_text("utf-8")

    def configure(self) -> Path:
        """Write the configuration."""
        telegram = {
            "base_url": self.server.base_url,
            "base_file_url": self.server.base_file_url,
            **self.telegram,
        }
        content = {"reports": "reports", "state": "var", **self.settings, "telegram": telegram}
        path = self.folder / "baogao.yaml"
        path.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
        return path

    def launch(self, *, token: str | None = None, debug: bool = False) -> RunningBot:
        """Start the bot and return at once."""
        configuration, log = self.configure(), self.folder / "log"
        self.process = self.bot(configuration, token or self.server.token, log, debug=debug)
        return self.process

    def start(self, *, debug: bool = False) -> None:
        """Start the bot and wait until it receives updates."""
        starts = self.log.count("started as") if (self.folder / "log").exists() else 0
        process = self.launch(debug=debug)
        deadline = time.monotonic() + _PATIENCE
        while self.log.count("started as") == starts:
            if process.poll() is not None:
                raise RuntimeError(f"the bot ended with {process.returncode}:\n{self.log}")
            if time.monotonic() > deadline:
                raise TimeoutError(f"the bot did not start:\n{self.log}")
            time.sleep(0.02)

    def stop(self) -> int:
        """Ask the bot to end and return its exit status."""
        assert self.process is not None
        self.process.terminate()
        status = self.process.wait(_PATIENCE)
        self.process = None
        return status

    def kill(self) -> None:
        """End the bot without asking."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(_PATIENCE)
        self.process = None

    def wait_for_log(self, words: str, timeout: float = 20.0) -> None:
        """Return once the log holds `words`; TimeoutError if it does not in time."""
        deadline = time.monotonic() + timeout
        while words not in self.log:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{words!r} is not in the log:\n{self.log}")
            time.sleep(0.02)

    def wait_until_handled(self, timeout: float = 60.0) -> None:
        """Return once the bot has done all that it was sent; TimeoutError if not in time."""
        self.server.wait_until_received(timeout=timeout)
        deadline = time.monotonic() + timeout
        path = f"file:{self.state}/chat.sqlite?mode=ro"
        with closing(sqlite3.connect(path, uri=True)) as database:
            while left := database.execute(_LEFT).fetchone()[0]:
                if time.monotonic() > deadline:
                    raise TimeoutError(f"{left} updates are not done:\n{self.log}")
                time.sleep(0.02)


@contextmanager
def school(
    folder: Path,
    telegram: Mapping[str, Any] | None = None,
    settings: Mapping[str, Any] | None = None,
    bot: Callable[..., RunningBot] = BotProcess,
) -> Iterator[School]:
    """A school with the shipped report; its bot is not started yet, and ends with the block."""
    (folder / "reports").mkdir(parents=True)
    (folder / "reports" / SHIPPED.name).write_bytes(SHIPPED.read_bytes())
    with BotApiServer().running() as server:
        made = School(folder, server, dict(telegram or {}), dict(settings or {}), bot)
        try:
            yield made
        finally:
            if made.process is not None:
                made.kill()


@dataclass(frozen=True, slots=True)
class Staff:
    """A school at work: its people, its group, and the bot in it."""

    school: School
    server: BotApiServer
    teacher: User
    admin: User
    stranger: User
    group: Group

    def elsewhere(self) -> Staff:
        """The same school in another group, with another teacher: nothing written there yet.

        The bot writes 20 messages a minute to a group, and few to a person, at most.
        """
        teacher = self.server.user("李老师", language_code="zh-hans")
        group = self.server.supergroup("年级组", members=[teacher], admins=[self.admin], bot="left")
        group.add_bot(self.server.bot_id, by=self.admin)
        group.wait_for_message()
        return replace(self, teacher=teacher, group=group)


@contextmanager
def running_school(
    folder: Path,
    reports: Mapping[str, str] | None = None,
    bot: Callable[..., RunningBot] = BotProcess,
    settings: Mapping[str, Any] | None = None,
    **telegram: Any,
) -> Iterator[Staff]:
    """A school whose bot runs, with a teacher, an admin, a stranger and a group.

    `reports` come beside the shipped one: their texts by the names of their files. `settings` are
    those of the configuration outside of its `telegram`.
    """
    with school(folder, settings=settings, bot=bot) as made:
        for name, text in (reports or {}).items():
            (made.reports / name).write_text(text, "utf-8")
        server = made.server
        teacher = server.user("王老师", language_code="zh-hans")
        admin = server.user("Secretary", language_code="zh-hans")
        stranger = server.user("Stranger", language_code="zh-hans")
        group = server.supergroup("教师群", members=[teacher, admin])
        made.telegram = {"admins": [admin.id], "groups": [group.id], **telegram}
        admin.start()
        made.start()
        yield Staff(made, server, teacher, admin, stranger, group)
        made.stop()


@contextmanager
def many_admins(
    folder: Path, count: int, bot: Callable[..., RunningBot] = BotProcess
) -> Iterator[Iterator[Staff]]:
    """One running school, each time with another admin: to one chat the bot writes slowly."""
    with school(folder, bot=bot) as made:
        server = made.server
        teacher, stranger = (server.user(name, language_code="zh-hans") for name in ("王", "陌"))
        people = [server.user(f"Secretary {i}", language_code="zh-hans") for i in range(count)]
        group = server.supergroup("教师群", members=[teacher, *people])
        made.telegram = {"admins": [person.id for person in people], "groups": [group.id]}
        made.start()
        yield (Staff(made, server, teacher, admin, stranger, group) for admin in people)
        made.stop()
