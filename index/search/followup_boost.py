"""A question that continues another is answered near where that one was."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.report import Passage
from index.search.fusion import Ranked
from index.understanding.question import Facet, Place, Question
from index.weights import WEIGHTS, FollowUpWeights

_REST = 20
"""Characters behind an answer in its passage that are worth going on with."""

_PLANS = re.compile(
    r"下一步|思路|打算|计划|规划|今后|努力方向|展望|安排|部署|工作重点|明年|改进|整改"
)


def nearby(
    ranked: Sequence[Ranked],
    question: Question,
    weights: FollowUpWeights = WEIGHTS.follow_up,
) -> list[Ranked]:
    """Return the passages in the order in which they fit the turn before, too."""
    carried = question.carried
    if carried is None:
        return list(ranked)
    if question.facet is Facet.MORE and carried.place is not None:
        return _going_on(ranked, carried.place)
    rated = [
        replace(r, score=r.score + _bonus(r.candidate.passage, question, weights)) for r in ranked
    ]
    return sorted(rated, key=lambda r: (-r.score, r.candidate.passage.id))


def _bonus(passage: Passage, question: Question, weights: FollowUpWeights) -> float:
    place = question.carried.place if question.carried is not None else None
    if question.facet is Facet.PLAN:
        return _planning(passage, place, weights)
    if place is None:
        return 0.0
    bonus = _nearness(passage, place, weights)
    if question.facet is Facet.CAUSE and passage.id == place.passage:
        bonus += weights.cause_stays
    return bonus


def _planning(passage: Passage, place: Place | None, weights: FollowUpWeights) -> float:
    """Return the bonus of a passage where plans are asked for: they stand somewhere else."""
    if place is not None and passage.path == place.path:
        return weights.moves_on
    return weights.planned if any(_PLANS.search(heading) for heading in passage.path) else 0.0


def _nearness(passage: Passage, place: Place, weights: FollowUpWeights) -> float:
    if passage.report != place.report:
        return 0.0
    if passage.paragraph == place.paragraph:
        return weights.same_paragraph
    if passage.path == place.path and place.path:
        return weights.same_section
    return weights.same_part if passage.path[:1] == place.path[:1] and place.path else 0.0


def _going_on(ranked: Sequence[Ranked], place: Place) -> list[Ranked]:
    """Return the passages with what follows `place` first: the rest of its own, then the next.

    Each of them scores one more than the next, which no reader outweighs.
    """
    after = sorted(
        (r for r in ranked if _follows(r.candidate.passage, place)),
        key=lambda r: (r.candidate.passage.paragraph, r.candidate.passage.part),
    )
    first = {r.candidate.passage.id for r in after}
    rest = [r for r in ranked if r.candidate.passage.id not in first]
    best = max((r.score for r in ranked), default=0.0)
    ahead = [replace(r, score=best + len(after) - i) for i, r in enumerate(after)]
    return [*ahead, *rest]


def _follows(passage: Passage, place: Place) -> bool:
    if (passage.report, passage.path) != (place.report, place.path):
        return False
    if passage.id == place.passage:
        return place.said is None or len(passage.text) - place.said[1] > _REST
    return passage.start > place.start
