from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.durable.temporary_folders import temporary_folder


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


def leftover(folder: Path, name: str, age: float = 3600.0) -> Path:
    """A folder as a killed program left it, so many seconds ago."""
    made = folder / name
    made.mkdir()
    (made / "given.doc").write_bytes(b"x")
    then = made.stat().st_mtime - age
    os.utime(made, (then, then))
    return made


def test_a_folder_goes_with_its_block_and_all_that_is_in_it(tmp_path: Path) -> None:
    with temporary_folder("test") as folder:
        (folder / "a").write_bytes(b"x")
        assert folder.stat().st_mode & 0o077 == 0
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_program_left_goes_with_the_next_one(tmp_path: Path) -> None:
    old = leftover(tmp_path, "baogao-test-old")
    new = leftover(tmp_path, "baogao-test-new", age=0.0)
    other = leftover(tmp_path, "baogao-other-old")
    with temporary_folder("test"):
        assert [old.exists(), new.exists(), other.exists()] == [False, True, True]


def test_a_folder_in_use_stays_however_old_it_is(tmp_path: Path) -> None:
    with temporary_folder("test") as used:
        then = used.stat().st_mtime - 3600
        os.utime(used, (then, then))
        with temporary_folder("test"):
            assert used.exists()


def test_a_link_that_looks_like_a_leftover_is_not_followed(tmp_path: Path) -> None:
    elsewhere = leftover(tmp_path, "elsewhere")
    (tmp_path / "baogao-test-link").symlink_to(elsewhere)
    os.utime(tmp_path / "baogao-test-link", (0, 0), follow_symlinks=False)
    with temporary_folder("test"):
        assert (elsewhere / "given.doc").exists()
