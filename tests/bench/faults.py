"""The campaign against faults: `python -m tests.bench.faults [--kills 300] [--steps 3000] …`.

Kills the program at random moments of its work, with --bundled of its start, too; cuts the
power in the steps of the model of the store; feeds every parser many cases. Prints a table of
counts, and stops with an AssertionError at the first thing that is wrong.
"""

from __future__ import annotations

import argparse
import itertools
import multiprocessing
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from bot.config.loading import load_config
from bot.service import Service
from tests.bench.fuzzing import fuzz
from tests.faults.bot_commands import BOT_COMMANDS, LESSONS, configure_bot, jobs
from tests.faults.school import School, Started, State, on_the_way, report

Arguments = tuple[str, ...]

ROOT = Path(__file__).parents[2]
COMMANDS: tuple[Arguments, ...] = (
    ("index",),
    ("index", "--force"),
    ("rollback",),
    ("reports", "add", "2022.txt"),
    ("reports", "add", "--replace", "2021.md"),
    ("reports", "remove", "2020"),
)


def finish(school: School, *arguments: str) -> int:
    """Run the program to its end and return its exit status."""
    return ended(school.start(*arguments))


def ended(process: Started) -> int:
    """Wait for a process; return its exit status, negative where a signal ended it."""
    process.join(300)
    assert process.exitcode is not None, "the program hangs"
    return process.exitcode


class Bundled(School):
    """A school where the whole program runs, its model and its start included."""

    def begin(self, *arguments: str) -> Started:
        return self.start(*arguments)

    def start(self, *arguments: str) -> Started:
        process = multiprocessing.get_context("spawn").Process(
            target=whole, args=(str(self.folder), arguments)
        )
        process.start()
        return process

    def service(self) -> Service:
        return Service(load_config(None, self.folder))


def whole(folder: str, arguments: Arguments) -> None:
    """Become the program: nothing of this module is left."""
    os.chdir(folder)
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    os.environ["PYTHONPATH"] = str(ROOT)
    os.execv(sys.executable, [sys.executable, "-m", "bot", *arguments])


@dataclass(frozen=True, slots=True)
class Outcome:
    """A school where a command ran to its end, what it holds, and the seconds it worked."""

    school: School
    state: State
    seconds: float

    @classmethod
    def of(cls, school: School, arguments: Arguments) -> Outcome:
        """Run the command."""
        process, began = school.begin(*arguments), time.monotonic()
        assert ended(process) == 0
        seconds = time.monotonic() - began
        return cls(school, school.holds(), seconds)


def kills(kind: type[School], count: int, home: Path, chance: random.Random) -> Counter[str]:
    """Kill each command in turn at a random moment of its work, until `count` were killed.

    Returns what was found after. The bot is among the commands, but not where the whole program
    runs: `telegram_kills` kills that one.
    """
    prepared = prepare(kind(home / "prepared"))
    commands = COMMANDS
    if kind is School:
        configure_bot(prepared)
        commands += tuple(BOT_COMMANDS.values())
    old = prepared.holds()
    outcomes = {
        arguments: Outcome.of(kind(prepared.copied(home / f"finished-{number}").folder), arguments)
        for number, arguments in enumerate(commands)
    }
    tally: Counter[str] = Counter()
    for number in itertools.count():
        if tally["killed"] == count:
            break
        arguments = commands[number % len(commands)]
        school = kind(prepared.copied(home / "killed").folder)
        found = killed(school, arguments, old, outcomes[arguments], chance)
        tally["killed"] += found is not None
        if found is not None:
            tally[f"{'bot' if arguments[0] == 'bot' else 'command line'}: {found}"] += 1
        shutil.rmtree(school.folder)
        if (number + 1) % 10 == 0:
            print(f"… {dict(tally)}", file=sys.stderr, flush=True)
    return tally


def prepare(school: School) -> School:
    """Two generations, a report that is not indexed yet, and files to add."""
    for lessons in (11, LESSONS):
        for year in (2020, 2021):
            school.write(year, lessons)
        assert finish(school, "index") == 0
    school.write(2019, 5)
    (school.folder / "2022.txt").write_text(report(2022, 20), "utf-8")
    (school.folder / "2021.md").write_text(report(2021, 99), "utf-8")
    return school


def killed(
    school: School, arguments: Arguments, old: State, new: Outcome, chance: random.Random
) -> str | None:
    """Kill a command, look, and run the next; return what was found, None where it had ended."""
    process = school.begin(*arguments)
    time.sleep(chance.uniform(0, new.seconds))
    process.kill()
    in_time = ended(process) == -signal.SIGKILL
    found = school.holds()
    assert found in on_the_way(old, new.state), f"{arguments}: neither old nor new"
    again = arguments[0] == "bot" or found != new.state
    assert finish(school, *(arguments if again else ("index",))) == 0, arguments
    assert not again or school.holds() == new.state, f"{arguments}: not completed"
    assert arguments[0] != "bot" or jobs(school) == jobs(new.school), f"{arguments}: not completed"
    if not in_time:
        return None
    return "old" if found == old else "new" if found == new.state else "library new, index old"


def model(steps: int) -> int:
    """Run the state machine until it has taken `steps` steps; return how many it took."""
    from hypothesis import HealthCheck, settings
    from hypothesis.stateful import run_state_machine_as_test

    from tests.faults.model import StoreModel

    while StoreModel.steps < steps:
        run_state_machine_as_test(
            StoreModel,
            settings=settings(
                max_examples=max(1, steps // 60),
                stateful_step_count=50,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
    return StoreModel.steps


def main() -> None:
    """Run the campaign and print what it counted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--cases", type=int, default=5000)
    parser.add_argument("--bundled", action="store_true", help="with the bundled encoder")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    kind = Bundled if args.bundled else School
    with tempfile.TemporaryDirectory(prefix="baogao-faults-") as home:
        if args.kills:
            for what, count in sorted(
                kills(kind, args.kills, Path(home), random.Random(args.seed)).items()
            ):
                print(f"SIGKILL at a random moment: {what:<36} {count:>4}", flush=True)
        if args.steps:
            print(
                f"steps of the model of the store:              {model(args.steps):>7}", flush=True
            )
        for what, count in fuzz(args.cases, Path(home)).items() if args.cases else ():
            print(f"fuzz: {what:<39} {count:>7}", flush=True)


if __name__ == "__main__":
    main()
