"""Title, year and organisation as real first pages give them."""

from __future__ import annotations

import pytest

from corpus.formats import Properties
from corpus.parsing.metadata import Metadata, metadata
from corpus.text.lines import text_lines


def read(text: str, name: str = "report", properties: Properties | None = None) -> Metadata:
    return metadata(text_lines(text), name, properties)


def test_a_letterhead_is_no_title() -> None:
    found = read(
        "昆山市第二中学文件\n昆二中〔2022〕3号\n昆山市第二中学2021年度工作总结\n一年来，学校稳步发展。"
    )
    assert (found.title, found.years) == ("昆山市第二中学2021年度工作总结", (2021,))
    assert len(found.front.lines) == 3


def test_a_cover_is_left_before_the_title_that_comes_again() -> None:
    found = read(
        "昆山市第二中学\n2021年度工作总结\n二〇二二年一月\n昆山市第二中学2021年度工作总结\n正文。"
    )
    assert found.title == "昆山市第二中学2021年度工作总结"
    assert (sorted(found.front.titles), sorted(found.front.repeated)) == ([1, 2], [4])


@pytest.mark.parametrize("signed", ["2022年1月10日", "二〇二二年三月"])
def test_a_report_signed_early_in_a_year_is_on_the_year_before(signed: str) -> None:
    found = read(f"工作总结\n学校稳步发展。\n昆山市第二中学\n{signed}")
    assert (found.years, found.organisation) == ((2021,), "昆山市第二中学")
    assert found.guesses == {"year"}


def test_a_report_signed_late_in_a_year_is_on_that_year() -> None:
    assert read("工作总结\n学校稳步发展。\n2021年12月30日").years == (2021,)


def test_the_date_of_printing_in_a_title_is_not_the_year_of_the_report() -> None:
    found = read("昆山市第二中学工作总结（2022年1月）\n2021年，学校稳步发展。")
    assert (found.years, found.guesses) == ((2021,), {"year"})


def test_a_notice_is_named_for_what_it_brings() -> None:
    assert read("关于印发《2021年度工作总结》的通知\n各科室：").title == "2021年度工作总结"
