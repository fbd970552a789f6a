from __future__ import annotations

import pytest

from index.understanding.quantities.spell_out import chinese
from index.understanding.question import Why
from index.understanding.words.aliases import Aliases
from index.understanding.words.english import in_chinese, translated
from index.understanding.words.written_forms import other_forms


def test_abbreviations_are_searched_for_in_full_too() -> None:
    changes = Aliases.of().changes("总支下面有哪些支部")
    assert [(c.words, c.into, c.why) for c in changes] == [("总支", "党总支", Why.ALIAS)]
    assert Aliases.of().changes("党总支下面有哪些支部") == ()


def test_the_longest_abbreviation_counts_and_an_admin_adds_and_replaces() -> None:
    own = Aliases.of({"小禾": ["青禾先锋"], "双减": ["作业改革"]})
    assert [c.into for c in own.changes("小禾和双减")] == ["作业改革", "青禾先锋"]
    assert [c.words for c in Aliases.of().changes("重高率多少")] == ["重高率"]


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("上了十二节课", [("十二节", "12节")]),
        ("上了12节课", [("12节", "十二节")]),
        ("低于百分之八十的", [("百分之八十", "80%")]),
        ("增长百分之二十一点七", [("百分之二十一点七", "21.7%")]),
        ("增长5%", [("5%", "百分之五")]),
        ("达到100%", [("100%", "百分之百")]),
        ("投入2万元", [("2万元", "20000元"), ("2万元", "两万元")]),
        ("投入20000元", [("20000元", "两万元"), ("20000元", "2万元")]),
        (
            "15,000人参加",
            [("15,000人", "15000人"), ("15,000人", "一万五千人"), ("15,000人", "1.5万人")],
        ),
        ("一点五万人", [("一点五万人", f) for f in ("15000人", "一万五千人", "1.5万人")]),
        ("占地15亩", [("15亩", "十五亩"), ("15亩", "10000平方米"), ("15亩", "1公顷")]),
        ("一个半小时", [("一个半小时", f) for f in ("1.5小时", "一点五小时", "90分钟")]),
        ("3000米跑", [("3000米", "三千米"), ("3000米", "3公里")]),
        ("两周时间", [("两周", "2周"), ("两周", "14天")]),
        ("二月", [("二月", "2月")]),
        ("三年级二班", [("二班", "2班")]),
        ("千万不要", []),
        ("2021年", []),
        ("一起努力", []),
        ("第一名是谁", []),
    ],
)
def test_numbers_are_searched_for_in_their_other_form(
    text: str, forms: list[tuple[str, str]]
) -> None:
    assert [(c.words, c.into) for c in other_forms(text)] == forms


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "零"),
        (5, "五"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1195, "一千一百九十五"),
        (5006, "五千零六"),
        (30_050, "三万零五十"),
        (100_000_000, "一亿"),
    ],
)
def test_numbers_are_written_in_chinese_as_they_are_spoken(value: int, words: str) -> None:
    assert chinese(value) == words


@pytest.mark.parametrize(
    ("english", "chinese_question"),
    [
        ("how many students are there", "学生有多少"),
        ("when did the new canteen open?", "新食堂开放什么时候"),
        ("who is the school doctor", "校医是谁"),
        ("why was the ceremony cancelled", "为什么仪式取消"),
        ("what problems remain", "问题存在有哪些"),
        ("what was the average score in grade six maths", "平均分六年级数学是什么"),
        ("how much did the fifth grade spend in 2021", "五年级支出2021多少钱"),
    ],
)
def test_an_english_question_of_known_words_is_asked_in_chinese(
    english: str, chinese_question: str
) -> None:
    assert translated(english) == chinese_question


@pytest.mark.parametrize(
    "text",
    ["will it rain tomorrow", "how many badges were minted", "学生有多少", "5+2", "what is that"],
)
def test_what_the_table_knows_too_little_of_is_left_as_it_is(text: str) -> None:
    assert translated(text) is None


def test_every_word_of_the_table_has_chinese_and_is_found_by_its_plural() -> None:
    assert [change.into for change in in_chinese("how many canteens")] == ["食堂"]
    assert all(change.into for change in in_chinese("prizes of the pupils in the contests"))
