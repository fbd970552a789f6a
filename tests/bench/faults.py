"""The campaign against faults: `python -m tests.bench.faults [--kills 300] [--steps 3000] …`.

Kills the real program, with the bundled encoder, at random moments; cuts the power in every
step of the model of the store; feeds every parser many cases. Prints a table of counts, and
stops with an AssertionError at the first thing that is wrong.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.bench.fuzzing import fuzz
from tests.faults.school import School, State, report

ROOT = Path(__file__).parents[2]
COMMANDS = (
    ("index",),
    ("index", "--force"),
    ("rollback",),
    ("reports", "add", "2022.txt"),
    ("reports", "add", "--replace", "2021.md"),
    ("reports", "remove", "2020"),
)


def start(school: School, *arguments: str) -> subprocess.Popen[bytes]:
    """Start the real program, reading nothing and heard by nobody."""
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        cwd=school.folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def finish(school: School, *arguments: str) -> int:
    return start(school, *arguments).wait(300)


class Bundled(School):
    """A school whose index was made with the bundled encoder; only texts are compared."""

    def holds(self) -> State:
        from bot.config import load_config
        from bot.service import Service

        library = self.library
        texts = {name: path.read_text("utf-8") for name, path in library.files().items()}
        opened = Service(load_config(None, self.folder)).opened()
        store = opened.engine.store
        found = {
            entry.name: tuple(
                body.text for body in store.paragraphs(entry.name, range(1, entry.paragraphs + 1))
            )
            for entry in store.entries
        }
        store.close()
        return State(texts, found)


def kills(count: int, home: Path, chance: random.Random) -> Counter[str]:
    """Kill each command in turn at a random moment of its time; return what was found after."""
    prepared = Bundled(home / "prepared")
    for lessons in (11, 12):
        for year in (2020, 2021):
            prepared.write(year, lessons)
        assert finish(prepared, "index") == 0
    prepared.write(2019, 5)
    (prepared.folder / "2022.txt").write_text(report(2022, 20), "utf-8")
    (prepared.folder / "2021.md").write_text(report(2021, 99), "utf-8")
    tally: Counter[str] = Counter()
    old = prepared.holds()
    outcomes: dict[tuple[str, ...], tuple[State, float]] = {}
    for arguments in COMMANDS:
        twin = Bundled(prepared.copied(home / "twin").folder)
        began = time.monotonic()
        assert finish(twin, *arguments) == 0
        outcomes[arguments] = twin.holds(), time.monotonic() - began
        shutil.rmtree(twin.folder)
    for number in range(count):
        arguments = COMMANDS[number % len(COMMANDS)]
        new, took = outcomes[arguments]
        school = Bundled(prepared.copied(home / "killed").folder)
        process = start(school, *arguments)
        time.sleep(chance.uniform(0, took))
        process.send_signal(signal.SIGKILL)
        killed = process.wait() == -signal.SIGKILL
        found = school.holds()
        assert found in (old, new), f"{arguments}: neither old nor new"
        tally["killed" if killed else "finished before"] += 1
        tally["old state" if found == old else "new state"] += 1
        if found == old:
            assert finish(school, *arguments) == 0, arguments
            assert school.holds() == new
        else:
            assert finish(school, "index") == 0
        shutil.rmtree(school.folder)
        if (number + 1) % 10 == 0:
            print(f"… {number + 1} of {count}: {dict(tally)}", file=sys.stderr, flush=True)
    return tally


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
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="baogao-faults-") as home:
        if args.kills:
            for what, count in sorted(
                kills(args.kills, Path(home), random.Random(args.seed)).items()
            ):
                print(f"SIGKILL at a random moment: {what:<18} {count:>7}", flush=True)
        if args.steps:
            print(
                f"steps of the model of the store:              {model(args.steps):>7}", flush=True
            )
        for what, count in fuzz(args.cases, Path(home)).items() if args.cases else ():
            print(f"fuzz: {what:<39} {count:>7}", flush=True)


if __name__ == "__main__":
    main()
