"""The virtual environments in which the contestants of `tests.bench.rivals` run."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
OURS = "baogao"
MODEL = ("torch==2.13.0", "sentence-transformers>=6.2,<7", "faiss-cpu>=1.13,<2")
NEEDS = {
    OURS: (),
    "sentence-transformers": MODEL,
    "txtai": (*MODEL, "txtai"),
    "llamaindex": (
        *MODEL,
        "llama-index-core",
        "llama-index-embeddings-huggingface",
        "llama-index-vector-stores-faiss",
    ),
    "langchain": (*MODEL, "langchain-community", "langchain-huggingface"),
}
NAMES = {"sentence-transformers": "sentence-transformers + FAISS", "txtai": "txtai"}
NAMES |= {OURS: "baogao", "llamaindex": "LlamaIndex", "langchain": "LangChain"}


def install(name: str, venvs: Path) -> tuple[Path, float] | None:
    """Return the Python of a contestant and the size of its environment in MB.

    None where it cannot be installed, which is said.
    """
    folder = venvs / name
    python = folder / "bin" / "python"
    pip = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    wanted = [str(REPOSITORY)] if name == OURS else list(NEEDS[name])
    there = python.exists()
    if not there:
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    if not there or name == OURS:
        again = ["--force-reinstall", "--no-deps"] if there else []
        done = subprocess.run([*pip, *again, *wanted], check=False)
        if done.returncode:
            print(f"{NAMES[name]} cannot be installed and is left out", file=sys.stderr)
            shutil.rmtree(folder)
            return None
    size = sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())
    return python, size / 2**20
