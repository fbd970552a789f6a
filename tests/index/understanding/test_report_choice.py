"""Reports by their names and their years."""

from __future__ import annotations

import pytest

from index.store.store import IndexedReport
from index.understanding.question import Origin, Time
from index.understanding.report_choice import ReportChoice, is_dated, named_reports


def entry(
    name: str,
    title: str,
    *years: int,
    organisation: str | None = None,
    guesses: frozenset[str] = frozenset(),
) -> IndexedReport:
    return IndexedReport(name, title, years, organisation, "", (), (), "utf-8", guesses, 10, 10, "")


SECOND = "昆山市第二中学"
HARVEST = "青禾中学"
SCHOOL = (
    entry("2020年总结", f"{SECOND}2020年度工作总结", 2020, organisation=SECOND),
    entry("2021年总结", f"{SECOND}2021年度工作总结", 2021, organisation=SECOND),
    entry("德育计划", f"{SECOND}德育工作计划", organisation=SECOND),
)
TWO_SCHOOLS = (
    *SCHOOL,
    entry("青禾2021", f"{HARVEST}2021年度工作总结", 2021, organisation=HARVEST),
)


def names(text: str, entries: tuple[IndexedReport, ...] = SCHOOL) -> tuple[str, ...]:
    return named_reports(text, entries)[0]


@pytest.mark.parametrize(
    ("text", "found", "rest"),
    [
        ("《德育工作计划》里有什么", ("德育计划",), "里有什么"),
        ("《2021年总结》怎么说党课", ("2021年总结",), "怎么说党课"),
        ("《2020年度工作总结》怎么说党课", ("2020年总结",), "怎么说党课"),
    ],
)
def test_a_report_is_named_by_part_of_its_title_or_file(
    text: str, found: tuple[str, ...], rest: str
) -> None:
    assert named_reports(text, SCHOOL) == (found, rest)


SCHOOL_YEARS = (
    *SCHOOL,
    entry("学年总结", f"{SECOND}2020-2021学年工作总结", 2020, 2021, organisation=SECOND),
)


@pytest.mark.parametrize("wanted", ["2021", "2021年", "２０２１年", "二〇二一年", "21年", "今年"])
def test_a_report_is_found_by_its_year_however_that_is_said(wanted: str) -> None:
    assert [e.name for e in ReportChoice.of(SCHOOL, today=2021).find(wanted)] == ["2021年总结"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("去年", ["2020年总结"]),
        ("去年的报告", ["2020年总结"]),
        ("last year", ["2020年总结"]),
        ("近三年", ["2020年总结", "2021年总结", "青禾2021"]),
        ("2021", ["2021年总结", "青禾2021"]),
        ("今年青禾中学的总结", ["青禾2021"]),
        ("青禾", ["青禾2021"]),
        ("青禾2021", ["青禾2021"]),
        ("《德育工作计划》", ["德育计划"]),
        ("德育", ["德育计划"]),
        ("2020年度工作总结", ["2020年总结"]),
        ("工作总结", ["2020年总结", "2021年总结", "青禾2021"]),
        ("2021 青禾", ["青禾2021"]),
        ("二〇二一", ["2021年总结", "青禾2021"]),
        ("1999", []),
        ("1", []),
        ("0年", []),
        ("大前年", []),
        ("食堂", []),
        ("", []),
    ],
)
def test_reports_are_found_by_relative_years_and_parts_of_their_names(
    wanted: str, found: list[str]
) -> None:
    assert [e.name for e in ReportChoice.of(TWO_SCHOOLS, today=2021).find(wanted)] == found


def test_of_a_school_year_its_own_report_is_found_before_those_of_the_years_in_it() -> None:
    choice = ReportChoice.of(SCHOOL_YEARS, today=2021)
    assert [e.name for e in choice.find("2020—2021学年")] == ["学年总结"]
    assert [e.name for e in choice.find("2020")] == ["2020年总结", "学年总结"]
    assert [e.name for e in ReportChoice.of(SCHOOL, today=2021).find("2020—2021学年")] == [
        "2020年总结",
        "2021年总结",
    ]


def test_a_name_that_several_reports_share_leaves_all_of_them() -> None:
    assert names("《工作总结》里的党课") == ("2020年总结", "2021年总结")


def test_a_title_no_report_has_and_a_book_name_none() -> None:
    assert named_reports("《述职报告》里的党课", SCHOOL) == ((), "《述职报告》里的党课")
    assert named_reports("读《红楼梦》的有几个班", SCHOOL) == ((), "读《红楼梦》的有几个班")


def test_an_organisation_chooses_its_reports_and_leaves_the_text() -> None:
    assert named_reports("青禾中学的党课上了几次", TWO_SCHOOLS) == (("青禾2021",), "的党课上了几次")
    assert names("昆山市第二中学的党课上了几次", TWO_SCHOOLS) == (
        "2020年总结",
        "2021年总结",
        "德育计划",
    )


def test_the_organisation_of_every_report_chooses_none_but_leaves_the_text() -> None:
    assert named_reports("昆山市第二中学的党课", SCHOOL) == ((), "的党课")


@pytest.mark.parametrize("text", ["中学的党课", "第二中学生活动", "总支部有几个", "学校的党课"])
def test_words_that_any_organisation_has_name_no_report(text: str) -> None:
    assert names(text, TWO_SCHOOLS) == ()


def test_an_article_about_an_organisation_is_not_its_report() -> None:
    articles = (entry("青禾中学", "青禾中学", organisation=HARVEST), *SCHOOL)
    assert names("青禾中学有几个班", articles) == ()


def test_a_name_that_looks_like_a_year_is_a_name_within_title_marks_only() -> None:
    plans = (*SCHOOL, entry("2035远景", "2035年远景规划方案", organisation=SECOND))
    assert names("《2035年远景规划方案》说什么", plans) == ("2035远景",)
    assert names("2035年要怎样", plans) == ()


def test_years_choose_the_reports_of_the_years_and_those_that_say_none() -> None:
    choice = ReportChoice.of(SCHOOL)
    assert choice.annual
    assert choice.calendar.newest == 2021
    assert choice.scope(Time()).everything
    assert choice.scope(Time((2020,), Origin.NAMED)).reports == {"2020年总结", "德育计划"}
    assert choice.scope(Time((1999,), Origin.NAMED)).reports == {"德育计划"}


def test_a_guessed_year_counts_only_for_what_is_a_work_report_by_its_title() -> None:
    guessed = frozenset({"year"})
    assert is_dated(entry("a", "工作总结", 2021, guesses=guessed))
    assert not is_dated(entry("b", "昆山市", 1989, guesses=guessed))
    assert not is_dated(entry("c", "工作总结"))


def test_where_few_reports_are_dated_a_year_only_leaves_out_the_others() -> None:
    articles = tuple(entry(f"文{n}", f"文{n}") for n in range(5))
    choice = ReportChoice.of((*SCHOOL, *articles))
    assert not choice.annual
    assert choice.reported == frozenset()
    assert choice.scope(Time((2020,), Origin.NAMED)).reports == {
        "2020年总结",
        "德育计划",
        *(article.name for article in articles),
    }


def test_a_school_year_prefers_the_report_of_just_that_year() -> None:
    reports = (
        entry("学年", "2021—2022学年度工作总结", 2021, 2022),
        entry("2021", "2021年度工作总结", 2021),
    )
    school = Time((2021, 2022), Origin.NAMED, school=True)
    assert ReportChoice.of(reports).scope(school).reports == {"学年"}
    assert ReportChoice.of(reports[1:]).scope(school).reports == {"2021"}
