"""Follow-ups, lists, English and typos, over the question sets beside this file.

    python -m tests.bench.understanding FOLDER [conversations lists english typos speed] [--details]

FOLDER is the benchmark data. Prints, for each set, how many of its questions come out right;
with --details, those that do not. `tests/bench/data/README.md` says what right is.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from bot.config import load_config
from bot.service import Service
from index.answer import Answer, Status
from index.evaluation import Case, hit
from index.folding import comparable
from index.understanding.conversation import Turn

DATA = Path(__file__).parent / "data"
STAFF = Path(__file__).parents[2] / "training/data/staff/reports"
PATTERNS = {
    "staff": "青禾中学*.txt",
    "primary": "枫杨路小学*.txt",
    "vocational": "泊洲现代职校*.txt",
}
Row = dict[str, Any]


class Libraries:
    """Services over the libraries that the sets name, indexed when they are first asked."""

    def __init__(self, benchmark: Path, state: Path) -> None:
        self._benchmark = benchmark
        self._state = state
        self.service: Callable[[str], Service] = cache(self._open)

    def _open(self, name: str) -> Service:
        folder = self._benchmark / name / "reports"
        if name in PATTERNS:
            folder = self._state / "reports" / name
            folder.mkdir(parents=True, exist_ok=True)
            for file in STAFF.glob(PATTERNS[name]):
                shutil.copy(file, folder / file.name)
        config = load_config(None, self._state)
        service = Service(replace(config, reports=folder, state=self._state / name))
        service.bring_up_to_date()
        return service


def rows(name: str) -> list[Row]:
    return [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text("utf-8").splitlines()]


def right(row: Row, answer: Answer) -> bool:
    """Whether the first passage answers; where nothing does, whether that was said."""
    answered = answer.status is Status.ANSWERED
    if not row["answers"]:
        return not answered
    case = Case("", row["question"], tuple(row["answers"]), row["report"], answerable=True)
    return bool(answer.passages) and hit(case, answer.passages[0])


def conversations(libraries: Libraries, *, details: bool) -> None:
    tally: Counter[str] = Counter()
    for conversation in rows("conversations"):
        service = libraries.service(conversation["reports"])
        previous: Turn | None = None
        for number, turn in enumerate(conversation["turns"]):
            answer = service.ask(turn["question"], previous=previous)
            depends, found = answer.question.depends, right(turn, answer)
            sort = "continued" if turn["depends"] else ("changed" if number else "first")
            sort += "" if turn["answers"] else ", not answerable"
            tally[sort, "n"] += 1
            tally[sort, "right"] += found
            tally[sort, "recognised"] += depends is turn["depends"]
            year = turn["year"] is None or answer.question.years == (turn["year"],)
            tally[sort, "year"] += year
            if details and not (found and depends is turn["depends"] and year):
                first = answer.passages[0].passage if answer.passages else None
                print(
                    f"  {conversation['id']} {turn['question']} {'' if found else 'WRONG'}"
                    f" {'' if depends is turn['depends'] else f'DEPENDS {depends}'}"
                    f" {'' if year else answer.question.years} {answer.status}"
                    f" {first and first.id} {answer.question.search[:60]}"
                )
            previous = answer.turn
    sorts = sorted({sort for sort, _ in tally})
    for sort in sorts:
        n = tally[sort, "n"]
        shares = "  ".join(
            f"{what} {tally[sort, what] / n:.3f}" for what in ("right", "recognised", "year")
        )
        print(f"conversations  {sort:<28} n {n:>3}  {shares}")
    answerable = [sort for sort in sorts if "not" not in sort]
    print("conversations  right passage first      ", share(tally, answerable, "right"))
    changed = [sort for sort in sorts if sort.startswith("changed")]
    print("conversations  topic changes recognised ", share(tally, changed, "recognised"))
    continued = [sort for sort in sorts if sort.startswith("continued")]
    print("conversations  continuations recognised ", share(tally, continued, "recognised"))


def share(tally: Counter[Any], sorts: list[str], what: str) -> str:
    n = sum(tally[sort, "n"] for sort in sorts)
    good = sum(tally[sort, what] for sort in sorts)
    return of(good, n)


def of(good: int, n: int) -> str:
    return f"{good / n:.3f} ({good} of {n})"


def lists(libraries: Libraries, *, details: bool) -> None:
    good = exact = 0
    every = rows("lists")
    for row in every:
        answer = libraries.service(row["reports"]).ask(row["question"])
        items = [comparable(item.text) for item in answer.items]
        whole = in_order([comparable(item) for item in row["items"]], items)
        right_report = all(item.cited.report == row["report"] for item in answer.items)
        good += whole and right_report
        exact += whole and right_report and len(items) == len(row["items"])
        if details and not (whole and right_report and len(items) == len(row["items"])):
            print(f"  {row['id']} {row['question']} {'' if whole else 'WRONG'} {answer.status}")
            for item in answer.items:
                print(f"     {item.number} {item.text[:60]} {item.cited.report}")
    print(f"lists  every item, in order  {of(good, len(every))}")
    print(f"lists  and no other          {of(exact, len(every))}")


def in_order(wanted: list[str], items: list[str]) -> bool:
    """Whether each wanted item is in an item of its own, in the same order."""
    rest = iter(items)
    return all(any(item in other for other in rest) for item in wanted)


def english(libraries: Libraries, *, details: bool) -> None:
    every = rows("english")
    good = 0
    for row in every:
        row.setdefault("report", None)
        answer = libraries.service(row["reports"]).ask(row["question"])
        found = right(row, answer)
        good += found
        if details and not found:
            print(f"  {row['id']} {row['question']} {answer.status}")
    print(f"english  right passage first, or refused  {of(good, len(every))}")


def typos(libraries: Libraries, *, details: bool) -> None:
    every = rows("typos")
    tally: Counter[str] = Counter()
    for row in every:
        service = libraries.service(row["reports"])
        answer = service.ask(row["question"])
        found = right(row, answer)
        clean = right(row, service.ask(row["clean"]))
        tally["typed"] += found
        tally["clean"] += clean
        tally["refused"] += answer.status is not Status.ANSWERED
        if details and not found:
            changes = [(c.words, c.into) for c in answer.question.changes]
            print(f"  {row['id']} {row['question']} {changes} clean {clean} {answer.status}")
    for what in ("typed", "clean"):
        print(f"typos  {what:<8} right passage first  {of(tally[what], len(every))}")
    print(f"typos  refused {tally['refused']}")


def speed(libraries: Libraries, *, details: bool) -> None:
    """Milliseconds of understanding, by the engine's own watch, over every question there is."""
    del details
    spent: list[float] = []
    for name in ("conversations", "lists", "english", "typos"):
        for row in rows(name):
            service = libraries.service(row["reports"])
            questions = [turn["question"] for turn in row.get("turns", [row])]
            previous = None
            for question in questions:
                answer = service.ask(question, previous=previous)
                spent.append(answer.milliseconds["understand"])
                previous = answer.turn
    spent.sort()
    p95 = spent[int(0.95 * len(spent))]
    middle = statistics.median(spent)
    print(f"speed  median {middle:.2f} ms  p95 {p95:.2f} ms  most {spent[-1]:.2f} ms")


SETS: dict[str, Callable[..., None]] = {
    "conversations": conversations,
    "lists": lists,
    "english": english,
    "typos": typos,
    "speed": speed,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("sets", nargs="*", choices=[*SETS, []], default=[])
    parser.add_argument("--details", action="store_true")
    parser.add_argument("--state", type=Path, help="where to keep the indexes for another time")
    args = parser.parse_args()
    for state in _state(args.state):
        libraries = Libraries(args.folder.absolute(), state)
        for name in args.sets or SETS:
            SETS[name](libraries, details=args.details)


def _state(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="baogao-bench-") as folder:
        yield Path(folder)


if __name__ == "__main__":
    main()
