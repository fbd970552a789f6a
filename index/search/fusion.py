"""Dense and lexical evidence → one score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.store.store import Candidate
from index.weights import WEIGHTS, FusionWeights


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its fused score, higher is better."""

    candidate: Candidate
    score: float


def fuse(candidates: Sequence[Candidate], weights: FusionWeights = WEIGHTS.fusion) -> list[Ranked]:
    """Return the candidates by fused score, best first.

    The score is cosine + 0.3 · b ÷ (b + 40) for the BM25 score b. Fusing scores keeps what
    fusing ranks throws away; the saturating form needs no other candidate to be known, so a
    score means the same for every question.
    """
    ranked = [Ranked(c, c.dense + weights.lexical * _saturated(c, weights)) for c in candidates]
    return sorted(ranked, key=lambda r: (-r.score, r.candidate.passage.id))


def _saturated(candidate: Candidate, weights: FusionWeights) -> float:
    return candidate.lexical / (candidate.lexical + weights.saturation)
