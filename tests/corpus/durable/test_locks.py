"""Locks of folders: one holder at a time, across threads and processes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from corpus.durable.faults import FolderBusy, StateError
from corpus.durable.locks import locked, locked_itself

Lock = Callable[[Path, float], AbstractContextManager[None]]
LOCKS = [locked, locked_itself]

HOLDER = """
import sys
from pathlib import Path
from corpus.durable import locks
with getattr(locks, sys.argv[1])(Path(sys.argv[2]), 5):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize("lock", LOCKS)
def test_only_one_holds_it_and_then_the_next(lock: Lock, tmp_path: Path) -> None:
    with lock(tmp_path, 0), pytest.raises(FolderBusy) as caught, lock(tmp_path, 0):
        pass
    assert caught.value.filename == str(tmp_path)
    with lock(tmp_path, 0):
        pass


@pytest.mark.parametrize("lock", LOCKS)
def test_a_process_that_is_killed_lets_go(lock: Lock, tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDER, lock.__name__, str(tmp_path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(FolderBusy), lock(tmp_path, 0):
            pass
        holder.kill()
        holder.wait()
        with lock(tmp_path, 5):
            pass


@pytest.mark.parametrize("lock", LOCKS)
def test_what_fails_while_it_is_held_lets_go(lock: Lock, tmp_path: Path) -> None:
    with pytest.raises(KeyError), lock(tmp_path, 0):
        raise KeyError
    with lock(tmp_path, 0):
        pass


def test_what_waiting_raises_ends_the_waiting(tmp_path: Path) -> None:
    def told_to_stop() -> None:
        raise InterruptedError

    with locked(tmp_path), pytest.raises(InterruptedError), locked(tmp_path, 60, told_to_stop):
        pass


def test_the_folder_is_made_and_one_that_cannot_be_is_an_error(tmp_path: Path) -> None:
    with locked(tmp_path / "a" / "b"):
        assert [path.name for path in (tmp_path / "a" / "b").iterdir()] == ["lock"]
    (tmp_path / "file").write_text("")
    with pytest.raises(StateError), locked(tmp_path / "file" / "b"):
        pass


def test_no_file_is_made_in_a_folder_that_is_locked_itself(tmp_path: Path) -> None:
    with locked_itself(tmp_path, 0):
        assert not list(tmp_path.iterdir())
    with pytest.raises(FileNotFoundError), locked_itself(tmp_path / "none", 0):
        pass
