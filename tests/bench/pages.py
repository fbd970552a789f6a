"""What the benches leave in docs/performance/: a table, the command, and the machine."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Sequence
from pathlib import Path

QUIET = 0.7
"""The load average of a minute above which speeds are not worth writing down."""

FOLDER = Path(__file__).parents[2] / "docs" / "performance"


def machine() -> str:
    """Return what the figures were measured on, without its name."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    busy = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GB of memory,"
        f" {platform.system()}, Python {platform.python_version()};"
        f" load averages at the end {busy} (1, 5, 15 minutes)"
    )


def require_quiet(*, write: bool) -> None:
    """Say that speeds mean nothing on a busy machine; end, if they were to be written down."""
    busy = os.getloadavg()[0]
    if busy > QUIET:
        print(f"the machine is busy (load {busy:.1f}): speeds mean nothing", file=sys.stderr)
        if write:
            raise SystemExit("nothing is written; run it again when nothing else runs")


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a table in Markdown."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def write_page(name: str, title: str, command: str, parts: Sequence[str]) -> None:
    """Write a page of `parts`, with the command that made it, and print it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    text = "\n\n".join([f"# {title}", f"    {command}", f"Measured on {machine()}.", *parts])
    (FOLDER / name).write_text(text + "\n", "utf-8")
    print(text)
