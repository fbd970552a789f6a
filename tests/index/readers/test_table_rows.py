"""A question that names a row and a column gets the cell."""

from __future__ import annotations

import pytest

from corpus.report import Passage
from index.readers.table_rows import cell_asked, cells_asked


def passage(text: str) -> Passage:
    return Passage("r:1:1", "r", "r", None, (), 1, 1, text, 0, len(text))


SCORES = "年级：三年级；语文·期中：86.5；语文·期末：88.2；数学·期中：90.1；数学·期末：91.4"
OTHERS = SCORES.replace("三年级", "四年级").replace("91.4", "89.0")
PEOPLE = (
    "部门：安全办；完成情况：演练4次；负责人：周明\n部门：教务处；完成情况：研修；负责人：林小禾"
)
EVENTS = "序号：1；活动：读书节；参加人数（人）：620\n序号：2；活动：科技节；参加人数（人）：580"


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("三年级数学期末平均分", f"{SCORES}\n{OTHERS}", "91.4"),
        ("四年级数学期末考了多少分？", f"{SCORES}\n{OTHERS}", "89.0"),
        ("安全办的负责人", PEOPLE, "周明"),
        ("教务处的负责人是谁？", PEOPLE, "林小禾"),
        ("谁负责安全办？", PEOPLE, "周明"),
        ("读书节有多少人参加", EVENTS, "620"),
        ("科技节的参加人数", EVENTS, "580"),
        ("三年级语文期中", "三年级；语文·期中：86.5；语文·期末：88.2", "86.5"),
        ("年度考核等次是什么", "年度考核等次：☐优秀 ☑合格", "☐优秀 ☑合格"),
        ("林小禾的职称", "姓名：林小禾；职称：一级教师", "一级教师"),
    ],
)
def test_the_cell_that_is_asked_for_is_found(question: str, text: str, answer: str) -> None:
    cell = cell_asked(question, text)
    assert cell is not None
    assert text[slice(*cell.words)] == answer
    assert answer in text[slice(*cell.row)]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("总务处的负责人", PEOPLE),
        ("安全办有几个人", PEOPLE),
        ("三年级的成绩", SCORES),
        ("学校开展了哪些活动", EVENTS),
        ("读书节有多少人参加", "读书节共有620人参加。"),
        ("存在的问题有哪些", "存在的问题：教师队伍老化。经费也不足。"),
        ("负责人是谁", "会上强调：各部门要落实责任。"),
    ],
)
def test_what_no_cell_answers_is_left_to_the_reader(question: str, text: str) -> None:
    assert cell_asked(question, text) is None


def test_of_several_passages_those_count_that_are_named_best() -> None:
    passages = [passage("活动：读书节；人数：12"), passage("活动：校园读书节；人数：620")]
    found = cells_asked("校园读书节的人数", passages)
    assert list(found) == [1]
