"""How much memory the bot takes: idle, and after it has been asked.

    python -m tests.bench.idle_bot [--reports 1] [--questions 50]

A real bot with the shipped report, and where more are wanted with others like it, against the
Bot API server of the tests. Each figure is the resident memory of its process (VmRSS).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.bench.memory import resident
from tests.bench.telegram_load import QUESTIONS
from tests.support.school import SHIPPED, running_school

_SETTLED = 5.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what the bot takes; 1 where it is 500 MB or more."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=1)
    parser.add_argument("--questions", type=int, default=50)
    options = parser.parse_args(arguments)
    text = SHIPPED.read_text("utf-8")
    years = range(2020, 2021 - options.reports, -1)
    others = {f"{year}年度工作总结.txt": text.replace("2021", str(year)) for year in years}
    limits = {"person": 1000, "chat": 1000}
    with (
        tempfile.TemporaryDirectory() as folder,
        running_school(Path(folder) / "home", others, limits=limits) as at,
    ):
        assert at.school.process is not None
        pid = at.school.process.pid
        people = [at.server.user(f"老师{i}") for i in range(10)]
        for person in people:
            at.group.add(person)
        time.sleep(_SETTLED)
        found = {"idle after the start": resident(pid)}
        for asked in range(1, options.questions + 1):
            question = QUESTIONS[asked % len(QUESTIONS)].format(year=2021)
            at.server.wait_for_reply(people[asked % len(people)].private.send(question))
            if asked in {1, options.questions}:
                found[f"after {asked} questions"] = resident(pid)
        time.sleep(_SETTLED)
        found["idle again"] = resident(pid)
    for name, megabytes in found.items():
        print(f"{name:22} {megabytes:6.0f} MB")
    return 0 if max(found.values()) < 500 else 1


if __name__ == "__main__":
    sys.exit(main())
