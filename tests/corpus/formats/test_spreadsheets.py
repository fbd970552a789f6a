"""Spreadsheets: sheets are tables, a row a line with the heads of its columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import Trouble, UnreadableReport
from corpus.formats import Draft, Source, detect, draft
from corpus.limits import ParserLimits
from corpus.parsing.parse import understand
from corpus.report import Format, Reason
from tests.corpus.formats.docx_files import packed
from tests.corpus.formats.sheet_files import xlsx

ROWS = [["活动", "参加人数", "满意率"], ["读书节", 620, 0.948], ["科技节", 580, 0.96]]
TOLD = ["活动：读书节；参加人数：620；满意率：94.8%", "活动：科技节；参加人数：580；满意率：96%"]


def read(data: bytes, name: str = "2024年活动.xlsx") -> Draft:
    return draft(Source(data, Path(name)))


def texts(data: bytes, name: str = "2024年活动.xlsx") -> list[str]:
    return [line.text for line in read(data, name).lines]


def test_a_row_is_a_line_below_the_name_of_the_file() -> None:
    found = read(xlsx({"Sheet1": ROWS}))
    assert [line.text for line in found.lines] == ["2024年活动", *TOLD]
    assert found.reading.format is Format.TABLE
    report = understand(Source(xlsx({"Sheet1": ROWS}), Path("2024年活动.xlsx")))
    assert (report.title, report.years, len(report.paragraphs)) == ("2024年活动", (2024,), 2)


def test_a_title_above_the_table_is_the_title() -> None:
    rows = [["青禾小学2024年活动统计表"], *ROWS]
    report = understand(Source(xlsx({"Sheet1": rows}, ["A1:C1"]), Path("a.xlsx")))
    assert report.title == "青禾小学2024年活动统计表"
    assert [report.words(p) for p in report.paragraphs] == TOLD


def test_merged_heads_name_what_is_below_them() -> None:
    rows = [
        ["年级", "语文", None, "数学", None],
        [None, "期中", "期末", "期中", "期末"],
        ["三年级", 86.5, 88.2, 90.1, 91.4],
    ]
    data = xlsx({"Sheet1": rows}, ["A1:A2", "B1:C1", "D1:E1"])
    assert texts(data)[1].startswith("年级：三年级；语文·期中：86.5；")
    assert texts(data)[1].endswith("数学·期末：91.4")


def test_several_sheets_are_sections_and_hidden_ones_are_named() -> None:
    found = read(
        xlsx({"活动": ROWS, "经费": [["项目", "支出"], ["图书", 12]], "旧": ROWS}, hidden=["旧"])
    )
    assert [(x.text, x.level) for x in found.lines if x.level] == [("活动", 1), ("经费", 1)]
    assert [(x.text, x.reason) for x in found.left_out] == [("旧", Reason.HIDDEN)]


def test_tables_below_one_another_have_heads_of_their_own() -> None:
    rows = [*ROWS, [None], ["部门", "负责人"], ["安全办", "周明"]]
    assert texts(xlsx({"Sheet1": rows}))[-1] == "部门：安全办；负责人：周明"


def test_what_is_beside_the_cells_is_named() -> None:
    more = {"xl/media/image1.png": b"x", "xl/charts/chart1.xml": "<a/>"}
    found = read(xlsx({"Sheet1": ROWS}, more=more))
    assert found.reading.pictures == 1
    assert [(x.text, x.reason) for x in found.left_out] == [("chart1.xml", Reason.NOT_READ)]


@pytest.mark.parametrize("mark", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_separated_values_are_read(mark: str, encoding: str) -> None:
    text = "\r\n".join(mark.join(row) for row in (["活动", "人数"], ["读书节，春", "620"]))
    assert texts(text.encode(encoding), "2024.csv") == ["2024", "活动：读书节，春；人数：620"]


def test_a_quoted_field_may_hold_the_mark() -> None:
    text = '活动,内容\n读书节,"朗诵,演讲"\n'
    assert texts(text.encode(), "2024.csv")[1] == "活动：读书节；内容：朗诵,演讲"


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".et", ".docx"])
def test_the_bytes_decide(suffix: str) -> None:
    assert detect(Source(xlsx({"a": ROWS}), Path(f"a{suffix}"))) is Format.TABLE


@pytest.mark.parametrize(
    ("data", "trouble"),
    [
        (packed({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<x"}), Trouble.DAMAGED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), Trouble.DAMAGED),
    ],
)
def test_a_damaged_one_is_refused(data: bytes, trouble: Trouble) -> None:
    with pytest.raises(UnreadableReport) as caught:
        read(data)
    assert caught.value.trouble is trouble


def test_one_that_is_too_long_or_a_bomb_is_refused() -> None:
    with pytest.raises(UnreadableReport) as caught:
        draft(Source(xlsx({"a": ROWS * 9}), Path("a.xlsx"), ParserLimits(lines=10)))
    assert caught.value.trouble is Trouble.TOO_LONG
    with pytest.raises(UnreadableReport) as caught:
        draft(Source(xlsx({"a": ROWS}), Path("a.xlsx"), ParserLimits(members=2)))
    assert caught.value.trouble is Trouble.BOMB
