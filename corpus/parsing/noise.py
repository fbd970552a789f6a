"""Lines that stand in the file and are not part of the report."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.parsing.margins import margins
from corpus.parsing.title_block import TitleBlock
from corpus.report import LeftOut, Reason
from corpus.text.lines import Line

_BARE_DATE = re.compile(
    r"[-–—•·*\s]*(?:19|20)\d{2}\s*(?:[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,2}|年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)"
    r"(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?\s*"
)
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:第\s*\d+\s*页(?:\s*[/,，]?\s*共?\s*\d+\s*页?)?|[-–—]\s*\d+\s*[-–—])\s*"
)
_LEADERS = re.compile(r".{2,60}?(?:[.．·•]{4,}|…{2,}|(?:[.．·•…] ){4,}|-{6,}|_{6,})\s*\d{1,3}")
_CONTENTS = re.compile(r"目\s*[录錄次]")
_IN_ONE_LINE = re.compile(r"目\s*[录錄次]\s*[：:]?\s*(?:\S+\s+){2,}\S+$")
_DATES_IN_A_LIST = 2
_OPENING = 12
_LONGEST_ENTRY = 40
_FEWEST_ENTRIES = 3
_FEWEST_PAGED = 2
_PAGED = re.compile(r"\D\s\d{1,3}$")
_MOST_ENTRIES = 60


def without_dirt(lines: Sequence[Line], front: TitleBlock) -> tuple[list[Line], list[LeftOut]]:
    """Return the lines of the report proper, and what was left out, in the order of the file.

    Left out are the front but for the title (the title is no paragraph, and is told elsewhere),
    lists of bare dates (two or more together: what a web page leaves behind; a single one is
    the date of signing), page numbers, tables of contents, and what stands around the text:
    publication lines, signatures, attachments, links.
    """
    dates = _listed_dates(lines)
    listed = contents(lines)
    around = margins([line for line in lines if line.number not in dates])
    kept: list[Line] = []
    left_out = []
    for line in lines:
        if line.number in front.titles:
            continue
        reason = None
        if line.number in front.repeated:
            reason = Reason.REPEATED_TITLE
        elif line.number in front.lines:
            reason = Reason.COVER
        elif line.number in dates:
            reason = Reason.DATE_RESIDUE
        elif line.number in listed:
            reason = Reason.CONTENTS
        elif line.number in around:
            reason = around[line.number]
        elif _PAGE_NUMBER.fullmatch(line.text):
            reason = Reason.PAGE_FURNITURE
        if reason is None:
            kept.append(line)
        else:
            left_out.append(LeftOut(line.number, line.text, reason, line.page))
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


def contents(lines: Sequence[Line]) -> set[int]:
    """Return the numbers of the lines of a table of contents, its heading among them.

    It has leaders and page numbers, or stands in one line behind its heading, or in front of
    the text repeats the headings that come.
    """
    found = {line.number for line in lines if _LEADERS.fullmatch(line.text)}
    if found:
        found |= {line.number for line in lines if _CONTENTS.fullmatch(line.text)}
    found |= {line.number for line in lines[:_OPENING] if _IN_ONE_LINE.match(line.text)}
    return found or _listed_headings([line for line in lines if line.text])


def _listed_headings(lines: Sequence[Line]) -> set[int]:
    """Return the numbers of the first lines that say again what heads the text below."""
    keys = [_key(line.text) for line in lines]
    started = next((i for i, key in enumerate(keys) if _CONTENTS.fullmatch(key)), None)
    run: list[int] = []
    for i, key in enumerate(keys):
        if len(key) > _LONGEST_ENTRY or key.endswith("。") or len(run) > _MOST_ENTRIES:
            break
        if started is not None and i < started:
            continue
        if i == started or any(later.startswith(key) for later in keys[i + 1 :]):
            run.append(lines[i].number)
        elif run:
            break
    entries = [line.text for line in lines if line.number in run]
    paged = all(_PAGED.search(text) for text in entries if not _CONTENTS.fullmatch(_key(text)))
    fewest = _FEWEST_PAGED if paged else _FEWEST_ENTRIES
    return set(run) if len(run) >= fewest else set()


def _key(text: str) -> str:
    return re.sub(r"\s", "", re.sub(r"\s\d{1,3}$", "", text))
