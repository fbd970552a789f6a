from __future__ import annotations

import pytest

from corpus.text.numbering import NumberingStyle, marker


@pytest.mark.parametrize(
    ("line", "kind", "value", "title"),
    [
        ("一、党建工作", NumberingStyle.CHINESE, 1, "党建工作"),
        ("十二、后勤", NumberingStyle.CHINESE, 12, "后勤"),
        ("（三）教学", NumberingStyle.CHINESE_BRACKETED, 3, "教学"),
        ("(三)教学", NumberingStyle.CHINESE_BRACKETED, 3, "教学"),
        ("1.年度情况", NumberingStyle.DECIMAL, 1, "年度情况"),
        ("2、年度情况", NumberingStyle.DECIMAL, 2, "年度情况"),
        ("３．年度情况", NumberingStyle.DECIMAL, 3, "年度情况"),
        ("（4）措施", NumberingStyle.DECIMAL_BRACKETED, 4, "措施"),
        ("5）措施", NumberingStyle.DECIMAL_BRACKETED, 5, "措施"),
        ("⑥ 措施", NumberingStyle.CIRCLED, 6, "措施"),
        ("第一章 总则", NumberingStyle.CHAPTER, 1, "总则"),
        ("第二部分　教学", NumberingStyle.PART, 2, "教学"),
        ("第十条 学校应当公开", NumberingStyle.SECTION, 10, "学校应当公开"),
    ],
)
def test_official_numbers_are_recognised(
    line: str, kind: NumberingStyle, value: int, title: str
) -> None:
    found = marker(line)
    assert found is not None
    assert (found.kind, found.value, line[found.end :]) == (kind, value, title)


@pytest.mark.parametrize(
    "line", ["", "党建工作", "1.5亿元用于", "2021年,我校", "第一季度完成", "一是加强", "百年党史"]
)
def test_what_only_starts_like_a_number_is_none(line: str) -> None:
    assert marker(line) is None
