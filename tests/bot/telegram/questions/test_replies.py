"""Tests of single replies: what is recorded, and what is said where the index cannot answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.messages import messages_in
from bot.wording.error_sentences import explain
from corpus.errors import CorpusError, NoReports
from index.errors import (
    Damage,
    IndexDamaged,
    IndexMissing,
    SearchError,
    StoreError,
    StoreFault,
)
from tests.support.handlers import ADMIN, NO_CONTEXT, TEACHER, HandlerBench, rows

ASK = "书记上了几节思政课？"
M = messages_in("zh")
HIDDEN = [
    (IndexDamaged(Path("/i"), Damage.ALTERED), M.telegram.failed),
    (StoreError("http://m:19530", StoreFault.AWAY), M.telegram.store_unreachable),
]


def failing(bench: HandlerBench, exc: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(*_: object, **__: object) -> None:
        raise exc

    monkeypatch.setattr(bench.context.service, "ask", ask)


@pytest.mark.parametrize(("exc", "sentence"), HIDDEN, ids=["damaged", "away"])
async def test_a_failure_is_explained_to_admins_and_named_to_others(
    bench: HandlerBench, exc: SearchError, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(bench, exc, monkeypatch)
    for person in (TEACHER, ADMIN):
        await bench.handlers.questions.text(bench.message(ASK, by=person), NO_CONTEXT)
    assert bench.sent == [sentence, explain(exc, M)]


@pytest.mark.parametrize("exc", [NoReports(Path("/r")), IndexMissing(Path("/i"))])
async def test_without_reports_everyone_reads_what_to_do(
    bench: HandlerBench, exc: SearchError | CorpusError, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(bench, exc, monkeypatch)
    for person in (TEACHER, ADMIN):
        await bench.handlers.questions.text(bench.message(ASK, by=person), NO_CONTEXT)
    assert bench.sent == [M.telegram.nothing_to_search] * 2


async def test_where_nothing_could_be_answered_nothing_is_recorded(
    bench: HandlerBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(bench, IndexMissing(Path("/i")), monkeypatch)
    await bench.handlers.questions.text(bench.message(ASK), NO_CONTEXT)
    for table in ("question", "view", "view_message"):
        assert rows(bench, f"SELECT count(*) FROM {table}") == [(0,)]


async def test_an_answer_is_recorded_with_its_messages_and_its_first_passage(
    bench: HandlerBench,
) -> None:
    await bench.handlers.questions.text(bench.message(ASK), NO_CONTEXT)
    ((text, answered, passage),) = rows(bench, "SELECT text, answered, passage FROM question")
    assert (text, answered) == (ASK, 1)
    assert bench.context.service.opened().engine.store.passage(passage) is not None
    ((view,),) = rows(bench, "SELECT view FROM question")
    assert rows(bench, "SELECT view FROM view_message") == [(view,)]


async def test_where_questions_are_not_kept_the_buttons_still_work(tmp_path: Path) -> None:
    bench = await HandlerBench.open(tmp_path, store_questions=False)
    await bench.handlers.questions.text(bench.message(ASK), NO_CONTEXT)
    assert rows(bench, "SELECT count(*) FROM question") == [(0,)]
    assert rows(bench, "SELECT question FROM view") == [(None,)]
    assert "原文" in bench.of("sendMessage")[0].labels
    await bench.close()
