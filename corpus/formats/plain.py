"""Plain text."""

from __future__ import annotations

from corpus.formats.source import Draft, Source
from corpus.formats.typed_tables import typed_tables
from corpus.report import Format, ParseDetails
from corpus.text.decoding import decode
from corpus.text.lines import text_lines

_DAMAGED = "\ufffd"


def read_text(source: Source) -> Draft:
    """Read a plain text file."""
    return text_draft(*decode(source.data, source.path))


def text_draft(text: str, encoding: str) -> Draft:
    """Return the draft of a plain text; tables that are drawn in it a line a row."""
    lines, tables = typed_tables(text, text_lines(text))
    details = ParseDetails(Format.TEXT, encoding, tables=tables, damaged=text.count(_DAMAGED))
    return Draft(tuple(lines), details)
