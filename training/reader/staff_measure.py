"""How good a reader is on staff questions, each with the passages that the program would read."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from index.evaluation.metrics import auroc
from index.readers.windows import Layout
from training.reader.data.staff_examples import StaffFamily, evidence_sentences
from training.reader.data.staff_questions import FACTS, SEVERAL
from training.reader.reader_measure import read_examples

GROUPS: Final = {
    "paraphrase": {"paraphrase"},
    "fact": FACTS - {"paraphrase", "yes-no"},
    "yesno": {"yes-no"},
    "why": {"why", "how"},
    "section": {"section"},
    "list": {"list"},
    "problems": {"problems", "causes", "plans"},
}


@dataclass(frozen=True, slots=True)
class StaffRead:
    """What a reader makes of the passages of one question.

    `right`: the sentence of the highest score is evidence. `score`, `evidence` and `margin` are
    the highest of all passages. `shown` are the sentences above 0 that are evidence, `others`
    those that are not; `wanted` is how much evidence the report has.
    """

    family: StaffFamily
    right: bool
    score: float
    evidence: float
    margin: float
    shown: int
    others: int
    wanted: int


def spread(every: Sequence[StaffFamily], limit: int) -> list[StaffFamily]:
    """Return up to `limit` of the questions, spread over all."""
    step = max(1, len(every) // limit) if limit else 1
    return list(islice(every, 0, None, step))


def read_staff(model: Any, layout: Layout, every: Sequence[StaffFamily]) -> list[StaffRead]:
    """Read the first passages of every question."""
    examples = [example for family in every for example in family.first]
    readings = iter(read_examples(model, layout, examples))
    found = []
    for family in every:
        own = list(islice(readings, len(family.first)))
        rated = [
            (each.score, (each.start, each.end) in evidence_sentences(example))
            for example, reading in zip(family.first, own, strict=True)
            for each in reading.sentences
        ]
        score, right = max(rated)
        above = [belongs for value, belongs in rated if value > 0]
        found.append(
            StaffRead(
                family,
                right,
                score,
                max(reading.evidence for reading in own),
                max(reading.margin for reading in own),
                sum(above),
                len(above) - sum(above),
                family.evidence,
            )
        )
    return found


def staff_figures(reads: Sequence[StaffRead]) -> dict[str, float]:
    """Return the share whose best sentence is right by kind, and how well refusal is known.

    `auroc_…` tell answerable from unanswerable by the best sentence, by the passages' evidence,
    by the margin; `items` is the mean share of the evidence above 0 where several sentences
    answer, `precision` how much of what is above 0 is evidence there.
    """
    good = [read for read in reads if read.family.asked.answerable]
    none = [read for read in reads if not read.family.asked.answerable]
    figures = {"right": _mean([read.right for read in good])}
    for name, kinds in GROUPS.items():
        own = [read for read in good if read.family.asked.kind in kinds]
        figures[f"right_{name}"] = _mean([read.right for read in own])
        figures[f"auroc_{name}"] = _auroc([read.score for read in own], none)
    labels = [True] * len(good) + [False] * len(none)
    figures["auroc"] = auroc([read.score for read in [*good, *none]], labels)
    figures["auroc_evidence"] = auroc([read.evidence for read in [*good, *none]], labels)
    figures["auroc_margin"] = auroc([read.margin for read in [*good, *none]], labels)
    several = [read for read in good if read.family.asked.kind in SEVERAL]
    figures["items"] = _mean([read.shown / read.wanted for read in several])
    shown = sum(read.shown for read in several)
    figures["precision"] = shown / max(1, shown + sum(read.others for read in several))
    return figures


def _auroc(scores: Sequence[float], none: Sequence[StaffRead]) -> float:
    both = [*scores, *(read.score for read in none)]
    return auroc(both, [True] * len(scores) + [False] * len(none))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / max(1, len(values))
