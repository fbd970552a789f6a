from __future__ import annotations

import pytest

from index.understanding.kinds import (
    facet_of,
    items_of,
    kind_of,
    ordinal_of,
    part_of,
    without_comparing,
)
from index.understanding.question import Facet, QuestionKind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("书记上了几节党课", QuestionKind.FACT),
        ("课后服务收多少钱", QuestionKind.FACT),
        ("搞了哪些活动", QuestionKind.LIST),
        ("存在什么问题", QuestionKind.LIST),
        ("三个支部分别叫什么", QuestionKind.LIST),
        ("有几个方面", QuestionKind.COUNT),
        ("农业方面讲了几条", QuestionKind.COUNT),
        ("总结一下第三部分", QuestionKind.SUMMARY),
        ("概括一下党建工作", QuestionKind.SUMMARY),
        ("2021年工作总结里怎么说", QuestionKind.TOPIC),
        ("对国防和军队建设有什么要求", QuestionKind.TOPIC),
        ("对计划生育工作是怎么安排的", QuestionKind.TOPIC),
        ("有哪些要求", QuestionKind.LIST),
        ("学生负担为什么没减下来", QuestionKind.REASON),
        ("有没有被处理的老师", QuestionKind.YES_NO),
        ("跑道修好了吗", QuestionKind.YES_NO),
        ("2003年的报告总结五年工作有几条经验", QuestionKind.COUNT),
        ("请总结第二部分", QuestionKind.SUMMARY),
    ],
)
def test_the_kind_of_a_question(text: str, kind: QuestionKind) -> None:
    assert kind_of(text) is kind


def test_only_several_years_can_be_compared() -> None:
    assert kind_of("双减工作有什么不同", each_year=True) is QuestionKind.COMPARISON
    assert kind_of("两种模式有什么不同") is not QuestionKind.COMPARISON


@pytest.mark.parametrize(
    ("text", "ordinal"),
    [
        ("第二个问题呢", 2),
        ("第三条是什么", 3),
        ("第2点呢", 2),
        ("最后一条是什么", -1),
        ("另一方面呢", 2),
        ("第三支部的书记是谁", None),
        ("第一时段有哪些课", None),
    ],
)
def test_the_item_that_is_asked_for(text: str, ordinal: int | None) -> None:
    assert ordinal_of(text) == ordinal


def test_the_part_and_the_number_of_items() -> None:
    assert part_of("总结一下第三部分") == 3
    assert part_of("最后一部分讲了什么内容") == -1
    assert items_of("重点抓好哪四件事") == 4
    assert items_of("2004年讲了哪六条") == 6
    assert items_of("搞了哪些活动") is None


@pytest.mark.parametrize(
    ("text", "facet"),
    [
        ("那下一步怎么改", Facet.PLAN),
        ("为什么", Facet.CAUSE),
        ("效果怎么样", Facet.EFFECT),
        ("还有吗", Facet.MORE),
        ("书记上了几节党课", None),
    ],
)
def test_what_a_follow_up_wants(text: str, facet: Facet | None) -> None:
    assert facet_of(text) is facet


def test_each_years_figure_is_no_list() -> None:
    assert kind_of("近三年录取率分别是多少", each_year=True) is QuestionKind.FACT
    assert kind_of("近三年分别搞了哪些活动", each_year=True) is QuestionKind.LIST


@pytest.mark.parametrize("text", ["第二个呢", "总结一下第三部分", "优良率百分之四十三点五是哪年"])
def test_an_ordinal_or_a_decimal_says_no_number_of_items(text: str) -> None:
    assert items_of(text) is None


def test_what_compares_is_not_searched() -> None:
    assert without_comparing("党课和 比有什么变化") == "党课"
