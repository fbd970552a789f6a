"""Letters as people type them, whatever the program that made the file wrote."""

from __future__ import annotations

import unicodedata

import pytest

from corpus.text.letters import joined_letters, plain_letters
from corpus.text.lines import text_lines, tidy


def test_no_radical_and_no_compatibility_ideograph_is_left() -> None:
    blocks = (range(0x2E81, 0x2FD6), range(0xF900, 0xFAD9), range(0x2F800, 0x2FA1E))
    look_alikes = [chr(code) for block in blocks for code in block]
    for letter in filter(lambda x: unicodedata.name(x, ""), look_alikes):
        plain = plain_letters(letter)
        kept = "COMPATIBILITY" in unicodedata.name(letter) and plain == letter
        assert kept or "CJK UNIFIED" in unicodedata.name(plain), letter
    assert plain_letters("⼀、教学⼯作，⾼⼤⻅") == "一、教学工作，高大见"


@pytest.mark.parametrize("space", ["\ue5e5", "\u3000", "\uf020"])
def test_spaces_of_private_use_indent_as_spaces_do(space: str) -> None:
    (line,) = text_lines(f"{space}{space}全年{space}总结。")
    assert (line.text, line.indented) == ("全年 总结。", True)


def test_the_space_of_gbk_is_what_its_bytes_are() -> None:
    assert tidy(b"\xa3\xa0\xa3\xa0".decode("gb18030") + "一、教学") == "一、教学"


@pytest.mark.parametrize(
    ("apart", "together"),
    [
        ("工 作 总 结", "工作总结"),
        ("目 录", "目录"),
        ("一 、 教 学 工 作", "一、教学工作"),
        ("2 0 2 4 年 度 总 结", "2024年度总结"),
        ("2024 年 度 工 作 总 结", "2024年度工作总结"),
        ("（一） 加 强 领 导", "（一）加强领导"),
        ("第三小学 工 作 总 结", "第三小学 工作总结"),
    ],
)
def test_letters_set_apart_come_together(apart: str, together: str) -> None:
    assert joined_letters(apart) == together


@pytest.mark.parametrize(
    "text", ["一 二 三 四", "优 良 中 差 合计", "高一 742 192", "男 女", "张三 李四", "A B C D"]
)
def test_fields_of_one_letter_stay_apart(text: str) -> None:
    assert joined_letters(text) == text


def test_ticks_and_boxes_of_symbol_fonts_are_ticks_and_boxes() -> None:
    assert plain_letters("\uf0a8优秀\uf0fe合格") == "□优秀☑合格"
