"""Web pages: the main text stays, what stands around it goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.formats import Draft, Source, draft
from corpus.report import Reason

BODY = "学校坚持立德树人，完成了全年各项任务，取得了新的进步。"


def read(page: str | bytes, name: str = "a.html") -> Draft:
    data = page.encode() if isinstance(page, str) else page
    return draft(Source(data, Path(name)))


def texts(page: str | bytes) -> list[str]:
    return [line.text for line in read(page).lines]


def test_menus_lists_and_notices_are_left_out_and_named() -> None:
    page = (
        "<html><body><nav><a href=/>首页</a></nav><ul><li><a href=/1>2025-03-20 党建动态</a></ul>"
        f"<div><h1>2021年总结</h1><p>发布时间：2022-01-10</p><p>{BODY}</p><p>{BODY}</p></div>"
        "<div>版权所有 昆山市第二中学</div></body></html>"
    )
    found = read(page)
    assert [line.text for line in found.lines] == ["2021年总结", BODY, BODY]
    assert {x.reason for x in found.left_out} == {Reason.MENU}
    assert "版权所有 昆山市第二中学" in [x.text for x in found.left_out]


def test_scripts_styles_and_hidden_text_are_no_text() -> None:
    page = (
        f"<html><body><script>var a='，。';</script><style>p{{}}</style><p>{BODY}</p>"
        f"<p style='display: none'>看不见，。</p><p>{BODY}</p></body></html>"
    )
    assert texts(page) == [BODY, BODY]


def test_breaks_end_lines_and_inline_marks_do_not() -> None:
    page = f"<html><body><p>一、<b>党</b>建<br>{BODY}<br>{BODY}</p></body></html>"
    assert texts(page) == ["一、党建", BODY, BODY]


def test_headings_have_their_levels() -> None:
    found = read(f"<html><body><h2>党建</h2><p>{BODY}</p><h3>组织</h3><p>{BODY}</p></body></html>")
    assert [line.level for line in found.lines] == [2, None, 3, None]


def test_a_table_repeats_its_heads_and_fills_its_spans() -> None:
    table = (
        "<table><tr><th>部门<th>人数</tr><tr><td rowspan=2>语文组<td>3</tr><tr><td>4</tr></table>"
    )
    found = read(f"<html><body><p>{BODY}</p>{table}<p>{BODY}</p></body></html>")
    assert [line.text for line in found.lines] == [
        BODY,
        "部门：语文组；人数：3",
        "部门：语文组；人数：4",
        BODY,
    ]
    assert found.reading.tables == 1


def test_a_page_laid_out_in_tables_is_read() -> None:
    page = (
        "<html><body><table><tr><td><table><tr><td><a href=/>首页</a></td></tr></table></td>"
        f"<td><p>{BODY}</p><p>{BODY}</p></td></tr></table></body></html>"
    )
    assert texts(page) == [BODY, BODY]


@pytest.mark.parametrize("named", ["gb2312", "GBK", "utf-8", "big5", "no-such-thing"])
def test_the_encoding_a_page_names_is_tried_first_and_not_trusted(named: str) -> None:
    page = f"<html><head><meta charset={named}></head><body><p>{BODY}</p></body></html>"
    assert texts(page.encode("gb18030")) == [BODY]


def test_an_archive_of_a_page_is_read() -> None:
    page = f"<html><body><p>{BODY}</p></body></html>".encode()
    archive = (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + page
        + b"\r\n--x--\r\n"
    )
    assert [line.text for line in read(archive, "a.mht").lines] == [BODY]


def test_a_page_that_is_called_doc_is_read_as_the_page_it_is() -> None:
    assert read(f"<html><body><p>{BODY}</p></body></html>", "a.doc").lines[0].text == BODY


@pytest.mark.parametrize(
    ("attributes", "numbers"),
    [
        ("", ("1.", "2.")),
        ('start="3"', ("3.", "4.")),
        ('type="a"', ("a.", "b.")),
        ('style="list-style-type: cjk-ideographic"', ("一、", "二、")),
        ('style="list-style:none"', ("", "")),
    ],
)
def test_an_ordered_list_keeps_the_numbers_a_browser_writes(
    attributes: str, numbers: tuple[str, str]
) -> None:
    items = '<li>党建。</li><li><p>教学。</p></li><li value="5">（一）德育。</li><li>后勤。</li>'
    page = f"<body><ol {attributes}>{items}</ol><ul><li>其他。</li></ul></body>"
    first, second = numbers
    assert texts(page)[:3] == [f"{first}党建。", f"{second}教学。", "（一）德育。"]
    assert texts(page)[4] == "其他。"


def test_the_item_after_one_with_a_number_of_its_own_counts_on() -> None:
    page = '<body><ol><li>甲。</li><li value="5">乙。</li><li>丙。</li></ol></body>'
    assert texts(page) == ["1.甲。", "5.乙。", "6.丙。"]


def test_a_heading_in_a_box_of_its_own_belongs_to_the_text() -> None:
    box = "<section><section><span>{}</span></section></section>"
    inside = box.format("一、党建工作") + box.format("书记上课12节，开展党史学习教育。")
    page = f"<body><div>菜单</div><div id='js_content'>{inside}</div></body>"
    assert texts(page) == [
        "一、党建工作",
        "书记上课12节，开展党史学习教育。",
    ]
