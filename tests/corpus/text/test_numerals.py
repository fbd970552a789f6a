from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.numerals import number, years_of_title


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("１２", 12),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("一万亿", 1_000_000_000_000),
        ("一亿零一万", 100_010_000),
        ("两千零二十一", 2021),
        ("二〇二一", 2021),
        ("二○二一", 2021),
        ("三万五千", 35_000),
        ("一亿二千万", 120_000_000),
        ("廿三", 23),
    ],
)
def test_numerals_of_every_form_have_their_value(text: str, value: int) -> None:
    assert number(text) == value


@pytest.mark.parametrize("text", ["", "十二节", "abc", "一二年", "9" * 30, "1.5"])
def test_what_is_no_whole_number_has_none(text: str) -> None:
    assert number(text) is None


@given(st.integers(min_value=1, max_value=9999))
def test_positional_numerals_are_read_back(value: int) -> None:
    digits = "零一二三四五六七八九"
    text, rest, zero = "", value, False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, rest = divmod(rest, unit)
        if digit:
            text += ("零" if zero else "") + digits[digit] + name
        zero = digit == 0 and bool(text)
    assert number(text) == value


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("中共昆山市第二中学总支部2021年度工作总结", (2021,)),
        ("1992年政府工作报告", (1992,)),
        ("２０２１年工作总结", (2021,)),
        ("二〇二一年工作总结", (2021,)),
        ("2022—2023学年度工作总结", (2022, 2023)),
        ("2022学年工作计划", (2022, 2023)),
        ("2019年至2021年工作报告", (2019, 2020, 2021)),
        ("2022年1月印发 2021年度工作总结", (2021,)),
        ("学校工作总结", ()),
        ("电话12021年", ()),
    ],
)
def test_a_title_says_which_years_it_is_about(title: str, years: tuple[int, ...]) -> None:
    assert years_of_title(title) == years
