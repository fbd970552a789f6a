from __future__ import annotations

import pytest

from corpus.text.lines import text_lines, tidy, unwrap


def unwrapped(text: str) -> list[str]:
    return [line.text for line in unwrap(text_lines(text))]


def test_lines_broken_at_one_width_are_joined_without_a_space() -> None:
    paragraph = "学校坚持以学生为本，" * 12 + "完成全年任务。"
    wrapped = "\n".join(paragraph[i : i + 30] for i in range(0, len(paragraph), 30))
    assert unwrapped("一、工作回顾\n" + wrapped) == ["一、工作回顾", paragraph]


def test_an_indent_starts_a_new_paragraph_of_a_wrapped_file() -> None:
    first, second = "甲" * 100, "乙" * 88
    lines = []
    for paragraph in (first, second):
        whole = "　　" + paragraph
        lines += [whole[i : i + 30] for i in range(0, len(whole), 30)]
    assert unwrapped("\n".join(lines)) == [first, second]


def test_a_line_that_starts_with_a_stop_continues_the_one_before() -> None:
    assert unwrapped("通过了\n\n中华人民共和国宪法\n\n，接着通过了法律。") == [
        "通过了",
        "中华人民共和国宪法，接着通过了法律。",
    ]


def test_an_open_bracket_or_a_comma_is_continued() -> None:
    assert unwrapped("根据《\n\n中华人民共和国著作权法\n\n》第五条") == [
        "根据《中华人民共和国著作权法》第五条"
    ]
    assert unwrapped("我们学习，\n实践。") == ["我们学习，实践。"]


def test_paragraphs_of_an_unwrapped_file_stay_apart() -> None:
    text = "一、回顾\n2021年我校完成任务。\n1.党建情况\n我校有3个支部。"
    assert unwrapped(text) == text.splitlines()


def test_latin_words_are_joined_with_a_space() -> None:
    assert unwrapped("（ONNX\nRuntime）") == ["（ONNX Runtime）"]


def test_invisible_characters_and_odd_spaces_go() -> None:
    assert tidy("\u3000\u3000我\u200b校\u00a0 党\x07建\ufeff ") == "我校 党建"


@pytest.mark.parametrize("words", ["全校有12个班390名学生", "学校坚持以学生为本位"])
def test_short_paragraphs_of_a_wrapped_file_are_joined(words: str) -> None:
    paragraphs = [(words * 9)[: 44 + 7 * i] + "。" for i in range(8)]
    wrapped = [p[at : at + 36] for p in paragraphs for at in range(0, len(p), 36)]
    assert unwrapped("\n".join(wrapped)) == paragraphs


def test_an_answer_goes_with_its_question() -> None:
    assert unwrapped("1、问：几点开门？\n答：七点开门。\n2、问：能借几册？\n答：五册。") == [
        "1、问：几点开门？答：七点开门。",
        "2、问：能借几册？答：五册。",
    ]


@pytest.mark.parametrize("numbers", ["（{}）", "{}."])
def test_headings_of_one_width_are_no_wrapped_lines(numbers: str) -> None:
    title = "加强学校党支部标准化规范化建设的基本情况"
    lines = [
        text
        for i in range(10, 60)
        for text in (numbers.format(i) + title, f"全年组织{i}次，参加教师{i}人")
    ]
    assert unwrapped("\n".join(lines)) == lines
