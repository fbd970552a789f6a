"""`make run`: any question reaches the program as it was written, and no extra is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.e2e.conftest import ROOT

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="there is no make here")
PROGRAM = '#!/bin/sh\nfor word in "$@"; do printf \'%s\\n\' "$word"; done\n'
STAMP = ".venv/run.stamp"


def folder(path: Path, *, installed: bool) -> Path:
    """A checkout whose program, and whose python, print their arguments."""
    shutil.copy(ROOT / "Makefile", path)
    (path / "pyproject.toml").touch()
    programs = path / ".venv/bin"
    programs.mkdir(parents=True)
    for name in ("baogao", "python"):
        (programs / name).write_text(PROGRAM)
        (programs / name).chmod(0o755)
    if installed:
        (path / STAMP).touch()
    return path


def run(path: Path, *arguments: str, **environment: str) -> list[str]:
    dropped = ("MAKE", "MFLAGS", "TELEGRAM", "BAOGAO")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(dropped)}
    done = subprocess.run(
        ["make", "run", *arguments],
        cwd=path,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    "question",
    [
        'what is "done"?',
        "it's here",
        "`touch made`",
        "$(touch made) $$ $HOME ${HOME} $(HOME)",
        "a\\b; touch made",
        "书记上了几节思政课？ & #1",
        "--help",
    ],
)
def test_any_question_reaches_the_program_as_it_was_written(tmp_path: Path, question: str) -> None:
    path = folder(tmp_path, installed=True)
    assert run(path, f"Q={question}")[-3:] == ["ask", "--", question]
    assert run(path, Q=question)[-3:] == ["ask", "--", question]
    assert not (path / "made").exists()


def test_with_a_token_the_bot_runs(tmp_path: Path) -> None:
    assert run(folder(tmp_path, installed=True), TELEGRAM_BOT_TOKEN="1:a")[-1] == "bot"


def test_a_fresh_checkout_installs_the_program_without_its_extras(tmp_path: Path) -> None:
    path = folder(tmp_path, installed=False)
    lines = run(path)
    assert "." in lines
    assert not [line for line in lines if line.startswith(".[")]
    assert (path / STAMP).exists()
