"""A file on disk → a `Report`."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from corpus.corrections import Correction
from corpus.dirt import without_dirt
from corpus.errors import Trouble, UnreadableReport
from corpus.formats import draft
from corpus.layout import unwrap
from corpus.metadata import Metadata, metadata
from corpus.outline import outline
from corpus.report import Report


def read_report(path: Path, correction: Correction | None = None) -> Report:
    """Return the report in the file `path`, its metadata corrected by `correction`.

    Raises:
        UnreadableReport: the file cannot be read, or holds no text.
    """
    try:
        data = path.read_bytes()
    except OSError as exc:
        raise UnreadableReport(path, Trouble.CANNOT_OPEN, exc.strerror or "") from exc
    return understand(data, path, correction)


def understand(data: bytes, path: Path, correction: Correction | None = None) -> Report:
    """Return the report that a file with the bytes `data` and the name of `path` holds.

    Raises:
        UnreadableReport: the bytes are not a report.
    """
    read = draft(data, path)
    lines = [line for line in read.lines if line.text]
    if not lines:
        raise UnreadableReport(path, Trouble.EMPTY)
    known = metadata(lines, path.stem)
    kept, left_out = without_dirt(lines, known.title)
    result = outline(unwrap(kept))
    if not result.paragraphs:
        raise UnreadableReport(path, Trouble.ONLY_HEADINGS)
    known = _corrected(known, correction)
    return Report(
        name=path.stem,
        title=known.title,
        years=known.years,
        organisation=known.organisation,
        text=result.text,
        sections=result.sections,
        paragraphs=result.paragraphs,
        left_out=tuple(left_out),
        encoding=read.encoding,
        digest=hashlib.sha256(data).hexdigest(),
        guesses=known.guesses,
    )


def _corrected(known: Metadata, correction: Correction | None) -> Metadata:
    if correction is None:
        return known
    corrected = known
    if correction.title is not None:
        corrected = replace(corrected, title=correction.title)
    if correction.year is not None:
        corrected = replace(corrected, years=(correction.year,))
    if correction.organisation is not None:
        corrected = replace(corrected, organisation=correction.organisation)
    fields = {"title": correction.title, "year": correction.year}
    still = {name for name in known.guesses if fields.get(name) is None}
    return replace(corrected, guesses=frozenset(still))
