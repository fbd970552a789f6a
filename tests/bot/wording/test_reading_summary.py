"""The reading report in words: what was read, what was not; and where words stand in a PDF."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.messages import messages_in
from bot.wording.citations import citation
from bot.wording.reading_summary import left_out, reading_report
from corpus.formats import Source
from corpus.parsing.parse import understand
from corpus.passages import passages
from corpus.reading_report import account
from corpus.report import Format, ParseDetails, Recognised, Report
from tests.corpus.formats import school_report as made


@pytest.fixture(scope="module")
def report() -> Report:
    return understand(Source(made.as_pdf(made.shipped()), made.SHIPPED.with_suffix(".pdf")))


def test_it_says_what_could_not_be_read(report: Report) -> None:
    reading = ParseDetails(
        Format.PDF,
        pages=9,
        empty_pages=(2,),
        unread_pages=(7, 8),
        recognised=(Recognised(3, 0.999), Recognised(4, 0.6)),
        tables=2,
        pictures=1,
        damaged=5,
    )
    words = "\n".join(reading_report(account(replace(report, reading=reading)), messages_in("zh")))
    for expected in (
        "共 9 页",
        "空白页：第 2 页",
        "第 7, 8 页",
        "表格 2 个",
        "第 4 页识别可信度只有 60%",
    ):
        assert expected in words
    assert "图片 1 张" in words
    assert "第 3, 4 页，平均可信度 79%" in words
    assert "5 个字符" in words


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_there_is_none_of_is_not_mentioned(report: Report, language: str) -> None:
    assert len(reading_report(account(report), messages_in(language))) == 3


def test_what_was_left_out_is_told_with_its_pages(report: Report) -> None:
    words = "\n".join(left_out(account(report), messages_in("zh")))
    assert "目录" in words
    assert "第5页" in words


def test_the_citation_of_a_pdf_names_the_page(report: Report) -> None:
    last = passages(report)[-1]
    assert citation(last, messages_in("zh")).endswith("第10段，第5页")
