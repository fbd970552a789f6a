"""The staff questions of `training/data/staff/{train,dev,test}`, and where their marks stand."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from corpus.formats import Source
from corpus.parsing.parse import understand
from corpus.passages import passages
from corpus.report import Passage
from corpus.text.sentences import parts
from index.lexical.folding import fold

STAFF: Final = Path(__file__).parents[2] / "data" / "staff"

FACTS: Final = frozenset(
    {"fact", "who", "where", "when", "figure", "money", "count", "year", "comparison", "trend"}
    | {"yes-no", "paraphrase"}
)
SEVERAL: Final = frozenset({"section", "list", "problems", "causes", "plans", "why", "how"})
UNANSWERED: Final = frozenset(
    {"none:attribute", "none:unit", "none:year", "none:school", "none:entity", "none:premise"}
    | {"none:plan", "none:offtopic", "none:bot"}
)
"""Kinds of questions: answered by words or yes or no, by sentences, and by nothing."""

SECTIONS: Final = frozenset({"preface", "done", "results", "problems", "causes", "plans", "other"})


@dataclass(frozen=True, slots=True)
class StaffQuestion:
    """A question that a school's staff ask of a report.

    `evidence` and `near` name sentences of the report by their first words; `answers` are words
    in the sentences of the evidence. `section` is the type of the section that answers, "" where
    nothing does.
    """

    id: str
    report: str
    question: str
    kind: str
    asker: str
    answerable: bool
    evidence: tuple[str, ...]
    answers: tuple[str, ...]
    section: str
    near: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EvidenceMark:
    """Where a sentence stands that a question's mark names.

    `row` is the passage's place among those of its report; [start, end) are characters of its
    text, from the mark to the end of the sentence, or to the semicolon in it.
    """

    row: int
    start: int
    end: int


def read_questions(path: Path) -> list[StaffQuestion]:
    """Read one JSON object a line.

    Raises:
        KeyError: A line lacks a key.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    return [staff_question(json.loads(line)) for line in lines]


def staff_question(row: dict[str, Any]) -> StaffQuestion:
    """Return a question as its line has it."""
    return StaffQuestion(
        row["id"],
        row["report"],
        row["question"],
        row["kind"],
        row["asker"],
        row["answerable"],
        tuple(row["evidence"]),
        tuple(row["answers"]),
        row.get("section", ""),
        tuple(row["near"]),
    )


def report_passages(folder: Path) -> dict[str, list[Passage]]:
    """Read the reports in `folder` as the program does; their passages by the report's name."""
    found = {}
    for path in sorted(folder.glob("*.txt")):
        report = understand(Source(path.read_bytes(), path))
        found[report.name] = passages(report)
    return found


def find_mark(words: str, own: Sequence[Passage]) -> EvidenceMark | None:
    """Return where the sentence stands that begins with `words`, if it is in a passage of `own`."""
    wanted = "".join(fold(words).split())
    for row, passage in enumerate(own):
        text = fold(passage.text)
        start = place_of(wanted, text)
        if start is not None:
            end = min(b for _, b in parts(text) if b > start[0])
            return EvidenceMark(row, start[0], end)
    return None


def place_of(
    wanted: str, text: str, low: int = 0, high: int | None = None
) -> tuple[int, int] | None:
    """Return the [start, end) of `wanted`, folded and without white space, in folded `text`.

    Only the characters [low, high) of `text` are looked at.
    """
    places = [i for i, c in enumerate(text[:high]) if i >= low and not c.isspace()]
    at = "".join(text[i] for i in places).find(wanted)
    if at < 0 or not wanted:
        return None
    return places[at], places[at + len(wanted) - 1] + 1
