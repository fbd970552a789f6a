from __future__ import annotations

import pytest

from index.understanding.splitting import pasted, split_questions


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("书记上了几节党课？课后服务收多少钱？", ["书记上了几节党课？", "课后服务收多少钱？"]),
        ("1. 书记上了几节党课\n2. 课后服务收多少钱", ["书记上了几节党课", "课后服务收多少钱"]),
        (
            "你好\n书记上了几节党课？课后服务收多少钱？谢谢",
            ["书记上了几节党课？", "课后服务收多少钱？"],
        ),
        (
            "2021年学校开展了课后服务。\n这是怎么安排的？",
            ["2021年学校开展了课后服务。\n这是怎么安排的？"],
        ),
        (
            "1.书记上了几节党课 2.有几个支部 3.作业目标是什么",
            ["书记上了几节党课", "有几个支部", "作业目标是什么"],
        ),
        ("党风廉政情况咋样，还有意识形态呢？", ["党风廉政情况咋样", "还有意识形态呢？"]),
        ("占地2.5亩的是什么", ["占地2.5亩的是什么"]),
        ("什么叫“两张皮？”", ["什么叫“两张皮？”"]),
    ],
)
def test_several_questions_come_apart_and_one_stays_whole(text: str, questions: list[str]) -> None:
    assert split_questions(text) == questions


def test_a_pasted_paragraph_is_set_apart_from_the_question_behind_it() -> None:
    paragraph = "我校认真落实“双减”政策，开展课后延时服务，切实减轻学生过重的课业负担。" * 3
    assert pasted(f"{paragraph}这是哪一年的报告？") == (paragraph, "这是哪一年的报告？")
    assert pasted("书记上了几节党课？") == ("", "书记上了几节党课？")
