"""Every file of the state directory damaged in every way: noticed, named, mended, never wrong."""

from __future__ import annotations

import asyncio
import errno
import os
import random
import resource
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.telegram.jobs.jobs import Job, JobKind, Jobs, JobState
from bot.telegram.storage.database import FILE, Database
from tests.faults.damage import KINDS, damage, files
from tests.faults.school import School, indexed, lessons
from tests.faults.victim import run

QUESTION = "2021年书记带头上思政课几节？"
NOTHING: Callable[[str, str], None] = lambda _step, _path: None  # noqa: E731
HARMLESS = {"lock", "seen.json"}
"""Files whose content means nothing, or is worked out anew without a word when it is odd."""

CACHES = {"prepared.sqlite"}


class Program:
    """The program run in this process; `out` and `err` are of the last run."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys = capsys
        self._monkeypatch = monkeypatch
        self.out = self.err = ""

    def __call__(
        self, school: School, *arguments: str, before: Callable[[str, str], None] = NOTHING
    ) -> int:
        self._monkeypatch.chdir(school.folder)
        status = run(arguments, before)
        self.out, self.err = self._capsys.readouterr()
        assert "Traceback" not in self.err
        assert "意外" not in self.err, self.err
        return status


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Program:
    return Program(capsys, monkeypatch)


@pytest.mark.parametrize("kind", KINDS)
def test_every_damaged_file_is_noticed_and_no_answer_is_wrong(
    kind: str, tmp_path: Path, program: Program
) -> None:
    sound = indexed(tmp_path / "sound", [11, 12])
    chance = random.Random(kind)
    for number, name in enumerate(files(sound.state)):
        school = sound.copied(tmp_path / f"{number}")
        damage(school.state / name, kind, chance)
        status = program(school, "ask", QUESTION)
        said = program.err
        assert status in {0, 1}, f"{name}: {said}"
        assert lessons(program.out.replace("【", "").replace("】", "")) in {"11", "12"}, name
        index_status = program(school, "index", "--force")
        said += program.out + program.err
        program(school, "rollback", "--list")
        said += program.out
        silent = HARMLESS | (CACHES if kind != "unreadable" else set())
        if name.name not in silent:
            assert name.name in said, f"{name} {kind}: not noticed: {said}"
        if name.name == "lock" and kind == "unreadable":
            assert index_status == 2
            continue
        assert index_status == 0, f"{name}: {said}"
        program(school, "ask", QUESTION)
        assert lessons(program.out.replace("【", "").replace("】", "")) == "12"
        assert program.err == "", f"{name}: not mended: {program.err}"


def test_a_damaged_cache_costs_time_and_is_said(tmp_path: Path, program: Program) -> None:
    school = indexed(tmp_path / "school", [12])
    path = school.state / "index/prepared.sqlite"
    with sqlite3.connect(path) as database:
        database.execute("UPDATE report SET vectors = zeroblob(1024)")
    database.close()
    assert program(school, "index", "--force") == 0
    assert "prepared.sqlite" in program.out
    path.write_bytes(b"no database" * 1000)
    assert program(school, "index", "--force") == 0
    assert "prepared.sqlite" in program.out


def test_a_lost_pointer_after_going_back_is_said(tmp_path: Path, program: Program) -> None:
    school = indexed(tmp_path / "school", [11, 12])
    assert program(school, "rollback") == 0
    (school.state / "index/current").write_bytes(b"\xff")
    program(school, "ask", QUESTION)
    assert "current" in program.err


def test_the_index_goes_on_serving_when_it_is_deleted_beneath_the_bot(tmp_path: Path) -> None:
    import shutil

    school = indexed(tmp_path / "school", [12])
    service = school.service()
    service.opened()
    shutil.rmtree(school.state)
    answer = service.ask(QUESTION)
    assert lessons(answer.passages[0].passage.text) == "12"
    service.bring_up_to_date()
    assert service.opened().generation.number == 1


@pytest.mark.parametrize(
    ("code", "words"), [(errno.ENOSPC, "磁盘已满"), (errno.EROFS, "只读"), (errno.EACCES, "权限")]
)
def test_a_disk_that_refuses_at_any_step_leaves_the_old_state_and_is_said(
    code: int, words: str, tmp_path: Path, program: Program
) -> None:
    at = 0
    while True:
        school = indexed(tmp_path / f"{at}", [11, 12])
        old = school.holds()
        school.write(2021, 13)
        taken = 0

        def refuse(step: str, path: str, at: int = at) -> None:
            nonlocal taken
            taken += 1
            if taken > at and step not in {"unlink", "rmdir"}:
                raise OSError(code, os.strerror(code), path)

        status = program(school, "index", before=refuse)
        if status == 0:
            break
        assert words in program.err
        assert school.holds().index in (old.index, *_newer(school, tmp_path / f"new-{at}"))
        assert program(school, "index") == 0
        at += 1
    assert at > 3


def _newer(school: School, to: Path) -> list[object]:
    twin = school.copied(to)
    twin.service().bring_up_to_date()
    return [twin.holds().index]


def test_asking_writes_nothing_so_a_read_only_state_directory_is_enough(
    tmp_path: Path, program: Program
) -> None:
    school = indexed(tmp_path / "school", [12])
    steps: list[str] = []
    before = {path: (school.state / path).stat().st_mtime_ns for path in files(school.state)}
    assert program(school, "ask", QUESTION, before=lambda step, _: steps.append(step)) in {0, 1}
    assert steps == []
    after = {path: (school.state / path).stat().st_mtime_ns for path in files(school.state)}
    assert before == after


@pytest.mark.parametrize("limit", [0, 4096, 16384])
def test_files_that_may_not_grow_are_a_sentence(
    limit: int, tmp_path: Path, program: Program
) -> None:
    school = indexed(tmp_path / "school", [12])
    old = school.holds()
    for year in range(1990, 2020):
        school.write(year, year)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        status = program(school, "index")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert status == 2
    assert "状态目录" in program.err
    assert school.holds().index == old.index
    assert program(school, "index") == 0


JOB = Job(JobKind.REINDEX, JobState.CONFIRMED, 1, 2, "zh", id="a")


async def kept(folder: Path) -> list[Job]:
    database = Database.open(folder)
    try:
        return await Jobs(database).unfinished()
    finally:
        database.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_chat_database_is_set_aside_or_read_and_the_bot_starts(
    kind: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def write() -> None:
        database = Database.open(tmp_path)
        await Jobs(database).save(JOB)
        database.close()

    asyncio.run(write())
    damage(tmp_path / FILE, kind, random.Random(1))
    found = asyncio.run(kept(tmp_path))
    assert found in ([], [JOB])
    if kind in {"truncated", "zeroed", "unreadable"}:
        assert found == []
        assert (tmp_path / f"{FILE}.damaged").exists()
        assert FILE in caplog.text
    asyncio.run(write())
    assert asyncio.run(kept(tmp_path)) == [JOB]
