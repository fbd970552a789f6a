"""A file's bytes → a `Report`."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from corpus.corrections import Correction
from corpus.errors import Trouble
from corpus.formats import Draft, Source, draft, installed
from corpus.parsing.flat_tables import rejoined
from corpus.parsing.long_lines import spread
from corpus.parsing.metadata import metadata
from corpus.parsing.noise import contents, without_dirt
from corpus.parsing.outline import outline
from corpus.parsing.section_types import SectionTyper
from corpus.report import Report, name_of
from corpus.text.legibility import is_encoded, is_garbage
from corpus.text.lines import Line, unwrap
from corpus.text.pasted_lines import unbroken


def understand(source: Source) -> Report:
    """Return the report that a file holds. It is parsed in this process: see `corpus.sandbox.pool`.

    Raises:
        UnreadableReport: the bytes are not a report.
    """
    read = draft(source)
    lines = spread(_lines(source, read))
    listed = contents(lines)
    text = [line for line in lines if line.number not in listed]
    known = metadata(text, source.path.stem, read.properties)
    kept, left_out = without_dirt(lines, known.front)
    result = outline(unwrap(rejoined(unbroken(kept))))
    if not result.paragraphs:
        raise source.refuse(Trouble.ONLY_HEADINGS)
    year = None if "year" in known.guesses else max(known.years, default=None)
    typer = SectionTyper(result.text, f"{known.title} {source.path.stem}", year)
    sections = typer.sections(result.sections)
    return Report(
        name=name_of(source.path),
        title=known.title,
        years=known.years,
        organisation=known.organisation,
        text=result.text,
        sections=sections,
        paragraphs=typer.paragraphs(result.paragraphs, sections),
        left_out=(*read.left_out, *left_out),
        reading=read.reading,
        digest=hashlib.sha256(source.data).hexdigest(),
        guesses=known.guesses,
    )


def corrected(report: Report, correction: Correction | None) -> Report:
    """Return `report` with what an admin knows better."""
    if correction is None:
        return report
    if correction.title is not None:
        report = replace(report, title=correction.title)
    if correction.year is not None:
        report = replace(report, years=(correction.year,))
    if correction.organisation is not None:
        report = replace(report, organisation=correction.organisation)
    fields = {
        "title": correction.title,
        "year": correction.year,
        "organisation": correction.organisation,
    }
    still = {name for name in report.guesses if fields.get(name) is None}
    return replace(report, guesses=frozenset(still))


def _lines(source: Source, read: Draft) -> Sequence[Line]:
    lines = [line for line in read.lines if line.text]
    limits = source.limits
    if not lines:
        raise source.refuse(_emptiness(read))
    text = "".join(line.text for line in lines)
    if is_garbage(text) or is_encoded(text):
        raise source.refuse(Trouble.DAMAGED)
    if len(lines) > limits.lines:
        raise source.refuse(Trouble.TOO_LONG, f"> {limits.lines:,}")
    if sum(len(line.text) for line in lines) > limits.characters:
        raise source.refuse(Trouble.TOO_LONG, f"> {limits.characters:,}")
    return lines


def _emptiness(read: Draft) -> Trouble:
    """Return why a file without text has none."""
    if read.reading.unread_pages:
        return Trouble.NO_WORDS if installed.can_recognise() else Trouble.NEEDS_OCR
    return Trouble.ONLY_PICTURES if read.reading.pictures else Trouble.EMPTY
