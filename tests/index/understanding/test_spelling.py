from __future__ import annotations

import pytest

from index.lexical.vocabulary import Vocabulary
from index.understanding.question import Why
from index.understanding.words.similar_characters import alike_in_shape, alike_in_sound
from index.understanding.words.spelling import Speller

REPORT = (
    "加强师德师风建设，开展师德师风专项整治。落实双减政策，双减工作有成效。书记上思政课十二节，上党课五节，"
    "党课质量高。奉行拿来主义思想。投入资金完成塑胶跑道翻新。青蓝工程签订协议，学校办学质量好。学校史馆开放。"
)


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(Vocabulary.of([REPORT]))


@pytest.mark.parametrize(
    ("slip", "meant", "why"),
    [
        ("师德师疯搞了什么", "师德师风搞了什么", Why.SOUND),
        ("双剪政策怎么落实", "双减政策怎么落实", Why.SOUND),
        ("书记上思正课了吗", "书记上思政课了吗", Why.SOUND),
        ("拿来主意是什么", "拿来主义是什么", Why.SOUND),
        ("塑胶跑到花了多少钱", "塑胶跑道花了多少钱", Why.SOUND),
        ("青蓝公程是什么", "青蓝工程是什么", Why.SOUND),
        ("上党棵几节", "上党课几节", Why.SOUND),
    ],
)
def test_slips_become_the_words_of_the_reports(
    speller: Speller, slip: str, meant: str, why: Why
) -> None:
    corrected, changes = speller.corrected(slip)
    assert corrected == meant
    assert [change.why for change in changes] == [why]


@pytest.mark.parametrize(
    "text",
    [
        "操场翻修花了多少预算",
        "今天中午食堂吃什么",
        "学校是什么时候成立的",
        "姚明得过几次总冠军",
        "how many lessons",
        "",
    ],
)
def test_words_that_no_report_has_are_left_alone(speller: Speller, text: str) -> None:
    assert speller.corrected(text) == (text, ())


def test_characters_alike_in_sound_and_in_shape() -> None:
    assert {"风", "封"} <= set(alike_in_sound("疯"))
    assert "身" in alike_in_sound("生")
    assert "慧" in alike_in_shape("彗")
    assert "效" in alike_in_shape("郊")
    assert alike_in_sound("A") == alike_in_shape("A") == ""


def test_the_vocabulary_counts_pairs_and_triples_within_one_run() -> None:
    vocabulary = Vocabulary.of(["师德师风，师德", "建设"])
    assert [vocabulary.count(w) for w in ("师德", "师德师", "师风", "风师", "德建")] == [
        2,
        1,
        1,
        0,
        0,
    ]
    assert Vocabulary.of([]).count("师德") == 0


@pytest.mark.parametrize(
    "text",
    [
        "望远镜是哪家厂买的",
        "课桌谁捐的",
        "老郝调哪去了",
        "比去年多了几个",
        "第三食堂啥时候开",
        "学校先垫了几钱",
        "他同学叫啥",
    ],
)
def test_characters_on_either_side_of_a_words_edge_are_no_slip(text: str) -> None:
    reports = "家长会开了三次，老师和家长都来了。第二食堂开放，学年度工作，学校现有同学校友。" * 4
    assert Speller(Vocabulary.of([reports])).corrected(text) == (text, ())
