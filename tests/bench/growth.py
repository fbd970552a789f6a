"""How load, search, memory and disk grow with the library.

    python -m tests.bench.growth BENCHMARK [--sizes 1000 10000 100000 1000000] [--encoded 1000]

The texts are made of real sentences of the reports and articles in BENCHMARK, four or so a
passage, shuffled, with a number that makes each different. The first `--encoded` vectors are those
that the encoder gives for such passages; all further ones are these with noise (synthetic). Each
size is built in one process, then opened and asked in a fresh one.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.report import Passage
from corpus.text.sentences import sentences
from index.encoders import Encoder, load_encoder
from index.generations.manifest import FORMAT, Manifest
from index.generations.on_disk import DiskGenerations
from index.lexical.folding import fold
from index.lexical.postings import Postings
from index.lexical.terms import terms
from index.lexical.vocabulary import Vocabulary
from index.search.fusion import fuse
from index.search.retriever import CANDIDATES
from index.store.embedded.vectors import FLAT
from index.store.row_codecs import paragraph_row, passage_row
from index.store.store import (
    IndexedParagraph,
    IndexedReport,
    ReportTexts,
    Scope,
    Store,
    StoreContent,
)
from tests.bench.pages import FOLDER, table, write_page
from tests.bench.plots import Line, write_chart

Vectors = NDArray[np.float32]

QUESTIONS = 200
PER_REPORT = 100
PART = 10_000
ENCODED = 1000
ROUND = 100_000
"""So many passages have words of their own; more are these again, with other numbers."""
NOISE = 0.3
YEARS = range(2000, 2025)

ABOUT = """\
Texts are real sentences of government reports and DRCD, four a passage, shuffled; beyond {round:,}
passages the same come again with other numbers. Vectors of the first {encoded:,} passages are those
of the encoder; all others are **synthetic**: a real one with noise of {noise} of its length.

*Check* reads every file and compares its SHA-256; *open* is what follows. p50 and p95 are of one
retrieval (dense and lexical, fused, the passages fetched), over {questions} real questions, in a
fresh process; the encoding of the question is not in them. *Work* is the time of the processor,
which is the time that passes where nothing else runs; the rest was spent waiting for others.
*Private* is what is not a mapped file, which the system can drop. recall@10 is that of the vector
search against exact search. Up to {flat:,} vectors are searched exactly (IndexFlatIP), more of them
in four bits for two dimensions and then compared exactly (PQ fast scan). An index that
`--keep` found is not built again: *build* is then of the run that made it."""


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Real sentences with the postings of each, and the questions asked of what is made of them.

    `picked`, (n_passages, 4): the sentences of each passage.
    """

    sentences: Sequence[str]
    postings: Postings
    questions: Sequence[str]
    picked: NDArray[np.int64]

    @classmethod
    def read(cls, benchmark: Path, most: int) -> Pool:
        """Return what up to `most` passages are made of; the first are the same for any `most`."""
        rng = random.Random(1)
        found, questions = [], []
        for name in ("government", "drcd"):
            for path in sorted((benchmark / name / "reports").glob("*.txt")):
                text = path.read_text("utf-8")
                found += [text[a:b].strip() for a, b in sentences(text) if 25 <= b - a <= 120]
            lines = (benchmark / name / "questions.jsonl").read_text("utf-8").splitlines()
            questions += [json.loads(line)["question"] for line in lines]
        chosen = rng.sample(found, min(8000, len(found)))
        asked = rng.sample(questions, QUESTIONS)
        rounds = -(-most // ROUND)
        picked = np.random.default_rng(1).integers(0, len(chosen), (min(most, ROUND), 4))
        picked = np.tile(picked, (rounds, 1))[:most]
        return cls(chosen, Postings.build(map(terms, chosen)), asked, picked)

    def passage(self, number: int) -> str:
        """Return the text of passage `number`."""
        return "".join(self.sentences[i] for i in self.picked[number]) + f"编号{number}。"

    def postings_of(self, first: int, stop: int) -> Postings:
        """Return the postings of passages: those of their sentences, and their numbers."""
        words = self._words(first % ROUND, first % ROUND + stop - first)
        numbers = Postings.build([f"编号{number}"] for number in range(first, stop))
        both = Postings.join([words, numbers])
        lengths = words.lengths + numbers.lengths
        return Postings(
            both.terms, both.offsets, both.passages % (stop - first), both.counts, lengths
        )

    @cache  # noqa: B019 - lives as long as the program
    def _words(self, first: int, stop: int) -> Postings:
        ours = self.postings
        rank = np.repeat(np.arange(len(ours.terms)), np.diff(ours.offsets))
        by_sentence = np.argsort(ours.passages, kind="stable")
        sizes = np.bincount(ours.passages, minlength=len(ours.lengths))
        starts = np.cumsum(sizes) - sizes
        picked = self.picked[first:stop].ravel()
        runs = sizes[picked]
        at = np.repeat(starts[picked] - (np.cumsum(runs) - runs), runs) + np.arange(runs.sum())
        chosen = by_sentence[at]
        count = stop - first
        rows = np.repeat(np.arange(len(picked)) // 4, runs)
        keys, where = np.unique(rank[chosen] * count + rows, return_inverse=True)
        counts = np.bincount(where, weights=ours.counts[chosen])
        present, offsets = np.unique(keys // count, return_index=True)
        return Postings(
            ours.terms[present],
            np.append(offsets, len(keys)).astype(np.int64),
            (keys % count).astype(np.int32),
            np.minimum(counts, 255).astype(np.uint8),
            ours.lengths[self.picked[first:stop]].sum(axis=1).astype(np.int32),
        )


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds, megabytes and shares of one size, as the process that asked saw them."""

    passages: int
    verify_s: float
    open_s: float
    p50: float
    p95: float
    busy_p50: float
    busy_p95: float
    filtered_p95: float
    recall: float
    memory: float
    private: float


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure growth.")
    parser.add_argument("benchmark", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10**3, 10**4, 10**5, 10**6])
    parser.add_argument("--encoded", type=int, default=1000)
    parser.add_argument(
        "--keep", type=Path, help="keep indexes and vectors in this folder, and use them"
    )
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.serve is not None:
        print(json.dumps(asdict(ask(args.serve))))
        return
    pool = Pool.read(args.benchmark, max(args.sizes))
    encoder = load_encoder("bundled")
    real = encoded(pool, encoder, args.encoded, args.keep)
    questions = encoder.encode_questions([fold(question) for question in pool.questions])
    rows = []
    for size in args.sizes:
        with kept(args.keep, size) as folder:
            built = folder / "seconds"
            if not built.exists():
                start = time.perf_counter()
                build(folder, pool, real, size)
                built.write_text(str(time.perf_counter() - start), "ascii")
            seconds = float(built.read_text("ascii"))
            disk = sum(p.stat().st_size for p in (folder / "index").rglob("*") if p.is_file())
            np.save(folder / "questions.npy", questions)
            asked = [terms(fold(question)) for question in pool.questions]
            (folder / "terms.json").write_text(json.dumps(asked), "utf-8")
            command = [sys.executable, "-m", "tests.bench.growth", str(args.benchmark)]
            done = subprocess.run(
                [*command, "--serve", str(folder)], check=True, stdout=subprocess.PIPE, text=True
            )
            found = Measured(**json.loads(done.stdout))
            rows.append((found, disk / 1e6, seconds))
            print(found, f"{disk / 1e6:.0f} MB, built in {seconds:.0f} s", flush=True)
    publish(rows, args)


def encoded(pool: Pool, encoder: Encoder, count: int, keep: Path | None) -> Vectors:
    """Return the vectors of the first `count` passages, (count, d); `keep` holds finished parts."""
    parts = []
    for start in range(0, count, ENCODED):
        stop = min(start + ENCODED, count)
        path = keep / "vectors" / f"{start}-{stop}.npy" if keep is not None else None
        if path is not None and path.exists():
            parts.append(np.load(path))
            continue
        parts.append(encoder.encode_passages([fold(pool.passage(i)) for i in range(start, stop)]))
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_suffix(".part")
            with unfinished.open("wb") as file:
                np.save(file, parts[-1])
            unfinished.rename(path)
    return np.concatenate(parts)


@contextmanager
def kept(parent: Path | None, size: int) -> Iterator[Path]:
    """Yield the folder of the index of that size: a temporary one where there is no `parent`."""
    if parent is None:
        with tempfile.TemporaryDirectory(dir=Path.cwd()) as name:
            yield Path(name)
        return
    folder = parent.absolute() / str(size)
    folder.mkdir(parents=True, exist_ok=True)
    yield folder


def build(folder: Path, pool: Pool, real: Vectors, size: int) -> None:
    """Publish a generation of `size` passages in `folder`/index."""
    vectors = np.lib.format.open_memmap(
        folder / "vectors.npy", mode="w+", dtype=np.float32, shape=(size, real.shape[1])
    )
    rng = np.random.default_rng(2)
    for start in range(0, size, len(real)):
        block = real[: size - start]
        if start:
            noise = rng.standard_normal(block.shape, np.float32) * NOISE / real.shape[1] ** 0.5
            block = block + noise
        vectors[start : start + len(block)] = block / np.linalg.norm(block, axis=1, keepdims=True)
    postings = Postings.join(
        [pool.postings_of(at, min(at + PART, size)) for at in range(0, size, PART)]
    )
    describe = partial(
        Manifest,
        format=FORMAT,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        encoder="growth",
        reports=-(-size // PER_REPORT),
        passages=size,
    )
    words = Vocabulary.of(pool.sentences)
    content = StoreContent(Reports(pool, size), vectors, postings, words)
    DiskGenerations(folder / "index").keep(content, describe)


class Reports(Sequence[ReportTexts]):
    """The reports that hold `size` passages; each is made when it is asked for."""

    def __init__(self, pool: Pool, size: int) -> None:
        self.pool, self._size = pool, size

    def __len__(self) -> int:
        return (self._size + PER_REPORT - 1) // PER_REPORT

    def __getitem__(self, number: Any) -> Any:
        if number >= len(self):
            raise IndexError
        first = number * PER_REPORT
        name, year = f"第{number:05d}号", YEARS[number % len(YEARS)]
        texts = [self.pool.passage(i) for i in range(first, min(first + PER_REPORT, self._size))]
        at, paragraphs, passages = 0, [], []
        path = ("一、工作情况", f"（一）第{number % 7}项")
        for i, text in enumerate(texts, start=1):
            end = at + len(text)
            paragraphs.append(paragraph_row(IndexedParagraph(i, path, text, None)))
            passage = Passage(f"{name}:{i}:1", name, name, year, path, i, 1, text, at, end)
            passages.append(passage_row(passage))
            at = end
        report = IndexedReport(
            name=name,
            title=name,
            years=(year,),
            organisation=None,
            digest=name,
            sections=(),
            left_out=(),
            encoding="utf-8",
            guesses=frozenset(),
            paragraphs=len(paragraphs),
            passages=len(passages),
            source=name,
        )
        return ReportTexts(report, paragraphs, passages)


def ask(folder: Path) -> Measured:
    """Open the generation in `folder`/index and ask it every question; in a fresh process."""
    start = time.perf_counter()
    generations = DiskGenerations(folder / "index")
    generation = generations.open(generations.require_current())
    verified = time.perf_counter()
    store = generations.store(generation)
    opened = time.perf_counter()
    questions = np.load(folder / "questions.npy")
    asked = json.loads((folder / "terms.json").read_text("utf-8"))
    pairs = list(zip(questions, asked, strict=True))
    scopes = (Scope(), Scope(frozenset({2021})))
    for vector, words in pairs:  # what is mapped comes in from the disk
        _timed(store, vector, words, scopes[0])
    everything, one_year = (
        np.array([_timed(store, vector, words, scope) for vector, words in pairs])
        for scope in scopes
    )
    memory = _memory()
    return Measured(
        passages=generation.manifest.passages,
        verify_s=verified - start,
        open_s=opened - verified,
        p50=float(np.percentile(everything[:, 0], 50)),
        p95=float(np.percentile(everything[:, 0], 95)),
        busy_p50=float(np.percentile(everything[:, 1], 50)),
        busy_p95=float(np.percentile(everything[:, 1], 95)),
        filtered_p95=float(np.percentile(one_year[:, 1], 95)),
        recall=_recall(store, np.load(folder / "vectors.npy", mmap_mode="r"), questions),
        memory=memory["VmHWM"],
        private=memory["RssAnon"],
    )


def _memory() -> dict[str, float]:
    """Return the memory of this process in MB, by the names of proc(5)."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    pairs = (line.split(":", 1) for line in lines)
    return {name: int(value.split()[0]) / 1024 for name, value in pairs if value.endswith(" kB")}


def _timed(store: Store, vector: Vectors, words: list[str], scope: Scope) -> tuple[float, float]:
    """Return the milliseconds that pass, and those of them that the processor works for it."""
    start, worked = time.perf_counter(), time.process_time()
    fuse(store.search(vector, words, scope, CANDIDATES))
    return (time.perf_counter() - start) * 1000, (time.process_time() - worked) * 1000


def _recall(store: Store, vectors: Vectors, questions: Vectors) -> float:
    """Return the share of the ten nearest, by exact search, that the store's vectors find."""
    scores = np.concatenate(
        [questions @ vectors[at : at + PART].T for at in range(0, len(vectors), PART)], axis=1
    )
    exact = np.argpartition(scores, -10, axis=1)[:, -10:]
    index = store._vectors
    found = [index.nearest(vector, CANDIDATES, None)[:10] for vector in questions]
    pairs = zip(exact.tolist(), found, strict=True)
    return float(np.mean([len(set(a) & set(b.tolist())) / 10 for a, b in pairs]))


def publish(rows: Sequence[tuple[Measured, float, float]], args: argparse.Namespace) -> None:
    """Write the page and its plot."""
    head = (
        "passages", "check, s", "open, s", "p50, ms", "p95, ms", "p50, ms of work",
        "p95, ms of work", "p95 in one year, ms of work", "recall@10", "peak memory, MB",
        "of it private, MB", "disk, MB", "build, s",
    )  # fmt: skip
    cells = [
        (
            f"{m.passages:,}", f"{m.verify_s:.2f}", f"{m.open_s:.2f}", f"{m.p50:.1f}",
            f"{m.p95:.1f}", f"{m.busy_p50:.1f}", f"{m.busy_p95:.1f}", f"{m.filtered_p95:.1f}",
            f"{m.recall:.3f}", f"{m.memory:.0f}", f"{m.private:.0f}", f"{disk:.0f}",
            f"{seconds:.0f}",
        )
        for m, disk, seconds in rows
    ]  # fmt: skip
    FOLDER.mkdir(parents=True, exist_ok=True)
    lines = [
        Line("p50, ms of work", [(m.passages, m.busy_p50) for m, *_ in rows]),
        Line("p95, ms of work", [(m.passages, m.busy_p95) for m, *_ in rows]),
        Line("check + open, ms", [(m.passages, 1e3 * (m.verify_s + m.open_s)) for m, *_ in rows]),
        Line("peak memory, MB", [(m.passages, m.memory) for m, *_ in rows]),
        Line("disk, MB", [(m.passages, disk) for m, disk, _ in rows]),
    ]
    note = f"Real sentences, shuffled; vectors beyond {args.encoded:,} passages are synthetic."
    write_chart(FOLDER / "growth.svg", "Growth of the embedded store", "passages", "", lines, note)
    sizes = " ".join(map(str, args.sizes))
    write_page(
        "growth.md",
        "Growth",
        f'python -m tests.bench.growth "$BENCHMARK" --sizes {sizes} --encoded {args.encoded}',
        [
            "![Growth of the embedded store](growth.svg)",
            table(head, cells),
            ABOUT.format(
                round=ROUND, encoded=args.encoded, noise=NOISE, questions=QUESTIONS, flat=FLAT
            ),
        ],
    )


if __name__ == "__main__":
    main()
