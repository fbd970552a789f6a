"""Years side by side on a terminal, and one line a year where one sentence answers."""

from __future__ import annotations

from collections.abc import Sequence

from bot.messages import Messages
from bot.wording.citations import citation
from bot.wording.notes import ONLY
from bot.wording.years import years
from corpus.text.lines import display_width
from corpus.text.sentences import sentences
from index.answering.answer import Side
from index.understanding.question import QuestionKind

_WIDE = 72
_GAP = "  │  "


def render_sides(sides: Sequence[Side], kind: QuestionKind, m: Messages, width: int) -> list[str]:
    """Return the lines of years side by side, for `width` columns.

    A fact takes a line a year with its citation. A comparison shows whole passages: in columns
    where two fit beside each other, else one below the other.
    """
    if kind is not QuestionKind.COMPARISON:
        return [line for side in sides for line in _line(side, m)]
    blocks = [_block(side, m) for side in sides]
    marked = any(side.only for side in sides)
    legend = ["", m.understanding.only_here] if marked else []
    if width < _WIDE or len(blocks) != 2:
        lines = [line for block in blocks for line in (*block, "")]
        return [*lines[:-1], *legend]
    return [*_columns(blocks[0], blocks[1], (width - len(_GAP)) // 2), *legend]


def _line(side: Side, m: Messages) -> list[str]:
    year = years([side.year], m)
    if not side.found:
        return [f"{year}：{_gap(side, m)}"]
    first = side.found[0]
    return [f"{year}：{' '.join(first.words.split())}", f"  {citation(first.passage, m)}"]


def _block(side: Side, m: Messages) -> list[str]:
    year = years([side.year], m)
    if not side.found:
        return [year, _gap(side, m)]
    passage = side.found[0].passage
    said = []
    for start, end in sentences(passage.text):
        mark = ONLY if (start, end) in side.only else ""
        said.append(mark + " ".join(passage.text[start:end].split()))
    return [year, *said, citation(passage, m)]


def _gap(side: Side, m: Messages) -> str:
    words = m.understanding
    return words.side_silent if side.reported else words.side_unreported


def _columns(left: Sequence[str], right: Sequence[str], width: int) -> list[str]:
    one = [piece for line in left for piece in wrapped(line, width)]
    other = [piece for line in right for piece in wrapped(line, width)]
    height = max(len(one), len(other))
    one += [""] * (height - len(one))
    other += [""] * (height - len(other))
    return [
        f"{a}{' ' * (width - display_width(a))}{_GAP}{b}".rstrip()
        for a, b in zip(one, other, strict=True)
    ]


def wrapped(line: str, width: int) -> list[str]:
    """Return `line` in pieces of at most `width` columns; wide characters take two."""
    pieces, piece, used = [], "", 0
    for character in line:
        columns = display_width(character)
        if piece and used + columns > width:
            pieces.append(piece)
            piece, used = "", 0
        piece += character
        used += columns
    return [*pieces, piece]
