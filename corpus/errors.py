"""What can go wrong with reports; every message is a sentence a user can act on.

CorpusError
├── NoLibrary            there is no folder of reports
├── NoReports            the folder is empty
├── NameClash            two files would be one report
├── UnreadableReport     a file that cannot be understood as a report
├── UnknownReport        no report of that name in the library
├── ReportExists         adding would overwrite
├── BadReportName        a file name that cannot be kept
├── BadCorrections       reports.yaml is not what it should be
├── LibraryUnwritable    a file of the library cannot be written (rights, full disk)
├── LibraryBusy          another process is changing the library
└── StateError           the state directory cannot be used; see corpus.durable.faults
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Self


class CorpusError(Exception):
    """Base of every error of this room."""


class NoLibrary(CorpusError):
    """The folder of the reports does not exist."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(f"there is no folder of reports at {folder}")


class NoReports(CorpusError):
    """The folder of the reports holds none."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(f"there are no reports in {folder}")


class NameClash(CorpusError):
    """Two files of the library differ in their suffix only."""

    def __init__(self, first: Path, second: Path) -> None:
        self.first = first
        self.second = second
        super().__init__(f"{first.name} and {second.name} would be one report: rename one of them")


class Trouble(StrEnum):
    """Why a file cannot be read as a report, or its name not be kept."""

    CANNOT_OPEN = "it cannot be opened"
    MISSING = "there is no such file"
    NO_RIGHTS = "there is no right to read it"
    NOT_A_FILE = "it is a folder, not a file"
    UNKNOWN_FORMAT = "reports of this format cannot be read"
    BINARY = "it is not a text file"
    BROKEN_ENCODING = "its text is damaged: it breaks the encoding it starts with"
    UNKNOWN_ENCODING = "its text is in no encoding known here (UTF-8, GB18030, Big5)"
    TOO_LARGE = "it is too large"
    TOO_LONG = "it is too long to be a work report"
    EMPTY = "it holds no text"
    ONLY_HEADINGS = "it holds headings and no text"
    DAMAGED = "it is damaged, or not what its name says"
    ENCRYPTED = "it is protected by a password; save it without one"
    BOMB = "unpacked it would be far too large"
    TIMEOUT = "reading it took too long"
    MEMORY = "reading it took too much memory"
    CRASHED = "it broke the program that reads it"
    NEEDS_OCR = "it is a scan or a photo; to read it, install: pip install 'baogao[ocr]'"
    NO_WORDS = "no words can be recognised in its pictures"
    ONLY_PICTURES = "it holds pictures and no text; save it as .pdf, whose pages are recognised"
    NEEDS_OFFICE = "to read it, install LibreOffice, or save it as .docx"
    OFFICE_FAILED = "LibreOffice cannot convert it; save it as .docx"
    NO_PAGES = "it has no pages that could be shown"
    NOT_SEEN = "the sentence is not seen on the page"
    NO_FONT = "this machine has no font for its letters"
    ARCHIVE = "it holds other files; add it with `baogao reports add`, which takes each of them"
    NO_FILES = "it holds no reports"
    FOLDER = "folders within the folder of reports are not read; move its reports up"
    LINK_OUT = "it is a link that leads out of the folder of reports; put the file itself there"
    NAME_UNKNOWN = "its name is in no encoding known here; rename it"
    NAME_EMPTY = "nothing is left of the name once it is made safe"
    NAME_LONG = "the name is too long"
    NAME_RESERVED = "the name is taken by a file of the library itself"


_OPENING: dict[type[OSError], Trouble] = {
    FileNotFoundError: Trouble.MISSING,
    NotADirectoryError: Trouble.MISSING,
    PermissionError: Trouble.NO_RIGHTS,
    IsADirectoryError: Trouble.NOT_A_FILE,
}


class UnreadableReport(CorpusError):
    """A file that cannot be read as a report; `detail` adds to the trouble, or is empty."""

    def __init__(self, path: Path | str, trouble: Trouble, detail: str = "") -> None:
        self.path = Path(path)
        self.trouble = trouble
        self.detail = detail
        super().__init__(f"{self.path.name}: {trouble}{f' ({detail})' if detail else ''}")

    @classmethod
    def at_opening(cls, path: Path | str, cause: OSError) -> Self:
        """Return the error for a file that the system did not let be read."""
        return cls(path, _OPENING.get(type(cause), Trouble.CANNOT_OPEN))


class UnknownReport(CorpusError):
    """A name that no report in the library has."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        self.name = name
        self.known = tuple(known)
        listing = ", ".join(self.known[:10]) or "none"
        super().__init__(f"no report is named {name!r}; there are: {listing}")


class ReportExists(CorpusError):
    """Adding a report would overwrite another."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"a report named {name!r} is already there; say so to replace it")


class BadReportName(CorpusError):
    """A file name that cannot safely be kept in the library."""

    def __init__(self, name: str, trouble: Trouble, detail: str = "") -> None:
        self.name = name
        self.trouble = trouble
        self.detail = detail
        super().__init__(f"{name!r}: {trouble}{f' ({detail})' if detail else ''}")


class BadCorrections(CorpusError):
    """The corrections file is malformed; all its problems at once."""

    def __init__(self, path: Path, problems: Sequence[str]) -> None:
        self.path = path
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{path}: {problem}" for problem in self.problems))


class LibraryUnwritable(CorpusError):
    """The library cannot be changed; `cause` is what the system said."""

    def __init__(self, path: Path, cause: OSError) -> None:
        self.path = path
        self.cause = cause
        super().__init__(f"{path}: cannot be written ({cause.strerror})")


class LibraryBusy(CorpusError):
    """Another process is changing the library, and goes on doing so."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(f"another process is changing the library in {folder}; try again shortly")
