"""Every number that ranks: what it weighs, where it was chosen, and what leaves it out.

Scores of passages differ by a few hundredths from neighbour to neighbour: that is the measure of
what is added to them. What only bounds the work (how many passages are read, how many sentences
quoted) stands where the work is done, and the weights of the confidence are fitted
(`training.reader.calibrate_reader`) and come with the reader.

`python -m tests.bench.weights` leaves each of them out in turn and prints what is lost.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, Final

OFF: Final = "off"
"""The key in a field's metadata of the value that leaves a weight out."""


def _weight(value: float, *, off: float) -> Any:
    return field(default=value, metadata={OFF: off})


@dataclass(frozen=True, slots=True)
class FusionWeights:
    """Of the two sides of the search: cosine + `lexical` · b ÷ (b + `saturation`), b the BM25.

    Chosen on DRCD dev with passages of 320 characters, 22 November 2026: docs/retrieval.md.
    """

    lexical: float = _weight(0.3, off=0.0)
    """BM25 beside the cosine."""

    beside: float = _weight(0.7, off=0.0)
    """A term of the words that reports write for everyday ones, beside one of the question's own.

    Of 0.2, 0.4, 0.7, 1 and 1.5 on 45 reports of the staff's train part, 28 November 2026:
    docs/retrieval.md.
    """

    saturation: float = 40.0
    """The BM25 that counts half; without it there is no lexical side."""


@dataclass(frozen=True, slots=True)
class YearWeights:
    """Of passages of different years that are alike.

    Chosen on the government and staff reports and the sets of `tests.bench.understanding`,
    24 November 2026: docs/understanding.md.
    """

    margin: float = _weight(0.08, off=0.0)
    """How much less a passage of a newer year may score than the best, and still come first."""

    least_covered: float = _weight(0.1, off=0.0)
    """The share of the question's words below which the best one is no measure for others."""

    covered: float = _weight(0.12, off=1.0)
    """How much less of the question's words a passage may hold and still be like another."""

    alike: float = _weight(0.3, off=0.0)
    """The least overlap of two passages that are alike under different headings."""

    spoken: float = _weight(0.5, off=0.0)
    """The least share of the question in a sentence that clearly speaks of another year."""


@dataclass(frozen=True, slots=True)
class FollowUpWeights:
    """What is added to passages near the answer of the turn before.

    Chosen on the conversations of `tests.bench.understanding`, 24 November 2026.
    """

    same_paragraph: float = _weight(0.06, off=0.0)
    same_section: float = _weight(0.04, off=0.0)
    same_part: float = _weight(0.01, off=0.0)
    """In the paragraph of the answer, else in its section, else in its part of the report."""

    cause_stays: float = _weight(0.05, off=0.0)
    """The passage of the answer, where its reason is asked for."""

    planned: float = _weight(0.08, off=0.0)
    """Under a heading of plans, where plans are asked for."""

    moves_on: float = _weight(-0.2, off=0.0)
    """In the section of the answer, where plans are asked for: they stand elsewhere."""


@dataclass(frozen=True, slots=True)
class ReadingWeights:
    """Of what the reader makes of a passage and its sentences, in logits.

    Chosen on the dev part of the staff questions, 28 November 2026; `sure` on the lists of
    `tests.bench.understanding`, 24 November 2026.
    """

    evidence: float = _weight(0.02, off=0.0)
    """A logit of a passage's best sentence, beside the fused score of the search."""

    span: float = _weight(0.4, off=0.0)
    """A logit of the margin of a sentence's best words, beside one of its evidence."""

    farthest: float = _weight(16.0, off=math.inf)
    """Where both are cut."""

    another_section: float = _weight(0.02, off=0.0)
    """What a section of another type than the one asked for costs a passage."""

    another_amount: float = _weight(0.05, off=0.0)
    """What another amount than the one asked about costs a passage."""

    misfit: float = _weight(12.0, off=0.0)
    """What lacking a thing of the type that is asked for costs a sentence, in logits."""

    sure: float = _weight(2.0, off=math.inf)
    """The worth from which a sentence is believed rather than the look of an enumeration."""


@dataclass(frozen=True, slots=True)
class SentenceWeights:
    """Which sentences belong to the answer beside the best one; evidence in logits.

    Chosen on the dev part of the staff questions, 28 November 2026.
    """

    several_least: float = _weight(-0.5, off=-math.inf)
    several_within: float = _weight(5.0, off=math.inf)
    """Where several things are asked for: the least evidence, and how far below the best one."""

    one_least: float = _weight(1.5, off=-math.inf)
    one_within: float = _weight(1.5, off=math.inf)
    """Where one thing is asked for: only what is as sure as the best one."""

    named: float = _weight(0.5, off=math.inf)
    """The share of a topic's terms that a heading has to hold to be the topic's."""


@dataclass(frozen=True, slots=True)
class ListWeights:
    """Of an enumeration as the answer to a question for a list.

    Chosen on the lists of `tests.bench.understanding`, 24 November 2026; `firm_share` on the same,
    25 November 2026, for the reader thinks little of headings in a row.
    """

    near: float = _weight(0.6, off=0.0)
    """The share of the question in its lead and heading; the rest is for all headings above."""

    in_items: float = _weight(0.3, off=0.0)
    in_clause: float = _weight(0.3, off=0.0)
    """The share of the question in the first words of its items, and in the clause around it."""

    least: float = _weight(0.25, off=0.0)
    """The least of these three together."""

    named: float = _weight(0.25, off=0.0)
    not_named: float = _weight(-0.25, off=0.0)
    """That it is announced by the noun that is asked for (哪些问题), or is not."""

    count_fits: float = _weight(0.35, off=0.0)
    count_differs: float = _weight(-0.35, off=0.0)
    """That it has as many items as the question says, or another number."""

    other_causes: float = _weight(-0.4, off=0.0)
    """That it lists causes, which were not asked for."""

    too_narrow: float = _weight(-0.4, off=0.0)
    """That it stands within a sentence, where measures or problems are asked for."""

    rank: float = _weight(0.2, off=0.0)
    """That it stands by the first passage; less for those after it."""

    sections: float = _weight(0.05, off=0.0)
    ordinals: float = _weight(0.1, off=0.0)
    paragraphs: float = _weight(0.05, off=0.0)
    """How surely its form shows that it is one; lists within a sentence get nothing."""

    firm: float = _weight(0.75, off=math.inf)
    """The score from which it stands even where the reader is sure of other words."""

    firm_share: float = _weight(0.5, off=1.0)
    """The share of the least confidence that is then enough."""


@dataclass(frozen=True, slots=True)
class SummaryWeights:
    """Of the key sentence of a section.

    Chosen by looking at the summaries of the government and staff reports, 24 November 2026.
    """

    named: float = _weight(0.5, off=0.0)
    """The share of the question that a heading has to hold to be what is summarised."""

    first: float = _weight(1.25, off=1.0)
    """The first sentence of a section, for reports say first what they are about."""

    length: float = 10.0
    """Pairs of characters added to a sentence's own when what it shares is divided by them."""


@dataclass(frozen=True, slots=True)
class ComparisonWeights:
    """Of years side by side. Chosen with the years side by side, 24 November 2026."""

    same: float = _weight(0.5, off=1.0)
    """The least Dice coefficient of the pairs of two sentences that say the same."""

    margin: float = _weight(0.08, off=0.0)
    """How much less a passage under the heading that all years share may score than the best."""


@dataclass(frozen=True, slots=True)
class ConfidenceWeights:
    """Where the figures are cut that the confidence is made from.

    The confidence has to be fitted anew where they change. `farthest` is from the reader's first
    calibration, 24 November 2026.
    """

    farthest: float = _weight(12.0, off=math.inf)
    """Logits of the reader."""

    lead: float = _weight(0.3, off=0.0)
    """How far the first passage is ahead of the next."""


@dataclass(frozen=True, slots=True)
class RankingWeights:
    """All of them, by what they rank."""

    fusion: FusionWeights = FusionWeights()
    years: YearWeights = YearWeights()
    follow_up: FollowUpWeights = FollowUpWeights()
    reading: ReadingWeights = ReadingWeights()
    sentences: SentenceWeights = SentenceWeights()
    lists: ListWeights = ListWeights()
    summaries: SummaryWeights = SummaryWeights()
    comparison: ComparisonWeights = ComparisonWeights()
    confidence: ConfidenceWeights = ConfidenceWeights()


WEIGHTS: Final = RankingWeights()
"""As the program uses them."""
