"""How often a passage has the type that people gave its sentences.

    python -m tests.bench.section_types FOLDER [--details]

FOLDER holds questions.jsonl, in the format of training/data/staff, and reports/. Each marked
sentence counts once a report, with the `section` of its questions. Prints the share of sentences
that lie in a passage of that type, and marked (rows) against found (columns); with --details,
those that differ.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from corpus.formats.source import Source
from corpus.parsing.parse import understand
from corpus.passages import passages
from corpus.report import Passage, SectionType

Marks = dict[tuple[str, str], SectionType]


def marks(folder: Path) -> Marks:
    """Return the type of each marked sentence, by its report and its first words."""
    found: Marks = {}
    for line in (folder / "questions.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        section, evidence = row.get("section"), row["evidence"]
        if row["answerable"] and section and len(evidence) == 1:
            found[row["report"], evidence[0]] = SectionType(section)
    return found


def compared(folder: Path) -> Iterator[tuple[SectionType, Passage, str]]:
    """Yield the marked type of each sentence, the passage that holds it, and its first words."""
    parsed: dict[str, list[Passage]] = {}
    for path in sorted((folder / "reports").iterdir()):
        parsed[path.stem] = passages(understand(Source(path.read_bytes(), path)))
    for (report, words), marked in marks(folder).items():
        holding = next((each for each in parsed[report] if words in each.text), None)
        if holding is not None:
            yield marked, holding, words


def main() -> None:
    """Print the agreement and the confusion."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--details", action="store_true")
    args = parser.parse_args()
    confusion: Counter[tuple[SectionType, SectionType]] = Counter()
    for marked, passage, words in compared(args.folder):
        confusion[marked, passage.section_type] += 1
        if args.details and marked is not passage.section_type:
            path = " / ".join(passage.path)
            print(f"{marked:9}{passage.section_type:9}{passage.report} | {path} | {words}")
    agreed = sum(n for (marked, found), n in confusion.items() if marked is found)
    print(f"{agreed / confusion.total():.3f} of {confusion.total()} sentences")
    print(f"{'':9}" + "".join(f"{kind:>9}" for kind in SectionType))
    for marked in SectionType:
        counts = "".join(f"{confusion[marked, found]:9}" for found in SectionType)
        print(f"{marked:9}{counts}")


if __name__ == "__main__":
    main()
