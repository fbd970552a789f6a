"""Writes the readings that the tests hold the bundled reader to.

`python -m training.reader.golden_readings CHECKPOINT`, with the trained model that
`training.reader.build_reader` leaves. PyTorch works them out in float32, so they share no code
with the int8 model but the cutting into tokens.
"""

import argparse
import json
from pathlib import Path

from corpus.report import Passage
from index.encoders import BUNDLED_FOLDER
from training.reader.torch_reader import TorchReader

GOLDEN = Path(__file__).parents[2] / "tests" / "index" / "readers" / "golden"


def main() -> None:
    """Read the golden passages with the model that the command line names."""
    parser = argparse.ArgumentParser(description="Write the golden readings of the tests.")
    parser.add_argument("checkpoint", type=Path)
    options = parser.parse_args()
    reader = TorchReader(options.checkpoint, BUNDLED_FOLDER / "tokenizer.json")
    rows = json.loads((GOLDEN / "questions.json").read_text(encoding="utf-8"))
    found = []
    for row in rows:
        text = row["text"]
        passage = Passage(
            "golden:1:1", "golden", row["title"], None, tuple(row["path"]), 1, 1, text, 0, len(text)
        )
        (reading,) = reader.read(row["question"], [passage])
        words = text[reading.start : reading.end]
        print(f"{reading.margin:7.2f}  {row['question']}  {words}")
        found.append(
            {
                "start": reading.start,
                "end": reading.end,
                "margin": reading.margin,
                "evidence": reading.evidence,
                "sentences": [each.score for each in reading.sentences],
            }
        )
    (GOLDEN / "readings.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
