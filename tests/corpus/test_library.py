from __future__ import annotations

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
from corpus.report import Report

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
