"""Checks the question sets beside this file and prints their counts.

Run as `python tests/bench/data/check.py --benchmark DIR`, where DIR holds `school/reports` and
`government/reports`. Exit status: 0 all well, 1 something does not hold; every fault is printed.
"""

import argparse
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import opencc

HERE = Path(__file__).resolve().parent
STAFF = HERE.parents[2] / "training" / "data" / "staff" / "first" / "reports"
LEAST = {"conversations": 66, "lists": 34, "english": 20, "typos": 40}
TURNS = (2, 3)
TYPO_KINDS = frozenset({"sound", "shape", "abbreviation", "numeral"})
FEWEST_ITEMS = 2

Row = dict[str, Any]
Libraries = dict[str, dict[str, str]]


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def fold(text: str) -> str:
    """Returns `text` after NFKC, traditional to simplified, without white space."""
    plain = unicodedata.normalize("NFKC", text)
    return re.sub(r"\s+", "", _simplifier().convert(plain))


def load_libraries(benchmark: Path) -> Libraries:
    """Returns the folded text of every report, by library and stem."""
    places = {
        "school": (benchmark / "school" / "reports", "*.txt"),
        "government": (benchmark / "government" / "reports", "*.txt"),
        "staff": (STAFF, "青禾中学*.txt"),
        "primary": (STAFF, "枫杨路小学*.txt"),
        "vocational": (STAFF, "泊洲现代职校*.txt"),
    }
    return {
        name: {p.stem: fold(p.read_text(encoding="utf-8-sig")) for p in folder.glob(pattern)}
        for name, (folder, pattern) in places.items()
    }


def load(name: str) -> list[Row]:
    """Reads one JSON object a line."""
    text = (HERE / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def answer_faults(row: Row, library: dict[str, str]) -> Iterator[str]:
    """Yields what does not hold of `answers` and `report`: both, or neither."""
    stem = row.get("report")
    if bool(row["answers"]) != (stem is not None):
        yield f"answers and report disagree: {row['question']}"
    if stem is not None and stem not in library:
        yield f"no report {stem}"
    for answer in row["answers"]:
        if not answer or fold(answer) not in library.get(stem or "", ""):
            yield f"answer is not in the report: {answer}"


def conversation_faults(row: Row, library: dict[str, str]) -> Iterator[str]:
    """Yields what does not hold of one conversation."""
    turns = row["turns"]
    if len(turns) not in TURNS:
        yield f"{len(turns)} turns"
    if turns[0]["depends"]:
        yield "the first turn depends"
    for turn in turns:
        if set(turn) != {"question", "depends", "answers", "report", "year"}:
            yield f"keys of a turn: {sorted(turn)}"
        if turn["report"] and turn["year"] and str(turn["year"]) not in turn["report"]:
            yield f"year and report disagree: {turn['question']}"
        yield from answer_faults(turn, library)


def list_faults(row: Row, library: dict[str, str]) -> Iterator[str]:
    """Yields what does not hold of one list question; the items stand in this order."""
    text = library.get(row["report"], "")
    if len(row["items"]) < FEWEST_ITEMS:
        yield "too few items"
    at = 0
    for item in row["items"]:
        found = text.find(fold(item), at)
        if found < 0:
            yield f"item is not in the report after the one before: {item}"
        else:
            at = found + len(fold(item))


def question_faults(row: Row, library: dict[str, str]) -> Iterator[str]:
    """Yields what does not hold of one line of english.jsonl or typos.jsonl."""
    yield from answer_faults(row, library)
    if row.get("answerable", True) != bool(row["answers"]):
        yield "answerable and answers disagree"
    if "clean" in row and fold(row["clean"]) == fold(row["question"]):
        yield "clean is the question itself"
    if "clean" in row and row["kind"] not in TYPO_KINDS:
        yield f"kind {row['kind']}"


def set_faults(sets: dict[str, list[Row]]) -> Iterator[str]:
    """Yields what does not hold of the sets as wholes."""
    ids = Counter(row["id"] for rows in sets.values() for row in rows)
    yield from (f"id twice: {i}" for i, n in ids.items() if n > 1)
    yield from (
        f"{name}: only {len(sets[name])}" for name, n in LEAST.items() if len(sets[name]) < n
    )
    changes = sum(is_change(row) for row in sets["conversations"])
    if 3 * changes < len(sets["conversations"]):
        yield f"only {changes} conversations change the topic"


def is_change(conversation: Row) -> bool:
    """Says whether no turn of the conversation depends on another."""
    return not any(turn["depends"] for turn in conversation["turns"])


def show_counts(sets: dict[str, list[Row]]) -> None:
    """Prints the size of each set, by library."""
    for name, rows in sets.items():
        libraries = Counter(row["reports"] for row in rows)
        print(f"{name}: {len(rows)} (" + ", ".join(f"{k} {n}" for k, n in libraries.items()) + ")")
    conversations = sets["conversations"]
    turns = [turn for row in conversations for turn in row["turns"]]
    print(f"  changes of topic: {sum(map(is_change, conversations))} conversations")
    print(f"  turns: {len(turns)}, {sum(turn['depends'] for turn in turns)} depend")
    print(f"  turns to be refused: {sum(not turn['answers'] for turn in turns)}")


def main() -> int:
    """Checks every set and returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--benchmark", type=Path, required=True, help="the benchmark folder")
    libraries = load_libraries(parser.parse_args().benchmark)
    sets = {name: load(name) for name in LEAST}
    checks = {"conversations": conversation_faults, "lists": list_faults}
    faults = list(set_faults(sets))
    for name, rows in sets.items():
        check = checks.get(name, question_faults)
        for row in rows:
            faults += [f"{row['id']}: {f}" for f in check(row, libraries[row["reports"]])]
    show_counts(sets)
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
