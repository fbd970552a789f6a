"""How sure an answer is."""

from __future__ import annotations

import math

from index.store import Candidate

THRESHOLDS = {"strict": 0.05, "balanced": 0.012, "eager": 0.003}
"""The least confidence that is answered, by the word in the configuration."""

_COSINE, _COVERAGE, _BIAS = 29.04, 11.58, -30.04


def confidence(best: Candidate) -> float:
    """Return the probability, 0 to 1, that the best candidate answers the question.

    A logistic regression on cosine and coverage, fitted on DRCD with the answering passages of
    half of the questions taken out.
    """
    logit = _COSINE * best.dense + _COVERAGE * best.coverage + _BIAS
    return 1 / (1 + math.exp(-logit))


def threshold(refusal: str | float) -> float:
    """Return the least confidence that is answered, for a word or a number."""
    return THRESHOLDS[refusal] if isinstance(refusal, str) else refusal
