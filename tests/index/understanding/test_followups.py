"""Which questions continue the turn before, and what of it they search."""

from __future__ import annotations

import pytest

from index.understanding.conversation import Turn
from index.understanding.followups import continues
from index.understanding.understander import Understander
from tests.index.understanding.test_report_choice import SCHOOL

WITHOUT_SUBJECT = (
    "后来咋弄的",
    "去了几个人",
    "现在修完没",
    "没做完的那几件呢",
    "谁负责的",
    "谁捐的",
    "为啥",
    "为啥停",
    "多少钱",
    "啥时候用上的",
    "处理了谁",
    "追回来了没",
    "是哪个班的",
    "咋处理的",
    "他以前教啥的",
    "那谁开",
    "其中哪个最大",
    "打算怎么办",
    "效果怎么样",
    "第二个呢",
    "几个人捐的",
    "给了啥",
    "往后咋办",
    "邊個捐的",
    "點解停",
)
WITH_SUBJECT = (
    "书记上了几节思政课",
    "护栏谁装的",
    "演练搞了几次",
    "食堂谁负责",
    "还有哪些短板",
    "存在什么问题",
    "安全这块做了什么",
    "撤点并校这件事怎么弄的",
    "那场大雨损失多少",
    "啦啦操哪个班评了第一",
    "校车几点发车",
    "近视率多少",
    "厕所改造花了多少",
    "大队长是谁",
    "2020年隐患有几处",
    "数学组往后咋抓",
)


@pytest.fixture(scope="module")
def understander() -> Understander:
    return Understander(SCHOOL, 2026)


@pytest.mark.parametrize("text", WITHOUT_SUBJECT)
def test_a_short_question_without_a_subject_continues(
    understander: Understander, text: str
) -> None:
    assert continues(understander.understand(text))


@pytest.mark.parametrize("text", WITH_SUBJECT)
def test_a_question_with_a_subject_stands_alone(understander: Understander, text: str) -> None:
    assert not continues(understander.understand(text))


@pytest.mark.parametrize("before", ["书记上了几节思政课", "2020年隐患有几处", "食堂的护栏谁装的"])
@pytest.mark.parametrize("text", WITH_SUBJECT)
def test_what_stands_alone_is_understood_alike_whatever_was_asked_before(
    understander: Understander, text: str, before: str
) -> None:
    question = understander.understand(before)
    turn = Turn(question, question.topic, year=2020, nearby=text, quoted=before)
    assert understander.understand(text, previous=turn) == understander.understand(text)


@pytest.mark.parametrize(
    ("before", "text", "kept", "gone"),
    [
        ("书记上了几节思政课", "谁安排的", ("书记", "思政课"), ("几",)),
        ("厕所改造一共花了多少钱", "啥时候用上的", ("厕所改造",), ("多少",)),
        ("校车是哪家公司捐的", "那谁开", ("校车", "公司"), ("哪",)),
        ("女足为啥没地方练", "后来咋弄的", ("女足",), ("为啥",)),
        ("护栏咋坏的", "谁修的", ("护栏",), ("咋",)),
        ("三轮車撞人點解發生", "谁赔的", ("三轮车",), ("点解",)),
    ],
)
def test_only_what_the_topic_is_about_is_carried_over(
    understander: Understander, before: str, text: str, kept: tuple[str, ...], gone: tuple[str, ...]
) -> None:
    question = understander.understand(before)
    followed = understander.understand(text, previous=Turn(question, question.topic))
    assert followed.depends
    carried = followed.searched.removeprefix(text)
    assert all(word in carried for word in kept)
    assert not any(word in carried for word in gone)
