"""What the check of composed sentences lets through, by the kind of what was made false.

    python -m tests.bench.perturbations [--sentences N] [--seed S] [--details FILE]

Takes N true sentences of training/data/staff/train, writes each again in true ways, and makes each
false in every way that it can be (`tests/support/language_model/perturbing.py`). Prints, by kind,
how many were made and how many the check let through: of the true ones all should pass, of the
false ones none.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from index.language_model.check import check
from tests.support.language_model.perturbing import (
    Statement,
    falsified,
    rewritten,
    true_sentences,
)

REPORTS = Path(__file__).parents[2] / "training/data/staff/train/reports"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sentences", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--details", type=Path, help="where what came out wrong is written")
    args = parser.parse_args()
    chosen = random.Random(args.seed)
    every = true_sentences(REPORTS, args.sentences, args.seed)
    started = time.perf_counter()
    wrong: list[str] = []
    true = [each for sentence in every for each in rewritten(sentence, chosen)]
    false = [each for sentence in every for each in falsified(sentence, every, chosen)]
    print(f"{len(every)} sentences, seed {args.seed}\n")
    table("written again, still true", "dropped", true, wrong, passes=False)
    table("made false", "let through", false, wrong, passes=True)
    count = len(true) + len(false)
    print(f"{1000 * (time.perf_counter() - started) / count:.1f} ms a sentence")
    if args.details:
        args.details.write_text("\n".join(wrong) + "\n", "utf-8")


def table(
    title: str, column: str, given: Iterable[Statement], wrong: list[str], *, passes: bool
) -> None:
    """Print a line a kind: how many, and how many of them pass, or do not."""
    made: Counter[str] = Counter()
    counted: Counter[str] = Counter()
    for each in given:
        made[each.kind] += 1
        failure = check(each.text, each.numbers, each.evidence)
        if (failure is None) is passes:
            counted[each.kind] += 1
            evidence = " | ".join(item.text for item in each.evidence)
            wrong.append(f"{each.kind}\t{failure or ''}\t{each.text}\t{evidence}")
    print(f"| {title} | n | {column} | share |\n|---|---|---|---|")
    for kind, count in made.items():
        print(f"| {kind} | {count} | {counted[kind]} | {counted[kind] / count:.2%} |")
    total = made.total()
    print(f"| all | {total} | {counted.total()} | {counted.total() / total:.2%} |\n")


if __name__ == "__main__":
    main()
