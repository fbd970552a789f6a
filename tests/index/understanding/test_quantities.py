from __future__ import annotations

import pytest

from index.understanding.quantities import asked_about, held, says_otherwise


@pytest.mark.parametrize(
    ("asked", "text", "written"),
    [
        ("1.5万元", "花费15,000元", "15,000元"),
        ("一万五", "花费15000余元", "15000"),
        ("一百五十块", "每人150元", "150元"),
        ("百分之五", "增长5%", "5%"),
        ("12节", "上思政课十二节", "十二节"),
        ("5位", "引进教师五人", "五人"),
        ("15亩", "占地1公顷", "1公顷"),
        ("90分钟", "一个半小时", "一个半小时"),
        ("3公里", "3000米跑", "3000米"),
    ],
)
def test_a_quantity_is_the_same_in_another_form(asked: str, text: str, written: str) -> None:
    assert held(asked_about(asked), text) == {asked: written}


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("1.5万元", "花费115,000元"),
        ("5次", "上党课十五次"),
        ("5%", "5名教师"),
        ("5元", "5名教师"),
        ("20元", "2020年"),
        ("15个", "第15次"),
        ("3年以上", "2003年"),
    ],
)
def test_what_only_looks_alike_is_another_quantity(asked: str, text: str) -> None:
    assert asked_about(asked)
    assert held(asked_about(asked), text) == {}


@pytest.mark.parametrize(
    ("asked", "text", "otherwise"),
    [
        ("1.5万元", "绿化花费28,000元", True),
        ("1.5万元", "绿化花费28,000元，围墙15,000元", False),
        ("1.5万元", "5名教师参加", False),
        ("5位", "引进教师三人", True),
        ("5%", "增长百分之六", True),
        ("5%", "5人", False),
        ("15亩", "占地2公顷", True),
        ("一万五", "花费28000元", False),
    ],
)
def test_another_amount_of_the_same_is_said_otherwise(
    asked: str, text: str, *, otherwise: bool
) -> None:
    assert says_otherwise(asked_about(asked), text) is otherwise


def test_as_it_is_asked_goes_before_other_forms() -> None:
    assert held(asked_about("5次"), "五次会议，党课5次") == {"5次": "5次"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("这一篇是哪一个学校的", []),
        ("1名教师调走了", ["1名"]),
        ("三个部分分别是什么", []),
        ("三个月以上的假", ["三个月"]),
        ("四年八月第九届三班", []),
        ("三年以上教龄的", ["三年"]),
        ("书记上党课五次", ["五次"]),
        ("低于5%", ["5%"]),
    ],
)
def test_only_a_quantity_that_tells_what_is_meant_is_asked_about(
    text: str, words: list[str]
) -> None:
    assert [said.words for said in asked_about(text)] == words
