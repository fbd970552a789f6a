"""The real program, run as a process in a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "corpus/reports/2021年度工作总结.txt"
TIMEOUT = 300


@dataclass(frozen=True, slots=True)
class Program:
    """`baogao`, run in `folder` as a school would."""

    folder: Path

    def __call__(self, *arguments: str, stdin: str = "", **environment: str) -> Result:
        done = subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            cwd=self.folder,
            env=clean_environment() | environment,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=TIMEOUT,
            check=False,
        )
        return Result(done.returncode, done.stdout, done.stderr)


@dataclass(frozen=True, slots=True)
class Result:
    status: int
    out: str
    err: str


def clean_environment() -> dict[str, str]:
    """The environment without what would steer the program, and with its packages."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("TELEGRAM", "BAOGAO"))}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "default"}


def school(folder: Path) -> Program:
    """A folder with the shipped report, and the program in it."""
    reports = folder / "corpus/reports"
    reports.mkdir(parents=True)
    shutil.copy(SHIPPED, reports)
    return Program(folder)


@pytest.fixture
def baogao(tmp_path: Path) -> Program:
    """The program in a new folder with the shipped report."""
    return school(tmp_path)


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The program over the shipped report, indexed; tests that share it only ask."""
    program = school(tmp_path_factory.mktemp("school"))
    assert program("index").status == 0
    return program
