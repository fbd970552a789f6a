"""The shipped report in every format: is it the same report, does it give the same answers?

    python -m tests.bench.formats BENCHMARK [FONT]

BENCHMARK is the folder of the data sets; FONT a TrueType font with Chinese letters, for the
scan, which is left out without it. Prints a table: hits at rank 1 of the questions that the
report answers.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.report import Report
from corpus.sandbox.pool import ParserPool
from tests.corpus.formats import school_report as made
from tests.corpus.formats.word_report import as_word


def formats(report: Report, font: Path | None) -> Iterator[tuple[str, bytes]]:
    """Yield a suffix and a file for each format."""
    yield ".txt", made.SHIPPED.read_bytes()
    yield ".docx", as_word(report)
    yield ".pdf", made.as_pdf(report)
    yield ".html", made.as_html(report)
    yield ".gb.txt", made.as_text(report).encode("gb18030")
    if font is not None:
        yield ".scan.pdf", made.as_scan(report, font)


def main() -> None:
    """Print the table."""
    questions = Path(sys.argv[1]) / "school/questions.jsonl"
    font = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    report = made.shipped()
    answers: dict[str, list[object]] = {}
    print(f"{'format':<12}{'bytes':>9}{'read s':>8}{'tree':>6}{'text':>6}{'hits@1':>8}{'same':>6}")
    for suffix, data in formats(report, font):
        with TemporaryDirectory(prefix="baogao-formats-") as folder:
            name = f"{report.name}.{suffix.rsplit('.', 1)[-1]}"
            begun = time.monotonic()
            read = ParserPool().read(data, Path(name))
            seconds = time.monotonic() - begun
            details = evaluated(Path(folder), name, data, questions)
        answers[suffix] = [(d["status"], d["answer"]) for d in details]
        asked = [d for d in details if d["answerable"]]
        hits = sum(d["rank"] == 1 for d in asked)
        tree = list(read.walk()) == list(report.walk())
        same = sum(a == b for a, b in zip(answers[suffix], answers[".txt"], strict=True))
        print(
            f"{suffix:<12}{len(data):>9}{seconds:>8.1f}{tree!s:>6}{read.text == report.text!s:>6}"
            f"{hits:>5}/{len(asked)}{same:>3}/{len(details)}"
        )


def evaluated(folder: Path, name: str, data: bytes, questions: Path) -> list[dict[str, object]]:
    """Return what `baogao eval` says of each question over a library of that one file."""
    reports = folder / "reports"
    reports.mkdir()
    (reports / name).write_bytes(data)
    details = folder / "details.jsonl"
    subprocess.run(
        [
            *(sys.executable, "-m", "bot", "eval", str(questions)),
            *("--reports", str(reports), "--details", str(details)),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return [json.loads(line) for line in details.read_text("utf-8").splitlines()]


if __name__ == "__main__":
    main()
