"""What a process that answers holds in memory, and what its start takes, step by step.

    python -m tests.bench.memory_steps

Prints a table: the resident memory after each step, in MB, what the step added, and its seconds.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence

from tests.bench.pages import table

STEPS = (
    ("Python", "pass"),
    ("numpy, faiss", "import numpy, faiss"),
    ("onnxruntime, tokenizers", "import onnxruntime, tokenizers"),
    (
        "the engine's own modules",
        "import index.answering.engine, bot.service; from index import encoders",
    ),
    ("the dictionary of rjieba", "import rjieba; rjieba.cut('师德师风')"),
    ("the tables of OpenCC", "from index.lexical.folding import fold; fold('師德')"),
    (
        "the tokenizer, 42,000 pieces",
        "from index.encoders import tokenizer; tokenizer.load_tokenizer(encoders.BUNDLED_FOLDER)",
    ),
    ("the encoder, 39 MB", "encoder = encoders.load_encoder('bundled')"),
    ("a question encoded", "encoder.encode_questions(['书记上了几节思政课？'])"),
    (
        "the reader, 25 MB",
        "from index.readers import load_reader; reader = load_reader('bundled')",
    ),
    (
        "five passages of 240 characters read",
        (
            "from corpus.report import Passage;"
            "text = '学校开展党史学习教育，书记带头上党课。' * 12;"
            "one = Passage('a', 'a', '总结', 2021, (), 1, 1, text, 0, len(text));"
            "reader.read('书记上了几节思政课？', [one] * 5)"
        ),
    ),
)


def main() -> None:
    print(steps(measured()))


def measured() -> list[tuple[float, float]]:
    """Return the resident memory after each step of a new process, in MB, and its seconds."""
    lines = "\n".join(f"exec({code!r})\ntell()" for _, code in STEPS)
    program = (
        "import os, time\nfrom tests.bench.memory import resident\n"
        f"def tell(): print(resident(os.getpid()), time.time())\n{lines}"
    )
    start = time.time()
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, env=os.environ
    )
    told = [tuple(map(float, line.split())) for line in done.stdout.splitlines()]
    ends = [start, *(end for _, end in told)]
    return [(size, end - before) for (size, end), before in zip(told, ends, strict=False)]


def steps(sizes: Sequence[tuple[float, float]]) -> str:
    """Return the table of the steps that were `measured`."""
    before = [0.0, *(size for size, _ in sizes)]
    rows = [
        (name, f"{size:.0f}", f"{size - last:.0f}", f"{seconds:.2f}")
        for (name, _), (size, seconds), last in zip(STEPS, sizes, before, strict=False)
    ]
    return table(("after", "resident, MB", "more by", "seconds"), rows)


if __name__ == "__main__":
    main()
