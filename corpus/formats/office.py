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
    program = installed.find_office()
    if program is None:
        raise source.refuse(Trouble.NEEDS_OFFICE)
    source.afford(source.limits.memory_office)
    with tempfile.TemporaryDirectory(prefix="baogao-office-", ignore_cleanup_errors=True) as folder:
        made = _convert(source, program, Path(folder))
    converted = replace(source, data=made, path=source.path.with_suffix(".docx"))
    draft = read_docx(converted)
    return replace(draft, reading=replace(draft.reading, format=Format.OFFICE))


def _convert(source: Source, program: str, folder: Path) -> bytes:
    given = folder / f"given{_suffix(source.data)}"
    given.write_bytes(source.data)
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault"),
        *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder), str(given)),
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
        return given.with_suffix(".docx").read_bytes()
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
