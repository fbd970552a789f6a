from __future__ import annotations

import math
from dataclasses import replace

import pytest

from corpus.report import Passage
from index.answering.answer import Answer, Found, Quotation, Refusal, Status
from index.answering.decision import Decision
from index.evaluation.metrics import Case, auroc, exact_match, f1_score, judge, summarise
from index.store.store import Scope
from index.understanding.question import Question


def passage(text: str, report: str = "a") -> Passage:
    return Passage(f"{report}:1:1", report, "t", 2021, (), 1, 1, text, 0, len(text))


def answer(*texts: str, span: tuple[int, int] = (0, 2), refused: bool = False) -> Answer:
    found = tuple(Found(passage(t), 1.0, (0, len(t)), (span,)) for t in texts)
    decision = Decision(Status.NOT_FOUND, 0.1) if refused else Decision(Status.ANSWERED, 0.9)
    content = Refusal() if refused else Quotation()
    return Answer(Question("q", "q", Scope()), decision, found, content, {"total": 5.0})


CASE = Case("1", "几节", ("12节",), None, answerable=True)
NONE = Case("2", "天气", (), None, answerable=False)


@pytest.mark.parametrize(
    ("span", "wanted", "f1"),
    [
        ("12节", "12节", 1.0),
        ("《准则》", "准则", 1.0),
        ("上课十二节", "十二节", 0.75),
        ("甲乙", "丙丁", 0.0),
        ("", "丙丁", 0.0),
        ("甲丙乙", "甲乙", 0.4),
    ],
)
def test_f1_is_that_of_cmrc_2018(span: str, wanted: str, f1: float) -> None:
    assert f1_score(span, wanted) == pytest.approx(f1)


def test_exact_ignores_punctuation_and_folds() -> None:
    assert exact_match("“雙減”。", "双减") == 1.0
    assert exact_match("双减政策", "双减") == 0.0


def test_a_hit_needs_the_answer_after_folding_and_the_report() -> None:
    assert judge(CASE, answer("甲", "共 １２ 節")).rank == 2
    other = Case("1", "几节", ("12节",), "b", answerable=True)
    assert judge(other, answer("共12节")).rank is None


def test_the_figures_are_those_of_the_contract() -> None:
    outcomes = [
        judge(CASE, answer("12节", span=(0, 3))),
        judge(CASE, answer("甲乙", "12节")),
        judge(NONE, answer("甲乙", refused=True)),
        judge(NONE, answer("甲乙")),
    ]
    summary = summarise(outcomes)
    assert summary.n == 4
    assert (summary.recall[1], summary.recall[3]) == (0.5, 1.0)
    assert summary.mrr == 0.75
    assert (summary.sentence, summary.exact, summary.f1) == (0.5, 0.5, 0.5)
    assert summary.answered_rate == 0.75
    assert (summary.refusal_precision, summary.refusal_recall) == (1.0, 0.5)
    assert summary.auroc == 0.75
    assert (summary.shown_right, summary.unsure_rate) == (0.5, 0.0)
    assert (summary.answered_precision, summary.asserted_wrongly) == (1 / 3, 0.5)
    assert (summary.p50_ms, summary.p95_ms) == (5.0, 5.0)


def test_figures_without_a_question_to_count_are_no_numbers() -> None:
    summary = summarise([judge(NONE, answer("甲乙"))])
    assert math.isnan(summary.recall[1])
    assert math.isnan(summary.refusal_precision)
    assert math.isnan(summary.auroc)


def test_auroc_counts_ties_half() -> None:
    assert auroc([0.9, 0.1], [True, False]) == 1.0
    assert auroc([0.1, 0.9], [True, False]) == 0.0
    assert auroc([0.5, 0.5], [True, False]) == 0.5
    assert auroc([0.2, 0.4, 0.4, 0.8], [False, True, False, True]) == pytest.approx(0.875)


def test_an_unsure_answer_shows_what_it_quotes_and_a_refusal_shows_nothing() -> None:
    unsure = replace(answer("共12节"), decision=Decision(Status.UNSURE, 0.3))
    assert [judge(CASE, a).shown for a in (unsure, answer("共12节", refused=True))] == [True, False]
    summary = summarise([judge(CASE, unsure), judge(NONE, unsure)])
    assert (summary.shown_right, summary.unsure_rate, summary.asserted_wrongly) == (1.0, 1.0, 0.0)


def test_the_evidence_that_is_quoted_is_counted_by_its_first_words() -> None:
    case = replace(CASE, answers=(), evidence=("上课12", "听课3", "评课"))
    outcome = judge(case, answer("上课12节。听课3节。"))
    assert outcome.items == pytest.approx(2 / 3)
    assert outcome.right
    assert summarise([outcome]).items == pytest.approx(2 / 3)
