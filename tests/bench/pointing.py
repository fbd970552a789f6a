"""What a language model that points is worth, by how well it points.

    python -m tests.bench.pointing [--part dev] [--always] [--limit N] [--seed S]

Asks the staff questions of one part, each of its own report, without a model, then with stand-ins
that point rightly (from the marks), rightly in four of five and in one of two, at random, at what
looks like the answer and is none, at nothing and at everything. Prints what each does to the
figures of `baogao eval`. A model of one's own lies between them: its share of right
pointings says where.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.config.loading import load_config
from bot.service import Service
from corpus.report import Passage
from index.answering.answer import Answer, Status
from index.answering.engine import Restrictions
from index.evaluation.metrics import Case, Outcome, judge, summarise
from index.language_model.counts import Event, ModelCounts
from index.language_model.pointing import ModelPointer
from index.readers import Reader, Reading
from tests.support.language_model.models import MarkingModel, NumberedLine, at_random, rightly

STAFF = Path(__file__).parents[2] / "training/data/staff"
Choice = Callable[[Sequence[NumberedLine], Sequence[NumberedLine]], Sequence[int]]
COLUMNS = ("shown right", "answered", "precision", "asserted wrongly", "unsure", "evidence quoted")


class RememberingReader:
    """Reads nothing twice: the same questions are asked again with every stand-in."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._known: dict[tuple[str, str, tuple[str, ...]], Reading] = {}

    @property
    def fingerprint(self) -> str:
        return self._reader.fingerprint

    def read(
        self, question: str, passages: Sequence[Passage], beside: Sequence[str] = ()
    ) -> list[Reading]:
        keys = [(question, passage.id, tuple(beside)) for passage in passages]
        new = [p for p, key in zip(passages, keys, strict=True) if key not in self._known]
        for passage, reading in zip(new, self._reader.read(question, new, beside), strict=True):
            self._known[question, passage.id, tuple(beside)] = reading
        return [self._known[key] for key in keys]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its marks, and the answer without a model."""

    case: Case
    near: tuple[str, ...]
    answer: Answer


@dataclass(frozen=True, slots=True)
class StandIn:
    """How a stand-in chooses, and whether it is shown what answers or what only looks like it."""

    name: str
    choose: Choice
    near: bool = False


def stand_ins(chosen: random.Random) -> list[StandIn]:
    anywhere = at_random(chosen)
    return [
        StandIn("points rightly", rightly),
        StandIn(
            "rightly in four of five, else at random",
            lambda e, m: rightly(e, m) if chosen.random() < 0.8 else anywhere(e, m),
        ),
        StandIn(
            "rightly in one of two, else at random",
            lambda e, m: rightly(e, m) if chosen.random() < 0.5 else anywhere(e, m),
        ),
        StandIn("points at random", anywhere),
        StandIn("points at near misses", rightly, near=True),
        StandIn("points at nothing", lambda *_: []),
        StandIn("points at everything", lambda e, _: [line.number for line in e]),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--part", default="dev", choices=["train", "dev", "test"])
    parser.add_argument("--always", action="store_true", help="ask about every question")
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as state:
        config = replace(
            load_config(None, Path(state)),
            reports=STAFF / args.part / "reports",
            state=Path(state) / "var",
        )
        service = Service(config)
        service.__dict__["reader"] = RememberingReader(service.reader)
        service.bring_up_to_date()
        every = ask_all(service, STAFF / args.part / "questions.jsonl", args.limit, args.seed)
        print(f"{len(every)} questions of {args.part}\n")
        print(f"| | {' | '.join(COLUMNS)} | asked | doubted |\n|---|{'---|' * (len(COLUMNS) + 2)}")
        print(row("no model", [judge(a.case, a.answer) for a in every]))
        for each in stand_ins(random.Random(args.seed)):
            counts = ModelCounts()
            outcomes = with_model(service, every, each, counts, always=args.always)
            print(row(each.name, outcomes, counts), flush=True)


def ask_all(service: Service, path: Path, limit: int, seed: int) -> list[Asked]:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    if limit:
        rows = random.Random(seed).sample(rows, limit)
    found = []
    for raw in rows:
        case = Case(
            raw["id"], raw["question"], tuple(raw["answers"]), raw["report"], raw["answerable"],
            tuple(raw["evidence"]), raw["kind"],
        )  # fmt: skip
        found.append(
            Asked(case, tuple(raw["near"]), service.ask(case.question, report=case.report, top=10))
        )
    return found


def with_model(
    service: Service,
    every: Sequence[Asked],
    stand_in: StandIn,
    counts: ModelCounts,
    *,
    always: bool,
) -> list[Outcome]:
    """Return what becomes of every question where the stand-in is asked."""
    model = MarkingModel(stand_in.choose)
    pointer = ModelPointer(model, counts, always=always)
    engine = service.opened().engine
    titles = {entry.name: entry.title for entry in engine.store.entries}
    outcomes = []
    for asked in every:
        answer = asked.answer
        if always or answer.status is not Status.ANSWERED:
            model.marks = asked.near if stand_in.near else asked.case.evidence
            model.title = titles[asked.case.report or ""]
            answer = engine.ask(
                asked.case.question, Restrictions(report=asked.case.report, top=10), pointer=pointer
            )
        outcomes.append(judge(asked.case, answer))
    return outcomes


def row(name: str, outcomes: Sequence[Outcome], counts: ModelCounts | None = None) -> str:
    found = summarise(outcomes)
    figures = (
        found.shown_right, found.answered_rate, found.answered_precision,
        found.asserted_wrongly, found.unsure_rate, found.items,
    )  # fmt: skip
    said = counts.so_far() if counts is not None else {}
    asked = sum(said.get(each, 0) for each in (Event.POINTED, Event.NONE, Event.DOUBTED))
    tail = f" {asked} | {said.get(Event.DOUBTED, 0)} |"
    return f"| {name} | {' | '.join(f'{figure:.3f}' for figure in figures)} |{tail}"


if __name__ == "__main__":
    main()
