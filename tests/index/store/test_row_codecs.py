"""What goes into a row comes out of it, as JSON and through SQLite."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import Any

import pytest

from corpus.report import LeftOut, Passage, Reason, Section, SectionType
from index.store import row_codecs as codecs
from index.store.store import IndexedParagraph, IndexedReport, Row

REPORT = IndexedReport(
    name='有"引号"和\\的',
    title="标题\n两行",
    years=(2020, 2021),
    organisation=None,
    digest="ab",
    sections=(
        Section(
            "一、党建",
            1,
            range(1, 4),
            (Section("（一）学习", 2, range(2, 4), (), SectionType.DONE),),
            SectionType.RESULTS,
        ),
    ),
    left_out=(LeftOut(3, "目录", Reason.CONTENTS),),
    encoding="gb18030",
    guesses=frozenset({"year", "title"}),
    paragraphs=3,
    passages=2,
    source="cd",
)
PARAGRAPH = IndexedParagraph(2, ("一、党建", "（一）学习"), "话。", 7, SectionType.PROBLEMS)
PASSAGE = Passage(
    "a:2:1", REPORT.name, REPORT.title, 2020, PARAGRAPH.path, 2, 1, "话。", 5, 7, None,
    SectionType.CAUSES,
)  # fmt: skip


def through_json(row: Row) -> Any:
    return json.loads(json.dumps(row))


def through_sqlite(row: Row) -> Any:
    with closing(sqlite3.connect(":memory:")) as database:
        database.row_factory = sqlite3.Row
        columns = ", ".join(f'? AS "{column}"' for column in row)
        return database.execute(f"SELECT 1 AS other, {columns}", tuple(row.values())).fetchone()


@pytest.mark.parametrize("through", [through_json, through_sqlite])
def test_what_goes_in_comes_out(through: Any) -> None:
    assert codecs.read_report(through(codecs.report_row(REPORT))) == REPORT
    assert codecs.read_paragraph(through(codecs.paragraph_row(PARAGRAPH))) == PARAGRAPH
    assert codecs.read_passage(through(codecs.passage_row(PASSAGE)), REPORT) == PASSAGE
