"""Answers and progress on a terminal; plain text where there is none."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, assert_never

from bot.cli.columns import render_sides
from bot.errors import OutputLost
from bot.messages import Messages
from bot.wording.citations import citation, citations
from bot.wording.figures import extreme_line
from bot.wording.notes import about_program, counted, notes
from corpus.sandbox.pool import Heard
from index.answering.answer import (
    AboutProgram,
    Answer,
    Found,
    Item,
    ItemList,
    KeySentences,
    Quotation,
    Refusal,
    SideBySide,
    Status,
)
from index.answering.summaries import heading_of
from index.building.builder import Progress

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"
_STYLES = re.compile(r"(\x1b\[[012]m)")
_EXCERPT = 60
_MOST_ITEMS = 20
_COLUMNS = 100


def say(text: str) -> None:
    """Write a message to stderr, where no result is spoiled by it; a closed one hears nothing."""
    with suppress(OSError):
        sys.stderr.write(visible(text) + "\n")
        sys.stderr.flush()


def show(text: str) -> None:
    """Write a result to stdout.

    Raises:
        OutputLost: it could not be written, because the disk is full, say.
        BrokenPipeError: nobody reads on.
    """
    try:
        sys.stdout.write("".join(_without_steering(text)) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as exc:
        # else the end of Python fails on what is left
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
        raise OutputLost(exc.strerror) from exc


def show_json(value: object) -> None:
    """Write a result as one line of JSON; in ASCII where stdout has no Unicode."""
    unicode = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    text = json.dumps(value, ensure_ascii=not unicode)
    show("".join(c if visible(c) else json.dumps(c)[1:-1] for c in text))


def render_answer(answer: Answer, m: Messages, *, styled: bool) -> str:
    """Return `answer` as it is read on a terminal: the words, where they stand, then the rest."""
    said = [_dim(note, styled=styled) for note in notes(answer, m)]
    unsure = [m.unsure] if answer.status is Status.UNSURE else []
    return "\n".join((*unsure, *_content(answer, said, m, styled=styled)))


def _content(answer: Answer, said: list[str], m: Messages, *, styled: bool) -> list[str]:
    """Return the lines of an answer by its kind; `said` are the notes on it."""
    match answer.content:
        case AboutProgram():
            return about_program(answer.content, m)
        case Refusal():
            near = _listing(answer.passages, m, styled=styled)
            return [m.not_found, *said, *(["", m.nearest, *near] if near else [])]
        case SideBySide(sides):
            rendered = render_sides(sides, answer.question.kind, m, _width())
            sure = answer.status is Status.ANSWERED
            first = filter(None, [extreme_line(answer.content, m)] if sure else [])
            return [*map(visible, (*first, *rendered)), *said]
        case ItemList(items, open_ended):
            lines = [counted(len(items), m, open_ended=open_ended)]
            return [*lines, *_items(items, 0, m, styled=styled), *said]
        case KeySentences(items, more):
            return [*_items(items, more, m, styled=styled, headed=True), *said]
        case Quotation(elsewhere):
            return _quotation(answer, elsewhere, said, m, styled=styled)
        case _:
            assert_never(answer.content)


def _quotation(
    answer: Answer, elsewhere: Sequence[Found], said: list[str], m: Messages, *, styled: bool
) -> list[str]:
    best, *rest = answer.passages
    words = _marked(best, styled=styled, marks=answer.status is Status.ANSWERED)
    lines = [words, _dim(citation(best.passage, m), styled=styled), *said]
    if elsewhere:
        lines += ["", m.understanding.elsewhere, *_listing(elsewhere, m, styled=styled)]
    if rest:
        lines += ["", m.further, *_listing(rest, m, styled=styled, after=best)]
    return lines


def _items(
    items: Sequence[Item], more: int, m: Messages, *, styled: bool, headed: bool = False
) -> list[str]:
    """Return items, each with its citation, and how many are not shown beside `more`.

    `headed`: each stands under its heading where that is another than the one before.
    """
    words = m.understanding
    lines: list[str] = []
    cited = citations((item.cited for item in items), m)
    before = ""
    for item, place in zip(items[:_MOST_ITEMS], cited, strict=False):
        heading = heading_of(item) if headed else ""
        if heading and heading != before:
            lines.append(visible(heading))
        before = heading
        line = words.item.format(number=item.number, text=" ".join(item.text.split()))
        lines += [visible(line), f"  {_dim(place, styled=styled)}"]
    if unshown := max(len(items) - _MOST_ITEMS, 0) + more:
        lines.append(words.more_items.format(count=unshown))
    return lines


def _width() -> int:
    return shutil.get_terminal_size((_COLUMNS, 24)).columns if sys.stdout.isatty() else _COLUMNS


def _marked(found: Found, *, styled: bool, marks: bool) -> str:
    """Return the quoted words, those that answer in bold, or between 【 】 without styles.

    Without `marks` no words are: nothing is asserted of them.
    """
    start, end = found.quote
    words = found.passage.text
    opening, closing = (_BOLD, _PLAIN) if styled else ("【", "】")
    text, at = "", start
    for span_start, span_end in found.spans if marks else ():
        a, b = max(span_start, at), min(span_end, end)
        if a < b and (styled or (a, b) != (start, end)):
            text += visible(words[at:a]) + opening + visible(words[a:b]) + closing
            at = b
    return text + visible(words[at:end])


def _listing(
    passages: Sequence[Found], m: Messages, *, styled: bool, after: Found | None = None
) -> list[str]:
    lines = []
    cited = citations((found.passage for found in passages), m, after.passage if after else None)
    for found, place in zip(passages, cited, strict=True):
        words = " ".join(found.words.split())
        excerpt = words if len(words) <= _EXCERPT else words[: _EXCERPT - 1] + "…"
        lines += [f"• {visible(excerpt)}", f"  {_dim(place, styled=styled)}"]
    return lines


def _without_steering(text: str) -> Iterator[str]:
    """Yield the pieces of a text: our own styles, and what is between them, made visible."""
    for piece in _STYLES.split(text):
        yield piece if _STYLES.fullmatch(piece) else visible(piece)


def visible(text: str) -> str:
    """Return `text` without characters that steer a terminal or turn the direction of writing."""
    return "".join(c for c in text if c.isprintable() or c in "\n\t\u3000\xa0")


def _dim(text: str, *, styled: bool) -> str:
    return f"{_DIM}{visible(text)}{_PLAIN}" if styled else visible(text)


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

        words = visible(self._m.recognising.format(name=name, page=page, pages=pages))
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
            words = visible(m.recognising.format(name=name, page=page, pages=pages))
            sys.stderr.write(f"\r{words}\x1b[K")
            sys.stderr.flush()
            said = True

    try:
        yield tell
    finally:
        if said:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
