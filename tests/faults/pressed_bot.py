"""The real handlers of buttons, over a school, with a Telegram that answers all requests."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import dataclass, field, replace
from typing import Any

import hypothesis.strategies as st
from telegram import Bot, Update

from bot.config.settings import LimitsConfig, TelegramConfig
from bot.telegram.callbacks import Callbacks
from bot.telegram.jobs.jobs import Job, JobKind, JobState
from bot.telegram.jobs.runner import JobRunner
from bot.telegram.process import build_context
from bot.telegram.rendering.callback_data import (
    KINDS,
    AnswerAction,
    ExportedList,
    JobAction,
    RemovalStep,
    report_key,
)
from bot.telegram.routes import build_handlers, buttons
from bot.telegram.storage.database import Database
from tests.faults.school import School
from tests.faults.telegram import ADMIN, Answering, press

GROUP = -9

VALUES = [*AnswerAction, *JobAction, *RemovalStep, *ExportedList]
"""Every word of the data of buttons."""

ANY = st.text(st.characters(exclude_categories=()), max_size=20)
KNOWN = st.sampled_from([*map(report_key, ("2020", "2021")), "known"])
FORGED = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=64),
    st.tuples(
        st.sampled_from([*KINDS, "", "z", "²"]),
        st.lists(
            st.one_of(
                ANY,
                st.sampled_from([*VALUES, "yes", "md", "", "²"]),
                st.integers(-(10**12), 10**12).map(str),
            ),
            max_size=4,
        ),
    ).map(lambda both: ":".join((both[0], *both[1]))),
)
"""Data that the bot never gave out."""

NAMING = st.tuples(
    st.sampled_from(list(KINDS)),
    st.lists(st.one_of(KNOWN, st.sampled_from([*VALUES, "yes", "1", "0"])), max_size=3),
).map(lambda both: ":".join((both[0], *both[1])))
"""Data that may name what is really there, as a stranger could guess it."""


@dataclass
class PressedBot:
    """The handlers over a school; `press` sends one press through them."""

    school: School
    request: Answering = field(default_factory=Answering)
    _updates: Any = field(default_factory=itertools.count)

    async def open(self) -> None:
        self.bot = Bot("1:a", request=self.request, get_updates_request=self.request)
        await self.bot.initialize()
        service = self.school.service()
        many = LimitsConfig(10**6, 10**6)
        settings = TelegramConfig(admins=(ADMIN,), groups=(GROUP,), limits=many)
        service.config = replace(service.config, telegram=settings)
        self.database = Database.open(self.school.state)
        self.context = await build_context(service, self.database, self.bot)
        self.runner = JobRunner(self.context)
        handlers = build_handlers(self.context, self.runner)
        self.callbacks = Callbacks(self.context, buttons(handlers))
        shown = Job(JobKind.UPLOAD, JobState.PREVIEW, ADMIN, 1, "zh", id="known", file_name="a.txt")
        await self.runner.jobs.save(shown)

    async def known(self) -> Job | None:
        """The one job there is, as it is now."""
        return await self.runner.jobs.find("known")

    async def close(self) -> None:
        await self.runner.close()
        self.context.threads.close()
        self.database.close()

    async def press(self, data: str, user: int) -> None:
        """Press a button with that data; raises what the handlers raise."""
        update = Update.de_json(press(data, user, next(self._updates)), self.bot)
        self.request.asked.clear()
        await self.callbacks.pressed(update, None)  # type: ignore[arg-type]
        assert self.request.asked["answerCallbackQuery"] == 1, data
        await asyncio.sleep(0)
