"""A ZIP archive of reports → the files in it, opened as if it were an attack."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.errors import Trouble
from corpus.formats import Source

_ENCRYPTED = 0x1  # general purpose bit 0 of APPNOTE 4.4.4
_UTF8 = 0x800  # bit 11: the name is UTF-8
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Packed:
    """A file of an archive: its path there, and its bytes, or why there are none."""

    name: str
    data: bytes
    trouble: Trouble | None = None


def unpacked(source: Source) -> Iterator[Packed]:
    """Yield the files of an archive, in its order, folders and litter aside.

    What it holds may be as much as in a Word package: files, bytes, bytes to a byte.

    Raises:
        UnreadableReport: it is no archive, damaged or a bomb.
    """
    limits = source.limits
    try:
        archive = zipfile.ZipFile(io.BytesIO(source.data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as exc:
        raise source.refuse(Trouble.DAMAGED) from exc
    members = [member for member in archive.infolist() if not member.is_dir()]
    said = sum(member.file_size for member in members)
    if (
        len(members) > limits.members
        or said > limits.unpacked
        or said > limits.part // 10 + limits.ratio * len(source.data)
    ):
        raise source.refuse(Trouble.BOMB)
    for member in members:
        name = _name(member)
        if not _is_litter(name):
            yield _read(archive, member, name, source)


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, source: Source) -> Packed:
    if member.flag_bits & _ENCRYPTED:
        return Packed(name, b"", Trouble.ENCRYPTED)
    if member.file_size > source.limits.file:
        return Packed(name, b"", Trouble.TOO_LARGE)
    pieces: list[bytes] = []
    length = 0
    try:
        with archive.open(member) as file:
            while piece := file.read(_CHUNK):
                pieces.append(piece)
                length += len(piece)
                if length > source.limits.file:
                    return Packed(name, b"", Trouble.TOO_LARGE)
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, OSError, EOFError):
        return Packed(name, b"", Trouble.DAMAGED)
    except RuntimeError:
        return Packed(name, b"", Trouble.ENCRYPTED)
    return Packed(name, b"".join(pieces))


def _name(member: zipfile.ZipInfo) -> str:
    """Return the path of a member: as UTF-8, else GB18030, whatever the archive says it is."""
    if member.flag_bits & _UTF8:
        return member.filename
    raw = member.orig_filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).replace("\\", "/")
        except UnicodeDecodeError:
            continue
    return member.filename


def _is_litter(name: str) -> bool:
    """Whether a file is none of the user's: what systems and editors leave behind."""
    base = posixpath.basename(name)
    return name.lower().startswith("__macosx/") or base.startswith((".", "~$")) or not base
