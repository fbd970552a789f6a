from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from index.building import file_state as sightings
from index.building.file_state import FILE, FileStat, digests, looks, remember, unchanged


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
