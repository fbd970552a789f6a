"""The changes that admins begin: on the disk before they start, continued after a crash."""

from __future__ import annotations

import json
import logging
import secrets
import sqlite3
import time
from dataclasses import asdict, dataclass, fields
from enum import StrEnum

from bot.telegram.storage.database import Database

_log = logging.getLogger(__name__)


class JobKind(StrEnum):
    """What a job does."""

    UPLOAD = "upload"
    REINDEX = "reindex"
    REMOVE = "remove"


class JobState(StrEnum):
    """How far a job is.

    An upload goes received → staged → preview → confirmed → done; the others begin confirmed.
    """

    RECEIVED = "received"
    STAGED = "staged"
    PREVIEW = "preview"
    CONFIRMED = "confirmed"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self in {JobState.DONE, JobState.CANCELLED, JobState.FAILED}


@dataclass(frozen=True, slots=True)
class Job:
    """One job, and where its messages belong.

    `message_id` is what the admin wrote, `notice_id` the message that shows how far it is;
    `admin` is who began it, 0 where that was not noted.
    Of an upload: the file as Telegram knows it, the SHA-256 in hex of what was kept of it, what
    the admin corrected, the report it replaces, and what the admin was asked for (`awaiting`, in
    the message `prompt_id`).
    """

    kind: JobKind
    state: JobState
    chat_id: int
    message_id: int
    language: str
    id: str = ""
    admin: int = 0
    topic: int | None = None
    notice_id: int | None = None
    report: str | None = None
    file_id: str | None = None
    file_name: str = ""
    is_photo: bool = False
    digest: str | None = None
    title: str | None = None
    year: int | None = None
    organisation: str | None = None
    replaces: str | None = None
    awaiting: str | None = None
    prompt_id: int | None = None


_COLUMNS = ("id", "kind", "state", "chat_id", "message_id", "notice_id", "language")
_CONTENT = tuple(f.name for f in fields(Job) if f.name not in _COLUMNS)
_KEPT = 30 * 24 * 3600.0


def new_id() -> str:
    """Return the id of a new job."""
    return secrets.token_urlsafe(9)


class Jobs:
    """The jobs in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, job: Job) -> None:
        """Store `job` as it is now; it is on the disk when this returns."""
        row = _row(job)
        await self._database.run(lambda db: db.execute(_INSERT, row))

    async def move(self, job: Job, since: JobState) -> bool:
        """Store `job` where it is in the state `since` still; whether it was.

        Of two that press at once, one comes first.
        """
        row = _row(job)

        def work(db: sqlite3.Connection) -> bool:
            query = "SELECT 1 FROM job WHERE id = ? AND state = ?"
            if db.execute(query, (job.id, since)).fetchone() is None:
                return False
            db.execute(_INSERT, row)
            return True

        return await self._database.run(work)

    async def find(self, job_id: str) -> Job | None:
        """Return the job of that id."""
        query = f"{_JOB} WHERE id = ?"
        row = await self._database.run(lambda db: db.execute(query, (job_id,)).fetchone())
        return None if row is None else _job(row)

    async def of_message(self, kind: JobKind, chat_id: int, message_id: int) -> Job | None:
        """Return the job that a message began."""
        query = f"{_JOB} WHERE kind = ? AND chat_id = ? AND message_id = ?"
        values = (kind, chat_id, message_id)
        row = await self._database.run(lambda db: db.execute(query, values).fetchone())
        return None if row is None else _job(row)

    async def unfinished(self) -> list[Job]:
        """Return the jobs that are not over, oldest first; forget those long over."""
        over = [state for state in JobState if state.over]
        marks = ", ".join("?" * len(over))

        def work(db: sqlite3.Connection) -> list[Job]:
            gone = f"DELETE FROM job WHERE state IN ({marks}) AND at < ?"  # noqa: S608 - marks only
            db.execute(gone, (*over, time.time() - _KEPT))
            query = f"{_JOB} WHERE state NOT IN ({marks}) ORDER BY at"
            return [job for row in db.execute(query, over) if (job := _readable(row)) is not None]

        return await self._database.run(work)


_INSERT = "INSERT OR REPLACE INTO job VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_JOB = "SELECT id, kind, state, chat_id, message_id, notice_id, language, content FROM job"


def _row(job: Job) -> tuple[str | float | None, ...]:
    values = asdict(job)
    content = json.dumps({name: values[name] for name in _CONTENT}, ensure_ascii=False)
    at, place = time.time(), (job.chat_id, job.message_id, job.notice_id)
    return (job.id, job.kind, job.state, at, *place, job.language, content)


def _readable(row: tuple[str, str, str, int, int, int | None, str, str]) -> Job | None:
    try:
        return _job(row)
    except (ValueError, TypeError):
        _log.exception("a job in the database is damaged and skipped")
        return None


def _job(row: tuple[str, str, str, int, int, int | None, str, str]) -> Job:
    job_id, kind, state, chat_id, message_id, notice_id, language, content = row
    return Job(
        id=job_id,
        kind=JobKind(kind),
        state=JobState(state),
        chat_id=chat_id,
        message_id=message_id,
        notice_id=notice_id,
        language=language,
        **json.loads(content),
    )
