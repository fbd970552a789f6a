"""How much memory a process takes."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread
from typing import Self


def resident(pid: int) -> float:
    """Return the resident memory of a process now, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    (kilobytes,) = (line.split()[1] for line in lines if line.startswith("VmRSS"))
    return int(kilobytes) / 1024


class Memory:
    """The resident memory of a process, in MB, once a second while the block runs."""

    def __init__(self, pid: int) -> None:
        self.samples: list[float] = []
        self._pid = pid
        self._over = Event()
        self._thread = Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(1.0):
            self.samples.append(resident(self._pid))
