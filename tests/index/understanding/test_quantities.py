from __future__ import annotations

import pytest

from index.lexical.folding import fold
from index.understanding.quantities.expected import asks_for_another
from index.understanding.quantities.parse_quantities import (
    QuantityMention,
    held,
    quantities,
    says_otherwise,
)


def telling(text: str) -> list[QuantityMention]:
    return [said for said in quantities(text) if said.tells]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("二十五个人", ["25个"]),
        ("三百来人", ["300人"]),
        ("百分之三十五点五", ["35.5%"]),
        ("百分之百", ["100%"]),
        ("一千二百余人", ["1200人"]),
        ("百余名教师", ["100名"]),
        ("5.5亿元", ["550000000元"]),
        ("一万万元", ["100000000元"]),
        ("投入3千万元", ["30000000元"]),
        ("20余万元", ["200000元"]),
        ("十余万元", ["100000元"]),
        ("1万5千元", ["15000元"]),
        ("两万五", ["25000"]),
        ("投入 500 万元", ["5000000元"]),
        ("35 %", ["35%"]),
        ("1,234.5元", ["1234.5元"]),
        ("两个半小时", ["2.5小时"]),
        ("两天半", ["2.5天"]),
        ("学校有教师120人，36名党员，投入5万", ["120人", "36名", "50000"]),
        ("建党100周年", ["100周年"]),
        ("年满6周岁", ["6周岁"]),
        ("120，135，128人", []),
        ("两三千元", []),
        ("十五六个", []),
        ("三五十人", []),
        ("八九月", []),
        ("上万元", []),
        ("3-5名", []),
        ("三到五名", []),
        ("第3、4名", []),
        ("第十二届", []),
        ("二〇二一年", []),
        ("上半年", []),
        ("三个半天", []),
        ("高三人数", []),
        ("初二教师", []),
        ("周二课后", []),
        ("三八节", []),
        ("万一人数不够", []),
        ("廿载耕耘", []),
        ("两块工作", []),
        ("三块地", []),
    ],
)
def test_quantities_are_read_as_they_are_meant(text: str, found: list[str]) -> None:
    said = [said.quantity for said in quantities(fold(text))]
    assert [f"{q.value.normalize():f}{'%' if q.percent else q.unit}" for q in said] == found


@pytest.mark.parametrize(
    ("asked", "text", "written"),
    [
        ("1.5万元", "花费15,000元", "15,000元"),
        ("一万五", "花费15000余元", "15000余元"),
        ("15000元", "花费1万5千元", "1万5千元"),
        ("一百五十块", "每人150元", "150元"),
        ("百分之五", "增长5%", "5%"),
        ("12节", "上思政课十二节", "十二节"),
        ("5位", "引进教师五人", "五人"),
        ("15亩", "占地1公顷", "1公顷"),
        ("90分钟", "一个半小时", "一个半小时"),
        ("3公里", "3000米跑", "3000米"),
        ("5次", "五次会议,党课5次", "5次"),
    ],
)
def test_a_quantity_is_the_same_in_another_form(asked: str, text: str, written: str) -> None:
    assert list(held(telling(asked), text).values()) == [written]


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("1.5万元", "花费115,000元"),
        ("1万元", "投入3千万元"),
        ("1万元", "投入20余万元"),
        ("5次", "上党课十五次"),
        ("5%", "5名教师"),
        ("5元", "5名教师"),
        ("20元", "2020年"),
        ("15个", "第15次"),
        ("3年以上", "2003年"),
        ("56名教师", "五六名教师"),
    ],
)
def test_what_only_looks_alike_is_another_quantity(asked: str, text: str) -> None:
    assert telling(asked)
    assert held(telling(asked), text) == {}


@pytest.mark.parametrize(
    ("asked", "text", "otherwise"),
    [
        ("1.5万元", "绿化花费28,000元", True),
        ("1.5万元", "绿化花费28,000元,围墙15,000元", False),
        ("15000元", "花费1万5千元", False),
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
    assert says_otherwise(telling(asked), text) is otherwise


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("这一篇是哪一个学校的", []),
        ("1名教师调走了", ["1名"]),
        ("三个部分分别是什么", []),
        ("四年八月第九届三班", []),
        ("三年以上教龄的", ["三年"]),
        ("书记上党课五次", ["五次"]),
        ("每人20元", []),
        ("3000元以上的项目", []),
        ("低于5%的", []),
    ],
)
def test_only_a_quantity_that_tells_what_is_meant_steers(text: str, words: list[str]) -> None:
    assert [said.words for said in telling(text)] == words


@pytest.mark.parametrize(
    ("text", "another"),
    [
        ("120名教师中有多少人是党员", True),
        ("120名教师用了几间办公室", False),
        ("合格率95%的班优秀率是多少", True),
        ("增长5%的是什么", False),
        ("15000元的设备又花了多少钱维修", True),
        ("15000元买了几台电脑", False),
        ("上了5次党课的人讲了几次思政课", True),
    ],
)
def test_what_is_asked_for_may_be_another_amount_of_the_same(text: str, *, another: bool) -> None:
    (said,) = telling(text)
    assert asks_for_another(text, said.quantity) is another
