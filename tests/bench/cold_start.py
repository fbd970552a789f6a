"""A first answer from nothing, against importing sentence-transformers; and the memory it takes.

    python -m tests.bench.cold_start [--runs 5]

Runs the two commands in turn, each as a process, and prints the median of each and of the
ratio pair by pair. The index is there already: what is timed is start, load, search, answer.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.conftest import clean_environment, school

QUESTION = "本年度书记带头上了多少节思政课？"
IMPORT = [sys.executable, "-c", "import sentence_transformers"]
ASK = [sys.executable, "-m", "bot", "ask", QUESTION]


@dataclass(frozen=True, slots=True)
class Run:
    """A process that has ended: wall and processor seconds, and its peak memory in MB."""

    wall: float
    cpu: float
    memory: float


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        program = school(Path(folder))
        program("index")
        pairs = [
            (timed(ASK, program.folder), timed(IMPORT, program.folder)) for _ in range(runs + 1)
        ]
    counted = pairs[1:]
    for name, column in (("baogao ask", 0), ("import sentence_transformers", 1)):
        of = [pair[column] for pair in counted]
        print(
            f"{name:<30} wall {_median([r.wall for r in of]):6.2f} s"
            f"   cpu {_median([r.cpu for r in of]):6.2f} s"
            f"   peak memory {_median([r.memory for r in of]):6.0f} MB"
        )
    print(f"ratio of wall times  {_median([a.wall / b.wall for a, b in counted]):.3f}")
    print(f"ratio of cpu times   {_median([a.cpu / b.cpu for a, b in counted]):.3f}")


def timed(command: list[str], folder: Path) -> Run:
    """Run a command in `folder` and return what it took."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=clean_environment(), stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}")
    wall = time.perf_counter() - start
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _median(values: list[float]) -> float:
    return statistics.median(values)


if __name__ == "__main__":
    main()
