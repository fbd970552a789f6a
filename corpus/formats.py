"""File formats → lines. One function a format; nothing behind this module knows formats."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from corpus.decoding import decode
from corpus.errors import Trouble, UnreadableReport
from corpus.layout import Line, text_lines


@dataclass(frozen=True, slots=True)
class Draft:
    """What a format reads: the lines of the file, and how the bytes were understood."""

    lines: tuple[Line, ...]
    encoding: str


_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_RULE = re.compile(r"\s*(?:-{3,}|\*{3,}|_{3,}|={3,})\s*")


def read_text(data: bytes, path: Path) -> Draft:
    """Read a plain text file."""
    text, encoding = decode(data, path)
    return Draft(tuple(text_lines(text)), encoding)


def read_markdown(data: bytes, path: Path) -> Draft:
    """Read a Markdown file: # headings by their level, emphasis without its marks."""
    text, encoding = decode(data, path)
    lines = []
    for line in text_lines(text):
        if _RULE.fullmatch(line.text):
            continue
        heading = _HEADING.match(line.text)
        words = _EMPHASIS.sub(r"\2", heading[2] if heading else line.text)
        level = len(heading[1]) if heading else None
        lines.append(Line(line.number, words, level=level, indented=line.indented))
    return Draft(tuple(lines), encoding)


FORMATS: dict[str, Callable[[bytes, Path], Draft]] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
}
"""The readers by the suffix of the file, in lower case."""


def draft(data: bytes, path: Path) -> Draft:
    """Return the draft of a file with the bytes `data`.

    Raises:
        UnreadableReport: the format is not known, or the file is not what its name says.
    """
    reader = FORMATS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableReport(path, Trouble.UNKNOWN_FORMAT, path.suffix)
    return reader(data, path)
