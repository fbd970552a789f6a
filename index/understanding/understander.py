"""The steps from what was typed to a `Question`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from index.lexical.folding import fold
from index.lexical.vocabulary import Vocabulary
from index.store.store import IndexedReport, Scope
from index.understanding.about_bot import about_bot
from index.understanding.asked_sections import asked_sections
from index.understanding.conversation import Turn
from index.understanding.dates.mentions import Calendar
from index.understanding.dates.resolve_years import time_of
from index.understanding.extremes import extreme_asked, how_much
from index.understanding.followups import continued, continues
from index.understanding.kinds import (
    compares,
    facet_of,
    items_of,
    kind_of,
    ordinal_of,
    part_of,
    without_comparing,
)
from index.understanding.quantities.expected import ExpectedType, asks_for_another, wanted
from index.understanding.quantities.parse_quantities import quantities
from index.understanding.question import Change, Origin, Question, QuestionKind, Time, Why
from index.understanding.report_choice import ReportChoice, named_reports
from index.understanding.schools import unknown_school
from index.understanding.splitting import pasted
from index.understanding.topics import topic_of
from index.understanding.words.aliases import Aliases, also
from index.understanding.words.courtesies import courteous
from index.understanding.words.english import in_chinese, is_english, translated
from index.understanding.words.everyday_words import report_words
from index.understanding.words.spelling import Speller
from index.understanding.words.written_forms import other_forms

_CONTEXT = 200
"""Characters of a pasted paragraph that are searched with the question behind it."""

_LOOKED_AT, _LONGEST = 4000, 400
"""Characters of a message in which the question is looked for, and of the longest question."""


@dataclass(frozen=True, slots=True)
class Asker:
    """The asker's own restrictions: they come before what the words say."""

    years: tuple[int, ...] = ()
    report: str | None = None


_OF_ITEMS = frozenset({QuestionKind.LIST, QuestionKind.COUNT, QuestionKind.SUMMARY})
"""What is answered by several things, whatever the type of each."""


class Understander:
    """Understands questions about one set of reports; immutable, safe to share."""

    def __init__(
        self,
        entries: Sequence[IndexedReport],
        today: int | None = None,
        aliases: Aliases | None = None,
        vocabulary: Vocabulary | None = None,
    ) -> None:
        """Understand questions about `entries`; `today` is the year of the clock.

        Slips are corrected by the `vocabulary` of the reports; without one they are not.
        """
        self._vocabulary = vocabulary
        self._speller = Speller(vocabulary) if vocabulary is not None else None
        self._aliases = aliases or Aliases.of()
        self._entries = tuple(entries)
        self._choice = ReportChoice.of(entries, today or datetime.now(UTC).year)

    @property
    def choice(self) -> ReportChoice:
        """The reports, as questions see them."""
        return self._choice

    def understand(
        self, text: str, asker: Asker = Asker(), previous: Turn | None = None
    ) -> Question:
        """Return what `text` asks for, as it continues the turn before or not."""
        question = self._alone(text, asker, previous)
        if previous is None or not continues(question):
            return self._other_words(question)
        return self.continuation(question, previous)

    def continuation(self, question: Question, previous: Turn) -> Question:
        """Return `question`, understood by itself, as one that continues the turn before."""
        question = self._other_words(continued(question, previous))
        place = question.carried.place if question.carried is not None else None
        reports = question.reports or ((place.report,) if place is not None else ())
        return replace(question, scope=self._scope(question.time, reports))

    def _alone(self, text: str, asker: Asker, previous: Turn | None) -> Question:
        """Return what `text` asks for by itself; a turn before only says what 上一年 means."""
        context, clean = self._clean(text)
        asked = translated(clean) or clean
        time, words = time_of(asked, self._calendar(previous))
        named, words = named_reports(words, self._entries, self._choice.schools)
        words, slips = self._speller.corrected(words) if self._speller else (words, ())
        corrected = _corrected(asked, slips)
        if asker.years:
            time = Time(asker.years, Origin.ASKER, each_year=len(asker.years) > 1)
        time = replace(
            time,
            each_year=len(time.years) > 1
            and (time.each_year or compares(corrected) or extreme_asked(clean) is not None),
        )
        compared = len(asker.years) > 1
        kind = QuestionKind.COMPARISON if compared else kind_of(corrected, each_year=time.each_year)
        reports = (asker.report,) if asker.report is not None else named
        search = (words if self._choice.annual else corrected).strip() or corrected
        if kind is QuestionKind.COMPARISON:
            words = search = without_comparing(search)
        return Question(
            typed=text,
            clean=clean,
            corrected=corrected,
            searched=" ".join(filter(None, (search, context))),
            context=context,
            scope=self._scope(time, reports),
            time=time,
            kind=kind,
            words=words,
            topic=search,
            facet=facet_of(words),
            ordinal=ordinal_of(words),
            part=part_of(corrected) if kind is QuestionKind.SUMMARY else None,
            items=items_of(words),
            wanted=None if kind in _OF_ITEMS else wanted(words),
            reports=reports,
            unknown_organisation=self._unknown(corrected) if not reports else None,
            topic_words=topic_of(words),
            about_bot=about_bot(clean),
            asks_for=asked_sections(corrected),
            changes=slips if asked == clean else (Change(clean, asked, Why.ENGLISH), *slips),
            amounts=tuple(
                said
                for said in quantities(words)
                if said.tells and not asks_for_another(words, said.quantity)
            ),
        )

    def _clean(self, text: str) -> tuple[str, str]:
        """Return the end of the text pasted before the question, and the question; both folded."""
        text = _ends(text, _LOOKED_AT)
        context, bare = pasted(courteous(text, self._known))
        bare = fold(_ends(courteous(bare, self._known) or text, _LONGEST))
        return fold(context)[-_CONTEXT:], " ".join(bare.split())

    def _known(self, pair: str) -> bool:
        """Whether the reports have two characters together; without a vocabulary, they may."""
        return self._vocabulary is None or self._vocabulary.count(pair) > 0

    def _unknown(self, text: str) -> str | None:
        """Return the school that folded `text` names though surely no report tells of it."""
        if self._vocabulary is None or len(self._choice.schools) < len(self._entries) / 2:
            return None
        return unknown_school(text, self._choice.schools, self._stands)

    def _stands(self, word: str) -> bool:
        return self._vocabulary is not None and self._vocabulary.count(word) > 0

    def _other_words(self, question: Question) -> Question:
        """Return `question` with what to search beside its words."""
        said = question.searched if question.depends else question.topic
        english = said if is_english(said) else question.clean
        words = (*self._aliases.changes(said), *other_forms(said), *in_chinese(english))
        return replace(
            question,
            also=also(words),
            report_words=report_words(said),
            changes=(*question.changes, *words),
        )

    def narrowed(self, question: Question, year: int, unit: str = "") -> Question:
        """Return `question` as it is asked about one of its years, which it then names.

        `unit` is what the figures are counted in that are wanted; see `how_much`.
        """
        time = replace(question.time, years=(year,), each_year=False)
        scope = self._scope(time, question.reports)
        narrowed = replace(question, time=time, scope=scope, corrected=_named(question, year))
        if extreme_asked(question.clean) is None:
            return narrowed
        return replace(
            narrowed,
            corrected=how_much(narrowed.corrected, unit),
            searched=how_much(question.searched, unit),
            wanted=question.wanted or ExpectedType.NUMBER,
        )

    def _calendar(self, previous: Turn | None) -> Calendar:
        talk = previous.year if previous is not None else None
        return replace(self._choice.calendar, talk=talk)

    def _scope(self, time: Time, reports: Sequence[str]) -> Scope:
        scope = self._choice.scope(time)
        if not reports:
            return scope
        names = frozenset(reports)
        return Scope(reports=names if scope.reports is None else names & scope.reports)


def _named(question: Question, year: int) -> str:
    """Return the question with its one year before its words, in place of those for several."""
    return f"{year}年{question.words}" if question.time.words else question.corrected


def _corrected(text: str, slips: Sequence[Change]) -> str:
    for slip in slips:
        text = text.replace(slip.words, slip.into)
    return text


def _ends(text: str, most: int) -> str:
    """Return `text`, or where it is longer than `most` characters, its beginning and its end."""
    return text if len(text) <= most else f"{text[: most // 2]} {text[-most // 2 :]}"
