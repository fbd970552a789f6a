"""Fits the confidence that ships with the reader.

`python -m training.calibrate_reader --benchmark DIR [--reader DIR]` asks questions that the
reader was never trained on: those of the held-out articles of DRCD dev that are for
calibration, and, over the government reports and the staff's, the held-out staff questions and
the benchmark's on government reports. Every question that has an answer is asked twice, the
second time with the passages that answer it hidden. Both kinds of text count the same.
"""

import argparse
import json
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from corpus.library import Library
from index.building import Builder
from index.calibration import FILE, Judged, fit, save
from index.embedded import EmbeddedStore
from index.encoders import checksums, load_encoder
from index.engine import Engine, Limits
from index.evaluation import Case, auroc, holds
from index.generations import Generations
from index.readers import READER_FOLDER, load_reader
from training.reader_held_out import halves
from training.reader_split import STAFF, held_out_staff


def main() -> None:
    """Fit, save, and print what the fit is worth on the questions it was fitted to."""
    parser = argparse.ArgumentParser(description="Fit the confidence that ships with the reader.")
    parser.add_argument("--benchmark", type=Path, required=True, metavar="DIR")
    parser.add_argument("--reader", type=Path, default=READER_FOLDER, metavar="DIR")
    options = parser.parse_args()
    government = options.benchmark / "government"
    staff = held_out_staff(options.benchmark)
    sets = [
        judged(options.reader, [options.benchmark / "drcd" / "reports"], drcd(options.benchmark)),
        judged(
            options.reader,
            [government / "reports", STAFF / "reports"],
            [*cases(government / "questions.jsonl"), *staff],
        ),
    ]
    heaviest = max(len(each) for each in sets)
    every = [replace(j, weight=heaviest / len(each)) for each in sets for j in each]
    encoder, reader = load_encoder("bundled"), load_reader(str(options.reader))
    fitted = fit(every, encoder.fingerprint, reader.fingerprint)
    save(fitted, options.reader / FILE)
    checksums.write(options.reader, [path.name for path in options.reader.iterdir()])
    print(fitted)
    for name, each in zip(("encyclopedia", "office"), sets, strict=True):
        scores = [fitted.confidence(j.evidence) for j in each]
        good = [j.answerable for j in each]
        sure = [s for s, g in zip(scores, good, strict=True) if g]
        shares = {
            word: round(sum(s < fitted.threshold(word) for s in sure) / len(sure), 3)
            for word in fitted.thresholds
        }
        print(f"{name}: {len(each)} questions, auroc {auroc(scores, good):.3f}, refused {shares}")


def judged(reader: Path, folders: Sequence[Path], questions: Sequence[Case]) -> list[Judged]:
    """Ask questions over the reports in `folders`, and return the evidence for each."""
    found: list[Judged] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        library = folder / "reports"
        library.mkdir()
        for source in folders:
            for path in source.glob("*.txt"):
                (library / path.name).symlink_to(path)
        encoder = load_encoder("bundled")
        Builder(Library(library), folder / "index", encoder).bring_up_to_date()
        generations = Generations(folder / "index")
        generation, _ = generations.open_from(generations.require_current())
        engine = Engine(EmbeddedStore.open(generation.folder), encoder, load_reader(str(reader)))
        for case in questions:
            found += _asked(engine, case)
    return found


def _asked(engine: Engine, case: Case) -> list[Judged]:
    asked = [(case.answerable, Limits())]
    if case.answerable:
        asked.append((False, Limits(hidden=partial(holds, case))))
    answers = [(good, engine.ask(case.question, limits)) for good, limits in asked]
    return [Judged(a.evidence, good) for good, a in answers if a.evidence is not None]


def drcd(benchmark: Path) -> list[Case]:
    """Return the held-out questions of DRCD that are for calibration."""
    return [_case(row) for row in halves(benchmark)[0]]


def cases(path: Path) -> list[Case]:
    """Read questions as `baogao eval` has them."""
    return [_case(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def _case(row: dict[str, Any]) -> Case:
    return Case(
        row["id"],
        row["question"],
        tuple(row["answers"]),
        row.get("report"),
        row.get("answerable", True),
    )


if __name__ == "__main__":
    main()
