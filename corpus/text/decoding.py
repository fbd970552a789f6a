"""Bytes of a text file → text."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import Trouble, UnreadableReport

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_STRICT = ("gb18030", "big5")
_CHINESE = 0.03
"""The share of very common characters above which a text is taken for Chinese."""
_SHORT = 60
_MOST_DAMAGE = 0.01
_LONGEST_SAMPLE = 200_000
_COMMON = frozenset(
    "的一是在和年学學校工作了有不人大中国國为為会會我们們这這上个個党黨教师師生发發展"
)


def decode(data: bytes, path: Path) -> tuple[str, str]:
    """Return the text of `data` and the name of its encoding.

    The order is a byte order mark, strict UTF-8, then GB18030 or Big5, whichever reads more
    like Chinese (a detector alone turns short GBK texts into mojibake); then the same with a
    few damaged characters, which become U+FFFD; then a detector.

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
        return _wide(data, path)
    with suppress(UnicodeDecodeError):
        return data.decode("utf-8"), "utf-8"
    strict = _best(data, _STRICT, errors="strict")
    if strict is not None and (strict.likeness >= _CHINESE or len(data) < _SHORT):
        return strict.text, strict.encoding
    damaged = _best(data, ("utf-8", *_STRICT), errors="replace")
    if damaged is not None and damaged.likeness >= _CHINESE and _damage(damaged) <= _MOST_DAMAGE:
        return damaged.text, damaged.encoding
    found = _detected(data) or strict
    if found is None:
        raise UnreadableReport(path, Trouble.UNKNOWN_ENCODING)
    return found.text, found.encoding


def decode_declared(data: bytes, declared: str, path: Path) -> tuple[str, str]:
    """Return the text of bytes whose file says in which encoding they are, and the one they are in.

    The bytes decide where they can: a mark at their start, UTF-8, which no other text is by
    accident, and Chinese encodings by what reads more like Chinese. Else the file is believed.

    Raises:
        UnreadableReport: as in `decode`.
    """
    name = declared.strip().lower()
    name = "gb18030" if name in {"gb2312", "gbk", "x-gbk", "gb_2312-80"} else name
    try:
        found, encoding = decode(data, path)
    except UnreadableReport as exc:
        try:
            return data.decode(name), name
        except (LookupError, UnicodeDecodeError):
            raise exc from None
    if encoding in {"utf-8", name} or data.startswith(tuple(bom for bom, _ in _BOMS)):
        return found, encoding
    try:
        said = data.decode(name)
    except (LookupError, UnicodeDecodeError):
        return found, encoding
    return (said, name) if _likeness(said) >= _likeness(found) else (found, encoding)


@dataclass(frozen=True, slots=True)
class _Trial:
    """A text as one encoding gives it, and how much it reads like Chinese."""

    text: str
    encoding: str
    likeness: float


def _best(data: bytes, encodings: Sequence[str], errors: str) -> _Trial | None:
    """Return the text in the encoding that reads most like Chinese; None where none fits."""
    trials = []
    for encoding in encodings:
        with suppress(UnicodeDecodeError):
            text = data.decode(encoding, errors)
            score = _likeness(text) - text.count("\ufffd") / max(len(text), 1)
            trials.append(_Trial(text, encoding, score))
    return max(trials, key=lambda trial: trial.likeness, default=None)


def _wide(data: bytes, path: Path) -> tuple[str, str]:
    """Return a text in UTF-16 without its mark; zeros stand in no other text."""
    found = _best(data, ("utf-16-le", "utf-16-be"), errors="strict")
    if found is None or found.likeness < _CHINESE:
        raise UnreadableReport(path, Trouble.BINARY)
    return found.text, found.encoding


def _damage(trial: _Trial) -> float:
    return trial.text.count("\ufffd") / max(len(trial.text), 1)


def _detected(data: bytes) -> _Trial | None:
    """Return what a detector makes of the bytes, if that reads like Chinese."""
    from charset_normalizer import from_bytes

    found = from_bytes(data[:_LONGEST_SAMPLE]).best()
    if found is None:
        return None
    trial = _best(data, (found.encoding,), errors="replace")
    return trial if trial is not None and trial.likeness >= _CHINESE else None


def _likeness(text: str) -> float:
    """Return how much `text` reads like Chinese: the share of very common characters."""
    return sum(c in _COMMON for c in text) / max(len(text), 1)
