"""Fits the confidence that ships with the reader.

`python -m training.reader.calibrate_reader --benchmark DIR --work DIR` asks questions that the
reader was never trained on, of four kinds of text: the dev part of the staff questions, each of its
own report alone; those of the held-out articles of DRCD dev that are for calibration, over those
articles; the first staff questions that are held out, over their reports and the government's; and
the benchmark's on government reports. What has an answer in DRCD or in the first staff questions
is asked twice, the second time with the passages that answer it hidden. Each kind counts as
`SHARES` says, and questions without an answer as `UNANSWERABLE` says.
"""

import argparse
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from corpus.library import Library
from corpus.report import Passage
from index.answering.confidence import Calibration
from index.answering.engine import Engine, Restrictions
from index.building.builder import Builder
from index.encoders import Encoder, load_encoder, model_files
from index.evaluation.calibration import FILE, Judged, fit, save
from index.evaluation.metrics import Case, auroc, holds, judge
from index.evaluation.withholding import WithholdingStore
from index.generations.on_disk import DiskGenerations
from index.readers import READER_FOLDER, Reader, Reading, load_reader
from training.reader.data.reader_held_out import halves
from training.reader.data.reader_split import STAFF as FIRST
from training.reader.data.reader_split import held_out_staff
from training.reader.data.staff_questions import STAFF


class Remembering:
    """A reader that reads nothing twice: hiding a passage changes one of five."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._known: dict[tuple[str, str, str], Reading] = {}

    @property
    def fingerprint(self) -> str:
        """That of the reader itself."""
        return self._reader.fingerprint

    def read(
        self, question: str, passages: Sequence[Passage], beside: Sequence[str] = ()
    ) -> list[Reading]:
        """Read the passages that were not read before."""
        new = [p for p in passages if (question, p.id, p.text) not in self._known]
        for passage, reading in zip(new, self._reader.read(question, new, beside), strict=True):
            self._known[question, passage.id, passage.text] = reading
        return [self._known[question, p.id, p.text] for p in passages]


SHARES: Final = {"staff": 0.6, "encyclopedia": 0.2, "first staff": 0.1, "government": 0.1}
"""How much each kind of text counts: the program is for staff, and is to be honest on others."""

UNANSWERABLE: Final = 0.23
"""The share of questions that the reports do not answer: 71 of 310 in a trial by strangers.

The sets have more of them, for they are what is hard to learn.
"""


def main() -> None:
    """Fit, save, and print what the fit is worth on the questions it was fitted to."""
    parser = argparse.ArgumentParser(description="Fit the confidence that ships with the reader.")
    parser.add_argument("--benchmark", type=Path, required=True, metavar="DIR")
    parser.add_argument("--reader", type=Path, default=READER_FOLDER, metavar="DIR")
    parser.add_argument("--work", type=Path, required=True, metavar="DIR", help="keeps the indexes")
    options = parser.parse_args()
    government = options.benchmark / "government"
    encoder, reader = load_encoder("bundled"), load_reader(str(options.reader))
    office_reports = [*(government / "reports").glob("*.txt"), *(FIRST / "reports").glob("*.txt")]
    articles = drcd(options.benchmark)
    drcd_reports = [
        options.benchmark / "drcd" / "reports" / f"{name}.txt"
        for name in sorted({case.report for case in articles if case.report})
    ]
    over_office = engine(options.work / "office", office_reports, encoder, reader)
    over_drcd = engine(options.work / "drcd", drcd_reports, encoder, reader)
    sets = {
        "staff": staff_judged(options.work / "staff", encoder, reader),
        "encyclopedia": judged(over_drcd, articles),
        "first staff": judged(over_office, held_out_staff(options.benchmark)),
        "government": judged(over_office, cases(government / "questions.jsonl"), hide=False),
    }
    every = [each for name, found in sets.items() for each in weighted(found, SHARES[name])]
    fitted = fit(every, encoder.fingerprint, reader.fingerprint)
    save(fitted, options.reader / FILE)
    names = [path.name for path in options.reader.iterdir() if path.name != model_files.CHECKSUMS]
    model_files.write(options.reader, names)
    print(fitted)
    for name, found in sets.items():
        describe(name, found, fitted)


def weighted(found: Sequence[Judged], share: float) -> list[Judged]:
    """Return the questions of a set so that together they count `share`."""
    without = sum(not each.answerable for each in found)
    unanswerable = UNANSWERABLE if without else 0.0
    counts = {
        True: share * (1 - unanswerable) / (len(found) - without),
        False: share * unanswerable / max(1, without),
    }
    return [replace(each, weight=counts[each.answerable]) for each in found]


def staff_judged(work: Path, encoder: Encoder, reader: Reader) -> list[Judged]:
    """Ask the questions of the dev part, each of its report alone."""
    found = []
    for path in sorted((STAFF / "dev" / "reports").glob("*.txt")):
        asked = engine(work / path.stem, [path], encoder, reader)
        own = [
            case for case in cases(STAFF / "dev" / "questions.jsonl") if case.report == path.stem
        ]
        found += judged(asked, own, hide=False)
    return found


def describe(name: str, each: Sequence[Judged], fitted: Calibration) -> None:
    """Print what the fit is worth on one kind of text."""
    scores = [fitted.confidence(j.evidence) for j in each]
    good = [j.answerable for j in each]
    least = fitted.thresholds["balanced"]
    refused = [s < least.unsure for s, g in zip(scores, good, strict=True) if g]
    asserted = [j.right for s, j in zip(scores, each, strict=True) if s >= least.answered]
    print(
        f"{name}: {len(each)} questions, auroc {auroc(scores, good):.3f}, "
        f"refused {sum(refused) / len(refused):.3f}, "
        f"precision {sum(asserted) / max(1, len(asserted)):.3f} of {len(asserted)}"
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """An engine, and the view of its store that keeps passages back."""

    engine: Engine
    store: WithholdingStore


def engine(work: Path, reports: Sequence[Path], encoder: Encoder, reader: Reader) -> Asked:
    """Index the files of `reports` together, where they are not already."""
    library = work / "reports"
    library.mkdir(parents=True, exist_ok=True)
    for path in reports:
        if not (library / path.name).exists():
            shutil.copyfile(path, library / path.name)
    generations = DiskGenerations(work / "index")
    Builder(Library(library), generations, encoder).bring_up_to_date()
    generation, _ = generations.open_from(generations.require_current())
    store = WithholdingStore(generations.store(generation))
    return Asked(Engine(store, encoder, Remembering(reader)), store)


def judged(asked: Asked, questions: Sequence[Case], *, hide: bool = True) -> list[Judged]:
    """Ask questions and return the evidence for each; with `hide`, ask twice what has an answer."""
    return [each for case in questions for each in _asked(asked, case, hide=hide)]


def _asked(asked: Asked, case: Case, *, hide: bool) -> list[Judged]:
    ways: list[tuple[bool, Callable[[Passage], bool] | None]] = [(case.answerable, None)]
    if case.answerable and hide:
        ways.append((False, partial(holds, case)))
    found = []
    for good, asked.store.hidden in ways:
        answer = asked.engine.ask(case.question, Restrictions(refusal=0.0))
        if answer.grounds is not None:
            right = good and judge(case, answer).right
            found.append(Judged(answer.grounds.evidence, good, right, open=answer.grounds.open))
    return found


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
        tuple(row.get("evidence", ())) if isinstance(row.get("evidence"), list) else (),
        row.get("kind"),
    )


if __name__ == "__main__":
    main()
