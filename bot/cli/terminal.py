"""Answers and progress on a terminal; plain text where there is none."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.cli.columns import render_sides
from bot.messages import Messages
from bot.wording.citations import citation, citations
from bot.wording.notes import counted, notes
from corpus.sandbox.pool import Heard
from index.answering.answer import Answer, Found, Status
from index.answering.summaries import heading_of
from index.building.builder import Progress
from index.understanding.question import QuestionKind

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"
_EXCERPT = 60
_MOST_ITEMS = 20
_COLUMNS = 100


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
    said = [_dim(note, styled=styled) for note in notes(answer, m)]
    if answer.status is Status.NOT_FOUND:
        lines = [m.not_found, *said]
        if answer.passages:
            lines += ["", m.nearest, *_listing(answer.passages, m, styled=styled)]
        return "\n".join(lines)
    if answer.sides:
        return "\n".join((*map(_visible, render_sides(answer, m, _width())), *said))
    best, *rest = answer.passages
    if answer.enumerates:
        return "\n".join((*_items(answer, m, styled=styled), *said))
    lines = [_marked(best, styled=styled), _dim(citation(best.passage, m), styled=styled), *said]
    if answer.elsewhere:
        lines += ["", m.understanding.elsewhere]
        lines += _listing(answer.elsewhere, m, styled=styled)
    if rest:
        lines += ["", m.further, *_listing(rest, m, styled=styled, after=best)]
    return "\n".join(lines)


def _items(answer: Answer, m: Messages, *, styled: bool) -> list[str]:
    """Return the items of a list, each with its citation, and how many are not shown."""
    words, summarised = m.understanding, answer.question.kind is QuestionKind.SUMMARY
    lines = [] if summarised else [counted(answer, m)]
    cited = citations((item.cited for item in answer.items), m)
    for item, place in zip(answer.items[:_MOST_ITEMS], cited, strict=False):
        text = " ".join(item.text.split())
        if summarised and (heading := heading_of(item)):
            lines.append(_visible(heading))
        line = words.item.format(number=item.number, text=text)
        lines += [_visible(line), f"  {_dim(place, styled=styled)}"]
    if more := max(len(answer.items) - _MOST_ITEMS, 0) + answer.more:
        lines.append(words.more_items.format(count=more))
    return lines


def _width() -> int:
    return shutil.get_terminal_size((_COLUMNS, 24)).columns if sys.stdout.isatty() else _COLUMNS


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


def _listing(
    passages: Sequence[Found], m: Messages, *, styled: bool, after: Found | None = None
) -> list[str]:
    lines = []
    cited = citations((found.passage for found in passages), m, after.passage if after else None)
    for found, place in zip(passages, cited, strict=True):
        words = " ".join(found.words.split())
        excerpt = words if len(words) <= _EXCERPT else words[: _EXCERPT - 1] + "…"
        lines += [f"• {_visible(excerpt)}", f"  {_dim(place, styled=styled)}"]
    return lines


def _visible(text: str) -> str:
    """Return `text` without control characters, which a report could steer a terminal with."""
    return "".join(c for c in text if c.isprintable() or c == "\n")


def _dim(text: str, *, styled: bool) -> str:
    return f"{_DIM}{_visible(text)}{_PLAIN}" if styled else _visible(text)


class _BarProgress:
    """Shows a build: which page of a scan is recognised, then how many passages are done."""

    def __init__(self, bar: Bar, task: TaskID, label: str, m: Messages) -> None:
        self._bar = bar
        self._task = task
        self._label = label
        self._m = m

    def start(self, total: int) -> None:
        self._bar.update(self._task, total=total, description=self._label)

    def advance(self, count: int) -> None:
        self._bar.advance(self._task, count)

    def page(self, name: str, page: int, pages: int) -> None:
        from rich.markup import escape

        words = _visible(self._m.recognising.format(name=name, page=page, pages=pages))
        self._bar.update(self._task, description=escape(words))


@contextmanager
def progress_bar(label: str, m: Messages) -> Iterator[Progress | None]:
    """Show a bar on stderr while a build runs; nothing where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        yield _BarProgress(bar, bar.add_task(label, total=None), label, m)


@contextmanager
def pages_shown(m: Messages) -> Iterator[Heard]:
    """Say on stderr which page of a scan is being recognised, until the block ends."""
    said = False

    def tell(name: str, page: int, pages: int) -> None:
        nonlocal said
        if sys.stderr.isatty():
            words = _visible(m.recognising.format(name=name, page=page, pages=pages))
            sys.stderr.write(f"\r{words}\x1b[K")
            sys.stderr.flush()
            said = True

    try:
        yield tell
    finally:
        if said:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
