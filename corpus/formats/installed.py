"""Software that some formats need and a machine may lack."""

from __future__ import annotations

import shutil
from importlib.util import find_spec

_OFFICE = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")


def can_recognise() -> bool:
    """Whether the extra `ocr` is installed, which reads scans and photos."""
    return find_spec("rapidocr") is not None


def find_office() -> str | None:
    """Return the program of LibreOffice, which converts old Word files; None without it."""
    return next((found for name in _OFFICE if (found := shutil.which(name))), None)
