"""`baogao reports add` and `list`: several files, folders and archives at once."""

from __future__ import annotations

import argparse
from hashlib import sha256
from pathlib import Path

import pytest

from bot.cli.reports import add_reports, list_reports, remove_report
from bot.config.settings import Config
from bot.messages import messages_in
from bot.service import Service
from tests.corpus.formats.docx_files import packed

ZH = messages_in("zh")


def text(year: int) -> bytes:
    return f"{year}年度工作总结\n书记上课{year - 2000}节。".encode()


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(Config(tmp_path / "reports", tmp_path / "var"))


def add(service: Service, *files: Path) -> int:
    return add_reports(argparse.Namespace(files=list(files), replace=False), service, ZH)


def test_files_folders_and_archives_are_added_at_once(
    service: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, year in (("a.txt", 2019), ("旧/b.txt", 2020), ("旧/更旧/c.txt", 2021)):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_bytes(text(year))
    (tmp_path / "d.zip").write_bytes(packed({"x/d.txt": text(2022), "e.md": text(2023)}))
    assert add(service, tmp_path / "a.txt", tmp_path / "旧", tmp_path / "d.zip") == 0
    assert list(service.library.files()) == ["a", "b", "c", "d", "e"]
    assert capsys.readouterr().out.count(ZH.run_index) == 1


def test_what_cannot_be_added_is_named_and_stops_no_other(
    service: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_bytes(text(2019))
    (tmp_path / "b.zip").write_bytes(packed({"x.pptx": b"x", "空.txt": b"", "c.txt": text(2020)}))
    (tmp_path / "无").mkdir()
    files = [tmp_path / name for name in ("没有.txt", "b.zip", "无", "a.txt")]
    assert add(service, *files) == 2
    assert list(service.library.files()) == ["a", "c"]
    said = capsys.readouterr().err
    assert "没有.txt——没有这个文件" in said
    assert "x.pptx——不支持这种格式的报告（.pptx）；请另存为 .pdf" in said
    assert "空.txt——没有文字" in said
    assert "无——里面没有报告" in said


def test_of_a_report_that_is_replaced_it_is_said_what_differs(
    service: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.zip").write_bytes(packed({"a.txt": text(2019), "b.txt": text(2020)}))
    assert add(service, tmp_path / "a.zip") == 0
    assert "19节 → 21节" not in capsys.readouterr().out
    newer = text(2019).replace("19节".encode(), "21节".encode())
    (tmp_path / "a.zip").write_bytes(packed({"a.txt": newer, "b.txt": text(2020)}))
    args = argparse.Namespace(files=[tmp_path / "a.zip"], replace=True)
    assert add_reports(args, service, ZH) == 0
    said = capsys.readouterr().out
    assert ZH.admin.difference.format(before="19节", after="21节") in said
    assert said.count("→") == 1


def test_what_is_removed_is_kept_and_said_so(
    service: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_bytes(text(2019))
    add(service, tmp_path / "a.txt")
    assert remove_report(argparse.Namespace(name="a"), service, ZH) == 0
    assert ZH.admin.kept_for_rollback in capsys.readouterr().out
    assert service.library.kept is not None
    assert service.library.kept.content(sha256(text(2019)).hexdigest()) == text(2019)


def test_files_of_one_name_are_told_apart_by_their_folders(
    service: Service, tmp_path: Path
) -> None:
    for folder, year in (("教务处", 2019), ("安全办", 2020)):
        (tmp_path / "旧" / folder).mkdir(parents=True)
        (tmp_path / "旧" / folder / "总结.txt").write_bytes(text(year))
    assert add(service, tmp_path / "旧") == 0
    assert set(service.library.files()) == {"教务处—总结", "安全办—总结"}


def test_what_is_passed_over_in_the_folder_is_listed(
    service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    (service.library.folder / "子").mkdir(parents=True)
    (service.library.folder / "子/a.txt").write_bytes(text(2019))
    (service.library.folder / "b.zip").write_bytes(b"x")
    list_reports(argparse.Namespace(), service, ZH)
    said = capsys.readouterr().out
    assert "子——报告文件夹里的子文件夹不读" in said
    assert "b.zip——是压缩包" in said
