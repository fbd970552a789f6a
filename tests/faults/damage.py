"""What can happen to a file: every kind of damage these tests do."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

KINDS = ("truncated", "emptied", "zeroed", "flipped", "unreadable", "deleted")


def damage(path: Path, kind: str, chance: random.Random) -> None:
    """Damage one file. A folder in its place stands for a file that cannot be read."""
    sound = path.read_bytes()
    match kind:
        case "truncated":
            path.write_bytes(sound[: len(sound) // 2])
        case "emptied":
            path.write_bytes(b"")
        case "zeroed":
            path.write_bytes(bytes(len(sound)))
        case "flipped":
            at = chance.randrange(len(sound)) if sound else 0
            bit = 1 << chance.randrange(8)
            path.write_bytes(
                sound[:at] + bytes([sound[at] ^ bit]) + sound[at + 1 :] if sound else b""
            )
        case "unreadable":
            path.unlink()
            path.mkdir()
            (path / "x").write_bytes(b"x")
        case _:
            path.unlink()


def files(folder: Path) -> list[Path]:
    """Every file under a folder, by its path in it."""
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())


def emptied(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
