"""What it costs to index again when one report of many has changed.

    python -m tests.bench.reindex_cost BENCHMARK [--sizes 1 10 100 1000] [--rounds 3] [--write]

Libraries of real paragraphs, shuffled, twelve or so a report, kept as the program keeps them: what
was read of a file stays, and the first indexing is of files that have been there a while. The
vectors that are there before
are random ones under the encoder's name (synthetic: they cost the same to keep and to copy); what
is then changed is encoded by the bundled encoder. In each round one other report is changed, and
then nothing is. `--profile` prints where the time of one change among the most reports goes;
`--write` leaves table and plot in docs/performance/.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from corpus.library import Library
from corpus.sandbox.pool import ParserPool
from index.building import builder as building
from index.building import prepared_cache
from index.building.builder import Builder, Changes
from index.building.prepared_cache import PreparedCache
from index.encoders import Encoder, load_encoder
from index.encoders.bundled_encoder import BundledEncoder
from index.encoders.encoder import Progress
from index.generations import manifest, on_disk
from index.generations.on_disk import DiskGenerations
from tests.bench.pages import FOLDER, require_quiet, table, write_page
from tests.bench.plots import Line, write_chart

PARAGRAPHS = 12
PARTS = ("党建工作", "教学工作", "存在的问题")
ENCODED = 64
SETTLED = 2.5
"""Seconds after which a file is known by its looks; a younger one is read again."""

ABOUT = """\
Libraries of real paragraphs, shuffled, about {each:.0f} passages a report. In each round one report
is changed and indexed again, and then it is asked to index with nothing changed; the median of
{rounds} rounds, in one process, the encoder loaded. *Processor* is the time of all threads. *All
anew* is what encoding every passage would take beside it, extrapolated from {encoded} passages.
What was indexed before had random vectors in place of real ones; what changes is encoded."""

REMAINS = """\
## What is still in proportion to the library

A report whose file and correction are as they were is not read, cut, encoded or counted: its texts,
vectors, postings and words were prepared before and are kept by what they are made from, with a
checksum. With nothing changed, files are looked at (`stat`), the generation is checked and its
list of reports is read, and that is all. What remains is the price of two promises. A generation
is complete in itself, so each is written whole; and nothing damaged is ever taken over, so each
file is summed up when it is read and when it is written. Milliseconds of
processor of one change among {reports:,} reports:"""

WORK: dict[str, tuple[tuple[Any, str], ...]] = {
    "looking at files, and recalling how they looked": (
        (Library, "files"),
        (building, "looks"),
        (building, "unchanged"),
        (building, "remember"),
        (ParserPool, "spare"),
    ),
    "reading and encoding what changed": (
        (Builder, "_read"),
        (BundledEncoder, "encode_passages"),
    ),
    "SHA-256 of the generation before, and of the next": (
        (manifest, "record"),
        (on_disk, "record"),
    ),
    "opening the generation before": ((DiskGenerations, "store"),),
    "checking the pages of the cache": ((prepared_cache, "open_sound"),),
    "reading what was prepared before": ((PreparedCache, "find"),),
    "joining vectors, postings and words": ((building, "content_of"),),
    "writing the next generation": ((on_disk, "write_store"),),
}
"""Parts of the work, by the functions that do it; none calls another."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of one size: one report changed and nothing changed (each also of the processor)."""

    reports: int
    passages: int
    encoded: int
    changed: float
    processor: float
    unchanged: float
    looking: float
    anew: float


class Primed:
    """Gives random unit vectors under the name of another encoder; the same for the same text."""

    def __init__(self, encoder: Encoder) -> None:
        self.fingerprint = encoder.fingerprint
        self.dimension = encoder.dimension

    def encode_passages(
        self, texts: Sequence[str], progress: Progress | None = None
    ) -> NDArray[np.float32]:
        rng = np.random.default_rng(len(texts))
        vectors = rng.standard_normal((len(texts), self.dimension), np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.encode_passages(texts)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure what indexing again costs.")
    parser.add_argument("benchmark", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1, 10, 100, 1000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    require_quiet(write=args.write)
    encoder = load_encoder("bundled")
    paragraphs = read_paragraphs(args.benchmark)
    a_passage = seconds_a_passage(encoder, paragraphs)
    costs, work = [], []
    for size in args.sizes:
        with tempfile.TemporaryDirectory(prefix="baogao-reindexing-") as folder:
            bench = Bench(Path(folder), paragraphs, size, encoder)
            costs.append(bench.cost(args.rounds, a_passage))
            print(costs[-1], flush=True)
            if size == max(args.sizes):
                work = bench.work()
                if args.profile:
                    bench.profile()
    page(costs, work, args.rounds, write=args.write)


def read_paragraphs(benchmark: Path) -> list[str]:
    """Return the paragraphs of the government reports, long ones cut."""
    files = sorted((benchmark / "government" / "reports").glob("*.txt"))
    lines = [line.strip() for file in files for line in file.read_text("utf-8").splitlines()]
    return [line[:300] for line in lines if len(line) >= 100]


def seconds_a_passage(encoder: Encoder, paragraphs: Sequence[str]) -> float:
    encoder.encode_passages(paragraphs[:4])
    start = time.perf_counter()
    encoder.encode_passages(paragraphs[:ENCODED])
    return (time.perf_counter() - start) / ENCODED


class Bench:
    """A library of `size` reports in a folder, indexed."""

    def __init__(
        self, folder: Path, paragraphs: Sequence[str], size: int, encoder: Encoder
    ) -> None:
        self._library = Library(folder / "reports", ParserPool(cache=folder / "readings"))
        self._library.folder.mkdir()
        self._index = DiskGenerations(folder / "index")
        self._paragraphs = paragraphs
        self._encoder = encoder
        self._size = size
        for number in range(size):
            self._write(number, 0)
        time.sleep(SETTLED)
        Builder(self._library, self._index, Primed(encoder)).bring_up_to_date()

    def cost(self, rounds: int, a_passage: float) -> Cost:
        changed, processor, unchanged, looking, encoded = [], [], [], [], 0
        for times in range(1, rounds + 1):
            self._write(times % self._size, times)
            wall, cpu, changes = timed(self._bring_up_to_date)
            changed.append(wall)
            processor.append(cpu)
            encoded = changes.encoded
            wall, cpu, _ = timed(self._bring_up_to_date)
            unchanged.append(wall)
            looking.append(cpu)
        return Cost(
            reports=self._size,
            passages=changes.passages,
            encoded=encoded,
            changed=statistics.median(changed),
            processor=statistics.median(processor),
            unchanged=statistics.median(unchanged),
            looking=statistics.median(looking),
            anew=statistics.median(changed) + a_passage * (changes.passages - encoded),
        )

    def profile(self) -> None:
        """Print where the time of one change goes."""
        self._write(0, 98)
        profile = cProfile.Profile()
        profile.runcall(self._bring_up_to_date)
        pstats.Stats(profile).sort_stats("cumulative").print_stats(45)

    def work(self) -> list[tuple[str, float]]:
        """Return in which parts the processor time of one change goes, in seconds."""
        self._write(0, 99)
        spent = dict.fromkeys(WORK, 0.0)

        def counted(part: str, function: Callable[..., Any]) -> Callable[..., Any]:
            @wraps(function)
            def run(*args: object, **options: object) -> Any:
                start = time.process_time()
                try:
                    return function(*args, **options)
                finally:
                    spent[part] += time.process_time() - start

            return run

        with ExitStack() as patches:
            for part, functions in WORK.items():
                for owner, name in functions:
                    instead = counted(part, getattr(owner, name))
                    patches.enter_context(patch.object(owner, name, instead))
            _, whole, _ = timed(self._bring_up_to_date)
        return [*spent.items(), ("all else", whole - sum(spent.values()))]

    def _bring_up_to_date(self) -> Changes:
        return Builder(self._library, self._index, self._encoder).bring_up_to_date()

    def _write(self, number: int, times: int) -> None:
        """Write report `number`; with another `times` one of its paragraphs is another."""
        rng = random.Random(number)
        chosen = rng.sample(range(len(self._paragraphs)), PARAGRAPHS)
        lines = [f"第{number}中学{2000 + number % 24}年度工作总结"]
        for part, name in enumerate(PARTS):
            lines.append(f"{'一二三'[part]}、{name}")
            lines += [f"{self._paragraphs[at]}共{number}项。" for at in chosen[part :: len(PARTS)]]
        if times:
            lines[-1] = f"第{times}次修改。{lines[-1]}"
        text = "\n".join(lines) + "\n"
        (self._library.folder / f"第{number:04d}中学.txt").write_text(text, "utf-8")


def timed(work: Callable[[], Changes]) -> tuple[float, float, Changes]:
    """Return wall and processor seconds of `work`, and what it returned."""
    wall, cpu = time.perf_counter(), time.process_time()
    changes = work()
    return time.perf_counter() - wall, time.process_time() - cpu, changes


def page(
    costs: Sequence[Cost], work: Sequence[tuple[str, float]], rounds: int, *, write: bool
) -> None:
    head = (
        "reports",
        "passages",
        "encoded anew",
        "one report changed, s",
        "of it processor, s",
        "nothing changed, s",
        "of it processor, s",
        "all anew, s",
    )
    rows = [
        (
            f"{c.reports:,}",
            f"{c.passages:,}",
            c.encoded,
            f"{c.changed:.2f}",
            f"{c.processor:.2f}",
            f"{c.unchanged:.2f}",
            f"{c.looking:.2f}",
            f"{c.anew:.1f}",
        )
        for c in costs
    ]
    spent = table(("work", "ms"), [(part, f"{seconds * 1000:.0f}") for part, seconds in work])
    if not write:
        print(table(head, rows), spent, sep="\n\n")
        return
    each = costs[-1].passages / costs[-1].reports
    about = ABOUT.format(each=each, rounds=rounds, encoded=ENCODED)
    command = f"python -m tests.bench.reindex_cost BENCHMARK --rounds {rounds} --write"
    picture = "![Seconds to index again by number of reports](reindexing.svg)"
    remains = REMAINS.format(reports=costs[-1].reports)
    parts = [about, picture, table(head, rows), remains, spent]
    write_page("reindexing.md", "What indexing again costs", command, parts)
    write_chart(
        FOLDER / "reindexing.svg",
        "Indexing again",
        "reports in the library",
        "seconds",
        [
            Line("all anew", [(c.reports, c.anew) for c in costs]),
            Line("one changed", [(c.reports, c.changed) for c in costs]),
            Line("nothing changed", [(c.reports, c.unchanged) for c in costs]),
        ],
        "Vectors indexed before are synthetic; “all anew” is extrapolated.",
    )


if __name__ == "__main__":
    main()
