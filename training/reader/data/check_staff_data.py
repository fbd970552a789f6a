"""Checks the staff questions under training/data/staff, and prints what they are like.

Run as `python -m training.reader.data.check_staff_data [FOLDER]`, where FOLDER holds `train`, `dev`
and `test`. Exit status: 0 all well, 1 something does not hold; every fault is printed.
"""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Final

from corpus.text.sentences import parts
from index.lexical.folding import comparable, fold
from training.reader.data.staff_questions import (
    FACTS,
    SECTIONS,
    SEVERAL,
    STAFF,
    UNANSWERED,
    StaffQuestion,
    read_questions,
    staff_question,
)

PARTS: Final = ("train", "dev", "test")
LONGEST_ANSWER: Final = 60
LEAST_UNANSWERED: Final = 0.30
MOST_IN_ITS_WORDS: Final = 0.6
LEAST_PARAPHRASED: Final = 0.25
MOST_BEGINNING_ALIKE: Final = 0.02
MOST_ALIKE: Final = 0.02
ALIKE: Final = 0.8
"""Jaccard similarity of two questions' trigrams from which they are near-duplicates."""

COPIED: Final = 0.5
"""Share of a report's runs of twelve characters that another school's may have, at most."""

_RUN: Final = 12
_SCHOOL: Final = re.compile(
    r"^.*?(?:小学|中学|高中|附中|学校|幼儿园|中专|中心校|[一二三四五六七八九十]中|教育局|基金会|协会)"
)
_DULL: Final = frozenset(
    "的了吗呢啊吧么什么怎么样多少几个哪些哪里谁是有没在和与或我们学校咱们今年请问一下"
)
_WORDS: Final = re.compile(r"[\u4e00-\u9fffa-z0-9]+")


@dataclass(frozen=True, slots=True)
class DataPart:
    """One of train, dev and test: its reports' texts by name, questions, and conversations."""

    name: str
    reports: dict[str, str]
    questions: tuple[StaffQuestion, ...]
    conversations: tuple[tuple[StaffQuestion, ...], ...]


def read_part(folder: Path) -> DataPart:
    """Read a folder with `reports`, `questions.jsonl` and `conversations.jsonl`."""
    reports = {
        path.stem: path.read_text(encoding="utf-8-sig")
        for path in sorted((folder / "reports").glob("*.txt"))
    }
    lines = (folder / "conversations.jsonl").read_text(encoding="utf-8").splitlines()
    talks = [
        tuple(
            staff_question({"id": row["id"], "report": row["report"], **turn})
            for turn in row["turns"]
        )
        for row in map(json.loads, lines)
    ]
    questions = tuple(read_questions(folder / "questions.jsonl"))
    return DataPart(folder.name, reports, questions, tuple(talks))


def question_faults(asked: StaffQuestion, reports: dict[str, str]) -> Iterator[str]:
    """Yield what does not hold of a question by itself."""
    text = reports.get(asked.report)
    if text is None:
        yield f"no report {asked.report}"
        return
    for words in (*asked.evidence, *asked.near):
        if text.count(words) != 1 or "\n" in words:
            yield f"stands {text.count(words)} times in the report: {words}"
    kinds = FACTS | SEVERAL if asked.answerable else UNANSWERED
    if asked.kind not in kinds:
        yield f"kind {asked.kind}"
    yield from _answer_faults(asked, text) if asked.answerable else _refusal_faults(asked)


def _answer_faults(asked: StaffQuestion, text: str) -> Iterator[str]:
    if not asked.evidence:
        yield "answerable, yet without evidence"
    if asked.section not in SECTIONS:
        yield f"section {asked.section}"
    evidence = [sentence(text, words) for words in asked.evidence if words in text]
    for answer in asked.answers:
        if len(answer) > LONGEST_ANSWER:
            yield f"answer of {len(answer)} characters"
        if not any(answer in each for each in evidence):
            yield f"answer is not in the evidence: {answer}"


def _refusal_faults(asked: StaffQuestion) -> Iterator[str]:
    if asked.answers or asked.evidence:
        yield "unanswerable, yet has answers or evidence"


def sentence(text: str, words: str) -> str:
    """Return what `words` begin, to the end of the sentence or to the semicolon in it."""
    start = text.index(words)
    line = text[start : text.find("\n", start) if "\n" in text[start:] else len(text)]
    ends = [end for _, end in parts(line) if end >= len(words)]
    return line[: ends[0]] if ends else line


def set_faults(found: Sequence[DataPart]) -> Iterator[str]:
    """Yield what does not hold of the parts together."""
    for what in ("id", "report"):
        names = Counter(name for part in found for name in _names(part, what))
        yield from (f"{what} twice: {name}" for name, n in names.items() if n > 1)
    texts = Counter(comparable(text) for part in found for text in part.reports.values())
    yield from (f"report twice: {text[:20]}" for text, n in texts.items() if n > 1)
    for one, other in combinations(found, 2):
        both = {school(name) for name in one.reports} & {school(name) for name in other.reports}
        yield from (f"{name} is in {one.name} and in {other.name}" for name in sorted(both))
    yield from (f"{one} and {other} share words" for one, other in copied(found))


def _names(part: DataPart, what: str) -> Iterable[str]:
    if what == "report":
        return list(part.reports)
    return [asked.id for asked in part.questions] + [talk[0].id for talk in part.conversations]


def school(report: str) -> str:
    """Return the school or office that a report's name begins with, else what precedes the year."""
    match = _SCHOOL.match(report)
    return match[0] if match else re.split(r"\d{4}", report)[0]


def copied(found: Sequence[DataPart]) -> Iterator[tuple[str, str]]:
    """Yield pairs of reports of two schools that share more than `COPIED` of the shorter one."""
    runs = {
        name: {bare[i : i + _RUN] for i in range(len(bare) - _RUN + 1)}
        for part in found
        for name, bare in ((name, comparable(text)) for name, text in part.reports.items())
    }
    for one, other in combinations(runs, 2):
        least = min(len(runs[one]), len(runs[other]))
        shared = len(runs[one] & runs[other])
        if school(one) != school(other) and shared > COPIED * least:
            yield one, other


def manner_faults(part: DataPart, shares: "Shares") -> Iterator[str]:
    """Yield which of the shares of a part are not as they are meant."""
    if shares.unanswered < LEAST_UNANSWERED:
        yield f"{part.name}: {shares.unanswered:.3f} unanswerable"
    if shares.in_its_words > MOST_IN_ITS_WORDS:
        yield f"{part.name}: {shares.in_its_words:.3f} in the words of their evidence"
    if shares.paraphrased < LEAST_PARAPHRASED:
        yield f"{part.name}: {shares.paraphrased:.3f} without a word of their evidence"
    if shares.alike > MOST_ALIKE:
        yield f"{part.name}: {shares.alike:.3f} are near-duplicates"
    for words, share in shares.beginnings[:1]:
        if share > MOST_BEGINNING_ALIKE and share * len(part.questions) > 1:
            yield f"{part.name}: {share:.3f} begin with {words}"


@dataclass(frozen=True, slots=True)
class Shares:
    """What the questions of a part are like, as shares from 0 to 1.

    `in_its_words`: answerable ones whose content bigrams all stand in their evidence;
    `paraphrased`: those none of whose do. `alike`: questions of one report that are nearly another
    one. `beginnings`: the commonest first four characters, most first.
    """

    unanswered: float
    in_its_words: float
    paraphrased: float
    alike: float
    beginnings: tuple[tuple[str, float], ...]


def shares(part: DataPart) -> Shares:
    """Measure the questions of a part."""
    total = max(1, len(part.questions))
    good = [asked for asked in part.questions if asked.answerable]
    overlaps = [overlap(asked, part.reports[asked.report]) for asked in good]
    first = Counter(asked.question[:4] for asked in part.questions)
    return Shares(
        1 - len(good) / total,
        sum(each == 1 for each in overlaps) / max(1, len(good)),
        sum(each == 0 for each in overlaps) / max(1, len(good)),
        len(set(near_duplicates(part.questions))) / total,
        tuple((words, n / total) for words, n in first.most_common(5)),
    )


def overlap(asked: StaffQuestion, text: str) -> float:
    """Return the share of a question's content bigrams that stand in its evidence; 0 of none."""
    wanted = content_bigrams(asked.question)
    there = {b for words in asked.evidence for b in content_bigrams(sentence(text, words))}
    return len(wanted & there) / len(wanted) if wanted else 0.0


def content_bigrams(text: str) -> set[str]:
    """Return the pairs of neighbouring characters neither of which is a dull one."""
    return {
        run[i : i + 2]
        for run in _WORDS.findall(fold(text))
        for i in range(len(run) - 1)
        if run[i] not in _DULL and run[i + 1] not in _DULL
    }


def near_duplicates(questions: Sequence[StaffQuestion]) -> Iterator[str]:
    """Yield the ids of questions that are nearly an earlier one of the same report."""
    earlier: dict[str, list[set[str]]] = {}
    for asked in questions:
        text = f" {comparable(asked.question)} "
        own = {text[i : i + 3] for i in range(len(text) - 2)}
        before = earlier.setdefault(asked.report, [])
        if any(len(own & other) > ALIKE * len(own | other) for other in before):
            yield asked.id
        before.append(own)


def describe(part: DataPart, measured: Shares) -> None:
    """Print counts and shares of a part."""
    kinds = Counter(asked.kind for asked in part.questions)
    askers = Counter(asked.asker for asked in part.questions)
    schools = {school(name) for name in part.reports}
    print(
        f"{part.name}: {len(part.reports)} reports of {len(schools)} schools and offices, "
        f"{len(part.questions)} questions, {len(part.conversations)} conversations"
    )
    print(f"  unanswerable {measured.unanswered:.3f}, near-duplicates {measured.alike:.3f}")
    print(
        f"  all content bigrams in the evidence {measured.in_its_words:.3f}, "
        f"none {measured.paraphrased:.3f}"
    )
    for name, counts in (("kinds", kinds), ("askers", askers)):
        print(f"  {name}: " + ", ".join(f"{each} {n}" for each, n in counts.most_common()))
    print("  beginnings: " + ", ".join(f"{each} {n:.3f}" for each, n in measured.beginnings))


def faults(found: Sequence[DataPart]) -> Iterator[str]:
    """Yield everything that does not hold."""
    yield from set_faults(found)
    for part in found:
        every = [*part.questions, *(turn for talk in part.conversations for turn in talk)]
        broken = [f"{q.id}: {fault}" for q in every for fault in question_faults(q, part.reports)]
        yield from broken
        if not broken:
            yield from manner_faults(part, shares(part))


def main() -> int:
    """Check the parts and return the exit status."""
    parser = argparse.ArgumentParser(description="Check the staff questions.")
    parser.add_argument("folder", type=Path, nargs="?", default=STAFF)
    folder: Path = parser.parse_args().folder
    found = [read_part(folder / name) for name in PARTS]
    wrong = list(faults(found))
    for part in found:
        describe(part, shares(part))
    for fault in wrong:
        print(fault, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
