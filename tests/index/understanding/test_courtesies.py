from __future__ import annotations

import pytest

from index.understanding.words.courtesies import courteous

BARE = (
    "书记上了几节思政课",
    "课后服务收多少钱？",
    "2021年学校有哪些党支部",
    "问题整改了多少条",
    "老师们参加了什么培训",
    "谢谢教师节活动有哪些",
    "麻烦的事有哪些",
    "辛苦的是哪几位老师",
    "给我们学校捐款的是谁",
    "请教师上了几节课",
    "谁获得了感谢状",
    "机器人社团有多少人",
    "食堂谁来管",
    "三年级的，有几个班",
    "柳溪小学2021年有什么不足？",
    "去年，获了哪些奖",
    "德育方面做了什么",
    "书记上党课5次，是哪一年",
    "开会讲了几条？",
    "急救培训有多少人参加",
    "说说安全这块",
    "领导干部有哪些变动",
)
AROUND = (
    ("你好，请问一下", "，谢谢"),
    ("机器人你好，", ""),
    ("老师好，麻烦问下", "，急"),
    ("您好！", "，在线等"),
    ("大家好，我想知道", " 谢谢大家"),
    ("在吗？", "，挺急的，谢谢"),
    ("各位领导，打扰一下，请问", "。谢谢！辛苦了！"),
    ("不好意思，想请教一下各位老师，", "，多谢啦～"),
    ("嗨，帮我查一下", "，麻烦您了"),
    ("书记您好，", "，拜托了"),
    ("請問", "，謝謝"),
    ("可不可以告诉我，", ", thank you"),
    ("哈喽哈喽，", "，感激不尽"),
    ("我催得紧，", "，急等您"),
)


def heard(pair: str) -> bool:
    """Whether the questions have the pair: what is asked about stands in the reports."""
    return any(pair in question for question in BARE)


@pytest.mark.parametrize(("before", "behind"), AROUND)
@pytest.mark.parametrize("bare", BARE)
def test_courtesies_are_taken_off_and_nothing_else(bare: str, before: str, behind: str) -> None:
    assert courteous(f"{before}{bare}{behind}", heard) == courteous(bare, heard) == bare


def test_what_no_report_has_stays_where_it_speaks_of_nobody_in_the_talk() -> None:
    assert courteous("白塔一中，有几个班", heard) == "白塔一中，有几个班"
    assert courteous("有几个班，白塔一中", heard) == "有几个班，白塔一中"


def test_a_clause_about_the_talk_that_a_report_has_words_of_stays() -> None:
    assert courteous("我校党支部，有几个", heard) == "我校党支部，有几个"


@pytest.mark.parametrize("text", ["你好", "谢谢！", "您好，在吗", "好的谢谢", "辛苦了，谢谢老师"])
def test_of_nothing_but_courtesies_nothing_that_asks_is_left(text: str) -> None:
    assert courteous(text) == ""


@pytest.mark.parametrize("filler", ["，", "。", " ", "谢谢，", "你好"])
def test_only_the_ends_of_a_long_text_are_looked_at(filler: str) -> None:
    asked: list[str] = []

    def counting(pair: str) -> bool:
        asked.append(pair)
        return False

    long = f"你好，书记上了几节课{filler * 40_000}我催你，谢谢"
    assert "书记上了几节课" in courteous(long, counting)
    assert len(asked) < 100
