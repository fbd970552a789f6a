"""The library: the folder the reports are in."""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from corpus.corrections import FILE_NAME, Correction, load_corrections, save_corrections
from corpus.durable.atomic_files import make_folder, sweep, sync_directory, write_file
from corpus.durable.checksums import sha256_of
from corpus.durable.faults import FolderBusy
from corpus.durable.kept_files import KeptFiles
from corpus.durable.locks import locked_itself
from corpus.errors import (
    BadReportName,
    LibraryBusy,
    LibraryUnwritable,
    NameClash,
    NoLibrary,
    ReportExists,
    Trouble,
    UnknownReport,
    UnreadableReport,
)
from corpus.formats.detection import ARCHIVES, SUFFIXES, is_document
from corpus.formats.installed import can_show_pages
from corpus.formats.page_pictures.picture import PagePicture
from corpus.parsing.parse import corrected
from corpus.report import Report, decoded_name, name_of, readable
from corpus.sandbox.archive import Packed
from corpus.sandbox.pool import Heard, ParserPool, unheard

_LONGEST_NAME = 180
_PATIENCE = 10.0
_MOST_FOLDERS = 1_000
_SUPERSEDED = ".superseded"
"""Ends the name of a note in a hidden file: by which file the one of that name is replaced."""

_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')
_OWN_FILES = frozenset({FILE_NAME, "README.md"})


@dataclass(frozen=True, slots=True)
class Library:
    """A folder of reports, each known by the stem of its file name.

    What is replaced or removed is put aside in `kept`, where there is one.
    """

    folder: Path
    workshop: ParserPool = field(default_factory=ParserPool)
    kept: KeptFiles | None = None

    @property
    def corrections_path(self) -> Path:
        """Where the corrections are kept."""
        return self.folder / FILE_NAME

    def files(self) -> dict[str, Path]:
        """Return the report files by name, in the order of the names.

        Raises:
            NoLibrary: there is no such folder.
            NameClash: two files have one name.
        """
        if not self.folder.is_dir():
            raise NoLibrary(self.folder)
        found: dict[str, Path] = {}
        superseded = self._superseded()
        for path in sorted(self.folder.iterdir()):
            new = superseded.get(path.name)
            if not _is_report(path) or (new and (self.folder / new).is_file()):
                continue
            if decoded_name(path.name) is None or _leads_out(path, self.folder):
                continue
            name = name_of(path)
            if name in found:
                raise NameClash(readable(found[name]), readable(path))
            found[name] = path
        return found

    def passed_over(self) -> list[UnreadableReport]:
        """Return what lies in the folder and is none of its `files`, with the reason for each.

        It may be a folder with reports, an archive of them, a link that leads out of the folder,
        a file whose name nobody can read, or one of a format that is not read.
        """
        found = []
        for path in sorted(self.folder.iterdir()) if self.folder.is_dir() else ():
            if path.name.startswith((".", "~$")) or path.name in _OWN_FILES:
                continue
            trouble = _why_passed_over(path, self.folder)
            if trouble is not None:
                detail = path.suffix if trouble is Trouble.UNKNOWN_FORMAT else ""
                found.append(UnreadableReport(readable(path), trouble, detail))
        return found

    def path(self, name: str) -> Path:
        """Return the file of the report `name`.

        Raises:
            UnknownReport: there is none.
        """
        files = self.files()
        key = unicodedata.normalize("NFC", name)
        if key not in files:
            raise UnknownReport(name, tuple(files))
        return files[key]

    def corrections(self) -> dict[str, Correction]:
        """Return the corrections by report name.

        Raises:
            BadCorrections: reports.yaml is malformed.
        """
        return load_corrections(self.corrections_path)

    def read(self, name: str, heard: Heard = unheard) -> Report:
        """Return the report `name`, corrected by reports.yaml.

        Raises:
            UnknownReport: there is none.
            UnreadableReport: its file cannot be read.
            BadCorrections: reports.yaml is malformed.
        """
        path = self.path(name)
        return corrected(self.workshop.read_file(path, heard), self._correction(name_of(path)))

    def read_all(self, heard: Heard = unheard) -> Iterator[Report | UnreadableReport]:
        """Yield every report, or the error where one cannot be read: it stops no other.

        `heard` is told of each page that takes time, from several threads.
        """
        yield from self.read_files(self.files().values(), self.corrections(), heard)

    def read_files(
        self, files: Iterable[Path], corrections: Mapping[str, Correction], heard: Heard = unheard
    ) -> Iterator[Report | UnreadableReport]:
        """Yield the reports in some of its files; see `read_all`."""
        for found in self.workshop.read_all(list(files), heard):
            if isinstance(found, Report):
                yield corrected(found, corrections.get(found.name))
            else:
                yield found

    def understand(
        self,
        data: bytes,
        file_name: str,
        correction: Correction | None = None,
        heard: Heard = unheard,
    ) -> Report:
        """Return the report that the bytes `data` are, without taking it into the library.

        It is corrected by `correction`, or by reports.yaml where none is given.

        Raises:
            BadReportName: the name is not one that can be kept.
            UnreadableReport: the bytes are not a report.
        """
        path = Path(safe_name(file_name))
        known = correction or self._correction(path.stem)
        return corrected(self.workshop.read(data, path, heard), known)

    def draw(self, name: str, words: str, page: int | None) -> PagePicture:
        """Return the page of the report `name` that holds `words`, with them marked.

        `page` is where their paragraph begins, from 1; None where that is not known.

        Raises:
            UnknownReport: there is none.
            UnreadableReport: the words are not seen on a page, or it cannot be drawn here.
        """
        return self.workshop.draw(self.path(name), words, page)

    def can_show_pages(self, name: str) -> bool:
        """Whether pages of the report `name` can be shown as pictures on this machine."""
        path = self.files().get(name)
        return path is not None and can_show_pages(path.name)

    def add(
        self, data: bytes, file_name: str, *, replace: bool = False, heard: Heard = unheard
    ) -> Report:
        """Put a report of the bytes `data` into the library and return it as read.

        It is read first: what cannot be read is not added.

        Raises:
            BadReportName: the name is not one that can be kept.
            UnreadableReport: the bytes are not a report.
            ReportExists: a report of that name is there, and not `replace`.
            LibraryUnwritable, LibraryBusy: the folder cannot be changed, or not now.
        """
        name = safe_name(file_name)
        report = self.understand(data, name, heard=heard)
        with self._changing():
            existing = self.files().get(report.name)
            if existing is not None and not replace:
                raise ReportExists(report.name)
            if existing is not None:
                self._keep(existing)
            if existing is not None and existing.name != name:
                write_file(existing.with_name(f".{existing.name}{_SUPERSEDED}"), name.encode())
            write_file(self.folder / name, data)
            self._settle()
        return report

    def unpack(self, data: bytes, file_name: str) -> list[Packed | UnreadableReport]:
        """Return the reports of an archive under names that can be kept, in its order.

        What is no report is an error of its own. Files of one name in different folders are
        told apart by the folder, as in 教务处—总结.docx.

        Raises:
            UnreadableReport: it is no archive, damaged, a bomb, or beyond a limit.
        """
        files = self.workshop.unpack(data, Path(file_name))
        return kept_names(files)

    def has(self, file_name: str) -> bool:
        """Whether a report of the name that `file_name` would get is there.

        Raises:
            BadReportName: the name is not one that can be kept.
        """
        return self.folder.is_dir() and Path(safe_name(file_name)).stem in self.files()

    def same_content(self, data: bytes) -> str | None:
        """Return the name of a report with exactly the bytes `data`, None where there is none."""
        if not self.folder.is_dir():
            return None
        for name, path in self.files().items():
            same_size = path.stat().st_size == len(data)
            if same_size and path.read_bytes() == data:
                return name
        return None

    def remove(self, name: str) -> Path:
        """Take the report `name` out of the library; return the file that was removed.

        Raises:
            UnknownReport: there is none.
        """
        self.path(name)
        with self._changing():
            path = self.path(name)
            self._keep(path)
            path.unlink()
            sync_directory(self.folder)
        return path

    def become(
        self,
        files: Mapping[str, str],
        corrections: Mapping[str, Correction],
        used: Collection[str],
    ) -> tuple[str, ...]:
        """Bring back `files`, by name the SHA-256 in hex, from what was put aside.

        Files in `used` that are not among them are put aside and taken away; others stay. What
        is interrupted can be done again.

        Returns:
            The names of files that were not kept, or whose place another took: that one stays.

        Raises:
            LibraryUnwritable, LibraryBusy: the folder cannot be changed, or not now.
        """
        missing = []
        with self._changing():
            for path in self.files().values():
                if path.name in used and path.name not in files:
                    self._keep(path)
                    path.unlink()
            there = {known: path.name for known, path in self.files().items()}
            for name, digest in files.items():
                path = self.folder / name
                if there.get(name_of(path), name) != name:  # another file has that name now
                    missing.append(readable(path).name)
                    continue
                if path.is_file() and sha256_of(path) == digest:
                    continue
                content = self.kept.content(digest) if self.kept is not None else None
                if content is None:
                    missing.append(readable(path).name)
                    continue
                if path.is_file():
                    self._keep(path)
                write_file(path, content)
            save_corrections(self.corrections_path, corrections)
            sync_directory(self.folder)
        return tuple(missing)

    def correct(self, name: str, correction: Correction) -> None:
        """Replace the correction of the report `name`.

        Raises:
            UnknownReport: there is none.
        """
        path = self.path(name)
        with self._changing():
            known = load_corrections(self.corrections_path)
            save_corrections(self.corrections_path, known | {name_of(path): correction})

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let nobody change the library while the block runs.

        Raises:
            LibraryUnwritable, LibraryBusy: it cannot be locked, or not now.
        """
        with self._changing():
            yield

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Hold the folder alone; what an interrupted change left is finished or undone first."""
        try:
            make_folder(self.folder, private=False)
            with locked_itself(self.folder, _PATIENCE):
                sweep(self.folder)
                if self.kept is not None:
                    self.kept.sweep_unfinished()
                self._settle()
                yield
        except FolderBusy as exc:
            raise LibraryBusy(self.folder) from exc
        except OSError as exc:
            raise LibraryUnwritable(self.folder, exc) from exc

    def _keep(self, path: Path) -> None:
        if self.kept is not None:
            self.kept.keep(path)

    def _superseded(self) -> dict[str, str]:
        """Return the files that are being replaced by another of the same stem: old name, new."""
        return {
            path.name[1 : -len(_SUPERSEDED)]: path.read_text("utf-8", "replace")
            for path in self.folder.glob(f".*{_SUPERSEDED}")
        }

    def _settle(self) -> None:
        """Take away the files that others have replaced, and the notes about them."""
        for old, new in self._superseded().items():
            if new and (self.folder / new).is_file():
                (self.folder / old).unlink(missing_ok=True)
                sync_directory(self.folder)
            (self.folder / f".{old}{_SUPERSEDED}").unlink()
            sync_directory(self.folder)

    def _correction(self, name: str) -> Correction | None:
        return load_corrections(self.corrections_path).get(name)


def is_archive(file_name: str) -> bool:
    """Whether a file is taken for an archive of reports."""
    return Path(file_name).suffix.lower() in ARCHIVES


def kept_names(files: Sequence[Packed]) -> list[Packed | UnreadableReport]:
    """Return the files under the names they are kept by, those that are no reports as errors."""
    stems = Counter(name_of(Path(file.name)) for file in files)
    result: list[Packed | UnreadableReport] = []
    for file in files:
        path = Path(file.name)
        if stems[name_of(path)] > 1:
            path = path.with_name("—".join(path.parts))
        trouble = Trouble.ARCHIVE if is_archive(path.name) else file.trouble
        try:
            name = safe_name(path.name)
        except BadReportName as exc:
            result.append(UnreadableReport(path, trouble or exc.trouble, exc.detail))
            continue
        if trouble is not None:
            result.append(UnreadableReport(Path(name), trouble))
        else:
            result.append(replace(file, name=name))
    return result


def safe_name(file_name: str) -> str:
    """Return `file_name` as the library keeps it: no path, no control characters, NFC.

    Raises:
        BadReportName: nothing usable is left, it is too long, or the format is unknown.
    """
    base = unicodedata.normalize("NFC", file_name.replace("\\", "/").rsplit("/", 1)[-1])
    visible = "".join(c for c in base if unicodedata.category(c) not in {"Cf", "Cc", "Cs", "Co"})
    name = _UNSAFE.sub("", visible).strip().strip(".")
    path = Path(name)
    if not name or not path.stem.strip(" ."):
        raise BadReportName(file_name, Trouble.NAME_EMPTY)
    if len(name.encode("utf-8")) > _LONGEST_NAME:
        raise BadReportName(file_name, Trouble.NAME_LONG)
    if name in _OWN_FILES:
        raise BadReportName(file_name, Trouble.NAME_RESERVED)
    if path.suffix.lower() not in SUFFIXES:
        raise BadReportName(file_name, Trouble.UNKNOWN_FORMAT, path.suffix)
    return name


def _is_report(path: Path) -> bool:
    return (
        path.suffix.lower() in SUFFIXES
        and not path.name.startswith((".", "~$"))
        and path.name not in _OWN_FILES
        and path.is_file()
    )


def _leads_out(path: Path, folder: Path) -> bool:
    return path.is_symlink() and not path.resolve().is_relative_to(folder.resolve())


def _why_passed_over(path: Path, folder: Path) -> Trouble | None:
    suffix = path.suffix.lower()
    if path.is_dir():
        return Trouble.FOLDER if _holds_reports(path) else None
    if suffix in ARCHIVES:
        return Trouble.ARCHIVE
    if suffix not in SUFFIXES:
        return Trouble.UNKNOWN_FORMAT if is_document(suffix) else None
    if decoded_name(path.name) is None:
        return Trouble.NAME_UNKNOWN
    return Trouble.LINK_OUT if _leads_out(path, folder) else None


def _holds_reports(folder: Path) -> bool:
    """Whether there is a report in a folder or below it; links are not followed."""
    for _, folders, files in islice(os.walk(folder), _MOST_FOLDERS):
        folders[:] = [name for name in folders if not name.startswith(".")]
        if any(Path(name).suffix.lower() in SUFFIXES for name in files if name[0] not in ".~"):
            return True
    return False
