"""Many at once: threads that ask while the index changes, processes on one state directory."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.cli.ask import prepare
from bot.messages import messages_in
from corpus.library import Library
from corpus.sandbox.pool import ParserPool
from index.building.builder import Builder
from tests.faults.school import School, indexed, lessons, report

ROOT = Path(__file__).parents[2]


def test_questions_while_reindexing_see_one_generation_each_and_never_an_older_one(
    tmp_path: Path,
) -> None:
    school = indexed(tmp_path / "school", [10])
    service = school.service()
    over = threading.Event()

    def ask() -> list[int]:
        seen = []
        while not over.is_set():
            answer = service.ask("书记带头上思政课几节？")
            counts = {int(lessons(found.passage.text)) for found in answer.passages}
            assert len(counts) == 1, f"half of one generation, half of another: {counts}"
            seen.append(counts.pop())
        return seen

    with ThreadPoolExecutor(6) as pool:
        asked = [pool.submit(ask) for _ in range(6)]
        try:
            for count in range(11, 19):
                for year in (2020, 2021):
                    school.write(year, count)
                service.bring_up_to_date()
        finally:
            over.set()
        for future in asked:
            seen = future.result()
            assert seen == sorted(seen)
    assert {int(lessons(f.passage.text)) for f in service.ask("思政课几节").passages} == {18}


def test_processes_that_index_and_add_at_once_lose_nothing(tmp_path: Path) -> None:
    school = indexed(tmp_path / "school", [12])
    for year in range(2000, 2006):
        (school.folder / f"{year}.txt").write_text(report(year, year - 1990), "utf-8")
    with ThreadPoolExecutor(8) as pool:
        added = [
            pool.submit(school.run, "reports", "add", f"{year}.txt") for year in range(2000, 2006)
        ]
        built = [pool.submit(school.run, "index", "--force") for _ in range(2)]
        assert [future.result() for future in added] == [0] * 6
        assert {future.result() for future in built} <= {0, 2}
    assert school.run("index") == 0
    state = school.holds()
    assert state.index is not None
    assert set(state.index) == set(state.reports) == {
        "2020", "2021", *map(str, range(2000, 2006))
    }  # fmt: skip


def test_of_two_reports_of_one_name_added_at_once_one_is_refused(tmp_path: Path) -> None:
    school = School(tmp_path)
    school.reports.mkdir(parents=True)

    def add(count: int) -> bool:
        from corpus.errors import ReportExists

        try:
            school.library.add(report(2021, count).encode(), "2021.txt")
        except ReportExists:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(add, range(8)))
    assert taken.count(True) == 1
    kept = (school.reports / "2021.txt").read_text("utf-8")
    assert kept == report(2021, taken.index(True))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_end_in_the_middle_the_next_run_completes(
    number: signal.Signals, tmp_path: Path
) -> None:
    school = indexed(tmp_path, [12])
    old = school.holds()
    for year in range(1950, 2000):
        school.write(year, year - 1900)
    lock = school.state / "index/lock"
    lock.unlink()  # it is there again once the program is at work
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "index"],
        cwd=school.folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while process.poll() is None and not lock.exists():
        time.sleep(0.01)
    process.send_signal(number)
    _, err = process.communicate(timeout=120)
    assert "Traceback" not in err
    now = school.holds() if process.returncode else None
    assert now is None or now.index == old.index or process.returncode == 0
    assert school.run("index") == 0
    found = school.holds().index
    assert found is not None
    assert len(found) == 52


def test_a_clock_that_jumps_changes_neither_order_nor_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    school = indexed(tmp_path, [10])
    for number, now in enumerate((4e9, 1.0, 2e9), start=11):
        monkeypatch.setattr(time, "time", lambda now=now: now)
        for path in school.reports.iterdir():
            os.utime(path, (now, now))
        school.write(2021, number)
        service = school.service()
        Builder(school.library, service.generations, service.encoder).bring_up_to_date()
        opened = service.opened()
        assert opened.generation.number == number - 9
        assert not service.is_stale(opened)
    assert school.service().roll_back().generation.number == 3


def test_a_file_that_is_no_report_is_not_a_change_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.building.file_state._YOUNG", -(10**10))
    school = indexed(tmp_path, [12])
    broken = school.reports / "2019.txt"
    broken.write_bytes(b"")
    service = school.service()
    assert service.is_stale(service.opened())
    service.bring_up_to_date()
    assert not service.is_stale(service.opened())
    broken.write_text(report(2019, 7), "utf-8")
    assert service.is_stale(service.opened())


def test_asking_starts_no_process_where_nothing_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    school = indexed(tmp_path, [12])
    service = school.service()
    service.library = Library(school.reports, ParserPool(cache=school.state / "readings"))

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    prepare(service, messages_in("zh"))
    found = service.ask("书记带头上思政课几节？").passages
    assert any("12节" in each.passage.text for each in found)
