from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from corpus.errors import Trouble, UnreadableReport
from index.building import file_state as sightings
from index.building.file_state import (
    FILE,
    UNREADABLE,
    FileStat,
    digests,
    keep_unreadable,
    known_unreadable,
    looks,
    remember,
    unchanged,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text("旧", "utf-8")
    return path


@pytest.fixture(autouse=True)
def old_files_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sightings, "_YOUNG", -(10**10))


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_file_that_looks_the_same_is_not_read(tmp_path: Path, file: Path) -> None:
    remember(tmp_path, looks({"a": file}), {"a": "as it was remembered"})
    assert digests(tmp_path, {"a": file}) == {"a": "as it was remembered"}


def test_a_file_that_was_replaced_is_read_though_size_and_time_are_the_same(
    tmp_path: Path, file: Path
) -> None:
    remember(tmp_path, looks({"a": file}), {"a": "old"})
    before = file.stat()
    new = tmp_path / "new"
    new.write_text("新", "utf-8")
    os.utime(new, ns=(before.st_atime_ns, before.st_mtime_ns))
    new.replace(file)
    assert digests(tmp_path, {"a": file}) == {"a": sha256(file)}
    assert unchanged(tmp_path, looks({"a": file})) == {}


def test_a_file_that_was_young_when_it_was_seen_is_read_again(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sightings, "_YOUNG", 2 * 10**9)
    remember(tmp_path, looks({"a": file}), {"a": "old"})
    assert digests(tmp_path, {"a": file}) == {"a": sha256(file)}
    assert FileStat.at(file).settled(file.stat().st_ctime_ns + 3 * 10**9)


def test_only_reports_that_look_the_same_are_unchanged(tmp_path: Path, file: Path) -> None:
    other, odd = tmp_path / "b.txt", tmp_path / "c.txt"
    for path in (other, odd):
        path.write_text("旧", "utf-8")
    files = {"a": file, "b": other, "c": odd}
    remember(tmp_path, looks(files), {"a": "1", "b": "2", "c": ""})
    other.write_text("新的", "utf-8")
    assert unchanged(tmp_path, looks(files)) == {"a": "1"}
    assert unchanged(tmp_path, {}) == {}


@pytest.mark.parametrize("content", [b"", b"[]", b'{"a": 1}', b'{"a": [1, 2]}', b"\xff"])
def test_damaged_sightings_are_as_good_as_none(tmp_path: Path, file: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert digests(tmp_path, {"a": file}) == {"a": sha256(file)}
    assert unchanged(tmp_path, looks({"a": file})) == {}


class TestUnreadable:
    REFUSED = UnreadableReport("a.txt", Trouble.DAMAGED, "x")

    def known(self, folder: Path, file: Path) -> list[tuple[str, Trouble, str]]:
        found = known_unreadable(folder, {"a": file})
        return [(exc.path.name, exc.trouble, exc.detail) for exc in found]

    def test_a_file_that_could_not_be_read_is_remembered_with_its_reason(
        self, tmp_path: Path, file: Path
    ) -> None:
        keep_unreadable(tmp_path, {"a": file}, {"a": self.REFUSED})
        assert self.known(tmp_path, file) == [("a.txt", Trouble.DAMAGED, "x")]

    def test_one_that_has_changed_since_is_not_known(self, tmp_path: Path, file: Path) -> None:
        keep_unreadable(tmp_path, {"a": file}, {"a": self.REFUSED})
        file.write_text("新的", "utf-8")
        assert self.known(tmp_path, file) == []

    def test_one_that_cannot_be_opened_now_is_named(
        self, tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(os, "access", lambda *_: False)
        assert self.known(tmp_path, file) == [("a.txt", Trouble.NO_RIGHTS, "")]
        file.unlink()
        assert self.known(tmp_path, file) == [("a.txt", Trouble.MISSING, "")]

    def test_a_note_that_is_damaged_says_nothing(self, tmp_path: Path, file: Path) -> None:
        (tmp_path / UNREADABLE).write_text('{"a": [1, 2, "no such", ""]}')
        assert self.known(tmp_path, file) == []


def test_a_young_file_that_was_no_report_is_known_as_none_when_it_is_read_again(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sightings, "_YOUNG", 2 * 10**9)
    remember(tmp_path, looks({"a": file}), {"a": ""}, {"a": file})
    assert digests(tmp_path, {"a": file}) == {"a": ""}
    file.write_text("现在是报告了", "utf-8")
    assert digests(tmp_path, {"a": file}) == {"a": sha256(file)}


def test_a_file_that_cannot_be_read_is_no_report(tmp_path: Path, file: Path) -> None:
    remember(tmp_path, looks({"a": file}), {"a": "as it was"})
    file.unlink()
    file.mkdir()
    assert digests(tmp_path, {"a": file}) == {"a": ""}
