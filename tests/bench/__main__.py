"""Every bench in turn: `python -m tests.bench BENCHMARK [NAME …]`, BENCHMARK the data sets.

Without names, those that answer within minutes; the long campaigns (growth, faults, soak,
fuzz_formats, reading_many, reindex_cost, staff, weights, idle_bot, telegram_load, telegram_kills,
pointing) run when they are named.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

QUICK = {
    "cold_start": (),
    "retrieval": ("drcd", "--lengths", "320"),
    "encoding": ("government/reports",),
    "understanding": (".",),
    "ablation": (".",),
    "reader_speed": (),
    "perturbations": (),
    "formats": (".",),
}
LONG = {
    "growth": (".",),
    "reindex_cost": (".",),
    "staff": ("", "dev"),
    "weights": ("school",),
    "faults": (),
    "soak": (),
    "fuzz_formats": (),
    "reading_many": (),
    "idle_bot": (),
    "telegram_load": (),
    "telegram_kills": (),
    "pointing": (),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("benchmark", type=Path)
    parser.add_argument("names", nargs="*", choices=[*QUICK, *LONG, []], metavar="NAME")
    args = parser.parse_args()
    if not args.benchmark.is_dir():
        parser.error(f"{args.benchmark} is no folder; give that of the data sets")
    return max(run(name, args.benchmark) for name in args.names or QUICK)


def run(name: str, benchmark: Path) -> int:
    """Run a bench as the command that its docstring names, and return its exit status."""
    first, *rest = (QUICK | LONG)[name] or ("",)
    folder = [str(benchmark / first)] if first else []
    command = [sys.executable, "-m", f"tests.bench.{name}", *folder, *rest]
    print(f"\n$ {' '.join(command[1:])}", flush=True)
    return abs(subprocess.run(command, check=False).returncode)


if __name__ == "__main__":
    sys.exit(main())
