"""Bytes of a text file → text."""

from __future__ import annotations

import codecs
from pathlib import Path

from corpus.errors import Trouble, UnreadableReport

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_STRICT = ("utf-8", "gb18030", "big5")
_COMMON = frozenset(
    "的一是在和年学學校工作了有不人大中国國为為会會我们們这這上个個党黨教师師生发發展"
)


def decode(data: bytes, path: Path) -> tuple[str, str]:
    """Return the text of `data` and the name of its encoding.

    The order is a byte order mark, strict UTF-8, then GB18030 or Big5, whichever reads more
    like Chinese (a detector alone turns short GBK texts into mojibake).

    Raises:
        UnreadableReport: the bytes are binary, or text in no known encoding.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return data[len(bom) :].decode(encoding), encoding
            except UnicodeDecodeError as exc:
                raise UnreadableReport(path, Trouble.BROKEN_ENCODING, encoding) from exc
    if b"\0" in data:
        raise UnreadableReport(path, Trouble.BINARY)
    readings = []
    for encoding in _STRICT:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8":
            return text, encoding
        readings.append((_likeness(text), text, encoding))
    if not readings:
        raise UnreadableReport(path, Trouble.UNKNOWN_ENCODING)
    _, text, encoding = max(readings, key=lambda reading: reading[0])
    return text, encoding


def _likeness(text: str) -> float:
    """Return how much `text` reads like Chinese: the share of very common characters."""
    return sum(c in _COMMON for c in text) / max(len(text), 1)
