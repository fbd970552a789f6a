"""A staff that asks all at once: the real bot under load, while its index is built anew.

    python -m tests.bench.telegram_load [--questions 400] [--seconds 120] [--reports 60]

All the while reports are changed and the index is built again, as often as it gets done.
30 people ask in 10 groups, two of them with topics, and in private; one group is asked more
than the 20 messages a minute that Telegram lets a bot write to it. The server of the tests
enforces Telegram's limits. What is printed is what was lost, answered twice, answered in the
wrong chat or topic or out of order, and how long the bot itself took: from being handed a
question to its answer standing in the chat, over the questions that had nothing to wait for –
no earlier question of their chat unanswered, and the limits of Telegram not reached.
"""

from __future__ import annotations

import argparse
import bisect
import itertools
import os
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.memory import Memory
from tests.bench.reindexing import Reindexing
from tests.support.botapi import BotApiServer, Limits, Message, User
from tests.support.botapi.client.groups import GroupRoom
from tests.support.school import Staff, earlier_report, running_school

QUESTIONS = (
    "{year}年书记上了几节思政课？",
    "{year}年课后服务是怎么开展的？",
    "{year}年党建工作存在哪些问题？",
    "{year}年减轻学生负担的效果怎么样？",
)
YEARS = (2021, 2020)
_PER_GROUP, _GROUP_WINDOW = 20, 61.0
_PER_SECOND = 28
_PATIENCE = 900.0


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a person asks: a room of a group, or their private chat where there is none."""

    person: User
    room: GroupRoom | None

    def ask(self, question: str) -> Message:
        """Ask, as one does there."""
        if self.room is None:
            return self.person.private.send(question)
        return self.room.send(self.person, f"/ask {question}")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the questions; `own` are seconds, of those that had nothing to wait for."""

    asked: int
    lost: int
    doubles: int
    strays: int
    misplaced: int
    disordered: int
    own: tuple[float, ...]
    tail: float


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--questions", type=int, default=400)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--reports", type=int, default=60)
    arguments = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        running_school(Path(folder) / "home", earlier_report()) as staff,
    ):
        server = staff.server
        seats = seated(staff, people=30, groups=10, forums=2)
        server.limit(Limits())
        assert staff.school.process is not None
        load_before = os.getloadavg()[0]
        with Memory(staff.school.process.pid) as memory:
            with Reindexing(staff, arguments.reports) as reindexing:
                questions = ask(seats, arguments.questions, arguments.seconds)
            wait_for_answers(server, questions)
            outcome = examine(server, questions, reindexing.progress)
        report(outcome, memory, server)
        reindexing.report(questions)
        print(f"load of the machine {load_before:5.1f} before, {os.getloadavg()[0]:.1f} after")


def seated(staff: Staff, *, people: int, groups: int, forums: int) -> list[Seat]:
    """Return where questions come from, one after another; the first group is the busiest."""
    server = staff.server
    everyone = [server.user(f"老师{i}", language_code="zh-hans") for i in range(people)]
    rooms: list[GroupRoom] = []
    for i in range(groups):
        kind = "forum" if i >= groups - forums else "supergroup"
        group = server.group(
            f"群{i}", members=everyone, admins=[staff.admin], bot="left", kind=kind
        )
        group.add_bot(server.bot_id, by=staff.admin)
        group.wait_for_message()
        topics = [group.topic(name, by=staff.admin) for name in ("语文", "数学")]
        rooms.append(group) if kind != "forum" else rooms.extend(topics)
    for person in everyone:
        person.start()
        person.private.wait_for_message()
    return list(_turns(everyone, rooms))


def _turns(everyone: Sequence[User], rooms: Sequence[GroupRoom]) -> Iterator[Seat]:
    """Yield a long round: every person in turn; of six questions one in the busiest group."""
    quieter = rooms[1:]
    for i in range(len(everyone) * 60):
        person = everyone[i % len(everyone)]
        match i % 6:
            case 0:
                yield Seat(person, rooms[0])
            case 1:
                yield Seat(person, None)
            case _:
                yield Seat(person, quieter[(i * 7 + i // 6) % len(quieter)])


def ask(seats: Sequence[Seat], count: int, seconds: float) -> list[Message]:
    """Ask `count` questions, evenly over so many seconds."""
    began = time.monotonic()
    asked = []
    for i in range(count):
        time.sleep(max(0.0, began + i * seconds / count - time.monotonic()))
        question = QUESTIONS[i % len(QUESTIONS)].format(year=YEARS[i % 3 % 2])
        asked.append(seats[i % len(seats)].ask(question))
    return asked


def wait_for_answers(server: BotApiServer, questions: Sequence[Message]) -> None:
    """Return when each has an answer, or when for a long time no more have come."""
    deadline = time.monotonic() + _PATIENCE
    wanted = {(question.chat_id, question.message_id) for question in questions}
    while wanted and time.monotonic() < deadline:
        wanted -= {(m.chat_id, m.reply_to or 0) for m in server.bot_messages()}
        time.sleep(1.0)


def examine(
    server: BotApiServer, questions: Sequence[Message], progress: Sequence[Message]
) -> Outcome:
    """Compare what was asked with what stands in the chats, but for the messages of progress."""
    beside = {(message.chat_id, message.message_id) for message in progress}
    everything = server.bot_messages()
    written = [m for m in everything if (m.chat_id, m.message_id) not in beside]
    replies: dict[tuple[int, int], list[Message]] = defaultdict(list)
    for message in written:
        replies[message.chat_id, message.reply_to or 0].append(message)
    asked = [server.refresh(question) for question in questions]
    found = [replies[question.chat_id, question.message_id] for question in asked]
    own_rooms = {(q.chat_id, q.message_id) for q in asked}
    answers = [m for m in written if (m.chat_id, m.reply_to or 0) in own_rooms]
    return Outcome(
        asked=len(asked),
        lost=sum(
            not texts or not _fits(q, texts[0]) for q, texts in zip(asked, found, strict=True)
        ),
        doubles=sum(max(0, len(texts) - 1) for texts in found),
        strays=sum(
            m.sent_at > asked[0].sent_at and (m.chat_id, m.reply_to or 0) not in own_rooms
            for m in written
        ),
        misplaced=sum(
            (texts[0].thread_id, texts[0].is_topic) != (q.thread_id, q.is_topic)
            for q, texts in zip(asked, found, strict=True)
            if texts and q.is_topic
        ),
        disordered=_disordered(answers),
        own=tuple(_own(asked, found, written)),
        tail=max(m.sent_at for m in answers) - max(q.sent_at for q in asked),
    )


def _fits(question: Message, answer: Message) -> bool:
    """Whether it answers from the year that was asked for, or says that it cannot."""
    year = question.text.split("年")[0][-4:]
    return f"{year}年总结 · " in answer.text or f"（{year}年）" in answer.text


def _disordered(answers: Sequence[Message]) -> int:
    by_chat: dict[int, list[Message]] = defaultdict(list)
    for answer in sorted(answers, key=lambda m: m.message_id):
        by_chat[answer.chat_id].append(answer)
    return sum(
        (later.reply_to or 0) < (earlier.reply_to or 0)
        for chat in by_chat.values()
        for earlier, later in itertools.pairwise(chat)
    )


def _own(
    asked: Sequence[Message], found: Sequence[Sequence[Message]], written: Sequence[Message]
) -> Iterator[float]:
    """Yield the seconds from receiving to answering of questions that had nothing to wait for."""
    everywhere = sorted(m.sent_at for m in written)
    by_chat: dict[int, list[float]] = defaultdict(list)
    for message in sorted(written, key=lambda m: m.sent_at):
        by_chat[message.chat_id].append(message.sent_at)
    busy: dict[int, float] = defaultdict(float)
    for question, texts in zip(asked, found, strict=True):
        if not texts or question.received_at is None:
            continue
        at, came = texts[0].sent_at, question.received_at
        free = busy[question.chat_id] <= came
        busy[question.chat_id] = at
        in_chat = _between(by_chat[question.chat_id], at - _GROUP_WINDOW, at)
        at_once = _between(everywhere, at - 1.1, at)
        if free and at_once < _PER_SECOND and (question.chat_id > 0 or in_chat < _PER_GROUP):
            yield at - came


def _between(times: Sequence[float], start: float, end: float) -> int:
    """How many of the sorted times lie in [start, end)."""
    return bisect.bisect_left(times, end) - bisect.bisect_left(times, start)


def report(outcome: Outcome, memory: Memory, server: BotApiServer) -> None:
    """Print what came of it."""
    refused = sum(call.code == 429 for call in server.calls())
    half = len(memory.samples) // 2
    own = sorted(outcome.own)
    print(f"questions          {outcome.asked:6}")
    print(f"lost               {outcome.lost:6}")
    print(f"answered twice     {outcome.doubles:6}")
    print(f"in a wrong chat    {outcome.strays:6}")
    print(f"in a wrong topic   {outcome.misplaced:6}")
    print(f"out of order       {outcome.disordered:6}")
    print(f"updates waiting    {server.pending_updates():6}")
    print(f"rules broken       {len(server.violations):6}")
    print(f"refused with 429   {refused:6}")
    print(
        f"own time           {statistics.median(own) * 1000:6.0f} ms median,"
        f" {own[int(0.95 * (len(own) - 1))] * 1000:.0f} ms p95 of {len(own)} that had not to wait"
    )
    print(f"last answer        {outcome.tail:6.0f} s after the last question (Telegram's limits)")
    print(
        f"memory             {max(memory.samples[:half]):6.0f} MB at most in the first half,"
        f" {max(memory.samples[half:]):.0f} MB in the second"
    )


if __name__ == "__main__":
    main()
