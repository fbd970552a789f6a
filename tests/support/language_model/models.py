"""Models that are told what to say: each replies to what `index.language_model` asks."""

from __future__ import annotations

import json
import random
import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from index.errors import LanguageModelError, LanguageModelFault
from index.language_model.chat_model import ChatMessage, Schema
from index.lexical.folding import comparable

_LINE = re.compile(r"^\[(\d+)\] (.*)$")


@dataclass(frozen=True, slots=True)
class NumberedLine:
    """A numbered sentence of a question to a model, under its heading."""

    number: int
    text: str
    heading: str


def lines_of(messages: Sequence[ChatMessage]) -> list[NumberedLine]:
    """Return the numbered sentences that a model is given."""
    found, heading = [], ""
    for line in messages[-1].text.split("\n"):
        match = _LINE.match(line)
        if match is not None:
            found.append(NumberedLine(int(match[1]), match[2], heading))
        elif line.startswith("《"):
            heading = line
    return found


@dataclass
class SayingModel:
    """Says what it is told, in turn, the last again and again; remembers what it was asked."""

    replies: list[str | LanguageModelFault] = field(default_factory=list)
    asked: list[Sequence[ChatMessage]] = field(default_factory=list)

    def reply(self, messages: Sequence[ChatMessage], schema: Schema) -> str:
        self.asked.append(messages)
        said = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        if isinstance(said, LanguageModelFault):
            raise LanguageModelError("stand-in", said)
        return said

    def close(self) -> None: ...


def pointing_at(*numbers: int) -> str:
    """The reply that points at sentences."""
    return json.dumps({"numbers": list(numbers)})


@dataclass
class MarkingModel:
    """Points at sentences that begin with one of `marks` in the report titled `title`.

    `choose` makes of all lines, and of those that are marked, the numbers to point at.
    """

    choose: Callable[[Sequence[NumberedLine], Sequence[NumberedLine]], Sequence[int]]
    marks: Sequence[str] = ()
    title: str = ""

    def reply(self, messages: Sequence[ChatMessage], schema: Schema) -> str:
        every = lines_of(messages)
        wanted = [comparable(mark) for mark in self.marks]
        marked = [
            line
            for line in every
            if line.heading.startswith(f"《{self.title}》")
            and any(mark in comparable(line.text) for mark in wanted)
        ]
        return pointing_at(*self.choose(every, marked))

    def close(self) -> None: ...


def rightly(_: Sequence[NumberedLine], marked: Sequence[NumberedLine]) -> list[int]:
    """Point at what is marked, and at nothing where nothing is."""
    return [line.number for line in marked]


def at_random(chosen: random.Random) -> Callable[..., list[int]]:
    """Point at any one sentence."""
    return lambda every, _: [chosen.choice(every).number]


@dataclass
class CopyingModel:
    """Writes the first sentences that it is given again, word for word; waits for `may_go`."""

    count: int = 2
    asked: list[Sequence[ChatMessage]] = field(default_factory=list)
    may_go: threading.Event = field(default_factory=threading.Event)
    said: Callable[[str], str] = str

    def reply(self, messages: Sequence[ChatMessage], schema: Schema) -> str:
        self.asked.append(messages)
        self.may_go.wait(30)
        given = lines_of(messages)[: self.count]
        sentences = [{"text": self.said(each.text), "numbers": [each.number]} for each in given]
        return json.dumps({"sentences": sentences})

    def close(self) -> None:
        self.may_go.set()
