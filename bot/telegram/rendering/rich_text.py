"""Marked text, and cutting it to what fits into a message.

Telegram counts UTF-16 code units, after the marks are taken out: a character beyond the Basic
Multilingual Plane counts twice (https://core.telegram.org/bots/api#messageentity). Here marks
are kept beside the text and never written into it, so nothing in a report can be taken for
markup; offsets count characters, and are converted on the way out.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.telegram.storage.shown_answers import ShownText

if TYPE_CHECKING:
    from telegram import MessageEntity

LONGEST = 4096
"""UTF-16 code units in a message, at most."""

BOLD = "bold"
ITALIC = "italic"
QUOTE = "blockquote"
EXPANDABLE = "expandable_blockquote"

_MOST_MARKS = 100
_BREAKS = ("\n\n", "\n", "。", "！", "？", "；", ". ", "，", " ")
_ZERO_WIDTH_JOINER = "\u200d"
_STEERING = frozenset("\r\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Mark:
    """The characters [start, end) are of this kind."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Rich:
    """A text and the marks on it."""

    text: str
    marks: tuple[Mark, ...] = ()

    def __add__(self, other: Rich | str) -> Rich:
        """Return this text followed by another."""
        return joined(self, other)

    @property
    def units(self) -> int:
        """The length in UTF-16 code units, as Telegram counts it."""
        return units(self.text)

    def part(self, start: int, end: int) -> Rich:
        """Return the characters [start, end), with what the marks leave of them."""
        marks = (
            Mark(mark.kind, max(mark.start, start) - start, min(mark.end, end) - start)
            for mark in self.marks
        )
        return Rich(self.text[start:end], tuple(mark for mark in marks if mark.start < mark.end))

    def stripped(self) -> Rich:
        """Return it without white space around it, which Telegram takes away too."""
        start = len(self.text) - len(self.text.lstrip())
        return self.part(start, max(start, len(self.text.rstrip())))


def joined(*parts: Rich | str) -> Rich:
    """Return the parts one after another; bare strings are cleaned."""
    text = ""
    marks: list[Mark] = []
    for part in parts:
        rich = Rich(clean(part)) if isinstance(part, str) else part
        marks += (Mark(m.kind, m.start + len(text), m.end + len(text)) for m in rich.marks)
        text += rich.text
    return Rich(text, tuple(marks))


def marked(kind: str, *parts: Rich | str) -> Rich:
    """Return the parts as one, marked as `kind` as a whole."""
    inner = joined(*parts)
    if not inner.text:
        return inner
    return Rich(inner.text, (Mark(kind, 0, len(inner.text)), *inner.marks))


def lines(parts: Iterable[Rich | str], between: str = "\n") -> Rich:
    """Return the parts with `between` between them."""
    separated: list[Rich | str] = []
    for part in parts:
        separated += (between, part) if separated else (part,)
    return joined(*separated)


def clean(text: str) -> str:
    """Return `text` without control characters and without what steers the direction of lines.

    Right-to-left words stay; a lone surrogate, which no encoding can carry, is replaced.
    """
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if character in "\n\t":
        return character
    category = unicodedata.category(character)
    if category == "Cs":
        return "\ufffd"
    return "" if category == "Cc" or character in _STEERING else character


def units(text: str) -> int:
    """Return the length of `text` in UTF-16 code units."""
    return sum(2 if ord(character) > 0xFFFF else 1 for character in text)


def shown_text(rich: Rich) -> ShownText:
    """Return `rich` as it is kept with an answer."""
    return ShownText(rich.text, tuple((mark.kind, mark.start, mark.end) for mark in rich.marks))


def rich_of(shown: ShownText) -> Rich:
    """Return what was kept with an answer."""
    return Rich(shown.text, tuple(Mark(*mark) for mark in shown.marks))


def split(rich: Rich, longest: int = LONGEST) -> list[Rich]:
    """Return `rich` as pieces of at most `longest` code units, cut where a reader would pause.

    Nothing is lost but white space at the cuts; nothing empty is returned.
    """
    return list(_pieces(rich.stripped(), longest))


def shortened(rich: Rich, longest: int = LONGEST) -> Rich:
    """Return `rich`, or as much of it as fits, with an ellipsis."""
    if rich.units <= longest:
        return rich
    return next(_pieces(rich, longest - 1)).stripped() + "…"


def excerpt(text: str, longest: int) -> str:
    """Return `text` on one line, of at most `longest` code units."""
    return shortened(Rich(" ".join(clean(text).split())), longest).text


def _pieces(rich: Rich, longest: int) -> Iterator[Rich]:
    rest = rich
    while rest.units > longest:
        at = _cut(rest.text, longest)
        piece = rest.part(0, at).stripped()
        if piece.text:
            yield piece
        rest = rest.part(at, len(rest.text)).stripped()
    if rest.text:
        yield rest


def _cut(text: str, longest: int) -> int:
    """Return where to cut: at a pause in the second half of what fits, else between letters."""
    most = _fitting(text, longest)
    for pause in _BREAKS:
        at = text.rfind(pause, most // 2, most)
        if at >= 0:
            return at + len(pause)
    at = most
    while at > most // 2 and _clings(text, at):
        at -= 1
    return max(at, 1)


def _fitting(text: str, longest: int) -> int:
    used = 0
    for i, character in enumerate(text):
        used += units(character)
        if used > longest:
            return i
    return len(text)


def _clings(text: str, at: int) -> bool:
    """Whether the characters around `at` are drawn as one: accents, emoji sequences."""
    after = text[at]
    return (
        unicodedata.category(after) in {"Mn", "Me", "Mc"}
        or after == _ZERO_WIDTH_JOINER
        or text[at - 1] == _ZERO_WIDTH_JOINER
        or "\U0001f3fb" <= after <= "\U0001f3ff"
    )


def entities(rich: Rich) -> list[MessageEntity]:
    """Return the marks as Telegram's entities, offsets in UTF-16 code units."""
    from telegram import MessageEntity

    positions = [0]
    for character in rich.text:
        positions.append(positions[-1] + units(character))
    return [
        MessageEntity(mark.kind, positions[mark.start], positions[mark.end] - positions[mark.start])
        for mark in _worthwhile(rich)[:_MOST_MARKS]
    ]


def _worthwhile(rich: Rich) -> list[Mark]:
    """Return the marks that have something to mark, without white space at their ends."""
    found = []
    for mark in rich.marks:
        words = rich.text[mark.start : mark.end]
        start = mark.start + len(words) - len(words.lstrip())
        end = mark.start + len(words.rstrip())
        if start < end:
            found.append(Mark(mark.kind, start, end))
    return sorted(found, key=lambda mark: (mark.start, -mark.end))
