"""What was asked, for the lists of the admins: no names, ids as salted hashes, for a while."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from bot.messages import Messages
from bot.messages.telegram import Objection
from bot.telegram.storage.database import Database

_DAY = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class LoggedQuestion:
    """One question that was asked. `passage` is the id of the first passage of its answer."""

    person: int
    chat: int
    text: str
    answered: bool
    passage: str | None
    milliseconds: float
    view: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """A question that was refused (`answered` False), or whose answer was thumbed down.

    `objections` are the reasons that were given for that.
    """

    text: str
    answered: bool
    objections: frozenset[Objection] = frozenset()


@dataclass(frozen=True, slots=True)
class Day:
    """The questions of one day, as YYYY-MM-DD in local time."""

    date: str
    questions: int


@dataclass(frozen=True, slots=True)
class Stats:
    """The use of the last days. `median_ms` is the median time of an answer in milliseconds."""

    days: tuple[Day, ...]
    questions: int
    answered: int
    people: int
    up: int
    down: int
    median_ms: float | None
    passages: tuple[tuple[str, int], ...]


class QuestionLog:
    """The questions and the votes in the database; nothing where `keeping` is off."""

    def __init__(self, database: Database, *, keeping: bool, retention_days: int) -> None:
        self.keeping = keeping
        self.retention_days = retention_days
        self._database = database

    async def note(self, entry: LoggedQuestion) -> None:
        """Store a question; one that was changed takes the place of what it was."""
        if not self.keeping:
            return
        hashed = self._database.hashed
        row = (
            time.time(),
            hashed(entry.person),
            hashed(entry.chat),
            entry.text,
            entry.answered,
            entry.passage,
            entry.milliseconds,
            entry.view,
        )

        def work(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM question WHERE view = ?", (entry.view,))
            db.execute(
                "INSERT INTO question"
                " (at, person, chat, text, answered, passage, milliseconds, view)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            )

        await self._database.run(work)

    async def vote(
        self, view: str, person: int, *, up: bool, objection: Objection | None = None
    ) -> None:
        """Store what a person thinks of an answer, and why; the last vote counts."""
        if not self.keeping:
            return
        row = (view, self._database.hashed(person), up, time.time(), objection)
        await self._database.run(
            lambda db: db.execute(
                "INSERT OR REPLACE INTO vote (view, person, up, at, objection)"
                " VALUES (?, ?, ?, ?, ?)",
                row,
            )
        )

    async def complaints(self) -> list[Feedback]:
        """Return what was refused or thumbed down and not dismissed, newest first."""
        query = (
            "SELECT text, answered, (SELECT group_concat(DISTINCT objection) FROM vote"
            " WHERE vote.view = question.view AND NOT vote.up) FROM question WHERE (NOT answered"
            " OR EXISTS (SELECT 1 FROM vote WHERE vote.view = question.view AND NOT vote.up))"
            " AND text NOT IN (SELECT text FROM dismissed)"
            " ORDER BY at DESC"
        )
        rows = await self._database.run(lambda db: db.execute(query).fetchall())
        return [Feedback(text, bool(answered), _objections(said)) for text, answered, said in rows]

    async def dismiss(self, texts: Sequence[str]) -> None:
        """List questions of these words no more among the complaints."""
        rows = [(text, time.time()) for text in texts]
        await self._database.run(
            lambda db: db.executemany("INSERT OR REPLACE INTO dismissed VALUES (?, ?)", rows)
        )

    async def stats(self, days: int = 7, passages: int = 5) -> Stats:
        """Return the use of the last `days` days and the most used passages in them."""
        since = time.time() - days * _DAY

        def work(db: sqlite3.Connection) -> Stats:
            rows = db.execute(
                "SELECT answered, milliseconds, person FROM question WHERE at >= ?", (since,)
            ).fetchall()
            by_day = db.execute(
                "SELECT date(at, 'unixepoch', 'localtime') AS day, count(*) FROM question"
                " WHERE at >= ? GROUP BY day ORDER BY day",
                (since,),
            ).fetchall()
            used = db.execute(
                "SELECT passage, count(*) AS n FROM question WHERE at >= ? AND answered"
                " AND passage IS NOT NULL GROUP BY passage ORDER BY n DESC, passage LIMIT ?",
                (since, passages),
            ).fetchall()
            votes = dict(
                db.execute(
                    "SELECT up, count(*) FROM vote WHERE at >= ? GROUP BY up", (since,)
                ).fetchall()
            )
            return Stats(
                days=tuple(Day(day, count) for day, count in by_day),
                questions=len(rows),
                answered=sum(1 for row in rows if row[0]),
                people=len({row[2] for row in rows}),
                up=votes.get(1, 0),
                down=votes.get(0, 0),
                median_ms=median(row[1] for row in rows) if rows else None,
                passages=tuple((passage, count) for passage, count in used),
            )

        return await self._database.run(work)

    async def now_answered(self, view: str) -> None:
        """Note that the question behind a view is answered, which it was not at first."""
        await self._database.run(
            lambda db: db.execute("UPDATE question SET answered = 1 WHERE view = ?", (view,))
        )

    async def forget_old(self) -> None:
        """Delete what is older than the retention, views and votes with it."""
        before = time.time() - self.retention_days * _DAY

        def work(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM question WHERE at < ?", (before,))
            db.execute("DELETE FROM vote WHERE at < ?", (before,))
            db.execute("DELETE FROM dismissed WHERE at < ?", (before,))
            db.execute("DELETE FROM view WHERE at < ?", (before,))
            db.execute("DELETE FROM view_message WHERE view NOT IN (SELECT id FROM view)")
            if not self.keeping:
                db.execute("DELETE FROM question")
                db.execute("DELETE FROM dismissed")
                db.execute("UPDATE view SET question = NULL")

        await self._database.run(work)


def _objections(said: str | None) -> frozenset[Objection]:
    return frozenset(map(Objection, said.split(","))) if said else frozenset()


def what_is_kept(log: QuestionLog, m: Messages) -> str:
    """Return what people are told of the questions that `log` keeps."""
    if not log.keeping:
        return m.telegram.privacy_off
    return m.telegram.privacy.format(days=log.retention_days)
