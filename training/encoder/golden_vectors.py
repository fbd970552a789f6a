"""Writes the vectors that the tests hold the bundled encoder to.

`python -m training.encoder.golden_vectors CHECKPOINT`, with the fp32 directory that
`training.encoder.build_encoder --checkpoint` keeps. sentence-transformers and PyTorch work them
out, so they share no code with the int8 model.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer

GOLDEN = Path(__file__).parents[2] / "tests" / "index" / "encoders" / "golden"


def main() -> None:
    """Encode the golden sentences with the model that the command line names."""
    parser = argparse.ArgumentParser(description="Write the golden vectors of the tests.")
    parser.add_argument("checkpoint", type=Path)
    options = parser.parse_args()
    sentences = json.loads((GOLDEN / "sentences.json").read_text(encoding="utf-8"))
    model = SentenceTransformer(str(options.checkpoint), device="cpu", local_files_only=True)
    # One at a time: no padding can then touch a vector.
    vectors = np.concatenate(
        [
            model.encode_query(sentences["questions"], batch_size=1),
            model.encode_document(sentences["passages"], batch_size=1),
        ]
    )
    np.save(GOLDEN / "vectors.npy", vectors.astype(np.float16), allow_pickle=False)


if __name__ == "__main__":
    main()
