from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from index.answering.engine import Engine, Restrictions
from index.weights import OFF, WEIGHTS, RankingWeights
from tests.bench.weights import without
from tests.index.conftest import Bench
from tests.index.readers.test_rerank import BigramReader

QUESTIONS = (
    "书记上了几节思政课",
    "2020年和2021年书记各上了几节思政课",
    "存在哪些问题",
    "总结一下党建工作",
)


class Recording:
    """Weights that note which of them are looked at."""

    def __init__(self, weights: Any, seen: set[str], path: str = "") -> None:
        self._weights, self._seen, self._path = weights, seen, path

    def __getattr__(self, name: str) -> Any:
        value, path = getattr(self._weights, name), f"{self._path}{name}"
        self._seen.add(path)
        return Recording(value, self._seen, f"{path}.") if is_dataclass(value) else value


def test_what_the_engine_is_given_is_what_ranks(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.build()
    seen: set[str] = set()
    given: Any = Recording(RankingWeights(), seen)
    engine = Engine(bench.engine.store, bench.encoder, BigramReader(), weights=given)
    previous = None
    for question in (*QUESTIONS, "为什么"):
        restrictions = Restrictions(refusal=0.0)
        previous = engine.ask(question, restrictions, previous).turn
    groups = {path.partition(".")[0] for path in seen if "." in path}
    assert groups == {group.name for group in fields(RankingWeights)}


def test_each_weight_is_left_out_alone() -> None:
    every = list(without(WEIGHTS))
    assert len(every) > 40
    for name, weights in every:
        group, field = name.split(".")
        changed = [
            f"{g.name}.{f.name}"
            for g in fields(WEIGHTS)
            for f in fields(getattr(WEIGHTS, g.name))
            if getattr(getattr(weights, g.name), f.name)
            != getattr(getattr(WEIGHTS, g.name), f.name)
        ]
        assert changed == [name]
        (own,) = (f for f in fields(getattr(WEIGHTS, group)) if f.name == field)
        assert getattr(getattr(weights, group), field) == own.metadata[OFF]
