"""The texts of a question, each made in one place."""

from __future__ import annotations

import pytest

from index.lexical.folding import fold
from index.lexical.vocabulary import Vocabulary
from index.store.store import IndexedReport
from index.understanding.understander import Understander
from tests.index.understanding.test_courtesies import AROUND, BARE

SCHOOL = "昆山市第二中学"
ENTRIES = tuple(
    IndexedReport(
        f"{year}",
        f"{SCHOOL}{year}年度工作总结",
        (year,),
        SCHOOL,
        "",
        (),
        (),
        "",
        frozenset(),
        9,
        9,
        "",
    )
    for year in (2020, 2021)
)
TEXT = "擦亮党建品牌，书记带头上党课。" * 3 + "。".join(BARE)


@pytest.fixture(scope="module")
def understander() -> Understander:
    return Understander(ENTRIES, 2026, vocabulary=Vocabulary.of([TEXT]))


@pytest.mark.parametrize(("before", "behind"), AROUND)
@pytest.mark.parametrize("bare", BARE)
def test_courtesies_change_nothing_but_what_was_typed(
    understander: Understander, bare: str, before: str, behind: str
) -> None:
    plain, polite = (understander.understand(t) for t in (bare, f"{before}{bare}{behind}"))
    assert polite.typed != plain.typed
    assert polite.alone == plain.alone == fold(bare)
    assert (polite.clean, polite.corrected, polite.words) == (
        plain.clean,
        plain.corrected,
        plain.words,
    )
    assert (polite.searched, polite.topic, polite.time) == (
        plain.searched,
        plain.topic,
        plain.time,
    )
    assert (polite.kind, polite.scope, polite.also) == (plain.kind, plain.scope, plain.also)


def test_each_text_of_a_question_is_its_own(understander: Understander) -> None:
    question = understander.understand("您好，請問２０２１年擦亮党建品派了吗？谢谢")
    assert question.typed == "您好，請問２０２１年擦亮党建品派了吗？谢谢"
    assert question.clean == "2021年擦亮党建品派了吗?"
    assert question.corrected == question.alone == "2021年擦亮党建品牌了吗?"
    assert question.words == question.searched == question.topic == "擦亮党建品牌了吗?"


def test_what_is_asked_about_a_pasted_text_is_read_with_it(understander: Understander) -> None:
    pasted = "我校认真落实双减政策，开展课后延时服务，切实减轻学生过重的课业负担。" * 3
    question = understander.understand(f"{pasted}这是怎么安排的？")
    assert question.corrected == "这是怎么安排的?"
    assert question.context in fold(pasted)
    assert question.context in question.alone


@pytest.mark.parametrize("filler", ["，", "。", " ", "\n", "你好，", "2021", "和"])
def test_of_a_long_text_both_ends_are_looked_at_and_no_more(
    understander: Understander, filler: str
) -> None:
    before = understander.understand("书记上了几节课" + filler * 40_000 + "谢谢")
    behind = understander.understand("你好，" + filler * 40_000 + "书记上了几节课")
    assert before.clean.startswith("书记上了几节课")
    assert behind.clean.endswith("书记上了几节课")
    assert max(len(q.searched) for q in (before, behind)) < 700
