"""The one place where it is decided whether a question is answered.

The engine decides with it, an evaluation decides again with it under another calibration, and
nothing else does.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from index.answering.confidence import Calibration, Evidence
from index.weights import WEIGHTS


class Status(StrEnum):
    """Whether the reports answer.

    Unsure: something stands there that may answer; it is quoted and nothing is asserted.
    """

    ANSWERED = "answered"
    UNSURE = "unsure"
    NOT_FOUND = "not_found"


class Pointed(StrEnum):
    """What a language model that was asked says of what would be quoted.

    `HERE`: it points at a sentence of it, `FOUND`: it found what would be quoted, which the reader
    did not think the best, `ELSEWHERE`: it points at other sentences, `NOWHERE`: it says that none
    answers.
    """

    HERE = "here"
    FOUND = "found"
    ELSEWHERE = "elsewhere"
    NOWHERE = "nowhere"


POINTED: Final = {
    Pointed.HERE: 1.5,
    Pointed.FOUND: 1.5,
    Pointed.ELSEWHERE: -1.0,
    Pointed.NOWHERE: -0.7,
}
"""What a language model's word adds to the logit of the confidence (docs/language-model.md)."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What is known of an answer when it is decided on.

    `evidence` is what search and reader say. `fits`: what would be quoted has a thing of the
    type that is asked for. `firm`: it is an enumeration that fits the question well, `outlined`:
    it is the key sentences of what the question names, which needs no words that answer.
    `contrast`: it plainly tells of another thing than the one asked about
    (`index.answering.contrasts`), so that it is never asserted.
    `pointed` is what a language model says of it, None where none was asked or believed.
    """

    evidence: Evidence
    fits: bool = True
    firm: bool = False
    outlined: bool = False
    contrast: bool = False
    pointed: Pointed | None = None

    @property
    def open(self) -> bool:
        """Whether it hangs on the confidence alone whether it is asserted."""
        return self.fits and not self.contrast and not self.outlined


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether the reports answer, with the calibrated probability, 0 to 1, that they do."""

    status: Status
    confidence: float


REFUSED: Final = Decision(Status.NOT_FOUND, 0.0)
"""What is decided where no report may answer."""


def decide(
    grounds: Grounds | None,
    calibration: Calibration,
    refusal: str | float,
    firm_share: float = WEIGHTS.lists.firm_share,
) -> Decision:
    """Return what becomes of an answer that rests on `grounds`.

    Args:
        grounds: What is known of it; None where no report may answer.
        calibration: Gives the confidence and the two least ones.
        refusal: strict, balanced, eager, or the least confidence, 0 to 1, that is asserted.
        firm_share: The share of the least confidence that is enough for a firm enumeration.
    """
    if grounds is None:
        return REFUSED
    confidence = calibration.confidence(grounds.evidence)
    if grounds.pointed is not None:
        confidence = _shifted(confidence, POINTED[grounds.pointed])
    if grounds.outlined:
        return Decision(Status.ANSWERED, confidence)
    if not grounds.fits:
        confidence = 0.0
    least = calibration.thresholds_for(refusal)
    share = firm_share if grounds.firm else 1.0
    if confidence >= least.answered * share and not grounds.contrast:
        return Decision(Status.ANSWERED, confidence)
    if confidence >= least.unsure * share:
        return Decision(Status.UNSURE, confidence)
    return Decision(Status.NOT_FOUND, confidence)


def _shifted(confidence: float, logits: float) -> float:
    """Return a confidence with so much added to its logit."""
    odds = confidence / max(1 - confidence, 1e-12) * math.exp(logits)
    return odds / (1 + odds)
