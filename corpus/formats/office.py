"""Old Word files and their kin (.doc, .wps, .rtf, .odt): made into .docx by LibreOffice."""

from __future__ import annotations

import os
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Final

from corpus.errors import Trouble
from corpus.formats import installed
from corpus.formats.detection import OLE
from corpus.formats.docx import read_docx
from corpus.formats.source import Draft, Source
from corpus.report import Format

PIPES: Final = Path("/tmp")  # noqa: S108 - LibreOffice's own choice
"""Where LibreOffice makes a socket by which a second start would find the first."""


def read_office(source: Source) -> Draft:
    """Read a file that LibreOffice can convert.

    It runs with a profile of its own in a folder that is removed afterwards, and under the
    limits of this process; macros are not run in conversion.

    Raises:
        UnreadableReport: LibreOffice is not installed, or cannot convert the file.
    """
    made = convert_by_office(source, "docx:MS Word 2007 XML")
    converted = replace(source, data=made, path=source.path.with_suffix(".docx"))
    draft = read_docx(converted)
    return replace(draft, reading=replace(draft.reading, format=Format.OFFICE))


def convert_by_office(source: Source, into: str, suffix: str | None = None) -> bytes:
    """Return the file as LibreOffice converts it.

    Args:
        source: The file.
        into: What LibreOffice is to make of it: a suffix, with the name of a filter or without.
        suffix: The suffix that says what the file is; None to tell it by its bytes.

    Raises:
        UnreadableReport: LibreOffice is not installed, or cannot convert the file.
    """
    program = installed.find_office()
    if program is None:
        raise source.refuse(Trouble.NEEDS_OFFICE)
    source.afford(source.limits.memory_office)
    with tempfile.TemporaryDirectory(prefix="baogao-office-", ignore_cleanup_errors=True) as folder:
        given = Path(folder) / f"given{suffix or _suffix(source.data)}"
        return _convert(source, program, given, into)


def _convert(source: Source, program: str, given: Path, into: str) -> bytes:
    folder = given.parent
    made = folder / "made"
    given.write_bytes(source.data)
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault"),
        *("--convert-to", into, "--outdir", str(made), str(given)),
    ]
    environment = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    try:
        subprocess.run(  # noqa: S603 - a program of the system, on a file of our own naming
            command,
            env=environment | {"HOME": str(folder), "TMPDIR": str(folder)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=source.limits.seconds,
            check=False,
        )
        return (made / given.with_suffix(f".{into.partition(':')[0]}").name).read_bytes()
    except subprocess.TimeoutExpired as exc:
        raise source.refuse(Trouble.TIMEOUT) from exc
    except OSError as exc:
        raise source.refuse(Trouble.OFFICE_FAILED) from exc


def _suffix(data: bytes) -> str:
    """Return the suffix that says to LibreOffice what the bytes are, whatever the file is called.

    WPS Writer's own files are Word's but for the name.
    """
    if data.startswith(b"{\\rtf"):
        return ".rtf"
    if data.startswith(b"PK"):
        return ".odt"
    return ".doc" if data.startswith(OLE) else ".xml"
