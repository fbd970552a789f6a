"""Dense and lexical evidence → one score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.store.store import Candidate

WEIGHT = 0.3
SATURATION = 40.0


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its fused score, higher is better."""

    candidate: Candidate
    score: float


def fuse(candidates: Sequence[Candidate]) -> list[Ranked]:
    """Return the candidates by fused score, best first.

    The score is cosine + 0.3 · b ÷ (b + 40) for the BM25 score b. Fusing scores keeps what
    fusing ranks throws away; the saturating form needs no other candidate to be known, so a
    score means the same for every question. Weight and constant were tuned on DRCD with
    passages of 320 characters (docs/retrieval.md).
    """
    ranked = [Ranked(c, c.dense + WEIGHT * _saturated(c.lexical)) for c in candidates]
    return sorted(ranked, key=lambda r: (-r.score, r.candidate.passage.id))


def _saturated(score: float) -> float:
    return score / (score + SATURATION)
