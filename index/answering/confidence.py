"""How sure an answer is: evidence of search and reader → one calibrated probability."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import Final

from index.readers.rerank import ReadPassage
from index.weights import WEIGHTS, ConfidenceWeights

WORDS: Final = ("strict", "balanced", "eager")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for the first passage; every figure is higher where it is likelier to answer.

    `cosine` and `coverage` are those of the search (`index.store.store.Candidate`). `lead` is how
    far it is ahead of the next passage, in ranking score, at most 0.3. Of the reader, in logits
    cut at ±12: `sentence` is the evidence of its best sentence, `margin` that of the best words in
    it against "no answer", `passage` says that some sentence of the passage belongs to the answer,
    `best` is the highest `sentence` of all passages that were read. `in_section` is 1 where it
    stands in a section of a type that is asked for, else 0; `typed` is 1 where it has a thing of
    the type that the question shows it wants, 0 where the question shows none.
    """

    cosine: float
    coverage: float
    lead: float
    sentence: float
    margin: float
    passage: float
    best: float
    in_section: float
    typed: float

    @classmethod
    def of(
        cls,
        reads: Sequence[ReadPassage],
        *,
        typed: bool = False,
        weights: ConfidenceWeights = WEIGHTS.confidence,
    ) -> Evidence:
        """Return the evidence for the first of `reads`, of which there is at least one."""
        first, *others = reads
        candidate = first.ranked.candidate
        following = max((r.score for r in others), default=first.score - weights.lead)

        def cut(logit: float) -> float:
            return max(-weights.farthest, min(weights.farthest, logit))

        return cls(
            cosine=candidate.dense,
            coverage=candidate.coverage,
            lead=min(first.score - following, weights.lead),
            sentence=cut(first.best.score),
            margin=cut(first.best.margin),
            passage=cut(first.reading.evidence),
            best=max(cut(r.best.score) for r in reads),
            in_section=float(first.in_section),
            typed=float(typed and first.fits),
        )


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The least confidence that is asserted, and the least that is shown as unsure, 0 to 1."""

    answered: float
    unsure: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic regression on the evidence, and the least confidences.

    `weights` are in the order of `Evidence`; `thresholds` by the word in the configuration.
    `encoder` and `reader` are the fingerprints of the models whose scores it was fitted on.
    """

    weights: tuple[float, ...]
    bias: float
    thresholds: Mapping[str, Thresholds]
    encoder: str = ""
    reader: str = ""
    questions: int = 0

    def confidence(self, evidence: Evidence) -> float:
        """Return the probability, 0 to 1, that the reports answer the question."""
        logit = sum(w * x for w, x in zip(self.weights, astuple(evidence), strict=True))
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, logit + self.bias))))

    def thresholds_for(self, refusal: str | float) -> Thresholds:
        """Return the least confidences for a word, or for a number: the least that is asserted.

        With a number, the one that is shown as unsure is in proportion to it as for `balanced`.
        """
        if isinstance(refusal, str):
            return self.thresholds[refusal]
        balanced = self.thresholds["balanced"]
        share = balanced.unsure / balanced.answered if balanced.answered else 1.0
        return Thresholds(refusal, refusal * share)


WITHOUT_READER: Final = Calibration(
    weights=(29.04, 11.58, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    bias=-30.04,
    thresholds={
        "strict": Thresholds(0.05, 0.05),
        "balanced": Thresholds(0.012, 0.012),
        "eager": Thresholds(0.003, 0.003),
    },
    reader="lexical",
)
"""Fitted on DRCD with the answering passages of half of the questions taken out."""
