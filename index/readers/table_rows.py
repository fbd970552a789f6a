"""Rows of tables as they are read (活动：读书节；参加人数：620): which cell a question asks for.

A row names what it is about and what each cell is, so the cell can be looked up; a reader of
sentences takes one row for another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.report import Passage

_FIELD = re.compile(r"(?P<name>[^：；]{1,40})：(?P<value>[^；]*)|(?P<bare>[^：；]+)")
_UNIT = re.compile(r"[（(][^）)]*[）)]")
_FIGURE = re.compile(r"[\d\s.,%％/:\-—–]*")
_NOISE = re.compile(r"[\s，。、？?！!：:；;“”\"'（）()《》]")
_WHO, _HOW_MANY = re.compile("谁|哪位|何人"), re.compile("多少|几")
_LEAST_SHARE = 0.6
_SHORTEST_KEY = 2
_SHORTEST_ALONE = 4
_LONGEST_ROW = 400
_LONGEST_CELL = 60
"""Letters of a cell; what is longer is prose, and the reader finds the words in it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that a question asks for: [start, end) of its row and of its words in the passage.

    `strength` orders cells: how many letters of the question name its row, and its column.
    """

    row: tuple[int, int]
    words: tuple[int, int]
    strength: float


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    value: str
    start: int
    end: int


def cells_asked(question: str, passages: Sequence[Passage]) -> dict[int, Cell]:
    """Return the cell that `question` asks for in each of `passages` that has it, by place.

    Only those that are named best are returned, and none where two cells of a row are named
    alike: the reader decides then.
    """
    found = {
        i: cell
        for i, passage in enumerate(passages)
        if (cell := cell_asked(question, passage.text)) is not None
    }
    best = max((cell.strength for cell in found.values()), default=0.0)
    return {i: cell for i, cell in found.items() if cell.strength == best}


def cell_asked(question: str, text: str) -> Cell | None:
    """Return the cell of a row in `text` that `question` asks for, None where none is."""
    asked = _NOISE.sub("", question).lower()
    found = []
    at = 0
    for line in text.split("\n"):
        cell = _in_row(asked, line) if "：" in line and len(line) <= _LONGEST_ROW else None
        if cell is not None:
            strength, start, end = cell
            found.append(Cell((at, at + len(line)), (at + start, at + end), strength))
        at += len(line) + 1
    best = max((cell.strength for cell in found), default=0.0)
    first = [cell for cell in found if cell.strength == best]
    return first[0] if len(first) == 1 else None


def _in_row(asked: str, line: str) -> tuple[float, int, int] | None:
    """Return how well a row fits, and where the words of its cell stand in it."""
    fields = _fields(line)
    keys = [field for field in fields if _is_key(field, asked)]
    rest = asked
    for key in keys:
        rest = rest.replace(_NOISE.sub("", key.value).lower(), "")
    rated = [(_named(field, rest), field) for field in fields if field not in keys and field.name]
    best = max((share for share, _ in rated), default=0.0)
    chosen = [field for share, field in rated if share == best]
    alone = not keys
    if best < (1.0 if alone else _LEAST_SHARE) or len(chosen) != 1 or not chosen[0].value:
        return None
    field = chosen[0]
    if len(field.value) > _LONGEST_CELL or "。" in field.value[:-1]:
        return None
    if alone and (len(fields) > 1 or len(_bare(field.name)) < _SHORTEST_ALONE):
        return None
    return sum(len(key.value) for key in keys) + best, field.start, field.end


def _fields(line: str) -> list[_Field]:
    fields = []
    for match in _FIELD.finditer(line):
        if match["bare"] is not None:
            fields.append(_Field("", match["bare"].strip(), *match.span("bare")))
        else:
            fields.append(_Field(match["name"], match["value"].strip(), *match.span("value")))
    return fields


def _is_key(field: _Field, asked: str) -> bool:
    """Whether the question names the row by this cell."""
    value = _NOISE.sub("", field.value).lower()
    return len(value) >= _SHORTEST_KEY and value in asked and not _FIGURE.fullmatch(value)


def _named(field: _Field, rest: str) -> float:
    """Return how much of the name of a column the question says, 0 to 1, the least of its parts."""
    shares = [_share(part, rest) for part in _bare(field.name).split("·") if part]
    share = min(shares, default=0.0)
    figure = _FIGURE.fullmatch(field.value) is not None
    if _WHO.search(rest) and figure:
        return 0.0
    return share if not _HOW_MANY.search(rest) or field.value[:1].isdigit() else share / 2


def _share(part: str, rest: str) -> float:
    return 1.0 if part.lower() in rest else sum(letter in rest for letter in part) / len(part)


def _bare(name: str) -> str:
    return _NOISE.sub("", _UNIT.sub("", name))
