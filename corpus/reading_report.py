"""The reading report: what was understood of a file and what was not, as one value."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from corpus.passages import passages
from corpus.report import LeftOut, ParseDetails, Reason, Recognised, Report

_DOUBTFUL = 0.8


@dataclass(frozen=True, slots=True)
class ReadingReport:
    """What was understood of a report, and what was not.

    `guesses` names the fields that were guessed; `left_out` counts lines by reason, `examples`
    has every such line; `doubtful` are the pages recognised with a confidence below 0.8.
    """

    name: str
    title: str
    years: tuple[int, ...]
    organisation: str | None
    guesses: frozenset[str]
    sections: int
    paragraphs: int
    passages: int
    reading: ParseDetails
    left_out: tuple[tuple[Reason, int], ...]
    examples: tuple[LeftOut, ...]

    @property
    def doubtful(self) -> tuple[Recognised, ...]:
        """The pages that were recognised badly."""
        return tuple(x for x in self.reading.recognised if x.confidence < _DOUBTFUL)


def account(report: Report) -> ReadingReport:
    """Return the reading report of `report`."""
    counts = Counter(entry.reason for entry in report.left_out)
    return ReadingReport(
        name=report.name,
        title=report.title,
        years=report.years,
        organisation=report.organisation,
        guesses=report.guesses,
        sections=sum(1 for _ in report.walk()),
        paragraphs=len(report.paragraphs),
        passages=len(passages(report)),
        reading=report.reading,
        left_out=tuple(sorted(counts.items())),
        examples=report.left_out,
    )
