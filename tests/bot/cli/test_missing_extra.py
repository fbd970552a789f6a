"""Tests of an encoder of one's own where its library is not installed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bot.__main__ import main
from tests.support.bots import SHIPPED

INSTALL = "pip install 'baogao[sentence-transformers]'"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("command", [("ask", "书记上了几节思政课"), ("index",), ("doctor",)])
def test_the_sentence_says_what_to_install(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    language: str,
    command: tuple[str, ...],
) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    (tmp_path / "model").mkdir()
    (tmp_path / "model/modules.json").write_text("[]")
    (tmp_path / "baogao.yaml").write_text(
        f"reports: {SHIPPED.parent}\nlanguage: {language}\n"
        f"encoder: {{model: {tmp_path / 'model'}}}\n"
    )
    monkeypatch.chdir(tmp_path)
    assert main(command) == 2
    captured = capsys.readouterr()
    said = captured.err + captured.out
    assert INSTALL in said
    assert "Traceback" not in said
