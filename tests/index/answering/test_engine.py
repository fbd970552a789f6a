from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from index.answering.answer import Status
from index.answering.engine import Restrictions
from index.store.store import Scope
from tests.index.conftest import Bench

EAGER = 0.0


@pytest.fixture
def built(bench: Bench) -> Bench:
    bench.build()
    return bench


def test_the_best_passage_comes_first_with_the_sentence_that_answers(built: Bench) -> None:
    answer = built.engine.ask("减轻学生负担的效果怎么样", Restrictions(refusal=EAGER))
    first = answer.passages[0]
    assert (first.passage.report, first.passage.path) == ("2021年总结", ("二、存在的问题",))
    assert "减轻学生负担的效果还不够明显" in first.words
    assert answer.text == first.words
    assert [found.score for found in answer.passages] == sorted(
        (found.score for found in answer.passages), reverse=True
    )


@pytest.mark.parametrize(("year", "number"), [(2020, "8节"), (2021, "12节")])
def test_a_year_in_the_question_is_answered_from_that_year(
    built: Bench, year: int, number: str
) -> None:
    for question in (f"{year}年书记上了几节思政课", f"书记{year}年度上了几节思政课"):
        answer = built.engine.ask(question, Restrictions(refusal=EAGER))
        assert number in (answer.text or "")
        assert {found.passage.year for found in answer.passages} == {year}


def test_a_year_that_is_not_there_is_refused_with_the_nearest_passages(built: Bench) -> None:
    answer = built.engine.ask("2019年书记上了几节思政课", Restrictions(refusal=EAGER))
    assert answer.status is Status.NOT_FOUND
    assert answer.text is None
    assert answer.confidence == 0
    assert answer.passages


def test_limits_choose_year_report_and_number(built: Bench) -> None:
    engine = built.engine
    by_year = engine.ask("书记上了几节思政课", Restrictions(years=frozenset({2020}), top=1))
    by_report = engine.ask("书记上了几节思政课", Restrictions(report="2020年总结"))
    assert len(by_year.passages) == 1
    assert {f.passage.report for f in (*by_year.passages, *by_report.passages)} == {"2020年总结"}


def test_a_least_confidence_of_one_refuses_all_and_of_zero_none(built: Bench) -> None:
    engine = built.engine
    assert engine.ask("书记上了几节思政课", Restrictions(refusal=1.0)).status is not Status.ANSWERED
    assert engine.ask("天气怎么样", Restrictions(refusal=0.0)).status is Status.ANSWERED


@pytest.mark.parametrize("question", ["？", "😀", "\0", "a" * 10_000, "2021年", "\u202e书记"])
def test_odd_questions_get_an_answer_and_no_error(built: Bench, question: str) -> None:
    answer = built.engine.ask(question)
    assert 0 <= answer.confidence <= 1
    assert all(a <= b <= len(f.passage.text) for f in answer.passages for a, b in f.spans)


def test_many_threads_get_the_same_answers(built: Bench) -> None:
    engine = built.engine
    questions = [
        "2020年书记上了几节思政课",
        "2021年书记上了几节思政课",
        "学生负担",
        "教师培训",
    ] * 25
    expected = [engine.ask(q).text for q in questions[:4]] * 25
    with ThreadPoolExecutor(8) as pool:
        assert [answer.text for answer in pool.map(engine.ask, questions)] == expected


def test_the_store_gives_the_paragraphs_around_a_passage(built: Bench) -> None:
    store = built.engine.store
    bodies = store.paragraphs("2021年总结", range(1, 9))
    assert [body.number for body in bodies] == [1, 2]
    assert bodies[1].path == ("二、存在的问题",)
    assert store.paragraphs("nothing", range(1, 2)) == []
    assert store.passage("2021年总结:1:1") is not None
    assert store.passage("2021年总结:9:1") is None


def test_the_scope_keeps_other_reports_out_of_the_search(built: Bench) -> None:
    engine = built.engine
    vector = built.encoder.encode_questions(["书记"])[0]
    found = engine.store.search(vector, ["书记"], Scope(years=frozenset({2020})), 10)
    assert {candidate.passage.year for candidate in found} == {2020}
    assert engine.store.search(vector, ["书记"], Scope(reports=frozenset()), 10) == []
