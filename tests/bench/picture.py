"""A real answer in Telegram as an SVG picture, for the README.

    python -m tests.bench.picture docs/answer.svg

The bot is asked over the strict Bot API server; what it says is drawn with its marks and its
buttons, as text: nothing is typed in by hand.
"""

from __future__ import annotations

import html
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.text.lines import display_width
from tests.support.botapi import Message
from tests.support.bots import BotThread
from tests.support.school import QUESTION, running_school

_WIDTH, _MARGIN, _SIZE, _LINE = 420, 14, 14, 21
_COLUMN = _SIZE / 2
_FONT = "'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
_QUOTES = frozenset({"blockquote", "expandable_blockquote"})
_NEVER_FIRST = frozenset("，。、；：？！）》”,.;:)")
_SHOWN_OF_A_QUOTE = 3
"""Lines of an expandable quotation, as Telegram shows it before it is opened."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A character of a message and the kinds of its marks."""

    text: str
    kinds: frozenset[str]


def letters(message: Message) -> list[Letter]:
    """Return the characters of a message; offsets of its marks are UTF-16 code units."""
    found, at = [], 0
    for character in message.text:
        kinds = frozenset(e.type for e in message.entities if e.offset <= at < e.offset + e.length)
        found.append(Letter(character, kinds))
        at += len(character.encode("utf-16-le")) // 2
    return found


def wrapped(text: Sequence[Letter], columns: int) -> list[list[Letter]]:
    """Return lines of at most so many columns; an expandable quotation is cut as Telegram does."""
    lines: list[list[Letter]] = [[]]
    for letter in text:
        used = sum(display_width(each.text) for each in lines[-1])
        if letter.text == "\n":
            lines.append([])
        elif used + display_width(letter.text) > columns and letter.text not in _NEVER_FIRST:
            lines.append([letter])
        else:
            lines[-1].append(letter)
    return _folded(lines)


def _folded(lines: Sequence[list[Letter]]) -> list[list[Letter]]:
    shown, quoted = [], 0
    for line in lines:
        expandable = bool(line) and "expandable_blockquote" in line[0].kinds
        quoted = quoted + 1 if expandable else 0
        if quoted < _SHOWN_OF_A_QUOTE:
            shown.append(line)
        elif quoted == _SHOWN_OF_A_QUOTE:
            shown.append([*line[:-2], Letter("…", line[0].kinds)])
    return shown


def drawn(messages: Sequence[Message], bot_id: int) -> str:
    """Return the messages as one SVG picture."""
    parts, y = [], _MARGIN
    for message in messages:
        bubble, height = _bubble(message, y, own=message.sender_id != bot_id)
        parts.append(bubble)
        y += height + 8
    height = y + _MARGIN - 8
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" '
        f'viewBox="0 0 {_WIDTH} {height}" font-family="{_FONT}" font-size="{_SIZE}">\n'
        f'<rect width="100%" height="100%" rx="14" fill="#d5e3ee"/>\n{body}\n</svg>\n'
    )


def _bubble(message: Message, y: int, *, own: bool) -> tuple[str, int]:
    columns = int((_WIDTH - 4 * _MARGIN - 20) / _COLUMN)
    lines = wrapped(letters(message), columns)
    longest = max(sum(display_width(each.text) for each in line) for line in lines)
    width = max(int(longest * _COLUMN) + 24, 340 if message.buttons else 0)
    x = _WIDTH - _MARGIN - width if own else _MARGIN
    height = len(lines) * _LINE + 16
    fill = "#e3fecb" if own else "#ffffff"
    parts = [f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="12" fill="{fill}"/>']
    for number, line in enumerate(lines):
        top = y + 8 + number * _LINE
        if line and line[0].kinds & _QUOTES:
            for wide, colour in ((width - 16, "#eef4f9"), (3, "#507da3")):
                at = f'x="{x + 8}" y="{top}" width="{wide}" height="{_LINE}"'
                parts.append(f'<rect {at} fill="{colour}"/>')
        parts.append(f'<text x="{x + 14}" y="{top + 15}">{"".join(_spans(line))}</text>')
    for row in message.buttons:
        parts += _row([button.text for button in row], x, y + height + 4, width)
        height += 34
    return "\n".join(parts), height


def _spans(line: Sequence[Letter]) -> Iterator[str]:
    start = 0
    for end in range(1, len(line) + 1):
        if end < len(line) and line[end].kinds == line[start].kinds:
            continue
        kinds = line[start].kinds
        bold = ' font-weight="bold"' if "bold" in kinds else ""
        italic = ' font-style="italic"' if "italic" in kinds else ""
        words = html.escape("".join(each.text for each in line[start:end]))
        yield f"<tspan{bold}{italic}>{words}</tspan>"
        start = end


def _row(labels: Sequence[str], x: int, y: int, width: int) -> Iterator[str]:
    each = (width - 4 * (len(labels) - 1)) / len(labels)
    for number, label in enumerate(labels):
        left = x + number * (each + 4)
        yield f'<rect x="{left:.0f}" y="{y}" width="{each:.0f}" height="30" rx="8" fill="#6f93b3"/>'
        yield (
            f'<text x="{left + each / 2:.0f}" y="{y + 20}" fill="#ffffff" '
            f'text-anchor="middle">{html.escape(label)}</text>'
        )


def main() -> int:
    """Ask the bot in a group, and draw the question and the answer."""
    path = Path(sys.argv[1])
    with (
        tempfile.TemporaryDirectory() as folder,
        running_school(Path(folder) / "home", bot=BotThread) as at,
    ):
        question = at.group.send(at.teacher, f"/ask {QUESTION}")
        answer = at.server.wait_for_reply(question)
        path.write_text(drawn([question, answer], at.server.bot_id), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
