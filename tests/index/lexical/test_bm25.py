from __future__ import annotations

import math
from pathlib import Path

import numpy as np

from index.lexical.bm25 import K1, B, LexicalIndex
from index.lexical.terms import terms

TEXTS = [["师德", "师风", "师德"], ["课后", "服务"], ["师德", "课后", "作业", "管理"]]


def by_the_book(texts: list[list[str]], query: list[str]) -> list[float]:
    mean = sum(map(len, texts)) / len(texts)
    scores = []
    for text in texts:
        score = 0.0
        for term in query:
            df = sum(term in other for other in texts)
            idf = math.log(1 + (len(texts) - df + 0.5) / (df + 0.5))
            tf = text.count(term)
            score += idf * tf / (tf + K1 * (1 - B + B * len(text) / mean))
        scores.append(score)
    return scores


def test_scores_are_those_of_the_formula() -> None:
    index = LexicalIndex.build(TEXTS)
    for query in (["师德"], ["课后", "作业"], ["师德", "师德"], ["无"]):
        np.testing.assert_allclose(index.scores(query), by_the_book(TEXTS, query), rtol=1e-5)


def test_a_number_is_one_term_without_its_commas() -> None:
    assert terms("分别有120，135，128") == [*terms("分别有"), "120", "135", "128"]
    assert terms("15,000 １，２３４，５６７.5 12,34 1,2345") == (
        ["15000", "1234567.5", "12", "34", "1", "2345"]
    )


def test_a_saved_index_scores_the_same(tmp_path: Path) -> None:
    index = LexicalIndex.build(TEXTS)
    index.save(tmp_path)
    loaded = LexicalIndex.load(tmp_path)
    np.testing.assert_array_equal(loaded.scores(["师德", "作业"]), index.scores(["师德", "作业"]))


def test_an_index_of_nothing_finds_nothing() -> None:
    index = LexicalIndex.build([])
    assert index.scores(["师德"]).shape == (0,)


def test_coverage_is_the_share_of_the_question_that_a_passage_holds() -> None:
    index = LexicalIndex.build(TEXTS)
    rows = np.array([0, 1, 2])
    np.testing.assert_allclose(index.coverage(["师德"], rows), [1, 0, 1])
    assert index.coverage(["课后", "作业"], rows).tolist()[::2] == [0.0, 1.0]
    assert 0 < index.coverage(["课后", "作业"], rows)[1] < 0.5
    assert index.coverage(["无处可寻"], rows).tolist() == [0, 0, 0]


def test_terms_are_words_characters_and_bigrams() -> None:
    assert terms("師德師風5+2") == [
        "师",
        "德",
        "师",
        "风",
        "师德",
        "德师",
        "师风",
        "师德师",
        "5",
        "2",
    ]


def test_a_two_character_question_meets_what_a_segmenter_cuts_otherwise() -> None:
    index = LexicalIndex.build([terms("加强师德师风建设"), terms("开展课后服务")])
    scores = index.scores(terms("师德"))
    assert scores[0] > scores[1] == 0
