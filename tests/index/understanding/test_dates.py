from __future__ import annotations

import pytest

from index.lexical.folding import fold
from index.understanding.dates.mentions import Calendar
from index.understanding.dates.resolve_years import time_of
from index.understanding.question import Origin

FOUR_YEARS = Calendar(2022, frozenset({2019, 2020, 2021, 2022}), today=2026)


@pytest.mark.parametrize(
    ("text", "years", "rest"),
    [
        ("2021年书记上了几次党课", (2021,), "书记上了几次党课"),
        ("２０２１年度书记上了几次党课", (2021,), "书记上了几次党课"),
        ("二〇二一年书记上了几次党课", (2021,), "书记上了几次党课"),
        ("二○二一年度的党课", (2021,), "党课"),
        ("二零二零年书记上了五次党课", (2020,), "书记上了五次党课"),
        ("21年的党课", (2021,), "党课"),
        ("二一年中考", (2021,), "中考"),
        ("2019到2021年的党课", (2019, 2020, 2021), "党课"),
        ("2019年至2021年的党课", (2019, 2020, 2021), "党课"),
        ("2019-2021年的党课", (2019, 2020, 2021), "党课"),
        ("2020年和2021年的党课", (2020, 2021), "党课"),
        ("2020、2021年的党课", (2020, 2021), "党课"),
        ("how many lessons in 2021", (2021,), "how many lessons"),
        ("签了多少份协议2021年", (2021,), "签了多少份协议"),
        ("柳溪小学2021有哪些不足", (2021,), "柳溪小学 有哪些不足"),
        ("2021 党课上了几次", (2021,), "党课上了几次"),
        ("党课上了几次2021", (2021,), "党课上了几次"),
        ("2021多少党员", (2021,), "多少党员"),
        ("2021家访走了多少户", (2021,), "家访走了多少户"),
        ("2021本科上线几个", (2021,), "本科上线几个"),
        ("2021和2022有什么变化", (2021, 2022), "有什么变化"),
        ("2020、2021、2022获奖多少", (2020, 2021, 2022), "获奖多少"),
        ("20年和21年的党课", (2020, 2021), "党课"),
        ("20、21年的党课", (2020, 2021), "党课"),
        ("19到21年的党课", (2019, 2020, 2021), "党课"),
        ("2019到2021党课几次", (2019, 2020, 2021), "党课几次"),
        ("2020-2022获奖多少", (2020, 2021, 2022), "获奖多少"),
        ("2020年以来的党课", (2020, 2021, 2022), "党课"),
        ("2020以来的党课", (2020, 2021, 2022), "党课"),
        ("自20年以来的党课", (2020, 2021, 2022), "党课"),
        ("从2020年到现在的党课", (2020, 2021, 2022), "党课"),
        ("21年有什么打算", (2021,), "有什么打算"),
        ("二零二一党课几次", (2021,), "党课几次"),
        ("二〇二一年至今的党课", (2021, 2022), "党课"),
    ],
)
def test_years_are_named_in_every_form(text: str, years: tuple[int, ...], rest: str) -> None:
    time, words = time_of(fold(text), FOUR_YEARS)
    assert (time.years, time.origin, words) == (years, Origin.NAMED, rest)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("今年书记上了几次党课", (2022,)),
        ("本年度书记上了几次党课", (2022,)),
        ("去年书记上了几次党课", (2021,)),
        ("上一年度的中考成绩", (2021,)),
        ("前年的中考成绩", (2020,)),
        ("大前年的中考成绩", (2019,)),
        ("近三年书记上了几节党课", (2020, 2021, 2022)),
        ("最近两年的党课", (2021, 2022)),
        ("历年的党课", (2019, 2020, 2021, 2022)),
        ("明年有什么打算", (2023,)),
        ("来年的工作计划", (2023,)),
        ("三年来的党课", (2020, 2021, 2022)),
        ("哪一年获奖最多", (2019, 2020, 2021, 2022)),
        ("获奖最多的是哪一年", (2019, 2020, 2021, 2022)),
        ("每年书记上几次党课", (2019, 2020, 2021, 2022)),
        ("how many lessons last year", (2021,)),
    ],
)
def test_relative_years_count_from_the_newest_report(text: str, years: tuple[int, ...]) -> None:
    time, _ = time_of(fold(text), FOUR_YEARS)
    assert (time.years, time.origin) == (years, Origin.RELATIVE)


@pytest.mark.parametrize(("today", "last_year"), [(2022, 2021), (2023, 2022), (2026, 2021)])
def test_the_clock_says_what_last_year_is_when_the_newest_report_is_of_last_year(
    today: int, last_year: int
) -> None:
    calendar = Calendar(2022, frozenset({2021, 2022}), today)
    assert time_of("去年的党课", calendar)[0].years == (last_year,)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("上一年呢", (2019,)),
        ("前一年呢", (2019,)),
        ("第二年落实了吗", (2021,)),
        ("去年呢", (2021,)),
    ],
)
def test_the_year_before_counts_from_the_year_being_talked_about(
    text: str, years: tuple[int, ...]
) -> None:
    calendar = Calendar(2022, FOUR_YEARS.years, 2026, talk=2020)
    assert time_of(text, calendar)[0].years == years


@pytest.mark.parametrize(
    "text",
    [
        "比上一年提高了多少",
        "比去年增加多少",
        "三年行动计划是什么",
        "20年来有什么变化",
        "七年级有几个班",
        "以上年龄的教师",
        "五年内取消农业税",
        "第二年修好了吗",
        "2021人参加了什么活动",
        "谁捐了2021元",
        "投入2021万元的是什么",
        "2021室是谁的办公室",
        "教室2021在几楼",
        "房间2021住谁",
        "电话2021是谁的",
        "打0512-57362021找谁",
        "拨1380512021找谁",
        "2021.5平方米是什么",
        "编号2021的设备在哪",
        "2021级新生有多少",
        "2021个座位够吗",
        "共2021本书是谁捐的",
        "2050食堂怎么样",
        "1998党课几次",
        "光伏发电预计每年多少度",
    ],
)
def test_words_that_only_look_like_years_choose_none(text: str) -> None:
    assert time_of(fold(text), FOUR_YEARS)[0].years == ()


def test_the_year_of_a_report_comes_before_a_year_that_is_spoken_of() -> None:
    time, words = time_of(fold("2021年报告讲2020年增发了多少国债"), FOUR_YEARS)
    assert (time.years, time.of_report) == ((2021,), True)
    assert "2020年" in words


def test_a_five_year_plan_means_its_years_and_not_as_a_topic() -> None:
    assert time_of(fold("“十三五”期间建了几所学校"), FOUR_YEARS)[0].years == (2019, 2020)
    assert time_of("“十三五”规划的主线", FOUR_YEARS)[0].years == ()
    assert time_of("十五期间的目标", Calendar(2007, frozenset()))[0].years == (
        2001,
        2002,
        2003,
        2004,
        2005,
    )


def test_two_digits_mean_a_year_near_the_reports_or_none() -> None:
    assert time_of("98年的目标", Calendar(2007, frozenset({1995, 2007})))[0].years == (1998,)
    assert time_of("98年的目标", FOUR_YEARS)[0].years == ()


def test_without_dated_reports_relative_years_mean_nothing() -> None:
    assert time_of("去年的党课", Calendar(None))[0].years == ()


def test_the_last_few_years_are_five_and_all_years_are_all() -> None:
    calendar = Calendar(2021, frozenset(range(2010, 2022)))
    assert time_of("最近几年怎么说", calendar)[0].years == tuple(range(2017, 2022))
    assert time_of("历年怎么说", calendar)[0].years == tuple(range(2010, 2022))


def test_an_english_report_is_named_by_its_year() -> None:
    time, rest = time_of("how does the 2003 report describe tax", Calendar(2007))
    assert (time.years, time.of_report) == ((2003,), True)
    assert rest == "how does describe tax"


@pytest.mark.parametrize(
    ("text", "years", "against"),
    [
        ("违纪的比上一年少多少", (), 2021),
        ("2021年违纪的比上年少多少", (2021,), 2020),
        ("2021年获奖比前年多几个", (2021,), 2019),
        ("比去年增加多少", (), 2021),
        ("违纪的有多少", (), None),
        ("2020年和2021年比上年多多少", (2020, 2021), None),
    ],
)
def test_what_is_measured_against_a_year_names_that_year(
    text: str, years: tuple[int, ...], against: int | None
) -> None:
    time, _ = time_of(fold(text), FOUR_YEARS)
    assert (time.years, time.against) == (years, against)


def test_without_dated_reports_four_digits_are_a_number() -> None:
    assert time_of("柳溪小学2021有哪些不足", Calendar(None))[0].years == ()
