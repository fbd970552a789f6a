"""Of options with boxes, the ticked one is the answer."""

from __future__ import annotations

import pytest

from index.readers.choices import chosen


def words(text: str, said: str) -> str:
    start = text.index(said)
    return text[slice(*chosen(text, start, start + len(said)))]


@pytest.mark.parametrize(
    ("text", "said", "answer"),
    [
        ("年度考核等次：☐优秀 ☑合格 ☐不合格", "优秀", "合格"),
        ("年度考核等次：☐优秀 ☑合格 ☐不合格", "☐优秀 ☑合格", "合格"),
        ("年度考核等次：☐优秀 ☑合格 ☐不合格", "合格", "合格"),
        ("年度考核等次：□优秀√合格□不合格", "优秀", "合格"),
        ("年度考核等次：优秀☐ 合格☑ 不合格☐", "优秀", "合格"),
        ("姓名：林小禾；等次：☐优秀 ☑合格；职称：一级", "优秀", "合格"),
        ("是否通过：☐是 ☒否。", "是 ", "否"),
        ("参加：☑合唱 ☑朗诵 ☐舞蹈", "舞蹈", "合唱 ☑朗诵"),
    ],
)
def test_the_ticked_option_is_what_is_said(text: str, said: str, answer: str) -> None:
    assert words(text, said) == answer


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("年度考核等次：☐优秀 ☐合格", "优秀"),
        ("☑已通过省级验收", "省级"),
        ("姓名：林小禾；等次：☐优秀 ☑合格", "林小禾"),
        ("一、教学■二、安全", "教学"),
        ("共12节。", "12节"),
    ],
)
def test_other_words_stay(text: str, said: str) -> None:
    assert words(text, said) == said
