"""Compound files ([MS-CFB]): whether an old Word file in one has a password."""

from __future__ import annotations

_DIRECTORY_NAME = "WordDocument".encode("utf-16-le")
_SHIFT, _MINI_SHIFT, _DIRECTORY, _FAT_LIST, _FAT_SECTORS = 30, 32, 48, 76, 109
_START, _SIZE = 116, 120
_SMALLEST_STREAM = 4096
_LAST_SECTOR = 0xFFFFFFFA
_FLAGS, _ENCRYPTED = 0x0A, 0x0100


def has_password(data: bytes) -> bool:
    """Whether an old Word file is encrypted: fEncrypted of its FIB ([MS-DOC] 2.5.2)."""
    entry = data.find(_DIRECTORY_NAME)
    shift = _number(data, _SHIFT, 2)
    if entry < 0 or not 7 <= shift <= 16:
        return False
    start, size = _number(data, entry + _START), _number(data, entry + _SIZE)
    place = (start + 1) << shift
    if 0 < size < _SMALLEST_STREAM:
        place = _in_mini_stream(data, start << _number(data, _MINI_SHIFT, 2), shift)
    return bool(_number(data, place + _FLAGS, 2) & _ENCRYPTED) if place >= 0 else False


def _in_mini_stream(data: bytes, offset: int, shift: int) -> int:
    """Return where the byte at `offset` of the stream of small streams stands, −1 for nowhere."""
    root = (_number(data, _DIRECTORY) + 1) << shift  # the first entry of the directory
    sector = _number(data, root + _START)
    for _ in range(offset >> shift):
        sector = _following(data, sector, shift)
        if sector >= _LAST_SECTOR:
            return -1
    return ((sector + 1) << shift) + offset % (1 << shift)


def _following(data: bytes, sector: int, shift: int) -> int:
    """Return the sector behind one, from the table of sectors."""
    in_table = 1 << (shift - 2)
    if sector // in_table >= _FAT_SECTORS:
        return _LAST_SECTOR
    table = _number(data, _FAT_LIST + 4 * (sector // in_table))
    return _number(data, ((table + 1) << shift) + 4 * (sector % in_table))


def _number(data: bytes, at: int, length: int = 4) -> int:
    return int.from_bytes(data[at : at + length], "little")
