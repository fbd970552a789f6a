"""What reading one file may cost, named in one place."""

from __future__ import annotations

import os
from dataclasses import dataclass

_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ParserLimits:
    """Limits of reading; a file beyond one of them is refused with its reason.

    Sizes are in bytes, times in seconds of the clock. `seconds` is for a whole file, and again
    for each page that has to be recognised in a picture. `memory` is the address space of a
    worker process; recognition and LibreOffice, which map much that they never touch, have
    their own. `workers` 0 means as many as there are cores.
    """

    file: int = 50 * _MB
    unpacked: int = 200 * _MB
    part: int = 60 * _MB
    members: int = 5_000
    ratio: int = 250
    characters: int = 3_000_000
    lines: int = 200_000
    pages: int = 500
    pixels: int = 100_000_000
    seconds: int = 60
    memory: int = 1_024 * _MB
    memory_ocr: int = 3_072 * _MB
    memory_office: int = 6_144 * _MB
    workers: int = 0

    def crew(self, files: int) -> int:
        """Return how many workers read `files` files."""
        return max(1, min(self.workers or os.cpu_count() or 1, files))
