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
        ("壹、概况", NumberingStyle.FORMAL, 1, "概况"),
        ("Ⅱ 教学", NumberingStyle.ROMAN, 2, "教学"),
        ("IV、教学", NumberingStyle.ROMAN, 4, "教学"),
        ("I.教学", NumberingStyle.ROMAN, 1, "教学"),
        ("（叁）后勤", NumberingStyle.CHINESE_BRACKETED, 3, "后勤"),
        ("㊂后勤", NumberingStyle.CHINESE_BRACKETED, 3, "后勤"),
        ("❷门卫", NumberingStyle.CIRCLED, 2, "门卫"),
        ("㈢后勤", NumberingStyle.CHINESE_BRACKETED, 3, "后勤"),
        ("⒋社团", NumberingStyle.DECIMAL, 4, "社团"),
        ("⑸门卫", NumberingStyle.DECIMAL_BRACKETED, 5, "门卫"),
        ("1.2 教研", NumberingStyle.DOTTED, 2, "教研"),
        ("2.3教研活动", NumberingStyle.DOTTED, 3, "教研活动"),
        ("1.2.3 集体备课", NumberingStyle.DOTTED_TWICE, 3, "集体备课"),
        ("第二，保卫人员少", NumberingStyle.ORDINAL, 2, "保卫人员少"),
        ("第三、经费紧", NumberingStyle.ORDINAL, 3, "经费紧"),
    ],
)
def test_official_numbers_are_recognised(
    line: str, kind: NumberingStyle, value: int, title: str
) -> None:
    found = marker(line)
    assert found is not None
    assert (found.kind, found.value, line[found.end :]) == (kind, value, title)


@pytest.mark.parametrize(
    "line",
    [
        *("", "党建工作", "1.5亿元用于", "2021年,我校", "第一季度完成", "一是加强", "百年党史"),
        *("2.3亩菜园", "1.86万元", "第一、二学期", "12.5 万元", "92.4"),
    ],
)
def test_what_only_starts_like_a_number_is_none(line: str) -> None:
    assert marker(line) is None
