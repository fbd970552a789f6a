"""A question that continues another is answered near where that one was.

The bonuses are of the size of the differences between neighbouring fused scores
(`index.fusion`), which are a few hundredths.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.report import Passage
from index.fusion import Ranked
from index.understanding.question import Facet, Place, Question

SAME_PARAGRAPH, SAME_SECTION, SAME_PART = 0.06, 0.04, 0.01
CAUSE_STAYS = 0.05
PLANNED = 0.08

_PLANS = re.compile(
    r"下一步|思路|打算|计划|规划|今后|努力方向|展望|安排|部署|工作重点|明年|改进|整改"
)


def nearby(ranked: Sequence[Ranked], question: Question) -> list[Ranked]:
    """Return the passages in the order in which they fit the turn before, too."""
    carried = question.carried
    if carried is None:
        return list(ranked)
    rated = [replace(r, score=r.score + _bonus(r.candidate.passage, question)) for r in ranked]
    return sorted(rated, key=lambda r: (-r.score, r.candidate.passage.id))


def _bonus(passage: Passage, question: Question) -> float:
    place = question.carried.place if question.carried is not None else None
    if question.facet is Facet.PLAN:
        return PLANNED if any(_PLANS.search(heading) for heading in passage.path) else 0.0
    if place is None:
        return 0.0
    bonus = _nearness(passage, place)
    if question.facet is Facet.CAUSE and passage.id == place.passage:
        bonus += CAUSE_STAYS
    return bonus


def _nearness(passage: Passage, place: Place) -> float:
    if passage.report != place.report:
        return 0.0
    if passage.paragraph == place.paragraph:
        return SAME_PARAGRAPH
    if passage.path == place.path and place.path:
        return SAME_SECTION
    return SAME_PART if passage.path[:1] == place.path[:1] and place.path else 0.0
