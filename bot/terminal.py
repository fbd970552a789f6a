"""Answers and progress on a terminal; plain text where there is none."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.citation import citation
from bot.messages import Messages
from index.answer import Answer, Found, Status
from index.building import Progress

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"
_EXCERPT = 60


def say(text: str) -> None:
    """Write a message to stderr, where no result is spoiled by it."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def show(text: str) -> None:
    """Write a result to stdout."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def render_answer(answer: Answer, m: Messages, *, styled: bool) -> str:
    """Return `answer` as it is read on a terminal: the words, where they stand, then the rest."""
    if answer.status is Status.NOT_FOUND:
        lines = [m.not_found]
        if answer.passages:
            lines += ["", m.nearest, *_listing(answer.passages, m, styled=styled)]
        return "\n".join(lines)
    best, *rest = answer.passages
    lines = [_marked(best, styled=styled), _dim(citation(best.passage, m), styled=styled)]
    if rest:
        lines += ["", m.further, *_listing(rest, m, styled=styled)]
    return "\n".join(lines)


def _marked(found: Found, *, styled: bool) -> str:
    """Return the quoted words, those that answer in bold, or between 【 】 without styles."""
    start, end = found.quote
    words = found.passage.text
    opening, closing = (_BOLD, _PLAIN) if styled else ("【", "】")
    text, at = "", start
    for span_start, span_end in found.spans:
        a, b = max(span_start, at), min(span_end, end)
        if a < b and (styled or (a, b) != (start, end)):
            text += _visible(words[at:a]) + opening + _visible(words[a:b]) + closing
            at = b
    return text + _visible(words[at:end])


def _listing(passages: Sequence[Found], m: Messages, *, styled: bool) -> list[str]:
    lines = []
    for found in passages:
        words = " ".join(found.words.split())
        excerpt = words if len(words) <= _EXCERPT else words[: _EXCERPT - 1] + "…"
        lines += [f"• {_visible(excerpt)}", f"  {_dim(citation(found.passage, m), styled=styled)}"]
    return lines


def _visible(text: str) -> str:
    """Return `text` without control characters, which a report could steer a terminal with."""
    return "".join(c for c in text if c.isprintable() or c == "\n")


def _dim(text: str, *, styled: bool) -> str:
    return f"{_DIM}{_visible(text)}{_PLAIN}" if styled else _visible(text)


class _BarProgress:
    def __init__(self, bar: Bar, task: TaskID) -> None:
        self._bar = bar
        self._task = task

    def start(self, total: int) -> None:
        self._bar.update(self._task, total=total)

    def advance(self, count: int) -> None:
        self._bar.advance(self._task, count)


@contextmanager
def progress_bar(label: str) -> Iterator[Progress | None]:
    """Show a bar on stderr while a build runs; nothing where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        yield _BarProgress(bar, bar.add_task(label, total=None))
