from __future__ import annotations

import pytest

from corpus.formats.number_format import written


@pytest.mark.parametrize(
    ("number_format", "expected"),
    [
        ("decimal", {1: "1", 10: "10", 101: "101"}),
        ("decimalZero", {1: "01", 10: "10"}),
        ("decimalFullWidth", {12: "１２"}),
        ("decimalFullWidth2", {12: "１２"}),
        ("decimalHalfWidth", {12: "12"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalEnclosedCircleChinese", {3: "③"}),
        ("decimalEnclosedParen", {1: "⑴", 20: "⒇"}),
        ("decimalEnclosedFullstop", {1: "⒈", 20: "⒛"}),
        (
            "chineseCounting",
            {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 100: "一〇〇"},
        ),
        (
            "chineseCountingThousand",
            {
                1: "一",
                10: "十",
                12: "十二",
                20: "二十",
                99: "九十九",
                100: "一百",
                101: "一百零一",
                110: "一百一十",
                1001: "一千零一",
                1010: "一千零一十",
                10_000: "一万",
                10_001: "一万零一",
                10_203: "一万零二百零三",
            },
        ),
        ("chineseLegalSimplified", {1: "壹", 2: "贰", 10: "壹拾", 21: "贰拾壹", 105: "壹佰零伍"}),
        ("ideographDigital", {10: "一〇", 21: "二一"}),
        ("ideographEnclosedCircle", {1: "㊀", 10: "㊉", 11: "11"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "甲"}),
        ("ideographZodiac", {1: "子", 12: "亥", 13: "子"}),
        ("ideographZodiacTraditional", {1: "甲子", 2: "乙丑", 60: "癸亥", 61: "甲子"}),
        ("ideographLegalTraditional", {2: "貳", 6: "陸", 10: "壹拾", 10_000: "壹萬"}),
        ("taiwaneseCounting", {10: "十", 21: "二十一", 100: "一○○"}),
        ("taiwaneseCountingThousand", {21: "二十一", 101: "一百零一"}),
        ("taiwaneseDigital", {10: "一○"}),
        ("japaneseCounting", {10: "十", 21: "二十一", 111: "百十一"}),
        ("japaneseDigitalTenThousand", {10: "一〇"}),
        ("japaneseLegal", {1: "壱", 3: "参", 10: "壱拾"}),
        ("koreanDigital2", {10: "一零"}),
        ("upperRoman", {1: "I", 4: "IV", 9: "IX", 14: "XIV", 2021: "MMXXI"}),
        ("lowerRoman", {8: "viii"}),
        ("upperLetter", {1: "A", 26: "Z", 27: "AA", 53: "AAA"}),
        ("lowerLetter", {2: "b", 28: "bb"}),
        ("ordinal", {1: "1st", 2: "2nd", 3: "3rd", 11: "11th", 21: "21st"}),
        ("hex", {10: "A", 31: "1F"}),
        ("numberInDash", {3: "- 3 -"}),
        ("none", {1: "", 7: ""}),
        ("bullet", {1: ""}),
        ("hebrew1", {3: "3"}),
        ("no such format", {3: "3"}),
    ],
)
def test_numbers_are_written_as_ecma_376_has_them(
    number_format: str, expected: dict[int, str]
) -> None:
    assert {value: written(value, number_format) for value in expected} == expected


@pytest.mark.parametrize("value", [0, -1, 10**9, 10**30])
@pytest.mark.parametrize(
    "number_format", ["chineseCounting", "upperLetter", "upperRoman", "decimalEnclosedCircle"]
)
def test_numbers_beyond_a_format_are_digits(number_format: str, value: int) -> None:
    assert written(value, number_format) == str(value)
