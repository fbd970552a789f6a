"""Runs of characters that say years, and what relative ones count from."""

from __future__ import annotations

from dataclasses import dataclass, field

from index.understanding.question import Origin


@dataclass(frozen=True, slots=True)
class Calendar:
    """What relative years count from.

    `newest` is the newest year there is a report of, None where there is none that is dated;
    `years` are those of the reports; `today` is the year of the clock; `talk` the year that is
    being talked about, if there is one.
    """

    newest: int | None
    years: frozenset[int] = frozenset()
    today: int | None = None
    talk: int | None = None

    @property
    def now(self) -> int | None:
        """The year that 今年 means.

        The newest report's, for reports are written when their year is over. Only where the
        clock is just one year on can 去年 be that report's year.
        """
        if self.newest is not None and self.today == self.newest + 1:
            return self.today
        return self.newest


@dataclass(frozen=True, slots=True)
class Mention:
    """A run of characters [start, end) that says years."""

    start: int
    end: int
    years: tuple[int, ...]
    origin: Origin
    of_report: bool = False
    each_year: bool = False
    school: bool = False


@dataclass(slots=True)
class Mentions:
    """Mentions in `text` that do not overlap, in the order in which they were found."""

    text: str
    every: list[Mention] = field(default_factory=list)

    taken: bytearray = field(init=False)

    def __post_init__(self) -> None:
        """Take no character of the text yet."""
        self.taken = bytearray(len(self.text))

    def add(self, mention: Mention) -> None:
        """Keep a mention, unless one that was found before covers it."""
        if not any(self.taken[mention.start : mention.end]):
            self.every.append(mention)
            for at in range(mention.start, mention.end):
                self.taken[at] = 1
