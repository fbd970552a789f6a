"""Follow-ups, lists, English, typos and years, over the question sets beside this file.

    python -m tests.bench.understanding FOLDER [SET …] [--details] [--state DIR]

FOLDER is the benchmark data; sets are conversations, lists, english, typos, years (each year's
report left out in turn) and speed. Prints, for each set, how many of its questions come out right;
with --details, those that do not. `tests/bench/data/README.md` says what right is.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from bot.cli.terminal import render_answer
from bot.config.loading import load_config
from bot.messages import messages_in
from bot.service import Service
from index.answering.answer import Answer, Status
from index.encoders import load_encoder
from index.evaluation.metrics import Case, hit
from index.lexical.folding import comparable
from index.understanding.conversation import Turn

DATA = Path(__file__).parent / "data"
STAFF = Path(__file__).parents[2] / "training/data/staff/first/reports"
PATTERNS = {
    "staff": "青禾中学*.txt",
    "primary": "枫杨路小学*.txt",
    "vocational": "泊洲现代职校*.txt",
}
Row = dict[str, Any]


class Libraries:
    """Services over the libraries that the sets name, indexed when they are first asked."""

    def __init__(self, benchmark: Path, state: Path) -> None:
        self.benchmark = benchmark
        self._state = state
        self._encoder = load_encoder("bundled")
        self.service: Callable[[str], Service] = cache(self._open)

    def without(self, name: str, report: str) -> Service:
        """Return a service over the library without one report; the vectors are used again."""
        folder = self._state / "reports" / f"{name}-rest"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.benchmark / name / "reports", folder)
        (folder / f"{report}.txt").unlink()
        return self._service(folder, self._state / f"{name}-rest")

    def _open(self, name: str) -> Service:
        folder = self.benchmark / name / "reports"
        if name in PATTERNS:
            folder = self._state / "reports" / name
            folder.mkdir(parents=True, exist_ok=True)
            for file in STAFF.glob(PATTERNS[name]):
                shutil.copy(file, folder / file.name)
        return self._service(folder, self._state / name)

    def _service(self, folder: Path, state: Path) -> Service:
        config = replace(load_config(None, self._state), reports=folder, state=state)
        service = Service(config)
        service.__dict__["encoder"] = self._encoder
        service.bring_up_to_date()
        return service


def rows(name: str) -> list[Row]:
    return [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text("utf-8").splitlines()]


def right(row: Row, answer: Answer) -> bool:
    """Whether the first passage answers; where nothing does, whether that was said."""
    answered = answer.status is not Status.NOT_FOUND
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
                    f" {first and first.id} {answer.question.searched[:60]}"
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
        tally["refused"] += answer.status is Status.NOT_FOUND
        if details and not found:
            changes = [(c.words, c.into) for c in answer.question.changes]
            print(f"  {row['id']} {row['question']} {changes} clean {clean} {answer.status}")
    for what in ("typed", "clean"):
        print(f"typos  {what:<8} right passage first  {of(tally[what], len(every))}")
    print(f"typos  refused {tally['refused']}")


def speed(libraries: Libraries, *, details: bool) -> None:
    """Milliseconds of processor time that understanding takes, over every question there is."""
    spent: list[tuple[float, str]] = []
    for name in ("conversations", "lists", "english", "typos"):
        for row in rows(name):
            service = libraries.service(row["reports"])
            engine = service.opened().engine
            previous = None
            for turn in row.get("turns", [row]):
                start = time.thread_time()
                engine.understand(turn["question"], previous=previous)
                spent.append((1000 * (time.thread_time() - start), turn["question"]))
                if "turns" in row:
                    previous = service.ask(turn["question"], previous=previous).turn
    spent.sort()
    times = [each for each, _ in spent]
    p95 = times[int(0.95 * len(times))]
    middle = statistics.median(times)
    print(f"speed  median {middle:.2f} ms  p95 {p95:.2f} ms  most {times[-1]:.2f} ms")
    if details:
        print(*(f"  {each:.2f} {question}" for each, question in spent[-5:]), sep="\n")


def years(libraries: Libraries, *, details: bool) -> None:
    """Government questions, whole and with the reports of the year that each names left out.

    A mix-up is an answer from a report of another year than the one asked for that does not
    say so in what is shown.
    """
    service = libraries.service("government")
    m = messages_in("zh")
    path = libraries.benchmark / "government/questions.jsonl"
    tally: Counter[str] = Counter()
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        year = int(row["report"][:4])
        answer = service.ask(row["question"])
        tally["whole: from another year"] += answer.passages[0].passage.year != year
        rest = libraries.without("government", row["report"]).ask(row["question"])
        if rest.status is Status.NOT_FOUND:
            tally["left out: refused"] += 1
            continue
        source = rest.passages[0].passage.year
        shown = render_answer(rest, m, styled=False)
        said = rest.borrowed and f"{source}年" in shown and f"{year}年" in shown
        tally["left out: answered, source stated" if said else "left out: MIX-UP"] += 1
        if details:
            print(f"  {row['question']} {source} {rest.text and rest.text[:80]}")
    for what in sorted({"whole: from another year", "left out: MIX-UP", *tally}):
        print(f"years  {what:<36} {tally[what]}")


SETS: dict[str, Callable[..., None]] = {
    "conversations": conversations,
    "lists": lists,
    "english": english,
    "typos": typos,
    "years": years,
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
