"""Web pages: the main text stays, what stands around it goes."""

from __future__ import annotations

import base64
import quopri
from base64 import encodebytes as b64
from pathlib import Path

import pytest

from corpus.errors import UnreadableReport
from corpus.formats import Draft, Source, draft
from corpus.report import Format, Reason

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


def page(inside: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body>{inside}</body></html>"


@pytest.mark.parametrize(
    "wrap",
    [
        "<form action='./show.aspx'><input type=hidden name=__VIEWSTATE value=x>{}</form>",
        "<aside>{}</aside>",
        "<div id=js_content style='visibility: hidden; opacity: 0;'>{}</div>",
        "<div style='display:none'>{}</div>",
        "<footer>{}</footer>",
    ],
)
def test_what_holds_the_text_is_read_whatever_it_is(wrap: str) -> None:
    menu = "<ul><li><a href=/>首页</a></ul>"
    inside = wrap.format(f"<p>一、教学工作</p><p>{BODY}</p><p>二、安全工作</p><p>{BODY}</p>")
    assert texts(page(menu + inside)) == ["一、教学工作", BODY, "二、安全工作", BODY]


@pytest.mark.parametrize(
    ("around", "reason"),
    [
        ("<form><input name=q> 站内搜索<button>搜</button></form>", Reason.MENU),
        ("<aside>相关新闻</aside>", Reason.MENU),
        ("<div style='visibility:hidden'>备用文字</div>", Reason.HIDDEN),
        ("<div hidden>备用文字</div>", Reason.HIDDEN),
    ],
)
def test_what_stands_around_the_text_is_left_out_and_named(around: str, reason: Reason) -> None:
    found = read(page(f"{around}<div><p>{BODY}</p><p>{BODY}</p></div>"))
    assert [line.text for line in found.lines] == [BODY, BODY]
    assert [x.reason for x in found.left_out] == [reason]


def test_a_frame_is_named_and_pictures_are_counted() -> None:
    found = read(page(f"<div><p>{BODY}<img src=a><p>{BODY}</div><iframe src=/video></iframe>"))
    assert found.reading.pictures == 1
    assert [(x.text, x.reason) for x in found.left_out] == [("/video", Reason.NOT_READ)]


@pytest.mark.parametrize(
    ("control", "text"),
    [
        ("<input type=checkbox>优秀 <input type=checkbox checked>合格", "☐优秀 ☑合格"),
        ("<label><input type=radio name=a>是</label> <input type=radio checked>否", "☐是 ☑否"),
        ("<select><option>优秀<option selected>合格</select>", "合格"),
        ("<select><option>请选择<option>合格</select>。", "。"),
        ("<input value='27人'>", "27人"),
        ("<textarea>27人</textarea>", "27人"),
        ("<span style='font-family:Wingdings'>þ</span>合格", "☑合格"),
        ("<math><mfrac><mn>588</mn><mn>620</mn></mfrac></math>", "588/620"),
        ("1200m<sup>2</sup>", "1200m²"),
        ("<sup>588</sup>/<sub>620</sub>", "588/620"),
    ],
)
def test_what_a_browser_draws_is_text(control: str, text: str) -> None:
    inside = f"<div><p>等次为：{control}</p><p>{BODY}</p><p>{BODY}</p></div>"
    assert texts(page(inside))[0] == f"等次为：{text}"


def test_lines_that_a_break_cuts_within_a_sentence_are_one() -> None:
    parts = (
        "全年共开展校本研修活动36次，教师参与率达到98%，其中语文组开",
        "展了以大单元教学为主题的系列研讨，邀请县教研室专家到校指导",
        "12次，形成了课例26个。",
    )
    assert texts(page(f"<div><p>{'<br>'.join(parts)}</p><p>{BODY}</p></div>"))[0] == "".join(parts)


def test_the_lines_of_preformatted_text_stay() -> None:
    assert texts(page(f"<pre>一、教学\n{BODY}\n二、安全\n{BODY}</pre>"))[::2] == [
        "一、教学",
        "二、安全",
    ]


class TestTables:
    SCORES = (
        "<tr><td rowspan=2>年级<td colspan=2>语文<td colspan=2>数学</tr>"
        "<tr><td>期中<td>期末<td>期中<td>期末</tr>"
        "<tr><td>三年级<td>86.5<td>88.2<td>90.1<td>91.4</tr>"
    )

    def told(self, inside: str) -> list[str]:
        return texts(page(f"<div><p>{BODY}</p><table>{inside}</table><p>{BODY}</p></div>"))[1:-1]

    @pytest.mark.parametrize("rows", [SCORES, SCORES.replace("<td", "<th", 3)])
    def test_rows_of_heads_are_one_name(self, rows: str) -> None:
        assert self.told(rows)[0].startswith("年级：三年级；语文·期中：86.5；")

    def test_a_form_is_pairs(self) -> None:
        rows = (
            "<tr><td>姓名<td>林小禾<td>性别<td>女</tr>"
            "<tr><td>考核等次<td colspan=3><input type=checkbox>优秀"
            " <input type=checkbox checked>合格</tr>"
        )
        assert self.told(rows) == ["姓名：林小禾；性别：女", "考核等次：☐优秀 ☑合格"]

    def test_a_caption_is_told_once_and_says_the_unit(self) -> None:
        rows = "<caption>活动表（单位：人）</caption><tr><th>活动<th>参加<tr><td>读书节<td>620"
        assert self.told(rows) == ["活动表（单位：人）", "活动：读书节；参加（人）：620"]

    def test_marks_within_a_cell_do_not_make_it_prose(self) -> None:
        cell = "<b>安</b><i>全</i><b>办</b><i>公</i><b>室</b>"
        assert self.told(f"<tr><td>部门<td>负责人</tr><tr><td>{cell}<td>周明</tr>") == [
            "部门：安全办公室；负责人：周明"
        ]


@pytest.mark.parametrize("named", ["iso-8859-1", "windows-1252", "gb2312", "big5", ""])
def test_bytes_in_utf8_are_read_so_whatever_the_page_says(named: str) -> None:
    found = read(page(f"<p>{BODY}</p>", f"<meta charset={named}>").encode())
    assert [line.text for line in found.lines] == [BODY]
    assert found.reading.encoding == "utf-8"


CHROME = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://a.cn/\r\nSubject: =?u?Q?a?=\r\n"
    "Date: Sat, 28 Nov 2026\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--b--"\r\n\r\n\r\n'
)
EDGE = (
    "From: <Saved by Microsoft Internet Explorer 11>\r\nSubject: a\r\n"
    "Date: x\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--b--"\r\n'
    "X-MimeOLE: Produced By Microsoft MimeOLE\r\n\r\nThis is a multi-part message.\r\n\r\n"
)
FIREFOX = (
    "From: <Saved by UnMHT>\r\nSubject: a\r\nDate: x\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related;\r\n\tstart="<root>"; boundary="--b--";'
    ' type="text/html"\r\n\r\n'
)


def archive(head: str, transfer: str, charset: str, bom: bytes = b"") -> bytes:
    encoding = charset or "utf-8"
    saved = page(f"<h1>2024年总结</h1><p>{BODY}</p><p>{BODY}</p>").encode(encoding)
    body = quopri.encodestring(saved) if transfer == "quoted-printable" else b64(saved)
    frame = b64(page("<p>广告</p>").encode())
    said = f"; charset={charset}" if charset else ""

    def part(kind: str, identity: str, how: str, content: bytes) -> bytes:
        fields = f"Content-Type: {kind}\r\nContent-ID: <{identity}>\r\n"
        fields += f"Content-Transfer-Encoding: {how}\r\n\r\n"
        return b"----b--\r\n" + fields.encode() + content + b"\r\n"

    root = part(f"text/html{said}", "root", transfer, body)
    other = part("text/html", "frame", "base64", frame)
    parts = other + root if "start=" in head else root + other
    return bom + head.encode() + parts + b"----b----\r\n"


@pytest.mark.parametrize("head", [CHROME, EDGE, FIREFOX], ids=["chrome", "edge", "firefox"])
@pytest.mark.parametrize(("transfer", "charset"), [
    ("quoted-printable", ""), ("base64", "gb2312"), ("quoted-printable", "gbk"),
])  # fmt: skip
@pytest.mark.parametrize("name", ["a.mht", "a.mhtml", "a.html", "a.txt"])
def test_a_page_saved_by_a_browser_is_read(
    head: str, transfer: str, charset: str, name: str
) -> None:
    found = read(archive(head, transfer, charset), name)
    assert [line.text for line in found.lines] == ["2024年总结", BODY, BODY]


def test_an_archive_without_a_page_is_refused() -> None:
    with pytest.raises(UnreadableReport):
        read(CHROME + "----b--\r\nContent-Type: image/png\r\n\r\nx\r\n----b----", "a.mht")


def test_a_mail_is_its_subject_and_its_body_and_names_what_is_attached() -> None:
    subject = base64.b64encode("2024年安全工作总结".encode()).decode()
    head = (
        f"From: a@b.cn\r\nTo: c@d.cn\r\nSubject: =?utf-8?B?{subject}?=\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
        "Content-Type: text/plain; charset=gbk\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    )
    rest = b"\r\n--b\r\nContent-Disposition: attachment; filename=a.docx\r\n\r\nx\r\n--b--"
    data = head.encode() + b64(BODY.encode("gbk")) + rest
    found = read(data, "a.eml")
    assert [(line.text, line.level) for line in found.lines] == [
        ("2024年安全工作总结", 0),
        (BODY, None),
    ]
    assert found.reading.format is Format.MAIL
    assert [(x.text, x.reason) for x in found.left_out] == [("a.docx", Reason.NOT_READ)]
