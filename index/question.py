"""What a question asks for: the words to search, and the reports that may answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.numerals import number
from index.folding import fold
from index.store import Entry, Scope

_YEAR = re.compile(
    r"(?<![\d.])(?P<year>(?:19|20)\d{2}|[一二][九〇○零o][〇○零o一二三四五六七八九]{2})\s*(?:学年|年度|年)"
    r"(?:的)?(?:政府)?(?:工作)?(?:报告|总结)?(?:里|中|关于|对)?"
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question, understood.

    `text` is what was asked, `search` the folded words to look for: the year and the name of
    the report left out, for they choose reports and not passages. `years` are those it names.
    """

    text: str
    search: str
    scope: Scope
    years: tuple[int, ...] = ()


def understand(
    text: str,
    entries: Sequence[Entry],
    years: frozenset[int] | None = None,
    report: str | None = None,
) -> Question:
    """Return what `text` asks for, over the reports `entries`.

    `years` and `report` are the asker's own restrictions, and come before what the words say.
    """
    folded = fold(text)
    named = tuple(
        dict.fromkeys(y for m in _YEAR.finditer(folded) if (y := number(m["year"])) is not None)
    )
    chosen = years if years is not None else frozenset(named) or None
    search = _YEAR.sub("", folded).strip() if named else folded
    reports = frozenset({report}) if report is not None else None
    return Question(text, search or folded, Scope(chosen, reports), named)
