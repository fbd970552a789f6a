"""Schools by their long and short names, and schools that no report is from."""

from __future__ import annotations

import pytest

from index.lexical.vocabulary import Vocabulary
from index.store.store import IndexedReport
from index.understanding.report_choice import named_reports
from index.understanding.schools import schools_of, unknown_school
from index.understanding.understander import Understander
from tests.index.understanding.test_report_choice import entry

ORGANISATIONS = {
    "柳溪": "青山县柳溪镇中心小学",
    "三小": "临江市第三小学",
    "二小": "临江市第二小学",
    "二中": "昆山市第二中学",
    "塔": "白塔第二中学",
    "附中": "临江师范附属中学",
    "职": "白塔区职业教育中心",
    "园": "柳溪镇中心幼儿园",
    "贯": "石桥九年一贯制学校",
    "局": "白塔区教育局",
}
ENTRIES = tuple(
    entry(name, f"{organisation}2021年度工作总结", 2021, organisation=organisation)
    for name, organisation in ORGANISATIONS.items()
)
TEXT = (
    "白塔第二中学位于白塔区。三名教师到溪口镇初级中学支教。柳溪镇中心小学，临江市第三小学，石桥。"
    "有五名学生考入白塔区第四中学。"
)


@pytest.fixture(scope="module")
def understander() -> Understander:
    return Understander(ENTRIES, 2026, vocabulary=Vocabulary.of([TEXT]))


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("柳溪小学有哪些不足", "柳溪", "有哪些不足"),
        ("柳溪镇小学有哪些不足", "柳溪", "有哪些不足"),
        ("柳溪中心小学有哪些不足", "柳溪", "有哪些不足"),
        ("青山县柳溪镇中心小学有哪些不足", "柳溪", "有哪些不足"),
        ("请看柳溪小学有哪些不足", "柳溪", "请看 有哪些不足"),
        ("临江三小有几个班", "三小", "有几个班"),
        ("临江市第三小学有几个班", "三小", "有几个班"),
        ("三小有几个班", "三小", "有几个班"),
        ("昆山二中有几个班", "二中", "有几个班"),
        ("白塔二中有几个班", "塔", "有几个班"),
        ("临江师范附中有几个班", "附中", "有几个班"),
        ("白塔区职教中心有几个班", "职", "有几个班"),
        ("柳溪幼儿园有几个班", "园", "有几个班"),
        ("石桥学校有几个班", "贯", "有几个班"),
    ],
)
def test_a_short_name_names_its_school(text: str, name: str, rest: str) -> None:
    reports, words = named_reports(text, ENTRIES)
    assert set(reports) & set(schools_of(ENTRIES)) == {name}
    assert words == rest


@pytest.mark.parametrize(
    "text",
    [
        "临江一小有几个班",
        "柳溪中学有几个班",
        "临江市第五小学有几个班",
        "白塔小学有几个班",
        "十九届二中全会精神怎么学",
        "第二小组有几个人",
        "一小部分学生去哪了",
        "中小学生有多少",
        "高中毕业的有几个",
        "考上高中的有几个",
        "学校有几个班",
        "中心工作是什么",
    ],
)
def test_another_school_or_no_school_names_none(text: str) -> None:
    assert named_reports(text, ENTRIES) == ((), text)


def test_a_name_that_fits_two_schools_names_both() -> None:
    reports, _ = named_reports("二中有几个班", ENTRIES)
    assert {"二中", "塔"} <= set(reports)
    assert not {"柳溪", "二小"} & set(reports)


def test_only_reports_known_to_be_from_another_school_are_left_out() -> None:
    unsigned = entry("无名", "校历", 2021)
    reports, _ = named_reports("柳溪小学有几个班", (*ENTRIES, unsigned))
    assert set(reports) == {"柳溪", "局", "无名"}
    alone = (ENTRIES[0], unsigned)
    assert named_reports("柳溪小学有几个班", alone) == ((), "有几个班")


@pytest.mark.parametrize("kind", ["招生简章", "考勤制度", "放假通知", "工作总结", "值班安排"])
def test_naming_ones_own_school_changes_nothing_whatever_the_titles(kind: str) -> None:
    school = "昆山市第二中学"
    entries = tuple(
        entry(f"{year}", f"{school}{year}年{kind}", year, organisation=school)
        for year in (2020, 2021)
    )
    understander = Understander(entries, 2026)
    plain = understander.understand("2021年计划招收多少名新生")
    named = understander.understand("昆山市第二中学2021年计划招收多少名新生")
    assert (named.scope, named.words, named.reports) == (plain.scope, plain.words, ())


@pytest.mark.parametrize(
    ("text", "school"),
    [
        ("白塔一中有几个班", "白塔一中"),
        ("请问白塔第一中学有几个班", "白塔第一中学"),
        ("金塔沟小学煤改电花了多少", "金塔沟小学"),
        ("金塔沟实验学校早餐几块", "金塔沟实验学校"),
        ("临江五小有几个班", "临江五小"),
        ("柳溪中学有几个班", "柳溪中学"),
        ("去年和枣花镇小学结对的有几个", "枣花镇小学"),
    ],
)
def test_a_school_that_no_report_is_from_or_tells_of_is_told(
    understander: Understander, text: str, school: str
) -> None:
    assert understander.understand(text).unknown_organisation == school


@pytest.mark.parametrize(
    "text",
    [
        "溪口镇初级中学去了几个人",
        "去溪口中学支教的有几个",
        "白塔区第四中学考上几个",
        "柳溪小学有几个班",
        "石桥小学有几个班",
        "绿色学校是哪年评的",
        "示范小学有几所",
        "我们小学有几个班",
        "中心小学有几个班",
        "县里的高中有几所",
        "没录上高中的娃都去哪了",
        "娃上幼儿园要多少钱",
        "普通高中录取了几人",
        "结对学校有几所",
        "中小学一共几所",
    ],
)
def test_a_school_that_may_be_told_of_is_not_said_to_be_unknown(
    understander: Understander, text: str
) -> None:
    assert understander.understand(text).unknown_organisation is None


def test_without_schools_or_words_of_the_reports_nothing_is_surely_unknown() -> None:
    articles: tuple[IndexedReport, ...] = (entry("甲", "甲"), entry("乙", "乙"))
    vocabulary = Vocabulary.of([TEXT])
    asked = "金塔沟小学有几个班"
    assert (
        Understander(articles, vocabulary=vocabulary).understand(asked).unknown_organisation is None
    )
    assert Understander(ENTRIES).understand(asked).unknown_organisation is None
    assert unknown_school(asked, {}, lambda _: False) is None
