"""Questions with the places of their answers, from SQuAD files and from the staff questions.

A question names its report and, where it has an answer, the characters of the report's text
that answer it. Reports are read and cut into passages by `corpus`, as the program does it.
"""

import itertools
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.formats import Source
from corpus.parsing.parse import understand
from corpus.passages import passages
from corpus.report import Passage, Report
from index.lexical.folding import comparable, fold


@dataclass(frozen=True, slots=True)
class TrainingQuestion:
    """A question for training or testing.

    `place` is the passage's place in `Material.passages` and [start, end) in its text; None
    where there is no answer. `near` is a passage that looks like an answer and is none.
    `group` says which data it is from.
    """

    id: str
    question: str
    answers: tuple[str, ...]
    report: str | None
    place: tuple[int, int, int] | None
    group: str
    near: int | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """Questions, and the passages of all the reports that they are asked of."""

    passages: tuple[Passage, ...]
    questions: tuple[TrainingQuestion, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """An article of a SQuAD file: its paragraphs, each with its questions."""

    title: str
    paragraphs: tuple[dict[str, Any], ...]


def read_squad(path: Path) -> list[Article]:
    """Read a file in the format of SQuAD 1.1 or 2.0."""
    data = json.loads(path.read_text(encoding="utf-8"))["data"]
    return [Article(a["title"], tuple(a["paragraphs"])) for a in data]


def squad_material(articles: Iterable[Article], group: str) -> Material:
    """Make a report of every title, and find the answers in its passages."""
    by_title: dict[str, list[dict[str, Any]]] = {}
    for article in articles:
        by_title.setdefault(fold(article.title), []).extend(article.paragraphs)
    every: list[Passage] = []
    questions: list[TrainingQuestion] = []
    for number, (title, paragraphs) in enumerate(by_title.items()):
        name = f"{group}-{number}"
        text = "\n\n".join([title, *(" ".join(p["context"].split()) for p in paragraphs)])
        first = len(every)
        every.extend(passages(understand(Source(text.encode(), Path(f"{name}.txt")))))
        questions.extend(_squad_questions(paragraphs, every, first, name, group))
    return Material(tuple(every), tuple(questions))


def _squad_questions(
    paragraphs: Sequence[dict[str, Any]],
    every: Sequence[Passage],
    first: int,
    report: str,
    group: str,
) -> Iterator[TrainingQuestion]:
    folded = [fold(passage.text) for passage in every[first:]]
    for paragraph in paragraphs:
        context = fold(paragraph["context"])
        for qa in paragraph["qas"]:
            if not qa["answers"]:
                near = first + _likest(context, fold(qa["question"]), folded)
                yield TrainingQuestion(qa["id"], fold(qa["question"]), (), None, None, group, near)
                continue
            answer = qa["answers"][0]
            place = _locate(context, answer["answer_start"], fold(answer["text"]), folded)
            if place is None:
                continue
            row, start, end = place
            answers = tuple(dict.fromkeys(a["text"] for a in qa["answers"]))
            spot = (first + row, start, end)
            yield TrainingQuestion(qa["id"], fold(qa["question"]), answers, report, spot, group)


def _likest(context: str, question: str, texts: Sequence[str]) -> int:
    """Return the row of the text that is part of `context` and shares most with `question`."""
    wanted = set(itertools.pairwise(question))
    inside = [row for row, text in enumerate(texts) if text[:24] in context]
    shared = {
        row: len(wanted & set(zip(texts[row], texts[row][1:], strict=False))) for row in inside
    }
    return max(inside or [0], key=lambda row: (shared.get(row, 0), -row))


def _locate(
    context: str, start: int, answer: str, texts: Sequence[str]
) -> tuple[int, int, int] | None:
    """Find the answer at `start` of `context` among `texts`, by as much around it as they share."""
    if context[start : start + len(answer)] != answer:
        return None
    for margin in (24, 12, 6, 3):
        low = max(start - margin, 0)
        window = context[low : start + len(answer) + margin]
        found = [(row, at) for row, text in enumerate(texts) if (at := text.find(window)) >= 0]
        if len(found) == 1 or (found and margin == 24):
            row, at = found[0]
            begin = at + start - low
            return row, begin, begin + len(answer)
    return None


def staff_material(questions: Path, folders: Sequence[Path], group: str) -> Material:
    """Read questions in the staff format over the reports in `folders`.

    Only reports that a question is about, or that have a look-alike, come along.
    """
    rows = [json.loads(line) for line in questions.read_text(encoding="utf-8").splitlines()]
    names = {row.get(key) for row in rows for key in ("report", "near_report")} - {None}
    every: list[Passage] = []
    for report in read_reports(folders, names):
        every.extend(passages(report))
    found = [_staff_question(row, every, group) for row in rows]
    return Material(tuple(every), tuple(asked for asked in found if asked is not None))


def read_reports(folders: Sequence[Path], names: Iterable[str | None]) -> Iterator[Report]:
    """Read the text reports of those names."""
    wanted = set(names)
    for folder in folders:
        for path in sorted(folder.glob("*.txt")):
            if path.stem in wanted:
                yield understand(Source(path.read_bytes(), path))


def _staff_question(
    row: dict[str, Any], every: Sequence[Passage], group: str
) -> TrainingQuestion | None:
    question, answers = fold(row["question"]), tuple(row["answers"])
    if not row["answerable"]:
        near = _holding(every, row.get("near_report"), row.get("near") or "")
        return TrainingQuestion(
            row["id"], question, (), None, None, group, near[0] if near else None
        )
    place = _evidence_place(every, row["report"], row["evidence"], answers[0])
    if place is None:
        return None
    return TrainingQuestion(row["id"], question, answers, row["report"], place, group)


def _evidence_place(
    every: Sequence[Passage], report: str, evidence: str, answer: str
) -> tuple[int, int, int] | None:
    for row, passage in enumerate(every):
        if passage.report != report:
            continue
        bare, offsets = _without_space(fold(passage.text))
        at = bare.find(comparable(evidence))
        inside = comparable(evidence).find(comparable(answer))
        if at >= 0 and inside >= 0:
            start, end = at + inside, at + inside + len(comparable(answer))
            return row, offsets[start], offsets[end - 1] + 1
    return None


def _without_space(text: str) -> tuple[str, list[int]]:
    kept = [(c, i) for i, c in enumerate(text) if not c.isspace()]
    return "".join(c for c, _ in kept), [i for _, i in kept]


def _holding(every: Sequence[Passage], report: str | None, words: str) -> list[int]:
    wanted = comparable(words)
    return [
        row
        for row, passage in enumerate(every)
        if wanted and passage.report == report and wanted in comparable(passage.text)
    ]


__all__ = [
    "Article",
    "Material",
    "TrainingQuestion",
    "read_squad",
    "squad_material",
    "staff_material",
]
