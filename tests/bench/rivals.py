"""This project and its rivals, in one run on the same weights, passages and questions.

    python -m tests.bench.rivals BENCHMARK [--checkpoint DIR] [--venvs DIR] [--passages 240]
        [--questions 40] [--rounds 3] [--write]

Each contestant has a virtual environment of its own under `--venvs` (made where it is missing;
this project is installed anew each time) and runs as a process (`contestant.py`), one after
another in turn, so that what else the machine does falls on all. The rivals get the fp32 weights
as a sentence-transformers model (made by `training.encoder.build_encoder --checkpoint`); the
bundled encoder is an int8 export of the same. `--write` leaves the table in docs/performance/.

The figures are worth something on a quiet machine only, and `--write` refuses any other: taking
turns does not help. PyTorch's two threads wait for each other at every layer, so that beside other
work it loses far more than its share (a query of 70 ms took 1700 ms at a load of 9), while the
threads here encode a text each. That made an indexing ratio of 9 out of one of about 2. For the
same reason waiting threads sleep (OMP_WAIT_POLICY), and processor time is measured, too.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.library import Library
from corpus.passages import passages
from corpus.report import Report
from corpus.sandbox.pool import ParserPool
from index.lexical.fields import dense_text
from tests.bench import memory_steps
from tests.bench.environments import NAMES, NEEDS, OURS, install
from tests.bench.pages import require_quiet, table, write_page

SCRIPT = Path(__file__).with_name("contestant.py")
HEAD = (
    "contestant",
    "indexing, passages/s",
    "cold start, s",
    "retrieval p50 / p95, ms",
    "whole answer p50 / p95, ms",
    "peak memory, indexing / answering, MB",
    "installed, MB",
)


@dataclass(slots=True)
class Contestant:
    """What was measured of one: seconds, milliseconds and megabytes."""

    name: str
    python: Path
    indexing: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    starting: list[float] = field(default_factory=list)
    cold: list[float] = field(default_factory=list)
    retrieval: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    memory: dict[str, float] = field(default_factory=dict)
    installed: float = 0.0


def main() -> None:
    args = parse()
    require_quiet(write=args.write)
    with tempfile.TemporaryDirectory(prefix="baogao-rivals-") as temporary:
        root = Path(temporary)
        venvs = (args.venvs or root / "venvs").absolute()
        venvs.mkdir(parents=True, exist_ok=True)
        contestants = [
            Contestant(name, python=there[0], installed=there[1])
            for name in args.only or NEEDS
            if (there := install(name, venvs))
        ]
        weights = checkpoint(args.checkpoint, root)
        count = prepare(args.benchmark, root, weights, args.passages, args.questions)
        for _ in range(args.rounds):
            for contestant in contestants:
                index(contestant, root)
        for _ in range(args.rounds):
            for contestant in contestants:
                cold(contestant, root)
        for contestant in contestants:
            warm(contestant, root)
    rows = [row(contestant, count) for contestant in contestants]
    sizes = memory_steps.measured()
    parts = [table(HEAD, rows), *ratios(contestants), MEMORY, memory_steps.steps(sizes)]
    if args.write:
        command = f"python -m tests.bench.rivals BENCHMARK --passages {args.passages}"
        command += f" --questions {args.questions} --rounds {args.rounds} --write"
        write_page("rivals.md", "This project and its rivals", command, [ABOUT, *parts])
    else:
        print("\n\n".join(parts))


ABOUT = """\
One run, contestants in turn, each in a process and a virtual environment of its own; the rivals on
the fp32 weights of which the bundled encoder is the int8 export; the same passages and questions
(DRCD). *Indexing* is from texts (here: from report files, which are read, parsed and checked) to
an index on the disk, the model loaded before; the best round counts, for each. *Cold start* is a
whole process: start, load, one answer, end; the median. *Retrieval* includes the question's own
encoding; here also its understanding, BM25 and fusion. The *whole answer* of a rival is the
sentence of the first passage that is nearest to the question; here it is what the reader finds in
five passages, with confidence. *Installed* is the virtual environment."""


MEMORY = """\
Where the memory and the seconds go of a process that answers
(`python -m tests.bench.memory_steps`):"""


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Compare with rivals.")
    parser.add_argument("benchmark", type=Path)
    parser.add_argument("--checkpoint", type=Path)
    parser.add_argument("--venvs", type=Path)
    parser.add_argument("--passages", type=int, default=240)
    parser.add_argument("--questions", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="+", choices=list(NEEDS))
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


def checkpoint(given: Path | None, root: Path) -> Path:
    """Return the fp32 weights as a sentence-transformers model, made where none is given."""
    if given is not None:
        return given.absolute()
    from training.encoder.build_encoder import write_published_checkpoint

    write_published_checkpoint(root / "checkpoint", root)
    return root / "checkpoint"


def prepare(benchmark: Path, root: Path, weights: Path, least: int, questions: int) -> int:
    """Put reports of about `least` passages into `root`, and their texts; return how many."""
    library = Library(benchmark / "drcd" / "reports", ParserPool())
    folder = root / "reports"
    folder.mkdir()
    texts: list[str] = []
    for report in library.read_all():
        if isinstance(report, Report) and len(texts) < least:
            texts += [dense_text(passage) for passage in passages(report)]
            shutil.copy(library.path(report.name), folder)
    there = {path.stem for path in folder.iterdir()}
    lines = (benchmark / "drcd" / "questions.jsonl").read_text("utf-8").splitlines()
    asked = [each["question"] for each in map(json.loads, lines) if each.get("report") in there]
    settings = {
        "checkpoint": str(weights),
        "texts": texts,
        "questions": asked[:questions],
        "reports": str(folder),
    }
    (root / "settings.json").write_text(json.dumps(settings), "utf-8")
    return len(texts)


def index(contestant: Contestant, root: Path) -> None:
    shutil.rmtree(root / contestant.name, ignore_errors=True)
    _, memory, said, _ = run(contestant, "index", root)
    contestant.indexing.append(said["seconds"])
    contestant.processor.append(said["processor"])
    contestant.memory["indexing"] = max(memory, contestant.memory.get("indexing", 0.0))


def cold(contestant: Contestant, root: Path) -> None:
    seconds, _, _, processor = run(contestant, "cold", root)
    contestant.cold.append(seconds)
    contestant.starting.append(processor)


def warm(contestant: Contestant, root: Path) -> None:
    _, memory, said, _ = run(contestant, "warm", root)
    contestant.retrieval, contestant.answers = said["retrieve"], said["answer"]
    contestant.memory["answering"] = memory


def run(
    contestant: Contestant, mode: str, root: Path
) -> tuple[float, float, dict[str, Any], float]:
    """Run a contestant; return wall seconds, peak memory in MB, what it printed, processor s."""
    command = [str(contestant.python), str(SCRIPT), contestant.name, mode, str(root)]
    offline = {
        "HF_HUB_OFFLINE": "1",
        "OMP_WAIT_POLICY": "PASSIVE",
        "TOKENIZERS_PARALLELISM": "true",
        "PYTHONWARNINGS": "ignore",
    }
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | offline
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=root, env=environment, stdout=output, stderr=subprocess.DEVNULL
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{command} ended with {process.returncode}")
        output.seek(0)
        said = json.loads(output.read().splitlines()[-1])
    return seconds, usage.ru_maxrss / 1024, said, usage.ru_utime + usage.ru_stime


def row(c: Contestant, count: int) -> list[object]:
    return [
        NAMES[c.name],
        f"{count / min(c.indexing):.1f}",
        f"{statistics.median(c.cold):.2f}",
        f"{_share(c.retrieval, 0.5):.0f} / {_share(c.retrieval, 0.95):.0f}",
        f"{_share(c.answers, 0.5):.0f} / {_share(c.answers, 0.95):.0f}",
        f"{c.memory['indexing']:.0f} / {c.memory['answering']:.0f}",
        f"{c.installed:.0f}",
    ]


def ratios(contestants: Sequence[Contestant]) -> list[str]:
    """Return how this project compares with the best rival of each figure."""
    ours = [c for c in contestants if c.name == OURS]
    rivals = [c for c in contestants if c.name != OURS]
    if not ours or not rivals:
        return []
    (us,) = ours
    work = min(min(c.processor) for c in rivals) / min(us.processor)
    begin = statistics.median(us.starting) / min(statistics.median(c.starting) for c in rivals)
    speed = min(min(c.indexing) for c in rivals) / min(us.indexing)
    start = statistics.median(us.cold) / min(statistics.median(c.cold) for c in rivals)
    memory = [
        us.memory[when] / min(c.memory[when] for c in rivals) for when in ("indexing", "answering")
    ]
    lines = [
        ("indexing throughput", f"{speed:.2f} ×", "≥ 2 ×", speed >= 2),
        ("the same, by processor time", f"{work:.2f} ×", "≥ 2 ×", work >= 2),
        ("cold start to the first answer", f"{start:.3f}", "≤ 0.100", start <= 0.1),
        ("the same, by processor time", f"{begin:.3f}", "≤ 0.100", begin <= 0.1),
        ("peak memory, indexing", f"{memory[0]:.3f}", "≤ 0.333", memory[0] <= 1 / 3),
        ("peak memory, answering", f"{memory[1]:.3f}", "≤ 0.333", memory[1] <= 1 / 3),
    ]
    head = ("against the best rival of each", "ratio", "aimed at", "")
    return [table(head, [(*line[:3], "met" if line[3] else "missed") for line in lines])]


def _share(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


if __name__ == "__main__":
    main()
