"""What files looked like when they were read, so that they need not be read to be known.

As git does with its index: a file of the same size, times and inode as it was is the same file.
A change that leaves all of them as they were would have to happen within one tick of the file
system's clock; a file that was young when it was seen is read again, therefore.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Self

from corpus.durable.atomic_files import write_file
from corpus.durable.checksums import checked, sha256_of, with_checksum
from corpus.errors import Trouble, UnreadableReport
from corpus.report import readable
from index.errors import Damage, IndexDamaged

FILE = "seen.json"
UNREADABLE = "unreadable.json"
_YOUNG = 2_000_000_000
"""Nanoseconds; the coarsest clock of a file system in use (FAT) ticks every two seconds."""


@dataclass(frozen=True, slots=True)
class FileStat:
    """Size in bytes, times of change of content and of status in ns, and inode of a file."""

    size: int
    modified: int
    changed: int
    inode: int

    @classmethod
    def at(cls, path: Path) -> Self:
        """Return how the file `path` looks; raises OSError where it cannot be seen."""
        stat = path.stat()
        return cls(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)

    def settled(self, now: int) -> bool:
        """Whether the file was long enough unchanged at the time `now` in ns."""
        return max(self.modified, self.changed) < now - _YOUNG


def looks(files: Mapping[str, Path]) -> dict[str, FileStat]:
    """Return how files look that had settled by now, to be taken before they are read."""
    now = time.time_ns()
    return {name: look for name, look in _looks(files) if look.settled(now)}


def remember(
    folder: Path,
    seen: Mapping[str, FileStat],
    digests: Mapping[str, str],
    files: Mapping[str, Path] = MappingProxyType({}),
) -> None:
    """Keep in `folder` what files looked like and the SHA-256 they had, if the disk allows.

    The SHA-256 of a file that was no report is "". Of one that had not settled when it was seen,
    the SHA-256 is kept alone, so that it is known as no report when it is read again.
    """
    refused = {
        name: [_readable_digest(files[name])]
        for name, digest in digests.items()
        if not digest and name not in seen and name in files
    }
    both = refused | {
        name: [look.size, look.modified, look.changed, look.inode, digests[name]]
        for name, look in seen.items()
        if name in digests
    }
    with suppress(OSError):
        write_file(folder / FILE, json.dumps(both, ensure_ascii=False).encode("utf-8"))


def unchanged(folder: Path, seen: Mapping[str, FileStat]) -> dict[str, str]:
    """Return the SHA-256 remembered of each report that looks in `seen` as it did then."""
    known = {name: known for name, known in _known(folder).items() if name in seen}
    return {name: digest for name, (look, digest) in known.items() if digest and look == seen[name]}


def digests(folder: Path, files: Mapping[str, Path]) -> dict[str, str]:
    """Return the SHA-256 in hex of each of `files`, reading those that look different.

    That of a file that is as it was when it was no report, or that cannot be read, is "".
    """
    known = _known(folder)
    found = {}
    for name, path in files.items():
        look, digest = known.get(name, (None, ""))
        if look is None or look != _look(path):
            refused, digest = digest, _readable_digest(path)
            digest = "" if look is None and digest == refused else digest
        found[name] = digest
    return found


def keep_unreadable(
    folder: Path, files: Mapping[str, Path], unreadable: Mapping[str, UnreadableReport]
) -> None:
    """Keep in `folder` which of `files` could not be read, and why, if the disk allows."""
    found = {}
    for name, exc in unreadable.items():
        with suppress(OSError, KeyError):
            look = FileStat.at(files[name])
            found[name] = [look.size, look.modified, exc.trouble.name, exc.detail]
    with suppress(OSError):
        if (folder / UNREADABLE).is_dir():
            shutil.rmtree(folder / UNREADABLE)
        content = json.dumps(found, ensure_ascii=False, sort_keys=True).encode("utf-8")
        write_file(folder / UNREADABLE, with_checksum(content))


def unreadable_damage(folder: Path) -> IndexDamaged | None:
    """Return what is wrong with what `keep_unreadable` kept in `folder`; None where nothing is."""
    path = folder / UNREADABLE
    try:
        checked(path.read_bytes())
    except FileNotFoundError:
        return IndexDamaged(path, Damage.MISSING)
    except OSError:
        return IndexDamaged(path, Damage.CANNOT_READ)
    except ValueError:
        return IndexDamaged(path, Damage.ALTERED)
    return None


def known_unreadable(folder: Path, files: Mapping[str, Path]) -> list[UnreadableReport]:
    """Return which of `files` could not be read when they were indexed, or cannot be opened now.

    One that has changed since is not among them: whether it can be read is not known.
    """
    try:
        kept = json.loads(checked((folder / UNREADABLE).read_bytes()))
        noted = {name: (tuple(look), Trouble[t], str(d)) for name, (*look, t, d) in kept.items()}
    except (OSError, ValueError, TypeError, AttributeError, KeyError):
        noted = {}
    found = []
    for name, path in files.items():
        try:
            look = FileStat.at(path)
        except OSError as exc:
            found.append(UnreadableReport.at_opening(readable(path), exc))
            continue
        if not os.access(path, os.R_OK):
            found.append(UnreadableReport(readable(path), Trouble.NO_RIGHTS))
        elif name in noted and noted[name][0] == (look.size, look.modified):
            found.append(UnreadableReport(readable(path), *noted[name][1:]))
    return found


def _readable_digest(path: Path) -> str:
    """Return the SHA-256 of a file, "" where it cannot be read."""
    try:
        return sha256_of(path)
    except OSError:
        return ""


def _look(path: Path) -> FileStat | None:
    try:
        return FileStat.at(path)
    except OSError:
        return None


def _known(folder: Path) -> dict[str, tuple[FileStat | None, str]]:
    """Return how each file looked, and its SHA-256; without a look, that of one refused."""
    try:
        raw = json.loads((folder / FILE).read_bytes())
        return {
            name: (FileStat(*look) if look else None, str(digest))
            for name, (*look, digest) in raw.items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _looks(files: Mapping[str, Path]) -> Iterator[tuple[str, FileStat]]:
    for name, path in files.items():
        if (look := _look(path)) is not None:
            yield name, look
