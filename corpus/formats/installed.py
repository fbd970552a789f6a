"""Software that some formats need and a machine may lack."""

from __future__ import annotations

import shutil
from importlib.util import find_spec

from corpus.formats.detection import SUFFIXES
from corpus.report import Format

_OFFICE = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")


def can_recognise() -> bool:
    """Whether the extra `ocr` is installed, which reads scans and photos."""
    return find_spec("rapidocr") is not None


def find_office() -> str | None:
    """Return the program of LibreOffice, which converts old Word files; None without it."""
    return next((found for name in _OFFICE if (found := shutil.which(name))), None)


def can_show_pages(name: str) -> bool:
    """Whether the pages of a file of that name can be shown on this machine."""
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    match SUFFIXES.get(suffix):
        case Format.PDF:
            return True
        case Format.IMAGE:
            return can_recognise()
        case Format.DOCX | Format.OFFICE:
            return find_office() is not None
        case _:
            return False
