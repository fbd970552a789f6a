"""The values of this room: what a report is once it has been read.

Every offset counts characters of `Report.text`, the cleaned text of the report: hard wraps
joined, dirt left out. So ``report.text[x.start:x.end]`` is always the words of ``x``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


def name_of(path: Path) -> str:
    """Return the name of the report in the file `path`: its stem, as Unicode composes it (NFC)."""
    return unicodedata.normalize("NFC", readable(path).stem)


def readable(path: Path) -> Path:
    """Return `path` with a name that is Unicode, to be shown and kept, not to be opened.

    A name whose bytes are no UTF-8 is read as GB18030, as old archives leave it; where it is
    neither, U+FFFD stands for what cannot be read.
    """
    found = decoded_name(path.name)
    if found is None:
        found = "".join("\ufffd" if "\ud800" <= c < "\ue000" else c for c in path.name)
    return path if found == path.name else path.with_name(found)


def decoded_name(name: str) -> str | None:
    """Return the name of a file as Unicode, None where its bytes are in no encoding known here."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        data = name.encode("utf-8", "surrogateescape")
    else:
        return name
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        return None


class Reason(StrEnum):
    """Why a line of the file is not part of the report."""

    REPEATED_TITLE = "repeated title"
    DATE_RESIDUE = "list of bare dates"
    PAGE_FURNITURE = "page furniture"
    CONTENTS = "table of contents"
    COVER = "cover and letterhead"
    MENU = "menu of a web page"
    DELETED = "tracked deletion"
    HIDDEN = "hidden text"
    SIGNATURE = "signature and date"
    PUBLICATION = "publication line of a web page"
    ATTACHMENT = "attachments and distribution"
    WATERMARK = "watermark or slanted text"
    COMMENT = "comment"
    CODE = "code"
    NOT_READ = "part that cannot be read"


class SectionType(StrEnum):
    """What a section or a passage tells of; OTHER where it is no report (a rule, a notice)."""

    PREFACE = "preface"
    DONE = "done"
    RESULTS = "results"
    PROBLEMS = "problems"
    CAUSES = "causes"
    PLANS = "plans"
    OTHER = "other"


class Format(StrEnum):
    """What a file really is, whatever its name says."""

    TEXT = "text"
    MARKDOWN = "Markdown"
    HTML = "HTML"
    DOCX = "Word (.docx)"
    PDF = "PDF"
    IMAGE = "image"
    OFD = "OFD"
    MAIL = "mail (.eml)"
    TABLE = "spreadsheet"
    OFFICE = "LibreOffice (.doc, .wps, .rtf, .odt)"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line of the file that was recognised as dirt.

    `line` counts from 1; 0 is what stands in no line, such as the header of a Word file.
    """

    line: int
    text: str
    reason: Reason
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Recognised:
    """A page whose text was recognised in its picture; `confidence` from 0 to 1, of its lines."""

    page: int
    confidence: float


@dataclass(frozen=True, slots=True)
class ParseDetails:
    """How a file was read, and what could not be.

    `encoding` is that of a text, "" elsewhere. `pages` is None where the format has none.
    `empty_pages` hold neither text nor a picture, `unread_pages` a picture that was not recognised,
    `pictured_pages` one in which no text was found or that is too small to be a scan. `pictures`
    inside the text were not read either. `damaged` counts characters that could not be decoded.
    """

    format: Format
    encoding: str = ""
    pages: int | None = None
    empty_pages: tuple[int, ...] = ()
    unread_pages: tuple[int, ...] = ()
    pictured_pages: tuple[int, ...] = ()
    recognised: tuple[Recognised, ...] = ()
    tables: int = 0
    pictures: int = 0
    damaged: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of body text; headings are not paragraphs. `number` counts from 1."""

    number: int
    path: tuple[str, ...]
    start: int
    end: int
    page: int | None = None
    type: SectionType = SectionType.OTHER


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what is under it.

    `paragraphs` is the range of paragraph numbers below the heading, subsections included;
    it may be empty only in a section that has no text at all. `type` is what its heading says,
    or that of the section above; single paragraphs may tell of something else.
    """

    heading: str
    level: int
    paragraphs: range
    sections: tuple[Section, ...] = ()
    type: SectionType = SectionType.OTHER

    def walk(self) -> Iterator[Section]:
        """Yield this section and all below it, in the order of the report."""
        yield from (section for section, _ in outline((self,)))


def outline(
    sections: Sequence[Section], above: tuple[str, ...] = ()
) -> Iterator[tuple[Section, tuple[str, ...]]]:
    """Yield `sections` and all below them in the order of the report, with their heading paths.

    A heading path ends with the section's own heading; `above` are those above `sections`.
    """
    for section in sections:
        path = (*above, section.heading)
        yield section, path
        yield from outline(section.sections, path)


@dataclass(frozen=True, slots=True)
class Passage:
    """What is retrieved: a paragraph, a part of a long one, or several short ones.

    `paragraph` is the number of the first paragraph it holds, `part` counts from 1 within it.
    All its paragraphs are of one `section_type`.
    """

    id: str
    report: str
    title: str
    year: int | None
    path: tuple[str, ...]
    paragraph: int
    part: int
    text: str
    start: int
    end: int
    page: int | None = None
    section_type: SectionType = SectionType.OTHER


@dataclass(frozen=True, slots=True)
class Report:
    """A report as it was understood.

    `name` is the stem of its file and its identity in the library; `digest` is the SHA-256 of
    the file's bytes in hex. `years` are the years it reports on (two for a school year),
    `year` the first of them. `guesses` names the fields that were guessed rather than read.
    """

    name: str
    title: str
    years: tuple[int, ...]
    organisation: str | None
    text: str
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    left_out: tuple[LeftOut, ...]
    reading: ParseDetails
    digest: str
    guesses: frozenset[str] = field(default_factory=frozenset)

    @property
    def encoding(self) -> str:
        """How the text of the file was encoded, "" where its format leaves no choice."""
        return self.reading.encoding

    @property
    def year(self) -> int | None:
        """The year shown in citations, None where the report does not say."""
        return self.years[0] if self.years else None

    def words(self, paragraph: Paragraph) -> str:
        """Return the text of a paragraph."""
        return self.text[paragraph.start : paragraph.end]

    def walk(self) -> Iterator[Section]:
        """Yield every section in the order of the report."""
        yield from (section for section, _ in outline(self.sections))
