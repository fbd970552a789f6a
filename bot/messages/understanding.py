"""The words about how a question was understood, and about lists and years side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from index.understanding.about_bot import AboutBot
from index.understanding.quantities.expected import ExpectedType
from index.understanding.question import Facet, Origin, QuestionKind, Why


@dataclass(frozen=True, slots=True)
class UnderstandingMessages:
    """Everything people read about the understanding of questions, in one language."""

    # Notes beside an answer
    took_years: str
    borrowed: str
    planned: str
    corrected: str
    no_report: str
    no_school: str
    about: Mapping[AboutBot, str]
    nothing_shown: str
    elsewhere: str
    elsewhere_line: str

    # Lists and summaries
    items: str
    items_open: str
    more_items: str
    item: str

    # Years side by side
    more_years: str
    side_unreported: str
    side_silent: str
    only_here: str
    years_silent: str
    years_wordy: str
    most: str
    least: str
    of_those_found: str
    figure_of_year: str
    chart: str
    compare_usage: str
    compare_or_year: str

    # ask --explain
    asked: str
    searched: str
    also: str
    kind: str
    kinds: Mapping[QuestionKind, str]
    wanted: str
    things: Mapping[ExpectedType, str]
    years: str
    origins: Mapping[Origin, str]
    no_years: str
    of_report: str
    each_year: str
    reports: str
    changed: str
    whys: Mapping[Why, str]
    continued: str
    place: str
    facet: str
    facets: Mapping[Facet, str]
    ordinal: str
    last: str
    part: str
    count: str
    comma: str
