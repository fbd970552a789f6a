"""Whatever a file does to the process that reads it, the others are read."""

from __future__ import annotations

import os
import random
import sys
from errno import EACCES, EIO
from pathlib import Path
from unittest.mock import Mock

import pytest

from corpus.errors import Trouble, UnreadableReport
from corpus.limits import ParserLimits
from corpus.report import Report
from corpus.sandbox.confinement import can_confine_files, can_forbid_network
from corpus.sandbox.pool import ParserPool
from tests.faults.damage import KINDS, damage

TEXT = "2021年度工作总结\n一、党建\n书记上课12节。\n".encode()
LIMITS = ParserLimits(seconds=2, memory=512 * 2**20, workers=2)


@pytest.fixture
def bad() -> ParserPool:
    return ParserPool(LIMITS, module="tests.corpus.sandbox.bad_worker")


@pytest.fixture
def patient() -> ParserPool:
    """One that waits: what it is to show has nothing to do with time."""
    return ParserPool(ParserLimits(seconds=120), module="tests.corpus.sandbox.bad_worker")


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.sandbox.worker_client._GRACE", 1.0)


def trouble(bad: ParserPool, data: bytes) -> Trouble:
    with pytest.raises(UnreadableReport) as caught:
        bad.read(data, Path("a.txt"))
    return caught.value.trouble


def test_a_report_is_read_in_another_process_as_it_is_in_this_one() -> None:
    report = ParserPool().read(TEXT, Path("二〇二一.txt"))
    assert (report.name, report.title, report.year) == ("二〇二一", "2021年度工作总结", 2021)
    assert [section.heading for section in report.walk()] == ["一、党建"]
    assert report.words(report.paragraphs[0]) == "书记上课12节。"


@pytest.mark.parametrize(
    ("does", "says"),
    [
        (b"hang", Trouble.TIMEOUT),
        (b"abort", Trouble.CRASHED),
        (b"exit", Trouble.CRASHED),
        (b"raise", Trouble.CRASHED),
        (b"recurse", Trouble.DAMAGED),
    ],
)
def test_a_file_that_breaks_its_process_is_refused_with_its_reason(
    bad: ParserPool, does: bytes, says: Trouble
) -> None:
    assert trouble(bad, does) is says


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds to a limit of memory")
def test_a_file_that_takes_too_much_memory_is_refused(bad: ParserPool) -> None:
    assert trouble(bad, b"memory") is Trouble.MEMORY


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds to a limit of memory")
def test_memory_that_others_used_up_is_not_held_against_a_file(tmp_path: Path) -> None:
    one = ParserPool(
        ParserLimits(memory=512 * 2**20, workers=1), module="tests.corpus.sandbox.bad_worker"
    )
    paths = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for path in paths:
        path.write_bytes(b"hoard\n" + TEXT)
    assert [type(result) for result in one.read_all(paths)] == [Report, Report]


def test_the_processor_time_is_limited_even_when_nobody_watches(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("corpus.sandbox.worker_client._GRACE", 300.0)
    bad = ParserPool(ParserLimits(seconds=1), module="tests.corpus.sandbox.bad_worker")
    assert trouble(bad, b"spin") is Trouble.TIMEOUT


def test_each_page_has_its_own_time_and_is_told(bad: ParserPool) -> None:
    told: list[tuple[str, int, int]] = []
    bad.read(b"pages\n" + TEXT, Path("a.txt"), lambda *page: told.append(page))
    assert told == [("a.txt", page, 4) for page in range(1, 5)]


def test_what_a_library_prints_is_no_reply(bad: ParserPool) -> None:
    assert bad.read(b"babble\n" + TEXT, Path("a.txt")).year == 2021


def test_the_process_knows_no_token(bad: ParserPool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456:secret")
    assert "secret" not in bad.read(b"environment", Path("a.txt")).text


@pytest.mark.skipif(not can_forbid_network(), reason="this kernel filters no calls")
def test_the_process_reaches_no_network(patient: ParserPool) -> None:
    said = patient.read(b"network", Path("a.txt")).text
    assert said.count("EACCES") == 5
    assert "成" not in said


@pytest.mark.skipif(not can_confine_files(), reason="this kernel has no Landlock")
def test_the_process_reads_and_writes_no_file_of_the_school(
    patient: ParserPool, tmp_path: Path
) -> None:
    (tmp_path / "token").write_text("123456:secret")
    parent = Path(f"/proc/{os.getpid()}/environ")
    said = patient.read(
        b"files\n%s\n%s" % (bytes(tmp_path / "token"), bytes(parent)), Path("a.txt")
    )
    assert said.text.count("读是EACCES") == 2
    assert "成" not in said.text
    assert [path.name for path in tmp_path.iterdir()] == ["token"]


def test_what_a_killed_process_left_behind_is_removed(
    patient: ParserPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert trouble(patient, b"litter") is Trouble.CRASHED
    assert list(tmp_path.iterdir()) == []


def test_many_files_are_read_in_order_and_the_bad_ones_stop_no_other(
    bad: ParserPool, tmp_path: Path
) -> None:
    contents = [TEXT, b"abort", TEXT, b"raise", TEXT, b"exit", TEXT]
    paths = [tmp_path / f"{i}.txt" for i in range(len(contents))]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    found = list(bad.read_all(paths))
    names = [r.name if isinstance(r, Report) else r.trouble for r in found]
    assert names == ["0", Trouble.CRASHED, "2", Trouble.CRASHED, "4", Trouble.CRASHED, "6"]


def test_a_file_that_is_too_large_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(500 * 2**20)
    with pytest.raises(UnreadableReport) as caught:
        ParserPool().read_file(path)
    assert caught.value.trouble is Trouble.TOO_LARGE


def test_a_file_that_cannot_be_opened_is_refused_with_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "folder.txt").mkdir()
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT)

    def says(path: Path) -> Trouble:
        with pytest.raises(UnreadableReport) as caught:
            ParserPool().read_file(path)
        assert caught.value.detail == ""
        return caught.value.trouble

    assert says(tmp_path / "nothing.txt") is Trouble.MISSING
    assert says(tmp_path / "folder.txt") is Trouble.NOT_A_FILE
    for cause, trouble in ((EACCES, Trouble.NO_RIGHTS), (EIO, Trouble.CANNOT_OPEN)):
        monkeypatch.setattr(Path, "read_bytes", Mock(side_effect=OSError(cause, "no")))
        assert says(path) is trouble


class TestCache:
    @pytest.fixture
    def kept(self, tmp_path: Path) -> ParserPool:
        return ParserPool(LIMITS, tmp_path / "readings")

    @pytest.fixture
    def no_process(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object) -> None:
            raise AssertionError("a process was started")

        monkeypatch.setattr("corpus.sandbox.pool.WorkerProcess", refuse)

    @pytest.fixture
    def read_once(self, kept: ParserPool) -> Report:
        return kept.read(TEXT, Path("a.txt"))

    def test_what_was_read_is_not_read_again(
        self, kept: ParserPool, read_once: Report, no_process: None
    ) -> None:
        assert kept.read(TEXT, Path("a.txt")) == read_once

    @pytest.mark.usefixtures("read_once", "no_process")
    @pytest.mark.parametrize(("data", "name"), [(TEXT + b" ", "a.txt"), (TEXT, "b.txt")])
    def test_other_bytes_and_other_names_are_read(
        self, kept: ParserPool, data: bytes, name: str
    ) -> None:
        with pytest.raises(AssertionError, match="process"):
            kept.read(data, Path(name))

    @pytest.mark.usefixtures("read_once")
    @pytest.mark.parametrize(
        "damage", [b"", b"{}", b"[" * 100_000, b'{"sha256": "", "report": ""}']
    )
    def test_a_damaged_reading_is_read_anew(self, kept: ParserPool, damage: bytes) -> None:
        assert kept.cache is not None
        (file,) = kept.cache.iterdir()
        file.write_bytes(damage)
        assert kept.read(TEXT, Path("a.txt")).year == 2021

    @pytest.mark.usefixtures("read_once")
    def test_a_reading_with_a_flipped_letter_is_read_anew(self, kept: ParserPool) -> None:
        assert kept.cache is not None
        (file,) = kept.cache.iterdir()
        file.write_bytes(file.read_bytes().replace(b"2021", b"2020"))
        assert kept.read(TEXT, Path("a.txt")).year == 2021

    @pytest.mark.parametrize("kind", KINDS)
    def test_a_reading_damaged_in_any_way_is_read_anew(
        self, kind: str, kept: ParserPool, read_once: Report
    ) -> None:
        assert kept.cache is not None
        (file,) = kept.cache.iterdir()
        damage(file, kind, random.Random(kind))
        for _ in range(2):
            assert kept.read(TEXT, Path("a.txt")) == read_once

    def test_a_failure_is_not_kept(self, kept: ParserPool) -> None:
        for _ in range(2):
            with pytest.raises(UnreadableReport):
                kept.read(b"", Path("a.txt"))
        assert kept.cache is not None
        assert not kept.cache.exists()

    def test_a_folder_that_cannot_be_written_costs_time_and_nothing_else(
        self, tmp_path: Path
    ) -> None:
        (tmp_path / "file").write_bytes(b"")
        assert ParserPool(LIMITS, tmp_path / "file").read(TEXT, Path("a.txt")).year == 2021

    @pytest.mark.usefixtures("read_once")
    def test_readings_nobody_asked_for_in_a_month_are_forgotten(self, kept: ParserPool) -> None:
        assert kept.cache is not None
        (file,) = kept.cache.iterdir()
        list(kept.read_all([]))
        assert file.exists()
        os.utime(file, (0, 0))
        list(kept.read_all([]))
        assert not file.exists()


def test_whoever_is_told_of_a_page_may_end_the_reading_and_the_next_file_is_read(
    bad: ParserPool, tmp_path: Path
) -> None:
    class Ended(Exception):
        pass

    def end(*_: object) -> None:
        raise Ended

    (tmp_path / "a.txt").write_bytes(b"pages\n" + TEXT)
    with pytest.raises(Ended):
        list(bad.read_all([tmp_path / "a.txt"], end))
    assert bad.read(TEXT, Path("b.txt")).name == "b"
