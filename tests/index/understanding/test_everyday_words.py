"""Everyday words of a question, and the words that reports write for them."""

from __future__ import annotations

from importlib.resources import files

import pytest

from index.lexical.folding import fold
from index.lexical.terms import terms
from index.store.store import Scope
from index.understanding import words
from index.understanding.understander import Understander
from index.understanding.words.everyday_words import report_words
from tests.index.conftest import Bench

LINES = files(words).joinpath("everyday_words.tsv").read_text("utf-8").splitlines()


def test_each_everyday_word_gives_every_word_of_its_group() -> None:
    for line in LINES:
        formal, everyday = (fold(column).split() for column in line.split("\t"))
        assert formal, line
        assert everyday, line
        for word in everyday:
            assert {each for each in formal if each not in word} <= set(report_words(word)), line


def test_a_word_within_a_longer_one_counts_not() -> None:
    assert "投票" in report_words("票")
    assert "资金" in report_words("票子")
    assert "投票" not in report_words("票子")


def test_what_the_question_has_already_is_not_given_again() -> None:
    assert "屋顶" in report_words("房顶漏了")
    assert "屋顶" not in report_words("房顶就是屋顶")


REPORT = """2022年度总务工作总结
一、基建
投入三十二万对屋面进行改造，节约电费。
二、食堂
炊事员共十二名，均持健康证上岗。
三、宿舍
寄宿生一百五十七人，配生活指导老师。
"""


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("房顶那个活谁弄的", "屋面"),
        ("烧饭的大师傅有几个", "炊事员"),
        ("住校的娃娃好多", "寄宿"),
    ],
)
def test_words_that_share_no_character_find_the_passage(
    bench: Bench, asked: str, answer: str
) -> None:
    bench.write("2022年总务总结", REPORT)
    bench.build()
    question = Understander(bench.engine.store.entries).understand(asked)
    assert not set(asked) & set(answer)
    assert answer in question.beside
    vector = bench.encoder.encode_questions([asked])[0]
    beside = dict.fromkeys(terms(" ".join(question.beside)), 0.5)
    found = bench.engine.store.search(vector, (), Scope(), 10, beside)
    assert answer in max(found, key=lambda each: each.lexical).passage.text
