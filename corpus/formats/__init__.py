"""File formats → lines. One converter a format; nothing behind this package knows formats.

A converter is imported when a file of its format is read, and runs in a worker process
(`corpus.sandbox.worker`), for what is in a file is nobody's promise.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from corpus.formats.detection import SUFFIXES, detect
from corpus.formats.source import Draft, Properties, Source
from corpus.report import Format

__all__ = ["SUFFIXES", "Draft", "Properties", "Source", "detect", "draft"]

_CONVERTERS = {
    Format.TEXT: ("corpus.formats.plain", "read_text"),
    Format.MARKDOWN: ("corpus.formats.markdown", "read_markdown"),
    Format.HTML: ("corpus.formats.html.convert_html", "read_html"),
    Format.DOCX: ("corpus.formats.docx", "read_docx"),
    Format.PDF: ("corpus.formats.pdf.convert_pdf", "read_pdf"),
    Format.OFD: ("corpus.formats.ofd.convert_ofd", "read_ofd"),
    Format.IMAGE: ("corpus.formats.scans.image", "read_image"),
    Format.MAIL: ("corpus.formats.mail", "read_mail"),
    Format.TABLE: ("corpus.formats.spreadsheets", "read_table"),
    Format.OFFICE: ("corpus.formats.office", "read_office"),
}


def draft(source: Source) -> Draft:
    """Return the draft of a file, whatever its name says it is.

    Raises:
        UnreadableReport: the format is not known, or the file is not sound.
    """
    module, function = _CONVERTERS[detect(source)]
    convert: Callable[[Source], Draft] = getattr(import_module(module), function)
    return convert(source)
