"""A question that the loaded reports do answer, to show what can be asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.service import Service
from corpus.report import outline
from index.answering.answer import Status
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
_TRIED = 12


class ExampleQuestions:
    """Finds example questions; remembers them for a generation."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._found: tuple[str, dict[str | None, str]] = ("", {})

    def question(self, report: str | None = None) -> str:
        """Return a question that `report`, or any of the reports, answers; "" where none does.

        It runs the engine: not to be called from the event loop.
        """
        opened = self._service.opened()
        generation, found = self._found
        if generation != opened.generation.name:
            found = {}
            self._found = (opened.generation.name, found)
        if report not in found:
            found[report] = self._find(opened, report)
        return found[report]

    def _find(self, opened: Opened, report: str | None) -> str:
        """Return the surest question of the newest report that has a natural one."""
        entries = sorted(opened.engine.store.entries, key=lambda e: (-(e.year or 0), e.name))
        known = [_questions(entry) for entry in entries if report in {None, entry.name}]
        for alike in zip(*known, strict=True):
            left = _TRIED
            for questions in alike:
                surest = self._surest(questions[:left])
                if surest:
                    return surest
                left -= len(questions[:left])
        return ""

    def _surest(self, questions: Sequence[str]) -> str:
        """Return the question that is answered most surely; "" where none is."""
        answers = [(question, self._service.ask(question)) for question in questions]
        sure: list[tuple[float, str]] = [
            (answer.confidence, question)
            for question, answer in answers
            if answer.status is Status.ANSWERED
        ]
        return max(sure, default=(0.0, ""))[1]


def _questions(entry: IndexedReport) -> tuple[list[str], list[str], list[str]]:
    """Return questions made from the deepest headings of a report, the most natural kind first."""
    year = f"{entry.year}年" if entry.year is not None else ""
    topics = [
        _ORNAMENT.sub("", section.heading).strip(" 　。:：")
        for section, _ in outline(entry.sections)
        if section.paragraphs and not section.sections
    ]
    topics = [
        topic for topic in topics if 3 <= len(topic) <= 20 and not _ALREADY_ASKS.search(topic)
    ]
    return (
        [f"{year}{topic}怎么样？" for topic in topics if topic.endswith(_STATES)],
        [f"{year}怎样{topic}？" for topic in topics if topic.startswith(_DEEDS)],
        [f"{year}的报告怎么说“{topic}”？" for topic in topics],
    )
