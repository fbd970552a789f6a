"""Of several numbers in a sentence, the one that is marked."""

from __future__ import annotations

import pytest

from index.lexical.folding import fold
from index.readers.figures import nearest_figure
from index.understanding.quantities.measures import asked_measures, measured_numbers

HOUSES = "新建3号公寓4860平方米，可住640人，8月交付；原2号公寓可住384人，改作周转房。"
RATES = "升学率99.1%，本科率62.3%，比上年提高1.2个百分点。"


def marked(question: str, text: str, words: str) -> str:
    start = text.index(words)
    a, b = nearest_figure(fold(question), fold(text), (start, start + len(words)))
    return text[a:b]


@pytest.mark.parametrize(
    ("question", "text", "reader", "right"),
    [
        ("换了几套课桌椅", "更换课桌椅650套，每套218元。", "218元", "650套"),
        ("新公寓多大", HOUSES, "384人", "4860平方米"),
        ("本科率是多少", RATES, "99.1%", "62.3%"),
        ("原来的食堂有几个座位", "可容纳480人，原食堂仅有220个座位。", "220个", "220个"),
        ("3号公寓住多少人", HOUSES, "384人", "640人"),
        ("2号公寓住多少人", HOUSES, "384人", "384人"),
    ],
)
def test_the_number_of_the_measure_and_noun_asked_for_is_marked(
    question: str, text: str, reader: str, right: str
) -> None:
    assert marked(question, text, reader) == right


@pytest.mark.parametrize(
    ("question", "text", "words"),
    [
        ("足球队得了第几名", "足球队25人，获第四名；乒乓球队12人，获第三名。", "第四名"),
        ("有几个人反对", "应到62人，方案赞成45票、反对9票、弃权4票。", "9票"),
        ("谁是校长", "校长刘明，任职3年，带教师12人。", "刘明"),
        ("隐患还剩几处", "发现隐患十处，剩余两处没有整改。", "两处"),
    ],
)
def test_the_reader_is_believed_where_no_number_says_better(
    question: str, text: str, words: str
) -> None:
    assert marked(question, text, words) == words


@pytest.mark.parametrize(
    ("question", "held", "not_held"),
    [
        ("花了多少钱", "元", "人"),
        ("去了几位老师", "名", "元"),
        ("开了几场", "次", "个"),
        ("合格率有多高", "%", "分"),
    ],
)
def test_measures_that_people_use_alike_are_one(question: str, held: str, not_held: str) -> None:
    assert held in asked_measures(question)
    assert not_held not in asked_measures(question)


@pytest.mark.parametrize("question", ["第几名", "是谁", "几点开门", "有几个"])
def test_what_asks_for_no_measure_takes_any(question: str) -> None:
    assert not asked_measures(question)


def test_ordinals_are_no_numbers_of_anything() -> None:
    text = fold("第九届运动会有12个班、1.5万元，第3名，百分之八十。")
    found = [(text[each.start : each.end], each.measure) for each in measured_numbers(text)]
    assert found == [("12个", "个"), ("1.5万元", "元"), ("百分之八十", "%")]
