from __future__ import annotations

import pytest

from index.lexical.folding import fold
from index.understanding.quantities.expected import ExpectedType, fits, wanted


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("课后延时服务每月收费多少", ExpectedType.MONEY),
        ("操场翻修花了多少预算", ExpectedType.MONEY),
        ("培训花了多少钱？", ExpectedType.MONEY),
        ("学校一共有多少位教师？", ExpectedType.PEOPLE),
        ("多少学生参加了课后服务", ExpectedType.PEOPLE),
        ("参加的有几个人", ExpectedType.PEOPLE),
        ("校运会是几月几号开的", ExpectedType.DATE),
        ("第三支部什么时候成立的", ExpectedType.DATE),
        ("党总支书记的联系电话", ExpectedType.CONTACT),
        ("书记上了几节思政课", ExpectedType.NUMBER),
        ("疏散花了多少时间", ExpectedType.NUMBER),
        ("合格率有多高", ExpectedType.NUMBER),
        ("夏令营在哪个城市举办的？", None),
        ("几乎没有进展的是什么", None),
        ("谁负责", None),
        ("教研组是怎么做的", None),
    ],
)
def test_the_type_of_the_answer_is_told_by_the_question(
    question: str, kind: ExpectedType | None
) -> None:
    assert wanted(fold(question)) is kind


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (ExpectedType.MONEY, "投入265万元完成翻新。"),
        (ExpectedType.MONEY, "困难学生全部免收。"),
        (ExpectedType.MONEY, "国债投资1500亿，全部到位。"),
        (ExpectedType.PEOPLE, "现有党员六十四名。"),
        (ExpectedType.PEOPLE, "学生人数：1805"),
        (ExpectedType.PEOPLE, "在校学生1805人，教职工159人。"),
        (ExpectedType.PEOPLE, "全体教师参加。"),
        (ExpectedType.DATE, "六月新成立第三支部。"),
        (ExpectedType.DATE, "疫情期间居家办公。"),
        (ExpectedType.CONTACT, "电话：0571-8888"),
        (ExpectedType.NUMBER, "带头上党课十二节。"),
        (ExpectedType.NUMBER, "没有发生事故。"),
        (ExpectedType.NUMBER, "增长8%左右。"),
        (None, "任何话。"),
    ],
)
def test_words_of_the_type_fit(kind: ExpectedType | None, words: str) -> None:
    assert fits(kind, fold(words))


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (ExpectedType.MONEY, "开展“5+2”课后延时服务，拒受礼金。"),
        (ExpectedType.MONEY, "庆祝2021年元旦。"),
        (ExpectedType.PEOPLE, "下设3个支部。"),
        (ExpectedType.DATE, "各支部落实制度。"),
        (ExpectedType.CONTACT, "书记上党课12节。"),
        (ExpectedType.NUMBER, "作业减了下来。"),
        (ExpectedType.NUMBER, "经济增长高于预期。"),
    ],
)
def test_words_without_the_type_do_not(kind: ExpectedType, words: str) -> None:
    assert not fits(kind, fold(words))
