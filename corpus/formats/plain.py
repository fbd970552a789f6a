"""Plain text and Markdown."""

from __future__ import annotations

import re

from corpus.formats.source import Draft, Source
from corpus.report import Format, ParseDetails
from corpus.text.decoding import decode
from corpus.text.lines import Line, text_lines

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_DAMAGED = "\ufffd"
_RULE = re.compile(r"\s*(?:-{3,}|\*{3,}|_{3,}|={3,})\s*")


def read_text(source: Source) -> Draft:
    """Read a plain text file."""
    text, encoding = decode(source.data, source.path)
    return Draft(
        tuple(text_lines(text)), ParseDetails(Format.TEXT, encoding, damaged=text.count(_DAMAGED))
    )


def read_markdown(source: Source) -> Draft:
    """Read a Markdown file: # headings by their level, emphasis without its marks."""
    text, encoding = decode(source.data, source.path)
    lines = []
    for line in text_lines(text):
        if _RULE.fullmatch(line.text):
            continue
        heading = _HEADING.match(line.text)
        words = _EMPHASIS.sub(r"\2", heading[2] if heading else line.text)
        level = len(heading[1]) if heading else None
        lines.append(Line(line.number, words, level=level, indented=line.indented))
    return Draft(
        tuple(lines), ParseDetails(Format.MARKDOWN, encoding, damaged=text.count(_DAMAGED))
    )
