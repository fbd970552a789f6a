"""What a process that answers holds in memory, step by step.

    python -m tests.bench.memory_steps

Prints a table: the resident memory after each step, in MB, and what the step added.
"""

from __future__ import annotations

import os
import subprocess
import sys

from tests.bench.pages import table

STEPS = (
    ("Python", "pass"),
    ("numpy, faiss", "import numpy, faiss"),
    ("onnxruntime, tokenizers", "import onnxruntime, tokenizers"),
    ("the engine's own modules", "import index.engine, bot.service; from index import encoders"),
    ("the dictionary of rjieba", "import rjieba; rjieba.cut('师德师风')"),
    ("the tables of OpenCC", "from index.folding import fold; fold('師德')"),
    (
        "the tokenizer, 42,000 pieces",
        "from index.encoders import tokenizer; tokenizer.load_tokenizer(encoders.BUNDLED_FOLDER)",
    ),
    ("the encoder, 39 MB", "encoder = encoders.load_encoder('bundled')"),
    ("a question encoded", "encoder.encode_questions(['书记上了几节思政课？'])"),
    (
        "the reader, 39 MB",
        "from index.readers import load_reader; reader = load_reader('bundled')",
    ),
)


def main() -> None:
    print(steps(measured()))


def measured() -> list[float]:
    """Return the resident memory after each step of a new process, in MB."""
    lines = "\n".join(f"exec({code!r})\ntell()" for _, code in STEPS)
    program = (
        "import os\nfrom tests.bench.memory import resident\n"
        f"def tell(): print(resident(os.getpid()))\n{lines}"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, env=os.environ
    )
    return [float(line) for line in done.stdout.split()]


def steps(sizes: list[float]) -> str:
    """Return the table of the steps whose resident memory is `sizes`, in MB."""
    before = [0.0, *sizes]
    rows = [
        (name, f"{size:.0f}", f"{size - last:.0f}")
        for (name, _), size, last in zip(STEPS, sizes, before, strict=False)
    ]
    return table(("after", "resident, MB", "more by"), rows)


if __name__ == "__main__":
    main()
