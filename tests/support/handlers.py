"""The handlers of the bot over the shipped report, with a Telegram that records requests.

Nothing runs beside the test: an update is handed to a handler, and when that has returned, what
was sent stands in `calls`. Answers come from the real engine and the bundled models.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from telegram import Bot, Update
from telegram.request import BaseRequest, RequestData

from bot.config.settings import Config, LimitsConfig, TelegramConfig
from bot.telegram.callbacks import Callbacks
from bot.telegram.context import BotContext
from bot.telegram.jobs.runner import JobRunner
from bot.telegram.process import build_context
from bot.telegram.rendering.callback_data import CallbackData, encode
from bot.telegram.routes import Handlers, build_handlers, buttons
from bot.telegram.storage.database import Database
from corpus.library import Library
from tests.faults.victim import InProcess
from tests.support.bots import SHIPPED, service_of

ADMIN, TEACHER = 7, 8
GROUP = -100
_ME = {"id": 1, "is_bot": True, "first_name": "报告", "username": "baogao_bot"}
_CHAT = {"type": "private", "first_name": "a"}
_GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription"), False
) | {"gifts_from_channels": False}
NO_CONTEXT: Any = None
"""Handlers take the context of the library, and use it for the words after a command only."""


@dataclass(frozen=True, slots=True)
class Call:
    """A request of the Bot API: its method and its parameters, decoded."""

    method: str
    given: dict[str, Any]

    @property
    def text(self) -> str:
        """The text of a message that is sent or edited."""
        return str(self.given.get("text", ""))

    @property
    def labels(self) -> list[str]:
        """What stands on the buttons under it."""
        markup = self.given.get("reply_markup") or {}
        return [b["text"] for row in markup.get("inline_keyboard", []) for b in row]


class RecordingTelegram(BaseRequest):
    """Says yes to every request and records it; `files` are what can be fetched, by their ids."""

    read_timeout = 5.0

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.files: dict[str, bytes] = {}
        self._numbers = itertools.count(1000)

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        name = url.rsplit("/", 1)[-1]
        if "/file/" in url:
            return 200, self.files[unquote(name)]
        given = dict(request_data.parameters) if request_data is not None else {}
        call = Call(name, given)
        self.calls.append(call)
        return 200, json.dumps({"ok": True, "result": self._result(call)}).encode()

    def _result(self, call: Call) -> Any:
        match call.method:
            case "getMe":
                return _ME
            case "getChatMember":
                return {"status": "member", "user": _person(TEACHER)}
            case "getChat":
                most = {
                    "accent_color_id": 0,
                    "max_reaction_count": 1,
                    "accepted_gift_types": _GIFTS,
                }
                return {"id": call.given["chat_id"], **_CHAT, **most}
            case "getFile":
                name = call.given["file_id"]
                return {"file_id": name, "file_unique_id": name, "file_path": name}
            case "sendMessage" | "sendDocument" | "sendPhoto":
                return self._message(call.given, next(self._numbers))
            case "editMessageText":
                return self._message(call.given, call.given["message_id"])
            case _:
                return True

    def _message(self, given: dict[str, Any], number: int) -> dict[str, Any]:
        chat = {"id": int(given["chat_id"]), **_CHAT}
        return {"message_id": int(number), "date": 0, "chat": chat, "text": "x"}


@dataclass
class HandlerBench:
    """The handlers, and updates for them."""

    context: BotContext
    runner: JobRunner
    handlers: Handlers
    callbacks: Callbacks
    telegram: RecordingTelegram
    bot: Bot
    numbers: Any = field(default_factory=lambda: itertools.count(1))

    @classmethod
    async def open(cls, folder: Path, **telegram: Any) -> HandlerBench:
        """The handlers over the shipped report, `telegram` as configured."""
        (folder / "reports").mkdir()
        shutil.copy(SHIPPED, folder / "reports")
        many = LimitsConfig(10**6, 10**6)
        settings = {"admins": (ADMIN,), "groups": (GROUP,), "limits": many, **telegram}
        service = service_of(
            Config(folder / "reports", folder / "var", telegram=TelegramConfig(**settings))
        )
        service.library = Library(folder / "reports", InProcess(), service.library.kept)
        request = RecordingTelegram()
        bot = Bot("1:a", request=request, get_updates_request=request)
        await bot.initialize()
        context = await build_context(service, Database.open(folder / "var"), bot)
        runner = JobRunner(context)
        handlers = build_handlers(context, runner)
        callbacks = Callbacks(context, buttons(handlers))
        request.calls.clear()
        return cls(context, runner, handlers, callbacks, request, bot)

    async def close(self) -> None:
        """End what runs in the background."""
        await self.runner.close()
        self.context.threads.close()
        self.context.database.close()

    async def background(self) -> None:
        """Return when nothing runs in the background any more."""
        while tasks := list(self.runner._tasks):
            await asyncio.gather(*tasks)

    def message(
        self,
        text: str | None,
        by: int = TEACHER,
        chat: int | None = None,
        *,
        number: int | None = None,
        edited: int | None = None,
        **fields: Any,
    ) -> Update:
        """An update with a message; `edited` so many seconds after it was written."""
        message = {
            "message_id": next(self.numbers) if number is None else number,
            "date": 1_000_000,
            "chat": _chat(chat or by),
            "from": _person(by),
            **fields,
        }
        if text is not None:
            message["text"] = text
            if text.startswith("/"):
                length = len(text.split()[0])
                message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        kind = "message"
        if edited is not None:
            kind, message["edit_date"] = "edited_message", message["date"] + edited
        return self._update({kind: message})

    def file(self, name: str, content: bytes, by: int = ADMIN, **fields: Any) -> Update:
        """An update with a file."""
        self.telegram.files[name] = content
        document = {"file_id": name, "file_unique_id": name, "file_name": name}
        return self.message(None, by, document={**document, "file_size": len(content)}, **fields)

    def added(self, by: int = ADMIN, chat: int = GROUP) -> Update:
        """An update with the bot being added to a group."""
        statuses = [{"status": status, "user": _ME} for status in ("left", "member")]
        change = {"old_chat_member": statuses[0], "new_chat_member": statuses[1], "date": 1}
        return self._update(
            {"my_chat_member": {"chat": _chat(chat), "from": _person(by), **change}}
        )

    async def press(
        self, data: CallbackData, by: int = TEACHER, message: int = 1000, **fields: Any
    ) -> str:
        """Press a button under a message of the bot in private; return what is shown for it.

        The message has those `fields` beside its text.
        """
        said = {"message_id": message, "date": 1, "chat": _chat(by), "from": _ME, "text": "x"}
        said |= fields
        query = {"id": "1", "from": _person(by), "chat_instance": "1", "data": encode(data)}
        update = self._update({"callback_query": query | {"message": said}})
        await self.callbacks.pressed(update, NO_CONTEXT)
        return str(self.of("answerCallbackQuery")[-1].text)

    def of(self, *methods: str) -> list[Call]:
        """The requests of these methods, in order."""
        return [call for call in self.telegram.calls if call.method in methods]

    async def grow(self, reports: Mapping[str, str]) -> None:
        """Put reports of these texts, by the names of their files, into the library and index."""
        service = self.context.service
        for name, text in reports.items():
            (service.library.folder / name).write_text(text, "utf-8")
        await asyncio.to_thread(service.bring_up_to_date)

    @property
    def sent(self) -> list[str]:
        """The texts of the messages that were sent."""
        return [call.text for call in self.of("sendMessage")]

    @property
    def edits(self) -> list[str]:
        """The texts that messages were changed to."""
        return [call.text for call in self.of("editMessageText")]

    def _update(self, content: dict[str, Any]) -> Update:
        update = Update.de_json({"update_id": next(self.numbers), **content}, self.bot)
        assert update is not None
        return update


def _person(user: int) -> dict[str, Any]:
    return {"id": user, "is_bot": False, "first_name": "a", "language_code": "zh-hans"}


def _chat(chat: int) -> dict[str, Any]:
    kind = "supergroup" if chat < 0 else "private"
    return {"id": chat, "type": kind, "title" if chat < 0 else "first_name": "a"}


def rows(bench: HandlerBench, query: str) -> Iterable[tuple[Any, ...]]:
    """What the chat database holds."""
    return bench.context.database._connection.execute(query).fetchall()
