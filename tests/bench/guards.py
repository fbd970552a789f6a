"""Whether each claim of the threat model is held by a test: its guard is taken out, one at a time.

    python -m tests.bench.guards [WORD…]

The tree is copied, a guard is taken out of the copy, and its test is run there: it has to fail.
What it printed is written down; where it passes, the bench fails.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_COPIED = ("bot", "index", "corpus", "tests", "pyproject.toml", "baogao.example.yaml")
_SANDBOX = "tests/corpus/sandbox/test_pool.py"
_PROGRAM = "tests/bot/cli/test_program.py"


@dataclass(frozen=True, slots=True)
class Guard:
    """What stands in the way: its `words` in a file, what they become, and the test that tells."""

    claim: str
    file: str
    words: str
    without: str
    test: str


GUARDS = (
    Guard(
        "a reader reaches no network",
        "corpus/sandbox/worker.py",
        "    forbid_network(local=office is not None)\n",
        "",
        f"{_SANDBOX}::test_the_process_reaches_no_network",
    ),
    Guard(
        "a reader has none of the school's files",
        "corpus/sandbox/worker.py",
        "    confine_files(",
        "    (lambda *_: None)(",
        f"{_SANDBOX}::test_the_process_reads_and_writes_no_file_of_the_school",
    ),
    Guard(
        "a reader knows no token",
        "corpus/sandbox/worker_client.py",
        "for name in _PASSED_ON if name in os.environ",
        "for name in os.environ",
        f"{_SANDBOX}::test_the_process_knows_no_token",
    ),
    Guard(
        "what a killed reader leaves is removed",
        "corpus/durable/temporary_folders.py",
        "        shutil.rmtree(folder, ignore_errors=True)\n        os.close(descriptor)\n",
        "        os.close(descriptor)\n",
        f"{_SANDBOX}::test_what_a_killed_process_left_behind_is_removed",
    ),
    Guard(
        "what a killed program left goes with the next one",
        "corpus/durable/temporary_folders.py",
        "    _sweep(prefix)\n",
        "",
        "tests/corpus/durable/test_temporary_folders.py",
    ),
    Guard(
        "secrets leave the environment",
        "bot/cli/program.py",
        "    drop(os.environ)\n",
        "",
        f"{_PROGRAM}::test_secrets_leave_the_environment_of_the_program",
    ),
    Guard(
        "the first environment is hidden",
        "corpus/sandbox/confinement.py",
        "_prctl(_PR_SET_DUMPABLE, 0)",
        "_prctl(_PR_SET_DUMPABLE, 1)",
        f"{_PROGRAM}::test_the_first_environment_is_hidden_from_programs_of_the_same_user",
    ),
    Guard(
        "the program hides its memory",
        "bot/cli/program.py",
        "    hide_memory()\n",
        "",
        f"{_PROGRAM}::test_the_program_hides_its_memory",
    ),
    Guard(
        "nothing shown steers a terminal",
        "bot/cli/terminal.py",
        "if c.isprintable() or c in",
        "if c or c in",
        f"{_PROGRAM}::test_nothing_shown_steers_a_terminal",
    ),
    Guard(
        "no token in a log",
        "bot/telegram/transport/logs.py",
        '.replace(secret, "…")',
        "",
        "tests/bot/telegram/transport/test_probes.py",
    ),
    Guard(
        "no token in a repr",
        "bot/config/settings.py",
        'return "Token(…)"',
        "return self._secret",
        "tests/bot/config/test_config.py",
    ),
    Guard(
        "a file name leads nowhere else",
        "corpus/library.py",
        'file_name.replace("\\\\", "/").rsplit("/", 1)[-1]',
        "file_name",
        "tests/corpus/test_library.py",
    ),
    Guard(
        "YAML has no aliases",
        "corpus/durable/strict_yaml.py",
        "if isinstance(token, yaml.AliasToken | yaml.AnchorToken):",
        "if isinstance(token, ()):",
        "tests/faults/test_fuzz.py",
    ),
    Guard(
        "a file of a generation is what was written",
        "index/generations/on_disk.py",
        "        verify(folder, manifest)\n",
        "",
        "tests/index/generations",
    ),
    Guard(
        "a model is what SHA256SUMS says",
        "index/encoders/model_files.py",
        "ModelFault.DAMAGED",
        "ModelFault.MISSING_FILE",
        "tests/index/encoders/test_bundled_encoder.py",
    ),
    Guard(
        "onnxruntime calls nobody",
        "corpus/telemetry.py",
        '"ORT_DISABLE_TELEMETRY": "1"',
        '"ORT_TELEMETRY": "1"',
        "tests/e2e/test_network.py::test_the_library_speaks_and_leaves_an_id_unless_it_is_told",
    ),
)


def failure(guard: Guard, tree: Path) -> str:
    """Return what the test of a guard says without it; "" where it passes still."""
    path = tree / guard.file
    whole = path.read_text("utf-8")
    if guard.words not in whole:
        raise LookupError(f"{guard.file} has no {guard.words!r}")
    path.write_text(whole.replace(guard.words, guard.without), "utf-8")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", guard.test],
            cwd=tree,
            env={**os.environ, "PYTHONPATH": str(tree)},
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        path.write_text(whole, "utf-8")
    said = [line[1:].strip() for line in done.stdout.splitlines() if line.startswith("E  ")]
    return (said or done.stdout.splitlines()[-1:])[0] if done.returncode == 1 else ""


def main() -> int:
    """Print a line a guard; 1 where a test does not notice that one is out."""
    unnoticed = 0
    with tempfile.TemporaryDirectory(prefix="baogao-guards-") as folder:
        tree = Path(folder)
        for name in _COPIED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, tree / name)
        for guard in GUARDS:
            if sys.argv[1:] and not any(word in guard.claim for word in sys.argv[1:]):
                continue
            said = failure(guard, tree)
            unnoticed += not said
            print(f"{guard.claim}\n    {guard.test}\n    {said or 'PASSED WITHOUT IT'}", flush=True)
    return 1 if unnoticed else 0


if __name__ == "__main__":
    sys.exit(main())
