"""What stands before the text of a report: letterhead, cover, title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.text.lines import Line
from corpus.text.numbering import marker

_GENRE = re.compile(
    r"(?:总结|總結|报告|報告|述职|计划|計劃|要点|要點|汇报|匯報|方案)(?:[（(].{0,20}[）)])?$"
)
_NOTICE = re.compile(r"[关關][于於].{0,30}?《(?P<title>[^《》]{4,50})》.{0,10}通知")
_LETTERHEAD = re.compile(
    r".*文件|.*[〔\[【(（]\s*(?:19|20)\d{2}\s*[〕\]】)）]\s*\d+\s*[号號]|.*密级.*|.*签发.*"
)
_ROW = re.compile(r"[^：；]{1,24}：[^；]*；|[^：；]{1,24}；[^：；]{1,24}：")
"""How a row of a table begins, which is told with the heads of its columns."""

_COMMA = re.compile("[，,；;]")
_ENDS_TEXT = tuple("。！？；：!?;:，,、")
_LONGEST_TITLE = 60
_LONGEST_WITH_COMMA = 24
_LONGEST_OPENING = 12
_MOST_LINES = 3


@dataclass(frozen=True, slots=True)
class TitleBlock:
    """The front of a report: its title, None where it has none, and the numbers of its lines.

    `lines` are all that stand there; `titles` those that say the title for the first time,
    `repeated` those that say it again.
    """

    title: str | None = None
    lines: frozenset[int] = field(default_factory=frozenset)
    titles: frozenset[int] = field(default_factory=frozenset)
    repeated: frozenset[int] = field(default_factory=frozenset)


def front(lines: Sequence[Line]) -> TitleBlock:
    """Return the front of a report of `lines`.

    It reaches to the last line that says the title before the text begins: before a number, a
    long line, or one that ends a sentence. A title may stand on several lines.
    """
    opening = _opening(lines)
    found = _title(opening)
    if found is None:
        return TitleBlock()
    title, first, last = found
    titles = {line.number for line in opening[first : last + 1]}
    repeated: set[int] = set()
    end = last
    for start in range(last + 1, len(opening)):
        window = _says(opening, start, title)
        if window:
            repeated.update(line.number for line in opening[start : start + window])
            end = start + window - 1
    everything = {line.number for line in opening[: end + 1]}
    return TitleBlock(title, frozenset(everything), frozenset(titles), frozenset(repeated))


def _opening(lines: Sequence[Line]) -> list[Line]:
    opening: list[Line] = []
    for line in lines:
        if not line.text:
            continue
        if len(opening) == _LONGEST_OPENING or not _titular(line.text):
            break
        opening.append(line)
    return opening


def _title(opening: Sequence[Line]) -> tuple[str, int, int] | None:
    """Return the title and the positions of its first and last line."""
    if not opening:
        return None
    marked = [i for i, line in enumerate(opening) if line.level == 0]
    if marked:
        last = marked[0]
        while last + 1 in marked and last - marked[0] + 1 < _MOST_LINES:
            last += 1
        return _joined(opening, marked[0], last), marked[0], last
    for i, line in enumerate(opening):
        notice = _NOTICE.search(line.text)
        if notice:
            return notice["title"], i, i
        if _GENRE.search(line.text):
            first = _first(opening, i)
            return _joined(opening, first, i), first, i
    return (opening[0].text, 0, 0)


def _first(opening: Sequence[Line], last: int) -> int:
    """Return where a title begins that ends with the line at `last`."""
    first = last
    while (
        first > 0
        and last - first + 1 < _MOST_LINES
        and not _LETTERHEAD.fullmatch(opening[first - 1].text)
        and not _GENRE.search(opening[first - 1].text)
        and len(_joined(opening, first - 1, last)) <= _LONGEST_TITLE
    ):
        first -= 1
    return first


def _joined(lines: Sequence[Line], first: int, last: int) -> str:
    return "".join(line.text for line in lines[first : last + 1])


def _says(opening: Sequence[Line], start: int, title: str) -> int:
    """Return how many lines from `start` say the title, 0 where they do not."""
    for window in range(1, _MOST_LINES + 1):
        if start + window <= len(opening):
            text = _joined(opening, start, start + window - 1)
            if _bare(text) == _bare(title):
                return window
    return 0


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _titular(text: str) -> bool:
    if len(text) > _LONGEST_TITLE or text.endswith(_ENDS_TEXT) or marker(text) is not None:
        return False
    if _ROW.match(text):
        return False
    return len(text) <= _LONGEST_WITH_COMMA or not _COMMA.search(text)
