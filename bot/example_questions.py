"""Questions that the loaded reports do answer, to show what can be asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.service import Service
from corpus.report import outline
from index.answering.answer import Answer, Status
from index.answering.engine import Opened
from index.store.store import IndexedReport

_ORNAMENT = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百\d]+[章节条]|[（(]?[一二三四五六七八九十百\d]+[)）、.．]?)?\s*"
    r"(?:本?年度|今年|20\d\d年度?)?"
)
_STATES = ("情况", "效果", "进展", "成绩", "成效")
_DEEDS = (
    "加强",
    "深化",
    "推进",
    "提升",
    "提高",
    "完善",
    "丰富",
    "落实",
    "抓好",
    "做好",
    "开展",
    "强化",
)
_ALREADY_ASKS = re.compile(r"[？?]$")
_TRIED, _OFFERED = 12, 3


@dataclass(frozen=True, slots=True)
class _Example:
    """A question made from the heading at the end of `path` in a report."""

    question: str
    report: str
    path: tuple[str, ...]

    def answered_by(self, answer: Answer) -> bool:
        """Whether `answer` is sure, and quotes what stands under that heading."""
        if answer.status is not Status.ANSWERED or not answer.passages:
            return False
        passage = answer.passages[0].passage
        under = passage.path[: len(self.path)] == self.path
        return passage.report == self.report and under


class ExampleQuestions:
    """Finds example questions; remembers them for a generation."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._found: tuple[str, dict[str | None, tuple[str, ...]]] = ("", {})

    def question(self, report: str | None = None) -> str:
        """Return a question that `report`, or any of the reports, answers; "" where none does.

        It runs the engine: not to be called from the event loop.
        """
        return next(iter(self.questions(report)), "")

    def questions(self, report: str | None = None) -> tuple[str, ...]:
        """Return some questions that `report`, or the newest report with any, answers.

        Each was asked, and is answered from under the heading that it was made from. It runs the
        engine: not to be called from the event loop.
        """
        opened = self._service.opened()
        generation, found = self._found
        if generation != opened.generation.name:
            found = {}
            self._found = (opened.generation.name, found)
        if report not in found:
            found[report] = self._find(opened, report)
        return found[report]

    def _find(self, opened: Opened, report: str | None) -> tuple[str, ...]:
        """Return questions of the newest report that answers some, the most natural first."""
        entries = sorted(opened.engine.store.entries, key=lambda e: (-(e.year or 0), e.name))
        for entry in entries:
            if report in {None, entry.name} and (good := self._tried(entry)):
                return good
        return ()

    def _tried(self, entry: IndexedReport) -> tuple[str, ...]:
        """Return the first questions about a report that it answers, each from another heading."""
        good: dict[tuple[str, ...], str] = {}
        for example in _examples(entry)[:_TRIED]:
            if example.path in good:
                continue
            if example.answered_by(self._service.ask(example.question)):
                good[example.path] = example.question
            if len(good) == _OFFERED:
                break
        return tuple(good.values())


def _examples(entry: IndexedReport) -> list[_Example]:
    """Return questions made from the deepest headings of a report, the most natural kind first."""
    year = f"{entry.year}年" if entry.year is not None else ""
    topics = [
        (_ORNAMENT.sub("", section.heading).strip(" 　。:："), path)
        for section, path in outline(entry.sections)
        if section.paragraphs and not section.sections
    ]
    asked = [
        (template, topic, path)
        for template, fits in _TEMPLATES
        for topic, path in topics
        if 3 <= len(topic) <= 20 and not _ALREADY_ASKS.search(topic) and fits(topic)
    ]
    return [
        _Example(template.format(year=year, topic=topic), entry.name, path)
        for template, topic, path in asked
    ]


_TEMPLATES: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("{year}{topic}怎么样？", lambda topic: topic.endswith(_STATES)),
    ("{year}怎样{topic}？", lambda topic: topic.startswith(_DEEDS)),
    ("{year}的报告怎么说“{topic}”？", lambda _: True),
)
"""How a heading becomes a question, the most natural kind first."""
