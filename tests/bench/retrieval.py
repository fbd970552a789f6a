"""Retrieval by length of passage and by kind of evidence.

    python -m tests.bench.retrieval FOLDER [--lengths 200 320 500] [--weights 0.2 0.3 0.5]

FOLDER holds `reports/` and `questions.jsonl`. Prints, for each length, recall@1 and recall@5 of
the lexical side, of the dense side, and fused with each weight; no question is understood
(years are not looked at), so this measures the search alone.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.cli.evaluate import read_cases
from bot.messages import messages_in
from corpus.library import Library
from corpus.passages import passages
from corpus.report import Passage, Report
from index.encoders import Encoder, load_encoder
from index.evaluation.metrics import Case
from index.lexical.bm25 import LexicalIndex
from index.lexical.fields import dense_text, lexical_terms
from index.lexical.folding import comparable, fold
from index.lexical.terms import terms
from index.weights import WEIGHTS

Scores = NDArray[np.float32]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lengths", type=int, nargs="+", default=[200, 320, 500, 100_000])
    parser.add_argument(
        "--weights", type=float, nargs="+", default=[0.1, 0.2, WEIGHTS.fusion.lexical, 0.5]
    )
    parser.add_argument("--model", default="bundled")
    args = parser.parse_args()
    found = Library(args.folder / "reports").read_all()
    reports = [report for report in found if isinstance(report, Report)]
    cases = [
        c for c in read_cases(args.folder / "questions.jsonl", messages_in("en")) if c.answerable
    ]
    encoder = load_encoder(args.model)
    questions = encoder.encode_questions([fold(case.question) for case in cases])
    print(f"{len(reports)} reports, {len(cases)} questions; recall@1 / recall@5")
    for length in args.lengths:
        report(reports, cases, encoder, questions, length, args.weights)


def report(
    reports: Sequence[Report],
    cases: Sequence[Case],
    encoder: Encoder,
    questions: Scores,
    length: int,
    weights: Sequence[float],
) -> None:
    """Print the figures for passages of at most `length` characters."""
    found = [passage for each in reports for passage in passages(each, longest=length)]
    hits = _hits(cases, found)
    dense = questions @ encoder.encode_passages([dense_text(p) for p in found]).T
    index = LexicalIndex.build(map(lexical_terms, found))
    lexical = np.stack([index.scores(terms(fold(case.question))) for case in cases])
    print(f"\n{length} characters: {len(found)} passages")
    print(f"  lexical     {_recall(lexical, hits)}")
    print(f"  dense       {_recall(dense, hits)}")
    for weight in weights:
        fused = dense + weight * lexical / (lexical + WEIGHTS.fusion.saturation)
        print(f"  fused {weight:<5} {_recall(fused, hits)}")


def _hits(cases: Sequence[Case], found: Sequence[Passage]) -> list[NDArray[np.bool_]]:
    texts = [comparable(passage.text) for passage in found]
    return [
        np.array(
            [
                case.report in (None, passage.report) and any(a in text for a in answers)
                for passage, text in zip(found, texts, strict=True)
            ]
        )
        for case in cases
        for answers in [[comparable(answer) for answer in case.answers]]
    ]


def _recall(scores: Scores, hits: Sequence[NDArray[np.bool_]]) -> str:
    ranks = np.array(
        [
            np.sum(row > row[hit].max()) if hit.any() else np.inf
            for row, hit in zip(scores, hits, strict=True)
        ]
    )
    return f"{np.mean(ranks < 1):.4f} / {np.mean(ranks < 5):.4f}"


if __name__ == "__main__":
    main()
