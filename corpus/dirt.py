"""Lines that stand in the file and are not part of the report."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.layout import Line
from corpus.report import LeftOut, Reason

_BARE_DATE = re.compile(
    r"[-–—•·*\s]*(?:19|20)\d{2}\s*(?:[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,2}|年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)"
    r"(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?\s*"
)
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:第\s*\d+\s*页(?:\s*[/共]\s*\d+\s*页?)?|[-–—]\s*\d+\s*[-–—])\s*"
)
_DATES_IN_A_LIST = 2


def without_dirt(lines: Sequence[Line], title: str) -> tuple[list[Line], list[LeftOut]]:
    """Return the lines of the report proper, and what was left out, in the order of the file.

    Left out are the repetitions of the title above the text, lists of bare dates (two or more
    together: what a web page leaves behind; a single one is the date of signing) and page
    numbers.
    """
    dates = _listed_dates(lines)
    kept: list[Line] = []
    left_out = []
    title_seen = False
    for line in lines:
        reason = None
        if _same(line.text, title) and not kept:
            reason = Reason.REPEATED_TITLE if title_seen else None
            title_seen = True
            if reason is None:
                continue
        elif line.number in dates:
            reason = Reason.DATE_RESIDUE
        elif _PAGE_NUMBER.fullmatch(line.text):
            reason = Reason.PAGE_FURNITURE
        if reason is None:
            kept.append(line)
        else:
            left_out.append(LeftOut(line.number, line.text, reason))
    return kept, left_out


def _listed_dates(lines: Sequence[Line]) -> set[int]:
    """Return the numbers of the lines that stand in a run of bare dates."""
    listed: set[int] = set()
    run: list[int] = []
    for line in [*lines, Line(0, "end")]:
        if _BARE_DATE.fullmatch(line.text):
            run.append(line.number)
        elif line.text:
            if len(run) >= _DATES_IN_A_LIST:
                listed.update(run)
            run = []
    return listed


def _same(a: str, b: str) -> bool:
    return re.sub(r"\s", "", a) == re.sub(r"\s", "", b)
