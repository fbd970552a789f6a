"""A font for Chinese letters where the system has none, for PDFium to measure with.

Reports in PDF seldom bring SimSun and its like with them. Where no Chinese font is installed, as on
most servers, PDFium takes such letters to be of no size: a row that comes twice is left out as the
same one, and all of a turned page. `fallback_font.ttf` gives every letter a square, and draws
nothing; `tests.corpus.formats.make_fallback_font` makes it. Installed fonts are asked first.
"""

from __future__ import annotations

import ctypes
from functools import cache
from pathlib import Path
from typing import Any, Final

from pypdfium2 import raw

FILE: Final = Path(__file__).with_name("fallback_font.ttf")
_NAME: Final = b"Baogao Stand-in\0"
_HANDLE: Final = 0x7FFFFFFF
_CHINESE: Final = 134
_CHARSETS: Final = {128, 129, _CHINESE, 136}
"""Of Windows: Japanese, Korean, simplified and traditional Chinese."""


@cache
def lend() -> object:
    """Have PDFium take the stand-in from now on, in this process; return what it holds on to."""
    return _Fonts(FILE.read_bytes())


class _Fonts:
    """The fonts of the system, and the stand-in: the calls of PDFium's FPDF_SYSFONTINFO."""

    def __init__(self, font: bytes) -> None:
        self._font = font
        self._system = raw.FPDF_GetDefaultSystemFontInfo()
        self._fonts = self._system.contents
        calls = {
            "Release": self._release,
            "EnumFonts": self._enumerate,
            "MapFont": self._map,
            "GetFont": self._get,
            "GetFontData": self._data,
            "GetFaceName": self._name,
            "GetFontCharset": self._charset,
            "DeleteFont": self._delete,
        }
        kinds = dict(raw.FPDF_SYSFONTINFO._fields_)
        self._info = raw.FPDF_SYSFONTINFO(1, *(kinds[name](call) for name, call in calls.items()))
        raw.FPDF_SetSystemFontInfo(ctypes.byref(self._info))

    def _release(self, _: Any) -> None:
        """Keep all: the process ends."""

    def _enumerate(self, _: Any, mapper: Any) -> None:
        self._fonts.EnumFonts(self._system, mapper)

    def _map(self, _: Any, weight: int, italic: int, charset: int, *rest: Any) -> int | None:
        found: int | None = self._fonts.MapFont(self._system, weight, italic, charset, *rest)
        return found or (_HANDLE if charset in _CHARSETS else None)

    def _get(self, _: Any, face: Any) -> int | None:
        found: int | None = self._fonts.GetFont(self._system, face)
        return found

    def _data(self, _: Any, handle: int, table: int, buffer: Any, size: int) -> int:
        if handle != _HANDLE:
            return int(self._fonts.GetFontData(self._system, handle, table, buffer, size))
        return 0 if table else _copied(self._font, buffer, size)

    def _name(self, _: Any, handle: int, buffer: Any, size: int) -> int:
        if handle != _HANDLE:
            return int(self._fonts.GetFaceName(self._system, handle, buffer, size))
        return _copied(_NAME, buffer, size)

    def _charset(self, _: Any, handle: int) -> int:
        return (
            _CHINESE if handle == _HANDLE else int(self._fonts.GetFontCharset(self._system, handle))
        )

    def _delete(self, _: Any, handle: int) -> None:
        if handle != _HANDLE:
            self._fonts.DeleteFont(self._system, handle)


def _copied(data: bytes, buffer: Any, size: int) -> int:
    """Copy `data` to `buffer` if it fits; return its length."""
    if buffer and size >= len(data):
        ctypes.memmove(buffer, data, len(data))
    return len(data)
