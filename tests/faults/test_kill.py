"""SIGKILL before every named step of each command that writes: the old state or the new one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.faults.bot_commands import BOT_COMMANDS, LESSONS, configure_bot, jobs
from tests.faults.school import School, indexed, on_the_way, report


def prepared(command: str, folder: Path) -> tuple[School, tuple[str, ...]]:
    """A school in the state before a command, and the command."""
    match command:
        case "first index":
            school = School(folder)
            school.write(2021, 12)
            return school, ("index",)
        case "index":
            school = indexed(folder, [8, 9, 10, 11, 12])
            school.write(2022, 20)
            school.write(2020, 21)
            return school, ("index",)
        case "rollback":
            return indexed(folder, [11, 12]), ("rollback",)
        case "add":
            school = indexed(folder, [12])
            (folder / "2022.txt").write_text(report(2022, 20), "utf-8")
            return school, ("reports", "add", "2022.txt")
        case "replace":
            school = indexed(folder, [12])
            (folder / "2021.md").write_text(report(2021, 99), "utf-8")
            return school, ("reports", "add", "--replace", "2021.md")
        case "remove":
            return indexed(folder, [12]), ("reports", "remove", "2020")
        case _:
            school = indexed(folder, [11, LESSONS])
            school.write(2019, 5)
            configure_bot(school)
            return school, BOT_COMMANDS[command.removeprefix("bot: ")]


@pytest.mark.parametrize(
    "command",
    [
        *("first index", "index", "rollback", "add", "replace", "remove"),
        *(f"bot: {name}" for name in BOT_COMMANDS),
    ],
)
def test_killed_before_any_step_the_old_state_or_the_new_one_is_there(
    command: str, tmp_path: Path
) -> None:
    school, arguments = prepared(command, tmp_path / "school")
    old = school.holds()
    finished = school.copied(tmp_path / "finished")
    steps = finished.steps(*arguments)
    new = finished.holds()
    assert old != new
    assert len(steps) >= 2
    seen = set()
    for number, step in list(enumerate(steps))[:: int(os.environ.get("BAOGAO_EVERY", "4"))]:
        killed = school.copied(tmp_path / f"killed-{number}")
        assert killed.run(*arguments, die_before=number) == -9, step
        state = killed.holds()
        assert state in on_the_way(old, new), f"killed before step {number}: {step}"
        seen.add(state == new)
        if state != new or arguments[0] == "bot":
            assert killed.run(*arguments) == 0, f"after {step}"
        assert killed.holds() == new, f"the next run after {step}"
        if arguments[0] == "bot":
            assert jobs(killed) == jobs(finished), f"the next run after {step}"
        assert killed.run("index", "--force") == 0
        left = [path.name for path in killed.state.rglob(".*")]
        assert left == [], f"left behind after {step}: {left}"
    assert False in seen


def test_writing_goes_file_then_name_then_folder(tmp_path: Path) -> None:
    school, arguments = prepared("index", tmp_path / "school")
    steps = school.steps(*arguments)
    name = next(step.split()[1] for step in steps if step.startswith("rename 0000"))
    assert name
    unfinished = next(step for step in steps if step.startswith("rename .0000"))
    published = steps.index(unfinished)
    before = steps[:published]
    data = next(step.split()[1] for step in steps if step.startswith("fsync .manifest.json"))
    for file in ("passages.sqlite", "vectors.faiss", "owners.npy", data):
        assert f"fsync {file}" in before
    # the manifest's own name and the folder's entries, the new name, then the pointer
    rest = [step.split(".")[0] if "tmp" in step else step for step in steps[published + 1 :]]
    assert rest[0] == "fsync generations"
    pointer = [step for step in steps[published + 1 :] if "current" in step]
    assert [step.split()[0] for step in pointer[:2]] == ["fsync", "replace"]
    after = steps[steps.index(pointer[1], published) + 1 :]
    assert "fsync index" in after[:2]
