"""The answers to the staff questions, each asked of an index of its own report alone.

    python -m tests.bench.staff PART [--limit N] [--state DIR] [--details FILE]

PART is train, dev or test of training/data/staff, or a folder like them: questions.jsonl and
reports/. Prints the figures of `index.evaluation.metrics` over all questions and by kind. Shown
rightly, refused, recall, sentence, items are shares of the answerable questions; asserted of the
unanswerable; precision of those that are asserted. The AUROC of a kind of answerable questions is
against all unanswerable ones, and the other way round. `--limit`: only so many questions of each
report. `--details` writes a line of JSON a question. The test part is for the end of a piece of
work: what is looked at again and again is no longer unseen.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from index.answering.answer import Status
from index.evaluation.metrics import Outcome, auroc, judge, summarise
from tests.bench.question_sets import cases_by_report, services

STAFF: Final = Path(__file__).parents[2] / "training/data/staff"
TOP: Final = 10
"""Passages of an answer, so that recall is known to the tenth."""


@dataclass(frozen=True, slots=True)
class StaffFigures:
    """The figures of one row, shares from 0 to 1; NaN where no question counts for one."""

    n: int
    shown_rightly: float
    refused: float
    precision: float
    asserted: float
    auroc: float
    items: float
    sentence: float
    recall_1: float
    recall_5: float
    unsure: float


def main() -> None:
    """Ask every question and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("part", help="train, dev, test, or a folder")
    parser.add_argument("--limit", type=int, metavar="N", help="questions of each report, at most")
    parser.add_argument("--state", type=Path, help="where to keep the indexes for another time")
    parser.add_argument("--details", type=Path, metavar="FILE", help="write a line a question")
    args = parser.parse_args()
    with kept_or_temporary(args.state) as state:
        outcomes = ask(folder_of(args.part), state, args.limit)
    for line in table(outcomes):
        print(line)
    if args.details is not None:
        lines = [json.dumps(detail(each), ensure_ascii=False) for each in outcomes]
        args.details.write_text("\n".join(lines) + "\n", "utf-8")


def folder_of(part: str) -> Path:
    """Return the folder of a part by its name, or the one of that path."""
    return STAFF / part if (STAFF / part).is_dir() else Path(part).absolute()


@contextmanager
def kept_or_temporary(state: Path | None) -> Iterator[Path]:
    """Yield `state`, or a folder that is gone afterwards."""
    if state is not None:
        yield state.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="baogao-bench-") as folder:
        yield Path(folder)


def ask(folder: Path, state: Path, limit: int | None = None) -> list[Outcome]:
    """Return what became of the questions of `folder`, each asked of its report alone."""
    cases = cases_by_report(folder, limit)
    return [
        judge(case, service.ask(case.question, top=TOP))
        for service, own in zip(services(list(cases), state), cases.values(), strict=True)
        for case in own
    ]


def figures(outcomes: Sequence[Outcome], every: Sequence[Outcome]) -> StaffFigures:
    """Return the figures of `outcomes`; with AUROC against the others of `every`."""
    summary = summarise(outcomes)
    answerable = [o for o in outcomes if o.case.answerable]
    refused = [o for o in answerable if o.answer.status is Status.NOT_FOUND]
    return StaffFigures(
        n=summary.n,
        shown_rightly=summary.shown_right,
        refused=len(refused) / len(answerable) if answerable else float("nan"),
        precision=summary.answered_precision,
        asserted=summary.asserted_wrongly,
        auroc=_auroc(outcomes, every),
        items=summary.items,
        sentence=summary.sentence,
        recall_1=summary.recall[1],
        recall_5=summary.recall[5],
        unsure=summary.unsure_rate,
    )


def _auroc(outcomes: Sequence[Outcome], every: Sequence[Outcome]) -> float:
    """Return the AUROC; of one sort of questions only, against all of the other sort."""
    sorts = {o.case.answerable for o in outcomes}
    both = [*outcomes, *(o for o in every if len(sorts) == 1 and o.case.answerable not in sorts)]
    return auroc([o.answer.confidence for o in both], [o.case.answerable for o in both])


def table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield a line for all questions, the answerable, the unanswerable and each kind."""
    kinds = sorted({o.case.kind or "" for o in outcomes})
    rows = {
        "all": list(outcomes),
        "answerable": [o for o in outcomes if o.case.answerable],
        "unanswerable": [o for o in outcomes if not o.case.answerable],
    } | {kind: [o for o in outcomes if (o.case.kind or "") == kind] for kind in kinds}
    width = max(map(len, rows))
    names = StaffFigures.__slots__
    yield "  ".join((" " * width, *(name.replace("_", " ") for name in names)))
    for row, own in rows.items():
        found = figures(own, outcomes)
        cells = (f"{_cell(getattr(found, name)):>{len(name)}}" for name in names)
        yield "  ".join((f"{row:<{width}}", *cells))


def _cell(value: float) -> str:
    if isinstance(value, int):
        return str(value)
    return "–" if value != value else f"{value:.3f}"


def detail(outcome: Outcome) -> dict[str, Any]:
    """Return an outcome as it is looked through."""
    case, answer = outcome.case, outcome.answer
    first = answer.passages[0] if answer.passages else None
    return {
        "id": case.id,
        "report": case.report,
        "question": case.question,
        "kind": case.kind,
        "right": outcome.right,
        "status": answer.status,
        "confidence": round(answer.confidence, 3),
        "rank": outcome.rank,
        "text": answer.text or (first.words if first else None),
        "wanted": list(case.wanted),
        "evidence": list(case.evidence),
        "path": list(first.passage.path) if first else None,
        "content": type(answer.content).__name__,
        "asked": answer.question.kind,
    }


if __name__ == "__main__":
    main()
