"""Which reports a question is about: by their years, and by their names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from index.lexical.folding import fold
from index.store.store import IndexedReport, Scope
from index.understanding.dates.mentions import Calendar
from index.understanding.dates.named_years import LONE_YEAR
from index.understanding.dates.resolve_years import time_of
from index.understanding.question import Time
from index.understanding.schools import (
    SchoolName,
    named_school,
    organisation_of,
    schools_of,
    without_schools,
)

_GENRE = re.compile(
    r"总结|報告|报告|總結|述职|述職|计划|計劃|要点|要點|汇报|匯報|方案|简章|簡章|制度|通知|办法|辦法|规定|規定|细则|細則"
    r"|纪要|紀要|公告|通报|通報|须知|須知|手册|手冊|条例|條例|章程|预案|預案|纪实|紀實|回顾|回顧|小结|小結|意见|意見|安排"
)
_TITLED = re.compile(r"《(?P<title>[^》]{2,60})》")
_ANNUAL_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class ReportChoice:
    """The reports there are, as questions see them.

    `annual` says that the library is one of dated reports, so that a year in a question
    chooses among them; in any other library a year is a word like any other.
    """

    entries: tuple[IndexedReport, ...]
    annual: bool
    calendar: Calendar
    schools: Mapping[str, SchoolName] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Sequence[IndexedReport], today: int | None = None) -> ReportChoice:
        """Return the choice among the reports `entries`."""
        dated = [entry for entry in entries if is_dated(entry)]
        years = frozenset(year for entry in dated for year in entry.years)
        firsts = [entry.years[0] for entry in dated]
        annual = bool(dated) and len(dated) >= _ANNUAL_SHARE * len(entries)
        newest = max(firsts) if annual else None
        return cls(tuple(entries), annual, Calendar(newest, years, today), schools_of(entries))

    def scope(self, time: Time) -> Scope:
        """Return which reports may answer a question about the years of `time`.

        In a library of dated reports, those of the years, and those that say no year; so there
        may be none at all. Elsewhere, all but the dated ones of other years.
        """
        if not time.years:
            return Scope()
        if self.annual:
            names = frozenset(e.name for e in self._of_years(time))
            return Scope(reports=names | self.undated())
        excluded = {
            e.name
            for e in self.entries
            if is_dated(e) and not set(time.years).intersection(e.years)
        }
        if not excluded:
            return Scope()
        return Scope(reports=frozenset(e.name for e in self.entries) - excluded)

    def _of_years(self, time: Time) -> list[IndexedReport]:
        wanted = set(time.years)
        found = [e for e in self.entries if is_dated(e) and wanted.intersection(e.years)]
        return _whole(found, time)

    def find(self, text: str) -> tuple[IndexedReport, ...]:
        """Return the reports that are asked for by `text` alone: 2021, 去年, a part of a title.

        Years choose among all reports that say them, and words beside the years among those.
        """
        folded = fold(text).strip()
        bare = folded.removesuffix("年").isdecimal()
        if not bare and folded and (titled := _titled(folded, self.entries)):
            return titled
        time, words = time_of(LONE_YEAR.sub(r"\g<0>年", folded), self.calendar)
        if bare and not time.years:
            return ()
        of_years = [e for e in self.entries if set(time.years).intersection(e.years)]
        among = tuple(_whole(of_years, time)) if time.years else self.entries
        names, rest = named_reports(words, among)
        named = tuple(e for e in among if e.name in names) or (rest and _titled(rest, among))
        return named or (among if time.years else ())

    def undated(self) -> frozenset[str]:
        """Return the names of the reports that say no year."""
        return frozenset(entry.name for entry in self.entries if not is_dated(entry))

    def ending(self, year: int) -> frozenset[str]:
        """Return the names of the reports whose last year is `year`."""
        return frozenset(e.name for e in self.entries if is_dated(e) and e.years[-1] == year)

    def of_other_years(self, years: Sequence[int]) -> frozenset[str]:
        """Return the names of the reports that say their years, and none of `years`."""
        wanted = set(years)
        return frozenset(
            e.name for e in self.entries if wanted and e.years and not wanted.intersection(e.years)
        )

    def years_of(self, names: Sequence[str]) -> frozenset[int]:
        """Return the years of the reports of these names."""
        return frozenset(y for e in self.entries if e.name in names for y in e.years[:1])

    @property
    def reported(self) -> frozenset[int]:
        """The years there are reports of; none in a library that is not one of dated reports."""
        return self.calendar.years if self.annual else frozenset()


def is_dated(entry: IndexedReport) -> bool:
    """Whether the year of a report can be relied on.

    A year that was guessed from the opening sentences counts only where the title says that
    it is a work report at all: every encyclopedia article begins with some year.
    """
    return bool(entry.years) and (
        "year" not in entry.guesses or _GENRE.search(entry.title) is not None
    )


def _titled(words: str, entries: Iterable[IndexedReport]) -> tuple[IndexedReport, ...]:
    """Return the reports whose title or name holds folded `words`."""
    return tuple(e for e in entries if words in fold(e.title) or words in fold(e.name))


def _whole(entries: list[IndexedReport], time: Time) -> list[IndexedReport]:
    """Return of the reports of a school year those of just that one, where there are any."""
    if not time.school:
        return entries
    return [e for e in entries if len(e.years) > 1 and _same_school_year(e, time)] or entries


def _same_school_year(entry: IndexedReport, time: Time) -> bool:
    return entry.years[: len(time.years)] == time.years


def named_reports(
    text: str,
    entries: Sequence[IndexedReport],
    schools: Mapping[str, SchoolName] | None = None,
) -> tuple[tuple[str, ...], str]:
    """Return the names of the reports that folded `text` names, and the text without that.

    A report is named in 《》 by a part of its title or file name, or by the organisation it
    comes from. What names every report chooses none, but is left out of the text all the same.
    `schools` are those of `schools_of(entries)`, where they are at hand.
    """
    for match in _TITLED.finditer(text):
        wanted = match["title"]
        if not _GENRE.search(wanted):
            continue
        names = [e.name for e in entries if wanted in fold(e.title) or wanted in fold(e.name)]
        if names:
            rest = text[: match.start()] + " " + text[match.end() :]
            return tuple(names), " ".join(rest.split())
    return _by_organisation(text, entries, schools_of(entries) if schools is None else schools)


def _by_organisation(
    text: str, entries: Sequence[IndexedReport], schools: Mapping[str, SchoolName]
) -> tuple[tuple[str, ...], str]:
    """Return the reports of the organisation that folded `text` names, and the text without it.

    Only reports that are known to come from another are left out.
    """
    named = named_school(text, schools)
    if named is not None:
        school, own = named
        others = frozenset(schools) - own
        names = tuple(e.name for e in entries if e.name not in others) if others else ()
        rest = f"{text[: school.start]} {text[school.end :]}"
        return names, " ".join(rest.split())
    bare = without_schools(text)
    of = {e.name: fold(organisation_of(e) or "") for e in entries}
    shared = {
        name: "" if name in schools else _shared(bare, organisation)
        for name, organisation in of.items()
    }
    best = max(shared.values(), key=len, default="")
    if not best:
        return (), text
    names = tuple(
        name for name, organisation in of.items() if shared[name] == best or not organisation
    )
    rest = " ".join(text.replace(best, " ", 1).split())
    return (names if len(names) < len(entries) else ()), rest


_PLAIN = re.compile(
    r"第[一二三四五六七八九十]+|中共|中学|小学|学校|教育|总支部?|支部|委员会|党委|[市县区局处]"
)


def _shared(text: str, organisation: str) -> str:
    """Return the longest run, of 3 characters or more, that names the organisation in `text`.

    It must hold two characters more than the words that any organisation has.
    """
    for length in range(len(organisation), 2, -1):
        for start in range(len(organisation) - length + 1):
            run = organisation[start : start + length]
            if run in text and len(_PLAIN.sub("", run)) >= 2:
                return run
    return ""
