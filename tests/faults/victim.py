"""The program as a process that kills itself: `python -m tests.faults.victim STEP COMMAND…`.

STEP is the number of the step before which it dies, from 0; with -1 it does not die, and lists
its steps on stdout. The encoder is the tests' own, and reports are read in the process itself,
so that a campaign over every step takes seconds; everything else is the program.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from multiprocessing.synchronize import Event
from pathlib import Path
from unittest import mock

import bot.service
from bot.__main__ import main
from corpus.errors import UnreadableReport
from corpus.formats import Source
from corpus.formats.page_pictures.draw import draw
from corpus.formats.page_pictures.picture import PagePicture
from corpus.limits import ParserLimits
from corpus.parsing.parse import understand
from corpus.report import Report
from corpus.sandbox.pool import Heard, ParserPool, unheard
from index.readers.lexical_reader import LexicalReader
from tests.faults.steps import watched
from tests.faults.telegram import delivered
from tests.support.fakes import BigramEncoder


class InProcess(ParserPool):
    """Reads reports of plain text without another process, and keeps nothing."""

    def read(self, data: bytes, path: Path, heard: Heard = unheard) -> Report:
        return understand(Source(data, path, ParserLimits(), lambda _: None, lambda _: None))

    def draw(self, path: Path, words: str, page: int | None) -> PagePicture:
        return draw(Source(self.load(path), path), words, page)

    def read_all(
        self, paths: Sequence[Path], heard: Heard = unheard
    ) -> Iterator[Report | UnreadableReport]:
        for path in paths:
            try:
                yield self.read(self.load(path), path)
            except UnreadableReport as exc:
                yield exc


def run(arguments: Sequence[str], before: Callable[[str, str], None]) -> int:
    """Run the program with the tests' encoder, calling `before` ahead of each of its steps.

    After `bot` comes an update, as JSON: it is handled, then the bot is told to end.
    """
    command, *rest = arguments
    update = json.loads(rest.pop()) if command == "bot" else None
    with (
        mock.patch.multiple(
            bot.service,
            load_encoder=lambda *_, **__: BigramEncoder(),
            load_reader=lambda *_, **__: LexicalReader(),
            ParserPool=InProcess,
        ),
        watched(before),
        nullcontext() if update is None else delivered(update, Path("var"), before),
    ):
        return main([command, *rest])


def die_before(number: int, steps: list[str]) -> Callable[[str, str], None]:
    """Return what notes each step in `steps` and kills this process before step `number`."""

    def before(name: str, path: str) -> None:
        if len(steps) == number:
            os.kill(os.getpid(), signal.SIGKILL)
        steps.append(f"{name} {Path(path).name}")

    return before


def victim(
    folder: str,
    arguments: Sequence[str],
    number: int,
    told: str | None = None,
    working: Event | None = None,
) -> None:
    """Run the program in `folder`, dying before step `number`; write its steps into `told`.

    `working` is set ahead of its first step.
    """
    os.chdir(folder)
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    steps: list[str] = []
    die = die_before(number, steps)

    def before(name: str, path: str) -> None:
        if working is not None:
            working.set()
        die(name, path)

    status = run(arguments, before)
    if told is not None:
        Path(told).write_text("\n".join(steps), "utf-8")
    sys.exit(status)
