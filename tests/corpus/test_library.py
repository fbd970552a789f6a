from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.corrections import Correction, load_corrections
from corpus.errors import (
    BadCorrections,
    BadReportName,
    NameClash,
    NoLibrary,
    ReportExists,
    Trouble,
    UnknownReport,
    UnreadableReport,
)
from corpus.library import Library, safe_name
from corpus.limits import ParserLimits
from corpus.report import Report
from corpus.sandbox.archive import Packed
from corpus.sandbox.pool import ParserPool
from tests.corpus.formats.docx_files import packed

TEXT = "2021年度工作总结\n书记上课12节。".encode()


@pytest.fixture
def library(tmp_path: Path) -> Library:
    folder = tmp_path / "reports"
    folder.mkdir()
    return Library(folder)


def test_reports_are_known_by_the_stem_of_their_file(library: Library) -> None:
    library.add(TEXT, "二〇二一.txt")
    library.add(TEXT, "b.md")
    (library.folder / ".hidden.txt").write_bytes(TEXT)
    (library.folder / "reports.yaml").write_text("")
    (library.folder / "notes.xyz").write_bytes(TEXT)
    assert list(library.files()) == ["b", "二〇二一"]
    assert library.read("二〇二一").title == "2021年度工作总结"


def test_adding_never_overwrites_silently(library: Library) -> None:
    library.add(TEXT, "a.txt")
    with pytest.raises(ReportExists):
        library.add("2022年总结\n新。".encode(), "a.txt")
    assert library.path("a").read_bytes() == TEXT
    library.add("2022年总结\n新。".encode(), "a.md", replace=True)
    assert library.path("a").name == "a.md"


def test_what_cannot_be_read_is_not_added(library: Library) -> None:
    with pytest.raises(UnreadableReport):
        library.add(b"", "a.txt")
    assert list(library.folder.iterdir()) == []


def test_one_bad_report_stops_no_other(library: Library) -> None:
    library.add(TEXT, "good.txt")
    (library.folder / "bad.txt").write_bytes(b"\x00")
    found = list(library.read_all())
    assert [type(result) for result in found] == [UnreadableReport, Report]


def test_a_name_that_is_not_there_is_said_with_those_that_are(library: Library) -> None:
    library.add(TEXT, "a.txt")
    for call in (library.read, library.remove, library.path):
        with pytest.raises(UnknownReport) as caught:
            call("b")
        assert caught.value.known == ("a",)


def test_removing_takes_the_file_away(library: Library) -> None:
    library.add(TEXT, "a.txt")
    library.remove("a")
    assert library.files() == {}


def test_two_files_of_one_name_are_refused(library: Library) -> None:
    for name in ("a.txt", "a.md"):
        (library.folder / name).write_bytes(TEXT)
    with pytest.raises(NameClash):
        library.files()


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoLibrary):
        Library(tmp_path / "none").files()


def test_the_same_content_is_found_under_another_name(library: Library) -> None:
    library.add(TEXT, "a.txt")
    assert library.same_content(TEXT) == "a"
    assert library.same_content(TEXT + b" ") is None


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/总结.txt", "总结.txt"),
        ("C:\\temp\\总结.txt", "总结.txt"),
        ("a\x00b\nc.txt", "abc.txt"),
        ("\u202e总结.txt", "总结.txt"),
        (" 总结 .txt", "总结 .txt"),
    ],
)
def test_names_are_made_safe(given: str, kept: str) -> None:
    assert safe_name(given) == kept


@pytest.mark.parametrize(
    ("given", "trouble"),
    [
        ("", Trouble.NAME_EMPTY),
        ("..", Trouble.NAME_EMPTY),
        ("a" * 300 + ".txt", Trouble.NAME_LONG),
        ("reports.yaml", Trouble.NAME_RESERVED),
        ("a.exe", Trouble.UNKNOWN_FORMAT),
        (".txt", Trouble.UNKNOWN_FORMAT),
    ],
)
def test_names_that_cannot_be_kept_are_refused(given: str, trouble: Trouble) -> None:
    with pytest.raises(BadReportName) as caught:
        safe_name(given)
    assert caught.value.trouble is trouble


def test_corrections_are_kept_and_read_back(library: Library) -> None:
    library.add(TEXT, "a.txt")
    library.correct("a", Correction(year=2020))
    assert library.read("a").year == 2020
    assert load_corrections(library.corrections_path) == {"a": Correction(year=2020)}


def test_all_problems_of_the_corrections_are_named_at_once(library: Library) -> None:
    library.corrections_path.write_text("a: {year: '2021', colour: red}\nb: 3\n", "utf-8")
    with pytest.raises(BadCorrections) as caught:
        library.corrections()
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize("text", ["- a", "a: [", "a: &x [*x", "\x00"])
def test_corrections_that_are_no_mapping_are_refused(library: Library, text: str) -> None:
    library.corrections_path.write_text(text, "utf-8")
    with pytest.raises(BadCorrections):
        library.corrections()


def test_a_name_is_one_however_the_file_system_spells_it(library: Library) -> None:
    (library.folder / "Cafe\u0301 2021.txt").write_bytes(TEXT)
    (report,) = library.read_all()
    assert isinstance(report, Report)
    assert list(library.files()) == [report.name] == ["Caf\u00e9 2021"]
    library.correct("Caf\u00e9 2021", Correction(year=1999))
    assert library.read("Cafe\u0301 2021").year == 1999
    assert [found.year for found in library.read_all() if isinstance(found, Report)] == [1999]


def named(folder: Path, name: bytes, data: bytes = TEXT) -> Path:
    """Write a file whose name is those bytes."""
    path = Path(os.fsdecode(os.fsencode(folder) + b"/" + name))
    path.write_bytes(data)
    return path


class TestNames:
    def test_one_in_gbk_is_read_as_it_was_meant(self, library: Library) -> None:
        path = named(library.folder, "2021年度工作总结.txt".encode("gbk"))
        library.add("2022年总结\n新。".encode(), "b.txt")
        assert set(library.files()) == {"b", "2021年度工作总结"}
        found = [report for report in library.read_all() if isinstance(report, Report)]
        assert {report.name for report in found} == {"b", "2021年度工作总结"}
        assert library.passed_over() == []
        assert library.remove("2021年度工作总结") == path

    def test_one_in_no_encoding_is_named_and_stops_no_other(self, library: Library) -> None:
        named(library.folder, b"a\xff\xff.txt")
        library.add(TEXT, "b.txt")
        assert list(library.files()) == ["b"]
        [refused] = library.passed_over()
        assert (refused.path.name, refused.trouble) == ("a\ufffd\ufffd.txt", Trouble.NAME_UNKNOWN)
        str(refused).encode()

    def test_a_damaged_file_with_one_in_gbk_is_named_as_it_was_meant(
        self, library: Library
    ) -> None:
        named(library.folder, "总结.txt".encode("gbk"), b"\0")
        [refused] = library.read_all()
        assert isinstance(refused, UnreadableReport)
        assert refused.path.name == "总结.txt"


class TestPassedOver:
    def reasons(self, library: Library) -> list[tuple[str, Trouble]]:
        return [(exc.path.name, exc.trouble) for exc in library.passed_over()]

    def test_folders_with_reports_are_named_and_others_are_not(self, library: Library) -> None:
        for name in ("教务处/甲/a.txt", "图/b.xyz", ".git/c.txt"):
            path = library.folder / name
            path.parent.mkdir(parents=True)
            path.write_bytes(TEXT)
        assert self.reasons(library) == [("教务处", Trouble.FOLDER)]

    def test_archives_and_formats_that_are_not_read_are_named(self, library: Library) -> None:
        for name in ("a.zip", "b.pptx", "c.xyz", "reports.yaml", "~$d.pptx"):
            (library.folder / name).write_bytes(TEXT)
        assert self.reasons(library) == [
            ("a.zip", Trouble.ARCHIVE),
            ("b.pptx", Trouble.UNKNOWN_FORMAT),
        ]

    def test_links_within_the_folder_are_followed_and_no_others(
        self, library: Library, tmp_path: Path
    ) -> None:
        (tmp_path / "secret.txt").write_bytes(TEXT)
        library.add(TEXT, "a.txt")
        (library.folder / "in.txt").symlink_to(library.folder / "a.txt")
        (library.folder / "out.txt").symlink_to(tmp_path / "secret.txt")
        assert list(library.files()) == ["a", "in"]
        assert self.reasons(library) == [("out.txt", Trouble.LINK_OUT)]


def cp437_archive(files: dict[str, bytes], encoding: str) -> bytes:
    """Return a ZIP archive whose names are bytes of an encoding that it does not state."""
    names = [name.encode(encoding) for name in files]
    stand_ins = [chr(65 + i) * len(name) for i, name in enumerate(names)]
    made = packed(dict(zip(stand_ins, files.values(), strict=True)))
    for stand_in, name in zip(stand_ins, names, strict=True):
        made = made.replace(stand_in.encode(), name)
    return made


class TestArchives:
    @pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
    def test_every_report_is_unpacked_whatever_the_encoding_of_its_name(
        self, library: Library, encoding: str
    ) -> None:
        data = cp437_archive({"2021/工作总结.txt": TEXT, "安全总结.md": b"x"}, encoding)
        files = library.unpack(data, "a.zip")
        assert [(f.name, f.data) for f in files if isinstance(f, Packed)] == [
            ("工作总结.txt", TEXT),
            ("安全总结.md", b"x"),
        ]

    def test_files_of_one_name_are_told_apart_by_their_folders(self, library: Library) -> None:
        data = packed({"教务处/总结.txt": TEXT, "安全办/总结.md": TEXT, "c.txt": TEXT})
        names = [f.name for f in library.unpack(data, "a.zip") if isinstance(f, Packed)]
        assert names == ["教务处—总结.txt", "安全办—总结.md", "c.txt"]

    def test_what_is_no_report_is_named_and_litter_is_not(self, library: Library) -> None:
        data = packed({
            "a.pptx": b"x", "b.zip": b"x", "__MACOSX/._c.txt": b"x", ".DS_Store": b"x",
            "~$d.docx": b"",
        })  # fmt: skip
        found = library.unpack(data, "a.zip")
        assert [(f.path.name, f.trouble) for f in found if isinstance(f, UnreadableReport)] == [
            ("a.pptx", Trouble.UNKNOWN_FORMAT),
            ("b.zip", Trouble.ARCHIVE),
        ]
        assert len(found) == 2

    @pytest.mark.parametrize(
        ("data", "limits", "trouble"),
        [
            (b"PK\x03\x04", ParserLimits(), Trouble.DAMAGED),
            (b"Rar!", ParserLimits(), Trouble.DAMAGED),
            (packed({"a.txt": b"0" * 10_000_000}), ParserLimits(), Trouble.BOMB),
            (packed({"a.txt": b"1", "b.txt": b"2"}), ParserLimits(members=1), Trouble.BOMB),
            (packed({"a.txt": b"12345"}), ParserLimits(unpacked=4), Trouble.BOMB),
            (packed({"a.txt": b"1"}), ParserLimits(file=3), Trouble.TOO_LARGE),
        ],
    )
    def test_an_archive_beyond_the_limits_is_refused(
        self, tmp_path: Path, data: bytes, limits: ParserLimits, trouble: Trouble
    ) -> None:
        with pytest.raises(UnreadableReport) as caught:
            Library(tmp_path, ParserPool(limits)).unpack(data, "a.zip")
        assert caught.value.trouble is trouble

    def test_a_file_that_is_damaged_or_locked_stops_no_other(self, library: Library) -> None:
        data = bytearray(packed({"a.txt": b"abcdefgh" * 9, "b.txt": TEXT, "c.txt": TEXT}))
        data[data.index(b"a.txt") + 6] ^= 0xFF
        entry = data.rindex(b"PK\x01\x02")
        data[entry + 8] |= 1
        found = library.unpack(bytes(data), "a.zip")
        assert [getattr(f, "trouble", None) for f in found] == [
            *(Trouble.DAMAGED, None, Trouble.ENCRYPTED)
        ]
