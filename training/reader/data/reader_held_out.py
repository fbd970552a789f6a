"""The questions that the reader was never trained on, as files for `baogao eval`.

`python -m training.reader.data.reader_held_out --benchmark DIR OUT` writes OUT/calibration.jsonl
and OUT/test.jsonl: the held-out articles of DRCD dev in two halves, by article. The confidence is
fitted on the one, and what is reported was measured on the other.
"""

import argparse
import hashlib
import json
from pathlib import Path
from typing import Any

from index.lexical.folding import fold
from training.reader.data.reader_split import held_out


def main() -> None:
    """Write the two files."""
    parser = argparse.ArgumentParser(description="Write the held-out questions.")
    parser.add_argument("--benchmark", type=Path, required=True, metavar="DIR")
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for name, rows in zip(("calibration", "test"), halves(options.benchmark), strict=True):
        lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
        (options.out / f"{name}.jsonl").write_text("".join(lines), encoding="utf-8")
        print(f"{name}: {len(rows)} questions on {len({row['report'] for row in rows})} articles")


def halves(benchmark: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the held-out questions to calibrate on, and those to test on."""
    text = (benchmark / "drcd" / "questions.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in text.splitlines()]
    kept_out = [row for row in rows if held_out(row["report"])]
    return (
        [row for row in kept_out if for_calibration(row["report"])],
        [row for row in kept_out if not for_calibration(row["report"])],
    )


def for_calibration(title: str) -> bool:
    """Whether a held-out article is one of those that the confidence is fitted on."""
    return hashlib.sha256(f"calibrate {fold(title)}".encode()).digest()[0] % 2 == 0


if __name__ == "__main__":
    main()
