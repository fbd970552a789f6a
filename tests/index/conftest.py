from __future__ import annotations

import time
from pathlib import Path

import pytest

from corpus.library import Library
from index.answering.engine import Engine, Opened
from index.building.builder import Builder, Changes
from index.generations.generations import Generations
from index.generations.on_disk import DiskGenerations
from tests.support.fakes import BigramEncoder

REPORTS = {
    "2020年总结": (
        "昆山市第二中学2020年度工作总结\n一、党建工作\n"
        "书记带头上思政课8节，开展党史学习教育，组织党员志愿服务活动三次。\n"
        "二、存在的问题\n教师培训的力度不够，校本课程建设的进展缓慢，设备更新不及时。\n"
    ),
    "2021年总结": (
        "昆山市第二中学2021年度工作总结\n一、党建工作\n"
        "书记带头上思政课12节，开展党史学习教育，组织党员志愿服务活动五次。\n"
        "二、存在的问题\n减轻学生负担的效果还不够明显，个别教师习惯多讲多练。\n"
    ),
}


class Bench:
    """A library in a temporary folder, and what is needed to ask it."""

    def __init__(self, folder: Path) -> None:
        self.library = Library(folder / "reports")
        self.folder = folder / "index"
        self.encoder = BigramEncoder()
        self.generations: Generations = DiskGenerations(self.folder)
        self.library.folder.mkdir()
        for name, text in REPORTS.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        (self.library.folder / f"{name}.txt").write_text(text, "utf-8")

    def build(self, **options: bool) -> Changes:
        return Builder(self.library, self.generations, self.encoder).bring_up_to_date(**options)

    def open(self) -> Opened:
        return Opened.open(self.generations, self.encoder)

    @property
    def engine(self) -> Engine:
        return self.open().engine


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pymilvus look more often than every half second whether a file has done its work."""
    sleep = time.sleep
    monkeypatch.setattr(time, "sleep", lambda seconds: sleep(min(seconds, 0.02)))


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)
