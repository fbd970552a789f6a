"""Passages a second: the bundled int8 encoder against PyTorch on the fp32 weights.

    python -m tests.bench.encoding REPORTS [--checkpoint DIR] [--passages N] [--threads N]

REPORTS is a folder of text files, each line a passage. Both encode the same passages with the
same number of threads, turn by turn in one process; each is credited with its best turn, so
that what else the machine does weighs least. Without `--checkpoint` the fp32 weights are
fetched as `training.encoder.build_encoder` does.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encoders import BUNDLED_FOLDER
from index.encoders.bundled_encoder import BundledEncoder

SHORTEST = 40
ROUNDS = 3


@dataclass(slots=True)
class Contestant:
    """One way of encoding passages, and the fastest that it did it."""

    name: str
    encode: Callable[[list[str]], NDArray[np.float32]]
    vectors: NDArray[np.float32]
    seconds: float = float("inf")

    def take_turn(self, passages: list[str]) -> None:
        start = time.perf_counter()
        self.vectors = self.encode(passages)
        self.seconds = min(self.seconds, time.perf_counter() - start)


def main() -> None:
    options = parse()
    passages = read_passages(options.reports, options.passages)
    with tempfile.TemporaryDirectory() as folder:
        checkpoint = options.checkpoint or fetch_checkpoint(Path(folder))
        contestants = load(checkpoint, options.threads)
        for contestant in contestants:
            contestant.encode(passages[:4])
        for _ in range(ROUNDS):
            for contestant in contestants:
                contestant.take_turn(passages)
    report(passages, contestants, options.threads)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Compare encoding speeds.")
    parser.add_argument("reports", type=Path)
    parser.add_argument("--checkpoint", type=Path)
    parser.add_argument("--passages", type=int, default=240)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    return parser.parse_args()


def read_passages(folder: Path, count: int) -> list[str]:
    """Up to `count` paragraphs, spread evenly over all reports."""
    lines = [
        line.strip()
        for path in sorted(folder.glob("*.txt"))
        for line in path.read_text("utf-8").splitlines()
        if len(line.strip()) >= SHORTEST
    ]
    if not lines:
        raise SystemExit(f"{folder}: no .txt reports with paragraphs in UTF-8")
    return lines[:: max(1, len(lines) // count)][:count]


def fetch_checkpoint(folder: Path) -> Path:
    from training.encoder.build_encoder import write_published_checkpoint

    write_published_checkpoint(folder / "checkpoint", folder)
    return folder / "checkpoint"


def load(checkpoint: Path, threads: int) -> list[Contestant]:
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(threads)
    model = SentenceTransformer(str(checkpoint), device="cpu", local_files_only=True)
    bundled = BundledEncoder(BUNDLED_FOLDER, threads=threads)
    none = np.empty((0, bundled.dimension), np.float32)
    return [
        Contestant(
            "sentence-transformers, PyTorch fp32",
            lambda texts: np.asarray(model.encode_document(texts, show_progress_bar=False)),
            none,
        ),
        Contestant("bundled encoder, onnxruntime int8", bundled.encode_passages, none),
    ]


def report(passages: list[str], contestants: list[Contestant], threads: int) -> None:
    theirs, ours = contestants
    length = sum(map(len, passages)) / len(passages)
    print(f"{len(passages)} passages of {length:.0f} characters, {threads} threads")
    for contestant in contestants:
        print(f"{contestant.name:40}{len(passages) / contestant.seconds:8.1f} passages/s")
    cosines = (theirs.vectors * ours.vectors).sum(axis=1)
    print(f"ratio {theirs.seconds / ours.seconds:.2f}")
    print(f"cosine of int8 to fp32: mean {cosines.mean():.4f}, least {cosines.min():.4f}")


if __name__ == "__main__":
    main()
