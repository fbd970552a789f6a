"""The power goes, and with it everything that was not synced."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.disk import Disk
from tests.faults.school import School, indexed, report


def change_library(school: School) -> None:
    library = school.library
    library.add(report(2022, 20).encode(), "2022.txt")
    library.add(report(2021, 99).encode(), "2021.md", replace=True)
    library.remove("2020")


def roll_back(school: School) -> None:
    school.service().roll_back()


def index(school: School) -> None:
    school.write(2021, 13)
    school.service().bring_up_to_date()


def lost(school: School, work: Callable[[School], None], at: int, to: Path, seed: int) -> list[str]:
    """Do the work; `to` is the folder as it is if the power goes before step `at`."""
    steps: list[str] = []
    disk = Disk(school.folder)
    try:
        with disk.watched(steps, at, to, random.Random(seed)):
            work(school)
        if at >= len(steps):
            disk.picture(to, random.Random(seed))
    finally:
        disk.close()
    return steps


@pytest.mark.parametrize("work", [index, roll_back])
def test_what_was_not_synced_is_lost_and_the_index_is_old_or_new(
    work: Callable[[School], None], tmp_path: Path
) -> None:
    at = 0
    while True:
        school = indexed(tmp_path / f"school-{at}", [11, 12])
        old = school.holds().index
        left = School(tmp_path / f"left-{at}")
        steps = lost(school, work, at, left.folder, seed=at)
        new = school.holds().index
        found = left.holds().index
        assert found in (old, new), f"before step {at}"
        if at >= len(steps):
            assert found == new, "what was reported as done was lost"
            break
        at += 1
    assert at > 3


def test_every_accepted_report_is_there_after_the_power_went(tmp_path: Path) -> None:
    at = 0
    while True:
        school = indexed(tmp_path / f"school-{at}", [12])
        states = [school.holds().reports]
        twin = indexed(tmp_path / f"twin-{at}", [12])
        twin.library.add(report(2022, 20).encode(), "2022.txt")
        states.append(twin.holds().reports)
        twin.library.add(report(2021, 99).encode(), "2021.md", replace=True)
        states.append(twin.holds().reports)
        twin.library.remove("2020")
        states.append(twin.holds().reports)
        left = School(tmp_path / f"left-{at}")
        steps = lost(school, change_library, at, left.folder, seed=at)
        assert left.holds().reports in states, f"before step {at}"
        if at >= len(steps):
            assert left.holds().reports == states[-1]
            break
        at += 1


def test_the_disk_of_these_tests_forgets_what_was_not_synced(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    disk = Disk(root)
    (root / "a").write_bytes(b"never synced")
    found = set()
    for seed in range(40):
        disk.picture(tmp_path / f"{seed}", random.Random(seed))
        path = tmp_path / f"{seed}" / "a"
        found.add(path.read_bytes() if path.exists() else None)
    disk.close()
    assert found == {None, b"", b"never synced"}
