"""A disk that is really full, and one that is really read-only: file systems mounted for a test."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.school import School, indexed, lessons, report
from tests.faults.test_damage import QUESTION, Program, program

__all__ = ["program"]
SIZE = 4 * 2**20


def mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True, capture_output=True)


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    """A school on a file system of its own, with two generations."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if sys.platform != "linux":
        pytest.skip("only Linux mounts tmpfs")
    try:
        mount("-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder))
    except (subprocess.CalledProcessError, FileNotFoundError):
        pytest.skip("file systems cannot be mounted here")
    try:
        yield indexed(folder, [11, 12])
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(folder: Path, left: int) -> Path:
    """Fill the disk but for `left` bytes."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, pytest.raises(OSError, match="No space"):
        while True:
            file.write(bytes(4096))
    with filler.open("r+b") as file:
        file.truncate(filler.stat().st_size - left)
    return filler


@pytest.mark.parametrize("left", [0, 8192, 65536, 262144])
def test_on_a_full_disk_the_old_index_stays_and_the_next_run_completes(
    left: int, school: School, program: Program
) -> None:
    for year in range(1960, 2020):
        school.write(year, year - 1900)
    old = school.holds().index
    filler = fill(school.folder, left)
    status = program(school, "index")
    assert (status, school.holds().index == old) in {(2, True), (0, False)}
    if status:
        assert "磁盘已满" in program.err
    assert left or status == 2
    assert program(school, "ask", QUESTION) in {0, 1}
    assert lessons(program.out.replace("【", "").replace("】", "")) == "12"
    filler.unlink()
    assert program(school, "index") == 0
    found = school.holds().index
    assert found is not None
    assert len(found) == 62
    assert [path.name for path in school.state.rglob(".*")] == []


def test_on_a_full_disk_no_report_is_half_added_and_none_is_lost(
    school: School, program: Program
) -> None:
    (school.folder / "2022.txt").write_text(report(2022, 20), "utf-8")
    (school.folder / "2021.md").write_text(report(2021, 99) * 100, "utf-8")
    old = school.holds()
    filler = fill(school.folder, 0)
    for arguments in (("2022.txt",), ("--replace", "2021.md")):
        assert program(school, "reports", "add", *arguments) == 2
        assert "磁盘" in program.err
        assert school.holds() == old
    filler.unlink()
    assert program(school, "reports", "add", "2022.txt") == 0
    assert school.holds().reports == old.reports | {"2022": report(2022, 20)}


def test_a_read_only_disk_answers_and_says_why_nothing_is_changed(
    school: School, program: Program
) -> None:
    (school.folder / "2022.txt").write_text(report(2022, 20), "utf-8")
    school.write(2021, 13)
    old = school.holds()
    mount("-o", "remount,ro", str(school.folder))
    assert program(school, "ask", QUESTION) in {0, 1}
    assert lessons(program.out.replace("【", "").replace("】", "")) == "12"
    for arguments in (
        ("index",), ("rollback",), ("reports", "add", "2022.txt"), ("reports", "remove", "2020")
    ):  # fmt: skip
        assert program(school, *arguments) == 2, arguments
        assert "只读" in program.err, f"{arguments}: {program.err}"
    mount("-o", "remount,rw", str(school.folder))
    assert school.holds() == old
    assert program(school, "index") == 0
