"""Passages that an admin attached to a question as its answer.

They lie in `attached.json` in the state directory. A passage is known by its report, its
paragraph and its text: what is not in the reports any more is not quoted.
"""

from __future__ import annotations

import json
import logging
import re
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.durable.atomic_files import make_folder, write_file
from corpus.durable.faults import StateError, StateFault
from corpus.report import Passage
from index.answering.answer import Answer, Found, Quotation, Status
from index.answering.decision import Decision
from index.lexical.folding import fold
from index.lexical.overlap import bigrams, dice
from index.store.store import Store
from index.understanding.question import Question
from index.understanding.words.courtesies import courteous

FILE = "attached.json"
_ALIKE = 0.85
_FIGURES = re.compile(r"[0-9〇零一二两三四五六七八九十百千]+")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AttachedAnswer:
    """The questions that a passage answers, where it stands, and the [start, end) to quote."""

    questions: tuple[str, ...]
    report: str
    paragraph: int
    text: str
    quote: tuple[int, int]

    def passage(self, store: Store) -> Passage | None:
        """Return the passage; None where the reports do not hold it any more."""
        if all(entry.name != self.report for entry in store.entries):
            return None
        found = store.passages_of(self.report, self.paragraph)
        return next((passage for passage in found if passage.text == self.text), None)

    def answers(self, text: str) -> bool:
        """Whether a question is one of these, but for its courtesies and a word or so."""
        return any(alike(text, question) for question in self.questions)


class AttachedAnswers:
    """The attached answers of a school; safe to use from many threads."""

    def __init__(self, folder: Path) -> None:
        """Keep them in `folder`; nothing is read yet."""
        self._path = folder / FILE
        self._lock = threading.Lock()
        self._known: tuple[tuple[int, int] | None, tuple[AttachedAnswer, ...]] = (None, ())

    def every(self) -> tuple[AttachedAnswer, ...]:
        """Return all of them, the oldest first; none where the file is damaged."""
        with self._lock:
            return self._read()

    def find(self, text: str) -> AttachedAnswer | None:
        """Return what was attached last to the question `text`; None where nothing was."""
        return next((each for each in reversed(self.every()) if each.answers(text)), None)

    def attach(self, questions: Sequence[str], found: Found) -> None:
        """Answer `questions` with what was `found` from now on.

        Raises:
            StateError: the file cannot be written.
        """
        passage, asked = found.passage, tuple(questions)
        new = AttachedAnswer(asked, passage.report, passage.paragraph, passage.text, found.quote)
        with self._lock:
            kept = [each for each in self._read() if not set(each.questions) & set(questions)]
            self._write([*kept, new])

    def lost(self, store: Store) -> tuple[AttachedAnswer, ...]:
        """Return those whose passage `store` does not hold."""
        return tuple(each for each in self.every() if each.passage(store) is None)

    def _read(self) -> tuple[AttachedAnswer, ...]:
        try:
            stat = self._path.stat()
            look = (stat.st_mtime_ns, stat.st_size)
            if look != self._known[0]:
                raw: list[dict[str, Any]] = json.loads(self._path.read_bytes())
                found = [_attached(each) for each in raw]
                self._known = (look, tuple(found))
        except FileNotFoundError:
            return ()
        except (OSError, ValueError, TypeError, KeyError) as exc:
            _log.error("%s cannot be used error=%s", FILE, type(exc).__name__)
            return ()
        return self._known[1]

    def _write(self, every: Iterable[AttachedAnswer]) -> None:
        data = json.dumps([asdict(each) for each in every], ensure_ascii=False, indent=1)
        try:
            make_folder(self._path.parent)
            write_file(self._path, data.encode())
        except OSError as exc:
            raise StateError(self._path, StateFault.of(exc)) from exc


def _attached(raw: Mapping[str, Any]) -> AttachedAnswer:
    start, end = raw["quote"]
    asked = tuple(map(str, raw["questions"]))
    place = str(raw["report"]), int(raw["paragraph"]), str(raw["text"])
    return AttachedAnswer(asked, *place, (int(start), int(end)))


def alike(one: str, other: str) -> bool:
    """Whether two questions ask the same: the same figures, and nearly the same words."""
    a, b = (fold(courteous(text) or text) for text in (one, other))
    if _FIGURES.findall(a) != _FIGURES.findall(b):
        return False
    return dice(bigrams(a), bigrams(b)) >= _ALIKE


def attached_answer(question: Question, passage: Passage, quote: tuple[int, int]) -> Answer:
    """Return the answer that quotes the [start, end) of `passage`."""
    found = Found(passage, 1.0, quote, (quote,))
    return Answer(question, Decision(Status.ANSWERED, 1.0), (found,), Quotation())
