from __future__ import annotations

from pathlib import Path

import pytest

from corpus.corrections import Correction
from corpus.errors import Trouble, UnreadableReport
from corpus.formats import Source
from corpus.parsing.parse import corrected, understand
from corpus.report import Reason, Report

SHIPPED = Path(__file__).parents[3] / "corpus/reports/2021年度工作总结.txt"


def read(data: bytes | str, name: str = "a.txt") -> Report:
    return understand(Source(data.encode() if isinstance(data, str) else data, Path(name)))


@pytest.fixture(scope="module")
def shipped() -> Report:
    return read(SHIPPED.read_bytes(), SHIPPED.name)


def test_the_shipped_report_is_understood(shipped: Report) -> None:
    assert shipped.title == "中共昆山市第二中学总支部2021年度工作总结"
    assert (shipped.name, shipped.year) == ("2021年度工作总结", 2021)
    assert [section.heading for section in shipped.sections] == [
        "一、学校党建工作履职情况",
        "二、学校党建工作中存在的问题及原因",
        "三、学校党建工作下一步思路",
    ]
    assert [len(section.sections) for section in shipped.sections] == [3, 3, 3]
    assert len(shipped.paragraphs) == 10
    assert shipped.guesses == frozenset()


def test_the_dirt_of_the_shipped_report_is_left_out_and_named(shipped: Report) -> None:
    found = [(left.line, left.reason) for left in shipped.left_out]
    assert found == [(2, Reason.REPEATED_TITLE)] + [
        (line, Reason.DATE_RESIDUE) for line in range(25, 33)
    ]
    assert "2025-03" not in shipped.text


def test_a_single_date_at_the_end_is_the_date_of_signing_and_stays() -> None:
    report = read("2021年总结\n我校完成任务。\n2022年1月5日")
    assert report.left_out == ()
    assert report.text.endswith("2022年1月5日")


def test_page_numbers_are_left_out() -> None:
    report = read("2021年总结\n我校完成任务。\n— 3 —\n第 4 页 共 9 页")
    assert [left.reason for left in report.left_out] == [Reason.PAGE_FURNITURE] * 2


def test_markdown_headings_and_emphasis_are_read() -> None:
    report = read("# 2021年总结\n\n## 党建\n\n**书记**上课12节。", "a.md")
    assert report.paragraphs[0].path == ("党建",)
    assert report.text == "书记上课12节。"
    assert report.title == "2021年总结"


def test_corrections_win_over_what_was_read(shipped: Report) -> None:
    correction = Correction(title="总结", year=2020, organisation="二中")
    report = corrected(shipped, correction)
    assert (report.title, report.years, report.organisation) == ("总结", (2020,), "二中")


@pytest.mark.parametrize(
    ("data", "name", "trouble"),
    [
        (b"", "a.txt", Trouble.EMPTY),
        (" \n\u3000\n".encode(), "a.txt", Trouble.EMPTY),
        ("2021年总结\n2021年总结".encode(), "a.txt", Trouble.ONLY_HEADINGS),
        (b"x", "a.exe", Trouble.UNKNOWN_FORMAT),
    ],
)
def test_what_is_no_report_is_refused_with_its_reason(
    data: bytes, name: str, trouble: Trouble
) -> None:
    with pytest.raises(UnreadableReport) as caught:
        read(data, name)
    assert caught.value.trouble is trouble


def test_what_nobody_could_read_is_no_report() -> None:
    with pytest.raises(UnreadableReport) as caught:
        read("2021年总结\n" + "\ue000\ue123\U000e0fff。" * 40)
    assert caught.value.trouble is Trouble.DAMAGED
