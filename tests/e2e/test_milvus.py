"""The program on a Milvus: a local file, one that is in use, and one that is away."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.config.loading import load_config
from bot.service import Service
from tests.e2e.conftest import SHIPPED, Program

pytest.importorskip("milvus_lite", reason="milvus-lite has no wheel for this machine")

QUESTION = "本年度书记带头上了多少节思政课？"


def program(folder: Path, milvus: str = "{}") -> Program:
    (folder / "baogao.yaml").write_text(
        f"reports: {SHIPPED.parent}\nstore: milvus\nmilvus: {milvus}\n", "utf-8"
    )
    return Program(folder)


def test_the_program_answers_rolls_back_and_measures_on_a_milvus(tmp_path: Path) -> None:
    baogao = program(tmp_path)
    result = baogao("ask", QUESTION)
    assert "12节" in result.out.splitlines()[0]
    assert baogao("index", "--force").status == 0
    result = baogao("rollback")
    assert "已退回到" in result.out + result.err
    result = baogao("doctor")
    assert result.status == 0
    assert "Milvus" in result.out
    (tmp_path / "q.jsonl").write_text(
        json.dumps({"id": "1", "question": QUESTION, "answers": ["12节"]}) + "\n", "utf-8"
    )
    result = baogao("eval", "q.jsonl", "--reports", str(SHIPPED.parent), "--json")
    assert json.loads(result.out)["recall@5"] == 1
    assert len(Service(load_config(None, tmp_path)).generations.names()) == 2


def test_a_milvus_that_is_away_is_one_sentence(tmp_path: Path) -> None:
    baogao = program(tmp_path, "{uri: 'http://127.0.0.1:9'}")
    for command in (("ask", QUESTION), ("index",), ("rollback",)):
        result = baogao(*command)
        assert result.status == 2
        assert len(result.err.strip().splitlines()) == 1
        assert "http://127.0.0.1:9" in result.err
        assert "连接不上" in result.err
    result = baogao("doctor")
    assert result.status == 2
    assert "[有误] 无法使用索引所在的 Milvus" in result.out
