"""`baogao backup` and `restore`: from a running bot, to another path, and what is refused."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import sqlite3
import stat
import tarfile
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.telegram.access.people import People, Role
from bot.telegram.storage.database import Database
from corpus.corrections import Correction
from corpus.durable.archive import ArchiveFault, BadArchive, pack, unpack
from corpus.durable.locks import locked
from corpus.library import Library
from tests.faults.victim import InProcess
from tests.support.reports import report


def place(folder: Path) -> Path:
    """The configuration of a school in `folder`."""
    folder.mkdir()
    path = folder / "baogao.yaml"
    path.write_text("reports: reports\nstate: var\n")
    return path


@pytest.fixture
async def saved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A backup that was made while the chat database was open and being written."""
    path = place(tmp_path / "old")
    library = Library(tmp_path / "old" / "reports", InProcess())
    for year in (2019, 2020):
        library.add(report(year), f"{year}.txt")
    library.correct("2020", Correction(title="更正过的标题"))
    (tmp_path / "old" / "var").mkdir()
    (tmp_path / "old" / "var" / "calibration.json").write_text('{"fitted": 1}')
    database = Database.open(tmp_path / "old" / "var")
    await People(database, (), ()).add(7, Role.ADMIN)
    archive = tmp_path / "saved.tar.gz"
    assert main(["backup", str(archive), "--config", str(path)]) == 0
    database.close()
    assert "2份报告" in capsys.readouterr().out
    return archive


def contents(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted((folder / "reports").iterdir())}


async def test_everything_comes_back_on_another_path(saved: Path, tmp_path: Path) -> None:
    new = place(tmp_path / "new")
    assert main(["restore", str(saved), "--config", str(new)]) == 0
    assert contents(new.parent) == contents(tmp_path / "old")
    assert (new.parent / "var" / "calibration.json").read_text() == '{"fitted": 1}'
    database = Database.open(new.parent / "var")
    people = People(database, (), ())
    await people.load()
    assert people.admins == {7}
    database.close()
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    assert [p.name for p in (new.parent / "var").glob(".backup-*")] == []


def test_a_file_whose_name_is_gbk_comes_back_under_that_name(tmp_path: Path) -> None:
    name = os.fsdecode("二〇二三年总结.txt".encode("gbk"))
    old, new = place(tmp_path / "old"), place(tmp_path / "new")
    (old.parent / "reports").mkdir()
    (old.parent / "reports" / name).write_bytes(report(2023))
    archive = str(tmp_path / "saved.tar.gz")
    assert main(["backup", archive, "--config", str(old)]) == 0
    assert main(["restore", archive, "--config", str(new)]) == 0
    assert contents(new.parent)[name] == report(2023)


def test_what_is_there_is_not_replaced_without_a_word_and_is_saved_first(
    saved: Path, tmp_path: Path
) -> None:
    new = place(tmp_path / "new")
    other = report(2024)
    Library(new.parent / "reports", InProcess()).add(other, "2024.txt")
    command = ["restore", str(saved), "--config", str(new)]
    assert main(command) == 2
    assert contents(new.parent) == {"2024.txt": other}
    assert main([*command, "--replace"]) == 0
    assert contents(new.parent) == contents(tmp_path / "old")
    (before,) = (new.parent / "var").glob("before-restore-*.tar.gz")
    unpack(before, tmp_path / "before")
    assert (tmp_path / "before" / "reports" / "2024.txt").read_bytes() == other


def test_nothing_is_restored_below_a_running_bot(saved: Path, tmp_path: Path) -> None:
    new = place(tmp_path / "new")
    with locked(new.parent / "var" / "bot", patience=0):
        assert main(["restore", str(saved), "--config", str(new)]) == 2
    assert not (new.parent / "reports").exists()


def test_a_damaged_backup_changes_nothing_whatever_was_damaged(saved: Path, tmp_path: Path) -> None:
    """Bytes are flipped and cut off; each time it is refused, or whole after all."""
    whole, rng = saved.read_bytes(), random.Random(5)
    unpack(saved, tmp_path / "whole")
    for number in range(40):
        data = bytearray(whole)
        if number % 4 == 0:
            del data[rng.randrange(len(data)) :]
        else:
            data[rng.randrange(10, len(data))] ^= 1 << rng.randrange(8)
        saved.write_bytes(data)
        folder = tmp_path / f"out{number}"
        try:
            names = unpack(saved, folder)
        except BadArchive:
            continue
        for name in names:
            assert (folder / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()


@pytest.mark.parametrize("name", ["../outside.txt", "/tmp/outside.txt", "reports/link"])
def test_an_archive_made_by_hand_leads_nowhere(name: str, tmp_path: Path) -> None:
    archive, content = tmp_path / "a.tar.gz", b"x"
    digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    manifest = json.dumps({"format": 1, "files": {name: {"size": 1, "sha256": digest}}}).encode()
    with tarfile.open(archive, "w:gz") as tar:
        for member, data in (("manifest.json", manifest), (name, content)):
            info = tarfile.TarInfo(member)
            info.size = len(data)
            if member.endswith("link"):
                info.type, info.linkname, info.size = tarfile.SYMTYPE, "/etc/passwd", 0
            tar.addfile(info, io.BytesIO(data))
    with pytest.raises(BadArchive) as caught:
        unpack(archive, tmp_path / "inside" / "deep")
    assert caught.value.fault is ArchiveFault.DAMAGED
    assert not (tmp_path / "inside" / "outside.txt").exists()


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (None, ArchiveFault.MISSING),
        (b"", ArchiveFault.NOT_ONE),
        (b"text", ArchiveFault.NOT_ONE),
        (gzip.compress(b"text" * 400, mtime=0), ArchiveFault.NOT_ONE),
    ],
)
def test_what_is_no_backup_is_said_to_be_none(
    data: bytes | None, fault: ArchiveFault, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, new = tmp_path / "file", place(tmp_path / "new")
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(BadArchive) as caught:
        unpack(path, tmp_path / "out")
    assert caught.value.fault in {fault, ArchiveFault.DAMAGED}
    assert main(["restore", str(path), "--config", str(new)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_newer_format_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"a")
    monkeypatch.setattr("corpus.durable.archive._FORMAT", 2)
    pack(tmp_path / "new.tar.gz", {"a": tmp_path / "a"})
    monkeypatch.undo()
    with pytest.raises(BadArchive) as caught:
        unpack(tmp_path / "new.tar.gz", tmp_path / "out")
    assert caught.value.fault is ArchiveFault.NEWER


def test_the_copy_of_the_chats_is_whole_while_others_write(saved: Path, tmp_path: Path) -> None:
    unpack(saved, tmp_path / "out")
    copy = sqlite3.connect(tmp_path / "out" / "state" / "chat.sqlite")
    assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    copy.close()
