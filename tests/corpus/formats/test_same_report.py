"""The shipped report is the same report in every format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.formats import Source
from corpus.parsing.parse import understand
from corpus.reading_report import account
from corpus.report import Reason, Report
from tests.corpus.formats import school_report as made
from tests.corpus.formats.word_report import as_word

MAKERS: dict[str, Callable[[Report], bytes]] = {
    "a.docx": made.as_docx,
    "b.docx": as_word,
    "a.pdf": made.as_pdf,
    "a.html": made.as_html,
    "a.txt": lambda report: made.as_text(report).encode("gb18030"),
    "b.txt": lambda report: made.as_text(report).encode("utf-16"),
    "a.md": lambda report: made.as_text(report).encode("utf-8"),
}


@pytest.fixture(scope="module")
def shipped() -> Report:
    return made.shipped()


@pytest.mark.parametrize("name", MAKERS)
def test_title_years_tree_and_text_are_the_same(name: str, shipped: Report) -> None:
    report = understand(Source(MAKERS[name](shipped), Path(name)))
    assert (report.title, report.years, report.organisation) == (
        shipped.title,
        shipped.years,
        shipped.organisation,
    )
    assert list(report.walk()) == list(shipped.walk())
    assert report.text == shipped.text
    assert report.guesses == frozenset()


def test_a_pdf_gives_each_paragraph_its_page(shipped: Report) -> None:
    report = understand(Source(made.as_pdf(shipped), Path("a.pdf")))
    assert [p.page for p in report.paragraphs] == [2, 2, 2, 3, 3, 4, 4, 4, 5, 5]


def test_the_reading_report_counts_what_was_left_out(shipped: Report) -> None:
    found = account(understand(Source(made.as_pdf(shipped), Path("a.pdf"))))
    assert dict(found.left_out) == {Reason.PAGE_FURNITURE: 10, Reason.CONTENTS: 13}
    assert (found.reading.pages, found.sections, found.paragraphs) == (5, 12, 10)
