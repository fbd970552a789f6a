"""Lines of a file → the blocks of a report: paragraphs and headings, unwrapped.

`Line` is the seam between the file formats and everything behind them: each format gives
lines, with whatever it knows of them; nothing behind it knows the format.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.text.letters import joined_letters, plain_letters
from corpus.text.numbering import marker

_SPACES = re.compile(r"[\s\u3000\u00a0]+")
_INVISIBLE = re.compile(
    r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f]"
)
_TERMINAL = tuple("。！？!?；;：:…”’」』）)》.")
_OPEN_END = tuple("，、,（(《“‘「『—")
_CONTINUATION = tuple("，、。；：！？,;:!?）)》”’」』")
_BRACKETS = (("《", "》"), ("（", "）"), ("“", "”"))
_WRAPPED_SHARE = 0.6
_NARROWEST, _WIDEST = 40, 120
_INDENT = 4
_FEWEST_WRAPPED = 4
_FEW_LONGER = 20
"""One line of so many may be longer than the width at which a file is wrapped."""
_STOP = re.compile("[，。；：！？,;]")

_QUESTION = re.compile(r"(?:问|[QＱ]\d*)\s*[：:][^：:]*[？?]$")
_ANSWER = re.compile(r"(?:答|[AＡ]\d*)\s*[：:]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file.

    `number` counts from 1. `level` is the level of a heading where the format knows it (# in
    Markdown, a style in Word), else None. `indented` says that it began with a paragraph's
    indent; `whole` that the format gives whole paragraphs, so that it is never joined.
    """

    number: int
    text: str
    level: int | None = None
    page: int | None = None
    indented: bool = False
    whole: bool = False


def text_lines(text: str) -> list[Line]:
    """Return the lines of a plain text, cleaned of invisible characters and odd spaces."""
    lines = []
    for i, raw in enumerate(text.splitlines(), start=1):
        visible = _INVISIBLE.sub("", plain_letters(raw))
        indented = visible[:1] in {"\u3000", "\t"} or visible.startswith("  ")
        lines.append(Line(i, tidy(visible), indented=indented))
    return lines


def tidy(text: str) -> str:
    """Return `text` in common letters, without invisible ones, its white space single, trimmed.

    White space between two Chinese characters is an accident of layout, and goes where it sets
    every letter apart (工 作 总 结); else it may separate slogans, and stays.
    """
    spaced = _SPACES.sub(" ", _INVISIBLE.sub("", plain_letters(text))).strip()
    return joined_letters(spaced)


def unwrap(lines: Sequence[Line]) -> list[Line]:
    """Join the hard-wrapped lines of a paragraph; blank lines go.

    Two kinds of wraps are joined: lines broken at one width all through the file, and lines
    that grammar says are unfinished (an open bracket, a comma at the end, a full stop at the
    start of the next). Chinese is joined without a space.
    """
    wrap = _wrap(lines)
    joined: list[Line] = []
    previous: Line | None = None
    for line in lines:
        if not line.text:
            continue
        if joined and previous is not None and _continues(previous, joined[-1], line, wrap):
            joined[-1] = replace(joined[-1], text=glue(joined[-1].text, line.text))
        else:
            joined.append(line)
        previous = line
    return joined


def display_width(text: str) -> int:
    """Return the columns `text` takes: 2 for wide characters, 1 for others."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


@dataclass(frozen=True, slots=True)
class _Wrap:
    """Where a file is hard-wrapped: a line of `least` or more goes on in the next.

    Files are wrapped at a number of columns, or of characters whatever their width.
    """

    characters: bool
    least: int

    def fills(self, line: Line) -> bool:
        return _width(line, self.characters) >= self.least


def _wrap(lines: Sequence[Line]) -> _Wrap | None:
    """Return where the file is hard-wrapped, None where it is not.

    Most of its lines are about as long as the longest, a few aside; where paragraphs are short,
    a quarter is, and those lines end in the middle of a sentence. Headings say nothing of it:
    those of an outline are often of one length.
    """
    texts = [line for line in lines if line.text and not line.whole and not _is_heading(line)]
    if len(texts) < _FEWEST_WRAPPED:
        return None
    best, wrap = 0, None
    for characters, slack, narrowest, widest in (
        (False, 6, _NARROWEST, _WIDEST),
        (True, 3, _NARROWEST // 2, _WIDEST // 2),
    ):
        widths = sorted(_width(line, characters) for line in texts)
        full = widths[-1 - len(texts) // _FEW_LONGER]
        near = [line for line in texts if _width(line, characters) >= full - slack]
        going_on = sum(not line.text.endswith(_TERMINAL) for line in near)
        wrapped = len(near) >= _WRAPPED_SHARE * len(texts) or (
            len(near) >= max(_FEWEST_WRAPPED, len(texts) / 4) and going_on >= 0.7 * len(near)
        )
        if narrowest <= full <= widest and wrapped and len(near) > best:
            best, wrap = len(near), _Wrap(characters, full - slack)
    return wrap


def _is_heading(line: Line) -> bool:
    """Whether a line looks like a heading: marked as one, or a number and no sentence."""
    number = marker(line.text)
    return line.level is not None or (
        number is not None and _STOP.search(line.text, number.end) is None
    )


def _continues(previous: Line, so_far: Line, line: Line, wrap: _Wrap | None) -> bool:
    if _ANSWER.match(line.text) and _QUESTION.search(so_far.text):
        return True
    if line.whole or previous.whole or line.level is not None or so_far.level is not None:
        return False
    if line.text.startswith(_CONTINUATION):
        return True
    if line.indented or marker(line.text) or previous.text.endswith(_TERMINAL):
        full = wrap is not None and wrap.fills(previous)
        return full and not line.indented and not marker(line.text)
    if previous.text.endswith(_OPEN_END) or _unclosed(so_far.text):
        return True
    return wrap is not None and wrap.fills(previous)


def _width(line: Line, characters: bool) -> int:
    """Return the length of a line, with the indent of two characters that was cut off."""
    if characters:
        return len(line.text) + (_INDENT // 2 if line.indented else 0)
    return display_width(line.text) + (_INDENT if line.indented else 0)


def _unclosed(text: str) -> bool:
    return any(text.count(a) > text.count(b) for a, b in _BRACKETS)


def glue(left: str, right: str) -> str:
    """Return two parts of a paragraph as one, with a space between Latin words."""
    latin = left[-1:].isascii() and right[:1].isascii() and left[-1:].isalnum()
    return f"{left} {right}" if latin and right[:1].isalnum() else left + right
