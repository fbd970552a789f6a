"""Staff questions → what the reader is trained on and measured with.

For every passage that holds evidence there are passages that hold none: what retrieval ranks
first in the same report, the right passage with its evidence taken out, and what was marked as
looking like an answer.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from corpus.report import Passage
from corpus.text.sentences import sentences
from index.encoders import Encoder
from index.lexical.folding import fold
from index.readers import heading
from training.reader.data.reader_examples import Example, fused_scores
from training.reader.data.staff_questions import (
    EvidenceMark,
    StaffQuestion,
    find_mark,
    place_of,
    read_questions,
    report_passages,
)

READ: Final = 5
"""Passages that the program reads for a question."""

HOLDING: Final = 2
"""Passages with evidence that are used in an epoch, at most."""

REMOVED_SHARE: Final = 0.25
_LEAST_LEFT: Final = 20


@dataclass(frozen=True, slots=True)
class StaffFamily:
    """All examples of one staff question.

    `holding` have evidence, `ranked` have none and are those that retrieval ranks first in the
    report, `removed` are passages whose evidence was taken out, `near` look like an answer.
    `first` are the passages that the program would read, best first, with their evidence.
    `evidence` is how many sentences of the whole report belong to the answer.
    """

    asked: StaffQuestion
    holding: tuple[Example, ...]
    ranked: tuple[Example, ...]
    removed: tuple[Example, ...]
    near: tuple[Example, ...]
    first: tuple[Example, ...]
    evidence: int

    def draw(self, rng: random.Random) -> Iterator[Example]:
        """Yield what is read of this question in one epoch."""
        if not self.asked.answerable:
            if self.near:
                yield rng.choice(self.near)
            if self.ranked:
                yield rng.choice(self.ranked)
            return
        yield from rng.sample(self.holding, min(HOLDING, len(self.holding)))
        if self.ranked:
            yield rng.choice(self.ranked)
        if self.removed and rng.random() < REMOVED_SHARE:
            yield rng.choice(self.removed)


def staff_families(part: Path, encoder: Encoder) -> list[StaffFamily]:
    """Return the examples of the questions in `part`, a folder of `training/data/staff`.

    A question none of whose evidence stands in a passage is left out.

    Args:
        part: Holds `questions.jsonl` and `reports`.
        encoder: Ranks the passages of a report, together with BM25, as the program does.
    """
    asked = read_questions(part / "questions.jsonl")
    found: list[StaffFamily] = []
    for name, own in report_passages(part / "reports").items():
        questions = [question for question in asked if question.report == name]
        if not questions:
            continue
        scores = fused_scores(own, [fold(each.question) for each in questions], encoder)
        for question, row in zip(questions, scores, strict=True):
            family = _family(question, own, np.argsort(-row, kind="stable").tolist())
            if family.holding or not question.answerable:
                found.append(family)
    return found


def staff_epoch(every: Sequence[StaffFamily], *, seed: int) -> list[Example]:
    """Draw the examples of one epoch, in random order."""
    rng = random.Random(seed)
    drawn = [example for family in every for example in family.draw(rng)]
    rng.shuffle(drawn)
    return drawn


def _family(asked: StaffQuestion, own: Sequence[Passage], order: Sequence[int]) -> StaffFamily:
    marks = [mark for words in asked.evidence if (mark := find_mark(words, own)) is not None]
    near = {mark.row for words in asked.near if (mark := find_mark(words, own)) is not None}
    examples = [_example(asked, passage, row, marks) for row, passage in enumerate(own)]
    holding = [example for example in examples if example.evidence]
    empty = [row for row in order if not examples[row].evidence and row not in near]
    return StaffFamily(
        asked,
        tuple(holding),
        tuple(examples[row] for row in empty[:READ]),
        tuple(each for example in holding for each in _without_evidence(example)),
        tuple(examples[row] for row in sorted(near) if not examples[row].evidence),
        tuple(examples[row] for row in order[:READ]),
        sum(len(evidence_sentences(example)) for example in holding),
    )


def evidence_sentences(example: Example) -> list[tuple[int, int]]:
    """Return the [start, end) of the sentences of an example that belong to the answer."""
    return [
        (start, end)
        for start, end in sentences(example.text)
        if any(a < end and start < b for a, b in example.evidence)
    ]


def _example(
    asked: StaffQuestion, passage: Passage, row: int, marks: Sequence[EvidenceMark]
) -> Example:
    """Return the passage in the place `row` beside a question whose evidence is at `marks`."""
    text = fold(passage.text)
    own = [mark for mark in marks if mark.row == row]
    spans = list(_spans(asked, text, own))
    start, end = spans[0] if spans else (-1, -1)
    return Example(
        fold(asked.question),
        heading(passage),
        text,
        start,
        end,
        "staff" if own else "staff empty",
        evidence=tuple((mark.start, mark.end) for mark in own),
        marked=bool(spans) if own else bool(asked.answers) or not asked.answerable,
    )


def _spans(
    asked: StaffQuestion, text: str, marks: Sequence[EvidenceMark]
) -> Iterator[tuple[int, int]]:
    for answer in asked.answers:
        wanted = "".join(fold(answer).split())
        places = (place_of(wanted, text, mark.start, mark.end) for mark in marks)
        yield from [place for place in places if place is not None][:1]


def _without_evidence(example: Example) -> Iterator[Example]:
    """Yield the example without the sentences that belong to the answer, if enough is left."""
    taken = evidence_sentences(example)
    text = "".join(example.text[a:b] for a, b in sentences(example.text) if (a, b) not in taken)
    if len(text) >= _LEAST_LEFT:
        group = f"{example.group} removed"
        yield Example(example.question, example.context, text, -1, -1, group, marked=example.marked)
