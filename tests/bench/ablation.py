"""What each part of answering is worth, on questions that the reader was never trained on.

    python -m tests.bench.ablation BENCHMARK [--checkpoint DIR] [--all] [--limit N]

BENCHMARK is the folder of the data sets. The reports are all 383 articles of DRCD dev, the
questions those of the held-out test articles (`training.reader.data.reader_held_out`). One line a
variant: the lexical side of the search alone, the dense side alone, both fused, fused with the
reader in int8, and, with the `--checkpoint` it was made from, in float32. Without a reader the
sentence with the highest BM25 is quoted. `auroc` is that of the confidence when for half of the
questions the passages that answer are hidden: asked both ways, every question with and without
them; then with every second question's hidden, and with those of the others. The milliseconds are
those of reading. At the end, how far the readings of int8 and float32 agree.
"""

from __future__ import annotations

import argparse
import math
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.library import Library
from index.answering.answer import Answer, Status
from index.answering.confidence import WITHOUT_READER, Calibration, Evidence
from index.answering.decision import Decision
from index.building.builder import Builder
from index.encoders import Encoder, load_encoder
from index.evaluation.calibration import shipped
from index.evaluation.metrics import Case, Outcome, holds, judge, summarise
from index.generations.on_disk import DiskGenerations
from index.readers import LexicalReader, Reader, Reading, load_reader
from index.readers.rerank import READ, quoted, read
from index.search.fusion import Ranked
from index.search.retriever import Retriever
from index.store.store import Store
from index.understanding.question import Question
from index.understanding.understander import Understander
from training.reader.calibrate_reader import Remembering
from training.reader.data.reader_held_out import halves

SHOWN = 10
Order = Callable[[Ranked], float]


@dataclass(frozen=True, slots=True)
class Variant:
    """A way to answer: how passages are ordered, and how they are read and judged."""

    name: str
    order: Order
    reader: Reader
    calibration: Calibration


@dataclass(frozen=True, slots=True)
class Searched:
    """A question with what the search found for it."""

    case: Case
    question: Question
    ranked: tuple[Ranked, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("benchmark", type=Path)
    parser.add_argument("--checkpoint", type=Path, help="the trained reader in float32")
    parser.add_argument("--tokenizer", type=Path, help="the encoder's tokenizer.json")
    parser.add_argument("--work", type=Path, help="keep the index here")
    parser.add_argument(
        "--all", action="store_true", help="all held-out questions, those of the fit, too"
    )
    parser.add_argument("--limit", type=int, default=0, help="only so many questions")
    args = parser.parse_args()
    fitted, tested = halves(args.benchmark)
    rows = fitted + tested if args.all else tested
    cases = [Case(r["id"], r["question"], tuple(r["answers"]), r["report"], True) for r in rows]
    cases = cases[:: max(1, len(cases) // args.limit)] if args.limit else cases
    work = args.work or Path(tempfile.mkdtemp(prefix="baogao-ablation-"))
    store, encoder = built(args.benchmark / "drcd" / "reports", work)
    plain = searched(cases, store, encoder)
    bare = [without_answers(each) for each in plain]
    print(f"{len(store.entries)} reports, {len(cases)} questions")
    tried = variants(args.checkpoint, args.tokenizer)
    for variant in tried:
        show(variant, plain, bare)
    if args.checkpoint is not None:
        agreement(plain, tried[-2].reader, tried[-1].reader)


def variants(checkpoint: Path | None, tokenizer: Path | None) -> list[Variant]:
    """Return the variants, from the plainest on."""
    words, learnt = LexicalReader(), shipped("bundled")
    found = [
        Variant("lexical", lambda r: r.candidate.lexical, words, WITHOUT_READER),
        Variant("dense", lambda r: r.candidate.dense, words, WITHOUT_READER),
        Variant("fused", lambda r: r.score, words, WITHOUT_READER),
        Variant("fused + reader, int8", lambda r: r.score, Remembering(load_reader()), learnt),
    ]
    if checkpoint is not None:
        reader = Remembering(fp32(checkpoint, tokenizer))
        found.append(Variant("fused + reader, fp32", lambda r: r.score, reader, learnt))
    return found


def fp32(checkpoint: Path, tokenizer: Path | None) -> Reader:
    """Return the reader of a checkpoint, on PyTorch."""
    from index.encoders import BUNDLED_FOLDER
    from training.reader.torch_reader import TorchReader

    return TorchReader(checkpoint, tokenizer or BUNDLED_FOLDER / "tokenizer.json")


def built(reports: Path, folder: Path) -> tuple[Store, Encoder]:
    """Index `reports` in `folder`, where they are not already."""
    encoder = load_encoder("bundled")
    generations = DiskGenerations(folder)
    Builder(Library(reports), generations, encoder).bring_up_to_date()
    generation, _ = generations.open_from(generations.require_current())
    return generations.store(generation), encoder


def searched(cases: Sequence[Case], store: Store, encoder: Encoder) -> list[Searched]:
    """Search for every question as the engine does."""
    understander = Understander(store.entries)
    retriever = Retriever(store, encoder, understander.choice)
    found = []
    for case in cases:
        question = understander.understand(case.question)
        found.append(Searched(case, question, tuple(retriever.find(question).ranked)))
    return found


def without_answers(each: Searched) -> Searched:
    """Return a question that cannot be answered: the passages that would are left out."""
    kept = tuple(r for r in each.ranked if not holds(each.case, r.candidate.passage))
    return replace(each, case=replace(each.case, answerable=False), ranked=kept)


def show(variant: Variant, plain: Sequence[Searched], bare: Sequence[Searched]) -> None:
    """Print the figures of a variant."""
    shown = [answer(variant, each) for each in plain]
    hidden = [answer(variant, each) for each in bare]
    summary = summarise(shown)
    mixed = (shown + hidden, shown[::2] + hidden[1::2], shown[1::2] + hidden[::2])
    auroc = " ".join(f"{summarise(outcomes).auroc:.3f}" for outcomes in mixed)
    print(
        f"{variant.name:<22} recall@1 {summary.recall[1]:.3f} @5 {summary.recall[5]:.3f}"
        f"  sentence@1 {summary.sentence:.3f}  exact {summary.exact:.3f}  f1 {summary.f1:.3f}"
        f"  auroc {auroc}  p50 {summary.p50_ms:.0f} ms  p95 {summary.p95_ms:.0f} ms",
        flush=True,
    )


def answer(variant: Variant, each: Searched) -> Outcome:
    """Read and judge as the engine does."""
    ranked = sorted(each.ranked, key=lambda r: (-variant.order(r), r.candidate.passage.id))
    begun = time.perf_counter()
    reads = read(variant.reader, each.question, ranked)
    spent = (time.perf_counter() - begun) * 1000
    found = quoted(each.question, reads, ranked[:SHOWN])
    confidence = variant.calibration.confidence(Evidence.of(reads)) if reads else 0.0
    times = {"total": spent}
    decision = Decision(Status.ANSWERED, confidence)
    return judge(each.case, Answer(each.question, decision, found, milliseconds=times))


def agreement(questions: Sequence[Searched], one: Reader, other: Reader) -> None:
    """Print how far two readers agree on the passages that are read."""
    pairs: list[tuple[Reading, Reading]] = []
    for each in questions:
        passages = [r.candidate.passage for r in each.ranked[:READ]]
        words = each.question.alone
        pairs += zip(one.read(words, passages), other.read(words, passages), strict=True)
    sure = [(a, b) for a, b in pairs if b.margin > 0]
    same = [(a.start, a.end) == (b.start, b.end) for a, b in sure]
    sides = [(a.margin > 0) == (b.margin > 0) for a, b in pairs]
    apart = [abs(a.margin - b.margin) for a, b in pairs if math.isfinite(a.margin + b.margin)]
    print(
        f"int8 against fp32, {len(pairs)} passages: same span {statistics.mean(same):.3f} of the "
        f"{len(sure)} that fp32 answers from, same side of 0 {statistics.mean(sides):.3f}, "
        f"margins apart by {statistics.median(apart):.2f} (median), "
        f"{sorted(apart)[int(0.95 * len(apart))]:.2f} (95 %)"
    )


if __name__ == "__main__":
    main()
