"""A question, understood: everything that was made of it, as one value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from corpus.report import SectionType
from index.store.store import Scope
from index.understanding.about_bot import AboutBot
from index.understanding.quantities.expected import ExpectedType
from index.understanding.quantities.parse_quantities import QuantityMention, quantities

_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+(?![\d,])|\d+(?:\.\d+)?")

_YEARS_OWN_PLAN = re.compile(
    r"下一?步|接下来|今后|往后|以后|努力方向|提出|[报總总][告结]|^[底末]|下一?年|明年"
)
"""What a question says of a year that asks what its report plans for later years."""


def figures(text: str) -> frozenset[str]:
    """Return the numbers of folded `text` in digits: as they stand, and what quantities come to."""
    amounts = (f"{said.quantity.value.normalize():f}" for said in quantities(text))
    return frozenset((*(found.replace(",", "") for found in _FIGURE.findall(text)), *amounts))


class QuestionKind(StrEnum):
    """What kind of answer is asked for."""

    FACT = "fact"
    LIST = "list"
    COUNT = "count"
    SUMMARY = "summary"
    COMPARISON = "comparison"
    REASON = "reason"
    YES_NO = "yes_no"
    TOPIC = "topic"


class Origin(StrEnum):
    """How the years of a question were got."""

    NONE = "none"
    ASKER = "asker"
    NAMED = "named"
    RELATIVE = "relative"
    FROM_TALK = "from_talk"
    PERIOD = "period"
    CARRIED = "carried"


class Why(StrEnum):
    """Why words of a question were changed, or others were searched beside them."""

    ALIAS = "alias"
    SOUND = "sound"
    SHAPE = "shape"
    NUMERAL = "numeral"
    UNIT = "unit"
    ENGLISH = "english"


class Facet(StrEnum):
    """What a follow-up wants of the topic it continues."""

    PLAN = "plan"
    CAUSE = "cause"
    EFFECT = "effect"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class Time:
    """The years a question is about.

    `words` are those of the question that say so, "" where they were carried over or are the
    asker's. `of_report`: a report is asked for by its year (2003年报告), so that no other
    report may answer, even one that speaks of that year. `each_year`: each year is to be answered
    by itself. `school`: the years are those of one school year. `against` is the year that what is
    asked is measured against (比上一年少多少): its figure is wanted too where no report compares.
    """

    years: tuple[int, ...] = ()
    origin: Origin = Origin.NONE
    words: tuple[str, ...] = ()
    of_report: bool = False
    each_year: bool = False
    school: bool = False
    against: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Words of the question for which others are searched, instead or too."""

    words: str
    into: str
    why: Why


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the outline of a report: a passage under its headings.

    `start` is where the passage begins in the report, `said` where in it the answer stood.
    """

    report: str
    path: tuple[str, ...]
    paragraph: int
    passage: str
    start: int
    said: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Carried:
    """What a question takes over from the turn before.

    `topic` are the words that are searched along with its own, `quoted` those that answered
    before, `place` where they stood; None where another year is asked for.
    """

    topic: str
    quoted: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question, understood.

    Its texts, each made in one place (`index.understanding.understander`):

    - `typed` is what was asked, as it was typed.
    - `clean` is that, folded, without courtesies and without a text pasted before it.
    - `corrected` is `clean` with its slips put right, in Chinese where it was English.
    - `words` are those of `corrected` without years and names of reports: these choose reports and
      not passages.
    - `topic` are those that a question after it would carry over.
    - `searched` is what is looked for: `words`, with what stands before it or was asked before.

    `context` is the folded text pasted before it, "" where there is none. `also` are other
    words for `searched`, looked for in the lexical index only; `report_words` are those that
    reports may have for everyday ones, and count less there. `ordinal` is the item asked for
    (第二个问题), −1 for the last; `part` the part of the outline (总结一下第三部分); `items`
    the number of items the question says there are (哪四项), None where it does not say.
    `wanted`: the type of thing that answers it, where that shows (多少钱: money). `amounts`
    are the quantities in its own words that tell what it is about, not those it asks for.
    `asks_for` are the types of section that answer it, none where any may. `unknown_organisation`
    is a school that it names, in its words, where surely no report is from it or tells of it.
    `topic_words` are those of the topic that it asks all about (德育方面做了什么), "" where it asks
    for a fact. `about_bot`: it asks the program about itself, and no report.
    """

    typed: str
    searched: str
    scope: Scope
    time: Time = Time()
    kind: QuestionKind = QuestionKind.FACT
    also: tuple[str, ...] = ()
    report_words: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    carried: Carried | None = None
    facet: Facet | None = None
    ordinal: int | None = None
    part: int | None = None
    items: int | None = None
    reports: tuple[str, ...] = ()
    clean: str = ""
    corrected: str = ""
    words: str = ""
    topic: str = ""
    context: str = ""
    wanted: ExpectedType | None = None
    amounts: tuple[QuantityMention, ...] = ()
    asks_for: frozenset[SectionType] = frozenset()
    unknown_organisation: str | None = None
    topic_words: str = ""
    about_bot: AboutBot | None = None

    @property
    def years(self) -> tuple[int, ...]:
        """The years it is about, () where it names none."""
        return self.time.years

    @property
    def depends(self) -> bool:
        """Whether it was understood as a continuation of the turn before."""
        return self.carried is not None

    @property
    def alone(self) -> str:
        """The question as a reader is asked it: so that it stands alone, with the years it names.

        A follow-up, or what a pasted text is asked about, stands alone only in what is searched.
        """
        return self.searched if self.depends or self.context else self.corrected

    @property
    def beside(self) -> tuple[str, ...]:
        """Other words for its own, for a reader to know again in what it reads."""
        return (*self.also, *self.report_words)

    @property
    def figures(self) -> frozenset[str]:
        """The numbers in its words, in digits, in every form they are searched in."""
        return figures(" ".join((self.searched, *self.also)))

    @property
    def wants_items(self) -> bool:
        """Whether an enumeration answers it, or one item of one."""
        return self.kind in {QuestionKind.LIST, QuestionKind.COUNT} or self.ordinal is not None

    @property
    def plans_for_year(self) -> bool:
        """Whether it asks what is planned for its one year, rather than what the year planned."""
        return (
            SectionType.PLANS in self.asks_for
            and len(self.years) == 1
            and not self.time.of_report
            and self.time.origin in {Origin.NAMED, Origin.RELATIVE}
            and _YEARS_OWN_PLAN.search(self.words) is None
        )
