"""Answers as they stand in a chat: what their buttons page through, kept across restarts."""

from __future__ import annotations

import json
import secrets
import sqlite3
import time
import zlib
from collections.abc import Container
from dataclasses import dataclass
from typing import Any

from bot.telegram.storage.database import Database
from index.answering.answer import Answer, Found, Status


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A passage of an answer. `checksum` tells whether its text is still the same.

    `pictured`: its page can be shown as a picture.
    """

    passage: str
    report: str
    checksum: int
    quote: tuple[int, int]
    spans: tuple[tuple[int, int], ...]
    pictured: bool = False


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text with its marks: of which kind, and their [start, end) in characters."""

    text: str
    marks: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """One answer in one chat; `question` is None where questions are not kept.

    `first` is what the message said at first, to which its buttons lead back; None in what an
    earlier version kept.
    """

    id: str
    status: Status
    language: str
    question: str | None
    passages: tuple[ShownPassage, ...]
    first: ShownText | None = None

    @property
    def answered(self) -> bool:
        """Whether its first passage is shown as an answer, be it as an unsure one."""
        return self.status is not Status.NOT_FOUND


@dataclass(frozen=True, slots=True)
class PlacedAnswer:
    """A view and the messages that it stands in, oldest first; its buttons are under the last."""

    view: ShownAnswer
    messages: tuple[int, ...]


def view_of(
    answer: Answer,
    language: str,
    question: str | None,
    view_id: str | None = None,
    pictured: Container[str] = (),
) -> ShownAnswer:
    """Return a view of `answer`, a new one or in the place of `view_id`.

    `pictured` are the reports whose pages can be shown as pictures.
    """
    return ShownAnswer(
        id=view_id or secrets.token_urlsafe(9),
        status=answer.status,
        language=language,
        question=question,
        passages=tuple(_seen(found, pictured) for found in answer.passages),
    )


def checksum(text: str) -> int:
    """Return the checksum of the text of a passage."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def _seen(found: Found, pictured: Container[str]) -> ShownPassage:
    passage = found.passage
    return ShownPassage(
        passage.id,
        passage.report,
        checksum(passage.text),
        found.quote,
        found.spans,
        passage.report in pictured,
    )


class ShownAnswers:
    """The views in the database. A view is only ever found from the chat that it stands in."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, view: ShownAnswer, chat_id: int, asked: int) -> None:
        """Store a view of the answer to message `asked`; its buttons work from now on."""
        chat = self._database.hashed(chat_id)
        row = (view.id, chat, asked, time.time(), view.language, view.question, _content(view))
        await self._database.run(
            lambda db: db.execute("INSERT OR REPLACE INTO view VALUES (?,?,?,?,?,?,?)", row)
        )

    async def change(self, view: ShownAnswer) -> None:
        """Let a view that is stored show what it shows now, where it stands."""
        row = (_content(view), view.id)
        await self._database.run(
            lambda db: db.execute("UPDATE view SET content = ? WHERE id = ?", row)
        )

    async def stands_in(self, view: ShownAnswer, chat_id: int, messages: tuple[int, ...]) -> None:
        """Note the messages that the view stands in, and no others."""
        chat = self._database.hashed(chat_id)
        rows = [(chat, message, view.id) for message in messages]

        def work(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM view_message WHERE view = ?", (view.id,))
            db.executemany("INSERT OR REPLACE INTO view_message VALUES (?,?,?)", rows)

        await self._database.run(work)

    async def find(self, view_id: str, chat_id: int) -> ShownAnswer | None:
        """Return the view of that id, None where it is unknown or stands in another chat."""
        chat = self._database.hashed(chat_id)
        query = f"{_VIEW} WHERE id = ? AND chat = ?"
        return await self._one(query, (view_id, chat))

    async def behind(self, chat_id: int, message: int) -> ShownAnswer | None:
        """Return the view that stands in a message of the bot."""
        chat = self._database.hashed(chat_id)
        query = (
            f"{_VIEW} WHERE chat = ?1 AND id IN"  # noqa: S608 - marks only
            " (SELECT view FROM view_message WHERE chat = ?1 AND message = ?2)"
        )
        return await self._one(query, (chat, message))

    async def answers_to(self, chat_id: int, asked: int) -> list[PlacedAnswer]:
        """Return the views that answer message `asked`, in the order of their messages."""
        chat = self._database.hashed(chat_id)

        def work(db: sqlite3.Connection) -> list[PlacedAnswer]:
            rows = db.execute(f"{_VIEW} WHERE chat = ? AND asked = ?", (chat, asked)).fetchall()
            found = []
            for row in rows:
                query = "SELECT message FROM view_message WHERE view = ? ORDER BY message"
                messages = tuple(int(message) for (message,) in db.execute(query, (row[0],)))
                if messages:
                    found.append(PlacedAnswer(_view(row), messages))
            return sorted(found, key=lambda standing: standing.messages)

        return await self._database.run(work)

    async def follow(self, old: int, new: int) -> None:
        """Let the views of the group `old` stand in the supergroup that it became."""
        before, after = self._database.hashed(old), self._database.hashed(new)
        await self._database.run(
            lambda db: db.execute("UPDATE view SET chat = ? WHERE chat = ?", (after, before))
        )

    async def drop(self, view: ShownAnswer) -> None:
        """Forget a view whose messages are gone."""

        def work(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM view_message WHERE view = ?", (view.id,))
            db.execute("DELETE FROM view WHERE id = ?", (view.id,))

        await self._database.run(work)

    async def _one(self, query: str, parameters: tuple[object, ...]) -> ShownAnswer | None:
        row = await self._database.run(lambda db: db.execute(query, parameters).fetchone())
        return None if row is None else _view(row)


def _content(view: ShownAnswer) -> str:
    """Return what is stored of a view beside its columns."""
    content: dict[str, Any] = {
        "status": view.status.value,
        "passages": [
            [s.passage, s.report, s.checksum, s.quote, s.spans, s.pictured] for s in view.passages
        ],
    }
    if view.first is not None:
        content["first"] = [view.first.text, view.first.marks]
    return json.dumps(content, ensure_ascii=False)


_VIEW = "SELECT id, language, question, content FROM view"


def _view(row: tuple[str, str, str | None, str]) -> ShownAnswer:
    view_id, language, question, content = row
    data = json.loads(content)
    passages = tuple(
        ShownPassage(
            passage, report, check, (quote[0], quote[1]), tuple((a, b) for a, b in spans), *pictured
        )
        for passage, report, check, quote, spans, *pictured in data["passages"]
    )
    return ShownAnswer(view_id, _status(data), language, question, passages, _first(data))


def _first(data: dict[str, Any]) -> ShownText | None:
    if "first" not in data:
        return None
    text, marks = data["first"]
    return ShownText(text, tuple((kind, start, end) for kind, start, end in marks))


def _status(data: dict[str, Any]) -> Status:
    """Return the status that was stored; earlier versions knew two, as a boolean."""
    if "status" in data:
        return Status(data["status"])
    return Status.ANSWERED if data["answered"] else Status.NOT_FOUND
