"""What the bot does with the library and the index, as commands for the program of these tests.

Each is `bot` with one update: an admin lets an upload go live, as a new report or in the place
of another, indexes anew, or removes a report.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import sqlite3
from contextlib import closing

import yaml

from bot.telegram.jobs.jobs import Job, JobKind, Jobs, JobState
from bot.telegram.rendering.callback_data import (
    JobAction,
    JobButton,
    RemovalStep,
    RemoveReport,
    encode,
    report_key,
)
from bot.telegram.storage.database import FILE, Database
from tests.faults.school import School, report
from tests.faults.telegram import ADMIN, command, press

LESSONS = 12
"""What the report of 2020 must say, for its removal to be what the admin confirmed."""

_DIGEST = hashlib.sha256(report(2020, LESSONS).encode()).hexdigest()[:8]
_UPDATES = {
    "goes live": press(encode(JobButton("new", JobAction.GO_LIVE))),
    "goes live instead": press(encode(JobButton("same", JobAction.REPLACE))),
    "reindex": command("/reindex"),
    "remove": press(encode(RemoveReport(report_key("2020"), _DIGEST, RemovalStep.CONFIRM))),
}
_UPLOADS = {"new": ("2022.txt", report(2022, 20)), "same": ("2021修订.txt", report(2021, 99))}

BOT_COMMANDS = {name: ("bot", json.dumps(update)) for name, update in _UPDATES.items()}
"""The commands, by what they do."""


def configure_bot(school: School) -> None:
    """Let the bot have an admin, and two uploads that wait for the admin's word."""
    settings = {"telegram": {"admins": [ADMIN]}}
    (school.folder / "baogao.yaml").write_text(yaml.safe_dump(settings), "utf-8")
    staging = school.state / "uploads"
    staging.mkdir(parents=True)
    uploads: list[Job] = []
    for name, (file_name, text) in _UPLOADS.items():
        (staging / name).write_text(text, "utf-8")
        uploads.append(
            Job(
                JobKind.UPLOAD,
                JobState.PREVIEW,
                ADMIN,
                message_id=len(uploads) + 1,
                language="zh",
                id=name,
                admin=ADMIN,
                notice_id=5,
                file_name=file_name,
                digest=hashlib.sha256(text.encode()).hexdigest(),
                organisation="青禾中学",
            )
        )
    asyncio.run(_save(school, uploads))


def jobs(school: School) -> list[tuple[str, str]]:
    """What the bot's jobs are, and how far."""
    with closing(sqlite3.connect(school.state / FILE)) as database:
        return sorted(database.execute("SELECT kind, state FROM job"))


async def _save(school: School, uploads: list[Job]) -> None:
    database = Database.open(school.state)
    try:
        for job in uploads:
            await Jobs(database).save(job)
    finally:
        database.close()
