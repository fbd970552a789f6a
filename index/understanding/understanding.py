"""The steps from what was typed to a `Question`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from index.folding import fold
from index.store import Entry, Scope
from index.understanding.conversation import Turn
from index.understanding.kinds import compares, facet_of, items_of, kind_of, ordinal_of, part_of
from index.understanding.question import Kind, Origin, Question, Time
from index.understanding.reports import Shelf, named_reports
from index.understanding.wording import courteous, pasted
from index.understanding.years import Calendar, time_of


@dataclass(frozen=True, slots=True)
class Asker:
    """The asker's own restrictions: they come before what the words say."""

    years: tuple[int, ...] = ()
    report: str | None = None


class Understander:
    """Understands questions about one set of reports; immutable, safe to share."""

    def __init__(self, entries: Sequence[Entry], today: int | None = None) -> None:
        """Understand questions about `entries`; `today` is the year of the clock."""
        self._entries = tuple(entries)
        self._shelf = Shelf.of(entries, today or datetime.now(UTC).year)

    @property
    def shelf(self) -> Shelf:
        """The reports, as questions see them."""
        return self._shelf

    def understand(
        self, text: str, asker: Asker = Asker(), previous: Turn | None = None
    ) -> Question:
        """Return what `text` asks for, as it continues the turn before or not."""
        context, bare = pasted(courteous(text))
        folded = fold(bare) or fold(text)
        calendar = self._calendar(previous)
        time, words = time_of(folded, calendar)
        named, rest = named_reports(words, self._entries)
        search = rest if self._shelf.annual else folded
        if asker.years:
            time = Time(asker.years, Origin.ASKER, apart=len(asker.years) > 1)
        kind = kind_of(folded, years_apart=time.apart)
        time = replace(time, apart=len(time.years) > 1 and (time.apart or compares(folded)))
        reports = (asker.report,) if asker.report is not None else named
        return Question(
            text=text,
            search=" ".join(filter(None, (search.strip() or folded, fold(context)[:200]))),
            scope=self._scope(time, reports),
            time=time,
            kind=kind,
            facet=facet_of(folded),
            ordinal=ordinal_of(folded),
            part=part_of(folded) if kind is Kind.SUMMARY else None,
            items=items_of(words),
            reports=reports,
        )

    def narrowed(self, question: Question, year: int) -> Question:
        """Return `question` as it is asked about one of its years."""
        time = replace(question.time, years=(year,), apart=False)
        return replace(question, time=time, scope=self._scope(time, question.reports))

    def _calendar(self, previous: Turn | None) -> Calendar:
        talk = previous.year if previous is not None else None
        return replace(self._shelf.calendar, talk=talk)

    def _scope(self, time: Time, reports: Sequence[str]) -> Scope:
        scope = self._shelf.scope(time)
        if not reports:
            return scope
        names = frozenset(reports)
        return Scope(reports=names if scope.reports is None else names & scope.reports)
