"""An hour's worth of traffic, compressed: memory and file descriptors of the real bot.

`python -m tests.bench.soak [--questions 2400] [--reindexings 12]`: 40 questions a minute from
twelve teachers, and a changed report every five minutes, as fast as the bot takes them. Prints
what the process holds after each twelfth of it, and fails where the second half holds more than
the first by a tenth.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support.botapi import User
from tests.support.school import QUESTION, SHIPPED, School, school

_PARTS = 12
_PEOPLE = 13
QUESTIONS = (
    QUESTION,
    "总支下辖几个支部？",
    "减负方面有什么问题？",
    "那下一步怎么改？",
    "总结一下第三部分",
    "食堂的土豆多少钱一斤？",
)
_GROWTH = 1.10


@dataclass(frozen=True, slots=True)
class Held:
    """What a process holds: resident memory in MB, open file descriptors, threads."""

    memory: float
    descriptors: int
    threads: int


def held(pid: int) -> Held:
    """Return what the process `pid` holds now."""
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    values = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    return Held(
        memory=int(values["VmRSS"].split()[0]) / 1024,
        descriptors=len(list(Path(f"/proc/{pid}/fd").iterdir())),
        threads=int(values["Threads"]),
    )


def hour(made: School, people: Sequence[User], questions: int, reindexings: int) -> list[Held]:
    """Put the questions and the re-indexings to the bot; return what it held after each part.

    The first of `people` is the admin; the others ask.
    """
    admin, *teachers = people
    process = made.process
    assert process is not None
    samples = []
    text = SHIPPED.read_text("utf-8")
    for part in range(_PARTS):
        for number in range(questions // _PARTS // len(teachers)):
            question = QUESTIONS[number % len(QUESTIONS)]
            asked = [teacher.private.send(question) for teacher in teachers]
            for message in asked:
                made.server.wait_for_reply(message, timeout=120)
        for number in range(reindexings // _PARTS):
            changed = text.replace("12节", f"{part * 10 + number + 13}节")
            (made.reports / SHIPPED.name).write_text(changed, "utf-8")
            notice = made.server.wait_for_reply(admin.private.send("/reindex"), timeout=120)
            made.server.wait_for_edit(notice, timeout=300)
        samples.append(held(process.pid))
        one = samples[-1]
        print(
            f"{(part + 1) * 60 // _PARTS:>3} min {one.memory:>8.1f} MB"
            f" {one.descriptors:>5} descriptors {one.threads:>4} threads",
            flush=True,
        )
    return samples


def main() -> None:
    """Run the soak and judge it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=2400)
    parser.add_argument("--reindexings", type=int, default=12)
    args = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="baogao-soak-") as home,
        school(Path(home) / "school") as made,
    ):
        people = [made.server.user(f"老师{i}", language_code="zh-hans") for i in range(_PEOPLE)]
        group = made.server.supergroup("教师群", members=people)
        limits = {"person": 1000, "chat": 1000}
        made.telegram = {"admins": [people[0].id], "groups": [group.id], "limits": limits}
        made.start()
        samples = hour(made, people, args.questions, args.reindexings)
        made.stop()
    half = len(samples) // 2
    for what in ("memory", "descriptors", "threads"):
        before = max(getattr(one, what) for one in samples[:half])
        after = max(getattr(one, what) for one in samples[half:])
        print(f"{what}: {before:.0f} at most in the first half, {after:.0f} in the second")
        if after > before * _GROWTH:
            raise SystemExit(f"{what} does not level out")


if __name__ == "__main__":
    main()
