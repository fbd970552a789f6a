"""Checks the staff questions under training/data/staff and prints their counts.

Run as `python training/reader/data/check_staff_data.py --benchmark DIR`, where DIR holds
`government/reports`. Exit status: 0 all well, 1 something does not hold; every fault is printed.
"""

import argparse
import json
import re
import sys
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import opencc

STAFF = Path(__file__).resolve().parents[2] / "data" / "staff"
ANSWERABLE_KINDS = frozenset(
    {
        "fact",
        "number",
        "reason",
        "plan",
        "problem",
        "list",
        "paraphrase",
        "colloquial",
        "traditional",
        "yesno",
    }
)
UNANSWERABLE_KINDS = frozenset(
    {"missing", "other_year", "other_school", "off_topic", "false_presupposition"}
)
LONGEST_ANSWER = 40
MIN_QUESTIONS = 240
TEST_SHARE = (0.30, 0.36)
UNANSWERABLE_SHARE = (0.25, 0.30)
UNSEEN = ("泊洲", "1995", "2006")  # a school and two years that training never names


@dataclass(frozen=True, slots=True)
class StaffQuestion:
    """One line of train.jsonl or test.jsonl; `near` is a look-alike sentence of a refusal."""

    id: str
    question: str
    answers: tuple[str, ...]
    report: str | None
    answerable: bool
    kind: str
    evidence: str | None
    near_report: str | None
    near: str | None


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def fold(text: str) -> str:
    """Return `text` after NFKC, traditional to simplified, without white space."""
    plain = unicodedata.normalize("NFKC", text)
    return re.sub(r"\s+", "", _simplifier().convert(plain))


def load_questions(path: Path) -> list[StaffQuestion]:
    """Read one JSON object a line; raises KeyError where a required key is missing."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        StaffQuestion(
            id=row["id"],
            question=row["question"],
            answers=tuple(row["answers"]),
            report=row.get("report"),
            answerable=row["answerable"],
            kind=row["kind"],
            evidence=row.get("evidence"),
            near_report=row.get("near_report"),
            near=row.get("near"),
        )
        for row in rows
    ]


def load_reports(folders: list[Path]) -> dict[str, str]:
    """Return the folded text of every .txt file, by stem."""
    return {
        path.stem: fold(path.read_text(encoding="utf-8-sig"))
        for folder in folders
        for path in sorted(folder.glob("*.txt"))
    }


def answerable_faults(q: StaffQuestion, reports: dict[str, str]) -> list[str]:
    """Return what does not hold of an answerable question."""
    faults = [] if q.kind in ANSWERABLE_KINDS else [f"kind {q.kind}"]
    text = reports.get(q.report or "")
    if text is None:
        return [*faults, f"no report {q.report}"]
    evidence = fold(q.evidence or "")
    if not evidence or evidence not in text:
        faults.append("evidence is not in the report")
    if not q.answers:
        faults.append("no answers")
    for answer in q.answers:
        if not 1 <= len(answer) <= LONGEST_ANSWER:
            faults.append(f"answer of {len(answer)} characters")
        if fold(answer) not in evidence:
            faults.append(f"answer is not in the evidence: {answer}")
    return faults


def unanswerable_faults(q: StaffQuestion, reports: dict[str, str]) -> list[str]:
    """Return what does not hold of an unanswerable question."""
    faults = [] if q.kind in UNANSWERABLE_KINDS else [f"kind {q.kind}"]
    if q.answers or q.report or q.evidence:
        faults.append("unanswerable, yet has answers, report or evidence")
    if q.near is not None and fold(q.near) not in reports.get(q.near_report or "", ""):
        faults.append("near is not in near_report")
    return faults


def set_faults(train: list[StaffQuestion], test: list[StaffQuestion], old: set[str]) -> list[str]:
    """Return what does not hold of the two sets together; `old` are benchmark questions."""
    both = train + test
    faults = [f"id twice: {i}" for i, n in Counter(q.id for q in both).items() if n > 1]
    asked = Counter(fold(q.question) for q in both)
    faults += [f"asked twice: {text}" for text, n in asked.items() if n > 1]
    faults += [f"a benchmark question: {text}" for text in asked if text in old]
    if len(both) < MIN_QUESTIONS:
        faults.append(f"only {len(both)} questions")
    if not TEST_SHARE[0] <= len(test) / len(both) <= TEST_SHARE[1]:
        faults.append(f"test share is {len(test) / len(both):.2f}")
    for name, part in (("train", train), ("test", test)):
        share = sum(not q.answerable for q in part) / len(part)
        if not UNANSWERABLE_SHARE[0] <= share <= UNANSWERABLE_SHARE[1]:
            faults.append(f"{name}: unanswerable share is {share:.2f}")
        missing = (ANSWERABLE_KINDS | UNANSWERABLE_KINDS) - {q.kind for q in part}
        faults += [f"{name}: no question of kind {kind}" for kind in sorted(missing)]
    seen = {q.report or q.near_report for q in train} - {None}
    shared = seen & {q.report or q.near_report for q in test}
    faults += [f"report in both sets: {stem}" for stem in sorted(filter(None, shared))]
    faults += [f"{q.id} names {word}" for q in train for word in UNSEEN if word in q.question]
    return faults


def detail_faults(details: list[StaffQuestion], others: list[StaffQuestion]) -> list[str]:
    """Return what does not hold of the questions about details beside the two other sets."""
    asked = Counter(fold(q.question) for q in [*details, *others])
    faults = [f"asked twice: {fold(q.question)}" for q in details if asked[fold(q.question)] > 1]
    tested = {_about(q) for q in others if q.id.startswith("staff-test")} - {""}
    faults += [f"{q.id} is about a test sentence" for q in details if _about(q) in tested]
    return faults


def _about(q: StaffQuestion) -> str:
    return fold(q.evidence or q.near or "")


def show_counts(name: str, questions: list[StaffQuestion]) -> None:
    """Print how many questions of each kind and report there are."""
    kinds = Counter(q.kind for q in questions)
    refused = sum(not q.answerable for q in questions)
    print(f"{name}: {len(questions)} questions, {refused} of them unanswerable")
    print("  " + ", ".join(f"{kind} {n}" for kind, n in kinds.most_common()))
    for stem, n in sorted(Counter(q.report for q in questions if q.report).items()):
        print(f"  {stem}: {n}")


def main() -> int:
    """Check the sets and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--benchmark", type=Path, required=True, help="the benchmark folder")
    benchmark: Path = parser.parse_args().benchmark
    government = benchmark / "government"
    reports = load_reports([STAFF / "reports", government / "reports"])
    lines = (government / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    old = {fold(json.loads(line)["question"]) for line in lines}
    train, test, details = (
        load_questions(STAFF / f"{name}.jsonl") for name in ("train", "test", "details")
    )
    faults = set_faults(train, test, old) + detail_faults(details, train + test)
    for q in train + test + details:
        check = answerable_faults if q.answerable else unanswerable_faults
        faults += [f"{q.id}: {fault}" for fault in check(q, reports)]
    show_counts("train", train)
    show_counts("test", test)
    show_counts("details", details)
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
