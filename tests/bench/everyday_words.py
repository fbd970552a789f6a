"""What everyday words are worth when passages are searched, on staff questions.

    python -m tests.bench.everyday_words PART [--reports N] [--weights W ...]

PART is train or dev of training/data/staff. Each answerable question is asked of its own report
alone, without the reader: hit@1 and hit@5 are the shares with evidence in the first and in the
first five passages. A row for each weight of the words that reports may have for everyday ones,
0 for without them (the program's is `index.weights.FusionWeights.beside`); a column for each kind
of question that is asked at least twenty times.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.encoders import Encoder, load_encoder
from index.lexical.bm25 import LexicalIndex
from index.lexical.fields import dense_text, lexical_terms
from index.lexical.folding import fold
from index.lexical.terms import terms
from index.understanding.words.aliases import Aliases, also
from index.understanding.words.everyday_words import report_words
from index.understanding.words.stopwords import content
from index.understanding.words.written_forms import other_forms
from index.weights import WEIGHTS
from training.reader.data.staff_questions import (
    STAFF,
    StaffQuestion,
    find_mark,
    read_questions,
    report_passages,
)

LEAST = 20
"""Questions of a kind that has a column of its own."""


@dataclass(frozen=True, slots=True)
class Searched:
    """A question beside its report: what each side of the search scores, and where evidence is.

    `dense`, `own` and `beside` are float32, (n_passages,); `rows` are those with evidence.
    """

    kind: str
    dense: NDArray[np.float32]
    own: NDArray[np.float32]
    beside: NDArray[np.float32]
    rows: tuple[int, ...]

    def rank(self, weight: float) -> int:
        """Return how many passages stand before the first with evidence."""
        lexical = self.own + np.float32(weight) * self.beside
        scores = self.dense + WEIGHTS.fusion.lexical * lexical / (
            lexical + WEIGHTS.fusion.saturation
        )
        order = np.argsort(-scores, kind="stable").tolist()
        return min(order.index(row) for row in self.rows)


def main() -> None:
    """Search every question and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("part", choices=("train", "dev"))
    parser.add_argument("--reports", type=int, metavar="N", help="so many reports, at most")
    parser.add_argument(
        "--weights", type=float, nargs="+", default=(0.0, WEIGHTS.fusion.beside), metavar="W"
    )
    args = parser.parse_args()
    every = list(searched(args.part, args.reports, load_encoder("bundled")))
    for line in table(every, args.weights):
        print(line)


def searched(part: str, reports: int | None, encoder: Encoder) -> Iterator[Searched]:
    """Yield the answerable questions of a part, each searched in its own report."""
    asked = read_questions(STAFF / part / "questions.jsonl")
    for name, own in list(report_passages(STAFF / part / "reports").items())[:reports]:
        questions = [each for each in asked if each.report == name and each.answerable]
        vectors = encoder.encode_passages([dense_text(passage) for passage in own])
        cosines = encoder.encode_questions([fold(q.question) for q in questions]) @ vectors.T
        index = LexicalIndex.build(map(lexical_terms, own))
        for question, dense in zip(questions, cosines, strict=True):
            marks = (find_mark(words, own) for words in question.evidence)
            if rows := tuple({mark.row for mark in marks if mark is not None}):
                yield Searched(question.kind, dense, *_lexical(question, index), rows)


def _lexical(
    question: StaffQuestion, index: LexicalIndex
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the scores of the question's own words, and of those of reports for them."""
    text = fold(question.question)
    forms = also((*Aliases.of().changes(text), *other_forms(text)))
    own = index.scores(terms(" ".join((content(text) or text, *forms))))
    return own, index.scores(set(terms(" ".join(report_words(text)))))


def table(every: Sequence[Searched], weights: Sequence[float]) -> Iterator[str]:
    """Yield a head and a row for each weight, in Markdown."""
    kinds: dict[str, list[Searched]] = defaultdict(list)
    for each in every:
        kinds["all"].append(each)
        kinds[each.kind].append(each)
    shown = {kind: own for kind, own in kinds.items() if len(own) >= LEAST}
    heads = (f"{kind} ({len(own)})" for kind, own in shown.items())
    yield f"| hit@1 / hit@5 | {' | '.join(heads)} |"
    yield "|---" * (len(shown) + 1) + "|"
    for weight in weights:
        cells = (_cell([each.rank(weight) for each in own]) for own in shown.values())
        yield f"| {weight:g} | {' | '.join(cells)} |"


def _cell(ranks: Sequence[int]) -> str:
    first, five = (sum(rank < count for rank in ranks) / len(ranks) for count in (1, 5))
    return f"{first:.3f} / {five:.3f}"


if __name__ == "__main__":
    main()
