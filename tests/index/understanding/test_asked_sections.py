from __future__ import annotations

import pytest

from corpus.report import SectionType
from index.understanding.asked_sections import asked_sections

DEEDS = {SectionType.DONE, SectionType.RESULTS}
PROBLEMS, PLANS = {SectionType.PROBLEMS}, {SectionType.PLANS}
WHY_NOT = {SectionType.CAUSES, SectionType.PROBLEMS}


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        *(
            (text, DEEDS)
            for text in (
                "举办了哪些活动",
                "开展了什么培训",
                "后勤做了什么",
                "团委干了啥",
                "卫生工作咋样",
                "食堂办得怎么样",
                "都拿了啥奖",
                "得了哪些荣誉",
                "成绩如何",
                "德育方面的情况",
                "介绍一下后勤管理",
                "说说安全这块",
                "采取了哪些措施",
                "作业咋管的",
                "军训那摊都忙了些啥",
            )
        ),
        *(
            (text, PROBLEMS)
            for text in (
                "有哪些不足",
                "还有什么短板",
                "有啥难处",
                "哪些没做好",
                "差在哪",
                "还有哪没弄好",
                "有什么毛病",
                "存在什么问题",
                "问题有哪些",
                "遇到什么困难",
                "哪里还不行",
                "欠缺在哪",
            )
        ),
        *(
            (text, PLANS)
            for text in (
                "有什么打算",
                "有何设想",
                "下一步怎么干",
                "要怎么改进",
                "接下来咋弄",
                "准备干啥",
                "明年呢",
                "往后咋办",
                "今后的思路",
                "下学期弄哪些",
                "明年西门要添人不",
                "打算怎么解决这些问题",
                "针对不足怎么改",
                "还想弄啥",
            )
        ),
        *(
            (text, WHY_NOT)
            for text in (
                "负担为什么没减下来",
                "成绩咋这么差",
                "人怎么就招不满",
                "不足的原因是什么",
                "咋老缺人",
            )
        ),
        *(
            (text, WHY_NOT | DEEDS)
            for text in (
                "屋顶为啥封了",
                "家长干嘛都往县城送",
                "那天咋回事",
                "饭怎么会从外头拉来",
            )
        ),
        *(
            (text, set())
            for text in (
                "不足10人的班有几个",
                "不足三成的是哪科",
                "计划生育怎么规定",
                "计划招收多少新生",
                "薄弱学校叫什么",
                "困难学生有几个",
                "书记上了几节思政课",
                "食堂几点开门",
                "体检查出啥毛病",
                "问题学生多少",
                "准备工作几月结束",
            )
        ),
    ],
)
def test_the_sections_that_a_question_asks_for_by_its_meaning(
    text: str, asked: set[SectionType]
) -> None:
    assert asked_sections(text) == asked


@pytest.mark.parametrize(
    "text",
    ["水兑错以后怎么防的", "后来门口咋改的", "出事之后学校怎么补救的", "放学以后有多少娃参加"],
)
def test_what_was_done_after_something_is_no_plan(text: str) -> None:
    assert SectionType.PLANS not in asked_sections(text)
