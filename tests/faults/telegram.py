"""A Telegram in the process of the bot itself: it says yes to everything, and delivers an update.

So the whole program `baogao bot` runs in a test, from its start to its end, without a network.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import signal
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from telegram.request import BaseRequest, RequestData

import bot.telegram.process
from bot.config.secrets import TOKEN_VARIABLE
from bot.telegram.jobs.jobs import JobState
from bot.telegram.storage.database import FILE, Database

ADMIN, STRANGER = 7, 8
ME = {"id": 1, "is_bot": True, "first_name": "bot", "username": "bot"}
_CHANGES = ("sendMessage", "editMessageText", "answerCallbackQuery")
_WAITS = (JobState.PREVIEW, *(state for state in JobState if state.over))
_PAUSE = 0.01

Update = dict[str, Any]


def press(data: str, user: int = ADMIN, number: int = 1) -> Update:
    """The update that a button with that data, under a message of the bot, was pressed."""
    message = {"message_id": 5, "date": 0, "chat": _chat(user), "text": "x", "from": ME}
    query = {
        "id": str(number),
        "from": _person(user),
        "chat_instance": "1",
        "data": data,
        "message": message,
    }
    return {"update_id": number, "callback_query": query}


def command(text: str, user: int = ADMIN, number: int = 1) -> Update:
    """The update that a person wrote a command in private."""
    message = {
        "message_id": 4,
        "date": 0,
        "chat": _chat(user),
        "text": text,
        "from": _person(user),
        "entities": [{"type": "bot_command", "offset": 0, "length": len(text)}],
    }
    return {"update_id": number, "message": message}


def _person(user: int) -> dict[str, Any]:
    return {"id": user, "is_bot": False, "first_name": "a"}


def _chat(user: int) -> dict[str, Any]:
    return {"id": user, "type": "private", "first_name": "a"}


class Answering(BaseRequest):
    """Says yes to everything; counts what it was asked, by method."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self._numbers = itertools.count(100)

    read_timeout = 5.0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        name = url.rsplit("/", 1)[-1]
        self.asked[name] += 1
        given = request_data.parameters if request_data is not None else {}
        result = await self.result(name, given)
        return 200, json.dumps({"ok": True, "result": result}).encode()

    async def result(self, name: str, given: dict[str, Any]) -> Any:
        """What the method returns."""
        match name:
            case "getMe":
                return ME
            case "getChatMember":
                return {"status": "left", "user": _person(STRANGER)}
            case "sendMessage" | "editMessageText" | "sendDocument":
                number = next(self._numbers)
                return {"message_id": number, "date": 0, "chat": _chat(ADMIN), "text": "x"}
            case _:
                return True


class Delivering(Answering):
    """Delivers one update until it was taken, and tells the bot to end when all is done.

    `before` is told of each request that changes a chat, ahead of it.
    """

    def __init__(self, update: Update, state: Path, before: Callable[[str, str], None]) -> None:
        super().__init__()
        self._update = update
        self._state = state
        self._before = before
        self._told_to_end = False

    async def result(self, name: str, given: dict[str, Any]) -> Any:
        if name in _CHANGES:
            self._before("request", name)
        if name != "getUpdates":
            return await super().result(name, given)
        if int(given.get("offset", 0)) <= self._update["update_id"]:
            return [self._update]
        if not self._told_to_end and unfinished(self._state) == 0:
            self._told_to_end = True
            os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.sleep(_PAUSE)
        return []


def unfinished(state: Path) -> int:
    """How much the bot of that state directory has still to do, but for what waits for its admin:
    jobs, updates that are not handled, files of uploads that are over."""
    query = f"SELECT count(*) FROM job WHERE state NOT IN ({', '.join('?' * len(_WAITS))})"
    with closing(sqlite3.connect(state / FILE)) as database:
        jobs = database.execute(query, _WAITS).fetchone()[0]
        updates = database.execute("SELECT count(*) FROM inbox WHERE state != 'done'").fetchone()[0]
        shown = database.execute(
            "SELECT id FROM job WHERE state = ?", (JobState.PREVIEW,)
        ).fetchall()
    kept = {path.name for path in (state / "uploads").glob("*")}
    return int(jobs) + int(updates) + len(kept - {row[0] for row in shown})


@contextmanager
def delivered(update: Update, state: Path, before: Callable[[str, str], None]) -> Iterator[None]:
    """Let a bot that runs in the block talk with such a Telegram.

    `before` is told of what is about to be written into a chat or into the chat database.
    """
    request = Delivering(update, state, before)
    transact = Database._transact

    def told(database: Database, work: Any) -> Any:
        before("transaction", FILE)
        return transact(database, work)

    with (
        mock.patch.dict(os.environ, {TOKEN_VARIABLE: "123456789:AAE_tests"}),
        mock.patch.multiple(
            bot.telegram.process,
            HTTPXRequest=lambda **_: request,
            PollRequest=lambda *_, **__: request,
        ),
        mock.patch.object(Database, "_transact", told),
    ):
        yield
