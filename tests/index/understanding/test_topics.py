"""Questions about a topic and about the program itself."""

from __future__ import annotations

import pytest

from index.lexical.folding import fold
from index.understanding.about_bot import AboutBot, about_bot
from index.understanding.kinds import kind_of
from index.understanding.question import QuestionKind
from index.understanding.topics import topic_of


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("德育方面做了什么", "德育"),
        ("卫生工作咋样", "卫生"),
        ("介绍一下后勤管理", "后勤管理"),
        ("社团建设情况", "社团建设"),
        ("说说安全这块", "安全"),
        ("给我讲讲竞赛这一块", "竞赛"),
        ("后勤干了啥", "后勤"),
        ("食堂办得怎么样", "食堂"),
        ("资助育人都干点啥", "资助育人"),
        ("集体备课是咋弄的", "集体备课"),
        ("控辍保学怎么抓的", "控辍保学"),
        ("說說安全這塊", "安全"),
        ("保健工作搞得咋样", "保健"),
        ("10月份办了哪些活动", "10 月份"),
    ],
)
def test_a_question_about_a_topic_gives_its_words(text: str, topic: str) -> None:
    assert topic_of(fold(text)) == topic
    assert kind_of(fold(text)) in {QuestionKind.TOPIC, QuestionKind.LIST}


@pytest.mark.parametrize(
    "text",
    [
        "书记上了几节思政课",
        "食堂多少个座位",
        "校医是谁",
        "跑道修好了吗",
        "什么时候开学",
        "今年做了什么",
        "举办了哪些活动",
        "学校有哪些党支部",
        "安全方面投了多少钱",
        "德育处主任是谁",
        "家长干嘛都往县城送",
    ],
)
def test_a_fact_or_everything_is_no_topic(text: str) -> None:
    assert topic_of(text) == ""
    assert kind_of(text) is not QuestionKind.TOPIC


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("點解人咁少", QuestionKind.REASON),
        ("家长干嘛都往县城送", QuestionKind.REASON),
        ("那天咋回事", QuestionKind.REASON),
        ("老师怎么这么少", QuestionKind.REASON),
        ("有邊啲獎", QuestionKind.LIST),
        ("都拿了啥奖", QuestionKind.LIST),
        ("有没得校车", QuestionKind.YES_NO),
    ],
)
def test_colloquial_words_that_ask_are_known(text: str, kind: QuestionKind) -> None:
    assert kind_of(fold(text)) is kind


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("你能做什么", AboutBot.HELP),
        ("怎么用", AboutBot.HELP),
        ("帮助", AboutBot.HELP),
        ("你是誰", AboutBot.HELP),
        ("我可以问什么", AboutBot.HELP),
        ("有哪些报告", AboutBot.REPORTS),
        ("有几份报告？", AboutBot.REPORTS),
        ("都有哪些年的报告", AboutBot.REPORTS),
        ("这份报告有几部分", AboutBot.OUTLINE),
        ("目录", AboutBot.OUTLINE),
        ("看一下提纲", AboutBot.OUTLINE),
        ("出处是哪里", AboutBot.SOURCE),
        ("这句话哪来的", AboutBot.SOURCE),
        ("在第几页", AboutBot.SOURCE),
        ("把原文发我", AboutBot.FILE),
        ("我要原文", AboutBot.FILE),
        ("把报告发给我", AboutBot.FILE),
    ],
)
def test_what_is_asked_of_the_program_itself(text: str, asked: AboutBot) -> None:
    assert about_bot(fold(text)) is asked


@pytest.mark.parametrize(
    "text",
    [
        "有哪些报告会",
        "学校有哪些报告厅",
        "做了几场报告",
        "有哪些总结会",
        "学生会能做什么",
        "书记能做什么",
        "食堂怎么用",
        "这笔钱怎么用的",
        "帮助了多少困难学生",
        "目录是谁编的",
        "把原文化站改成什么了",
        "资金来源是哪里",
        "出处不明的捐款有几笔",
        "在哪儿",
        "在哪里",
        "文件有哪些要求",
        "有几部分学生",
        "学校有什么功能室",
        "报告里有几处提到安全",
    ],
)
def test_what_only_looks_like_that_is_asked_of_the_reports(text: str) -> None:
    assert about_bot(text) is None
