"""What a real small model writes of school reports, and what the check lets through of it.

    python -m tests.bench.small_model [--base-url URL] [--model NAME] [--questions N]

Needs a server (`tests/bench/llama_server.mjs` runs one). A small model cannot write Chinese well,
which makes it a good adversary. Takes questions of training/data/staff/dev that several sentences
answer, gives the model their marked sentences as the program would, and prints every sentence that
passed, how many failed and why, and how long it took.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections import Counter
from pathlib import Path

from index.errors import LanguageModelError
from index.language_model.chat_model import ChatServer
from index.language_model.writing import SCHEMA, Source, checked, messages
from index.readers.found import Found
from index.store.store import Scope
from index.understanding.question import Question, QuestionKind
from training.reader.data.staff_questions import find_mark, read_questions, report_passages

PART = Path(__file__).parents[2] / "training/data/staff/dev"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--base-url", default="http://127.0.0.1:8765/v1")
    parser.add_argument("--model", default="small")
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--timeout", type=int, default=300)
    args = parser.parse_args()
    tally: Counter[str] = Counter()
    times = []
    for question, sources in several(args.questions):
        started = time.perf_counter()
        try:
            # a new one each time: none is left alone for what the one before it did not reply
            server = ChatServer(args.base_url, args.model, timeout=args.timeout)
            reply = server.reply(messages(question, sources), SCHEMA)
        except LanguageModelError as exc:
            tally[f"no reply: {exc.reason}"] += 1
            continue
        times.append(time.perf_counter() - started)
        found = checked(reply, sources)
        if found is None:
            tally["replies without the form"] += 1
            continue
        tally["replies"] += 1
        tally["sentences passed"] += len(found.sentences)
        tally["sentences dropped"] += len(found.dropped)
        tally.update(f"dropped: {failure}" for failure in found.dropped)
        for each in found.sentences:
            evidence = " | ".join(s.found.words for s in sources if s.number in each.numbers)
            print(f"passed: {each.text}\n   from: {evidence}", flush=True)
    for name, count in tally.most_common():
        print(f"{count:5} {name}")
    if times:
        times.sort()
        print(f"{len(times)} replies, median {times[len(times) // 2]:.1f} s")
    print(
        f"memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"
    )


def several(limit: int) -> list[tuple[Question, tuple[Source, ...]]]:
    """Return questions with two to six marked sentences, which stand in for a quoted answer."""
    own = report_passages(PART / "reports")
    found = []
    for asked in read_questions(PART / "questions.jsonl"):
        marks = [find_mark(words, own[asked.report]) for words in asked.evidence]
        places = [mark for mark in marks if mark is not None]
        if not 2 <= len(places) <= 6:
            continue
        sources = []
        for number, mark in enumerate(places, start=1):
            passage, span = own[asked.report][mark.row], (mark.start, mark.end)
            sources.append(Source(number, Found(passage, 0.0, span, (span,))))
        question = Question(
            typed=asked.question, searched=asked.question, scope=Scope(),
            corrected=asked.question, kind=QuestionKind.TOPIC,
        )  # fmt: skip
        found.append((question, tuple(sources)))
    return found[:limit]


if __name__ == "__main__":
    main()
