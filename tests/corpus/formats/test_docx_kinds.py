"""Word files: boxes, fields, formulas, drawings, inserted parts, styles that hide, soft returns."""

from __future__ import annotations

import pytest

from corpus.report import Reason
from tests.corpus.formats.docx_files import (
    NAMESPACES,
    abstract,
    cell,
    docx,
    left_out,
    level,
    numbered,
    p,
    packed,
    r,
    read,
    row,
    style,
    table,
    texts,
    use,
)

BODY = "学校坚持立德树人，完成了全年各项任务，取得了新的进步。"
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def sign(code: str, font: str = "Wingdings") -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def field(code: str, result: str = "", data: str = "") -> str:
    parts = [f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>']
    parts += [f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in code.split("|")]
    if result:
        parts += ['<w:r><w:fldChar w:fldCharType="separate"/></w:r>', r(result)]
    return "".join([*parts, '<w:r><w:fldChar w:fldCharType="end"/></w:r>'])


def box(ticked: int) -> str:
    data = f'<w:ffData><w:checkBox><w:default w:val="{ticked}"/></w:checkBox></w:ffData>'
    return field(" FORMCHECKBOX ", data=data)


def control(ticked: int) -> str:
    shown = "☒" if ticked else "☐"
    return (
        f'<w:sdt><w:sdtPr><w14:checkbox {W14}><w14:checked w14:val="{ticked}"/></w14:checkbox>'
        f"</w:sdtPr><w:sdtContent>{r(shown)}</w:sdtContent></w:sdt>"
    )


def private(letter: str, font: str) -> str:
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>' if font else ""
    return r(letter, fonts)


class TestBoxes:
    @pytest.mark.parametrize(
        ("empty", "ticked"),
        [
            (sign("F0A8"), sign("F0FE")),
            (sign("F06F"), sign("F0FE")),
            (sign("00A8"), sign("00FE")),
            (sign("F0A3", "Wingdings 2"), sign("F052", "Wingdings 2")),
            (box(0), box(1)),
            (control(0), control(1)),
            (private("\uf0a8", ""), private("\uf0fe", "")),
            (private("\uf0a3", "Wingdings 2"), private("\uf052", "Wingdings 2")),
            (private("o", "Wingdings"), private("þ", "Wingdings")),
            (field(" SYMBOL 168 \\f Wingdings "), field(" SYMBOL 254 \\f &quot;Wingdings&quot; ")),
            (r("□"), field(" eq \\o\\ac(□,√)")),
        ],
    )
    def test_empty_and_ticked_ones_are_text(self, empty: str, ticked: str) -> None:
        body = f"<w:p>{r('等次：')}{empty}{r('优秀 ')}{ticked}{r('合格')}</w:p>"
        assert texts(docx(body))[0].replace("□", "☐") == "等次：☐优秀 ☑合格"

    def test_what_is_chosen_from_a_list_is_text(self) -> None:
        entries = "".join(f'<w:listEntry w:val="{x}"/>' for x in ("优秀", "合格", "不合格"))
        data = f'<w:ffData><w:ddList><w:result w:val="1"/>{entries}</w:ddList></w:ffData>'
        body = f"<w:p>{r('等次：')}{field(' FORMDROPDOWN ', data=data)}{r('。')}</w:p>"
        assert texts(docx(body)) == ["等次：合格。"]

    def test_a_box_that_is_a_paragraph_is_text(self) -> None:
        block = control(1).replace(r("☒"), p("☒"))
        assert texts(docx(block + p("合格"))) == ["☑", "合格"]


class TestFormulas:
    @pytest.mark.parametrize(
        ("inside", "text"),
        [
            ("<m:f><m:num><m:t>588</m:t></m:num><m:den><m:t>620</m:t></m:den></m:f>", "588/620"),
            (
                "<m:f><m:num><m:t>a+b</m:t></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>",
                "(a+b)/2",
            ),
            ("<m:sSup><m:e><m:t>10</m:t></m:e><m:sup><m:t>3</m:t></m:sup></m:sSup>", "10³"),
            ("<m:d><m:e><m:t>2</m:t></m:e></m:d>", "(2)"),
            ("<m:rad><m:deg/><m:e><m:t>2</m:t></m:e></m:rad>", "√2"),
        ],
    )
    def test_of_office_are_written_in_one_line(self, inside: str, text: str) -> None:
        body = f"<w:p>{r('率为')}<m:oMath {MATH}>{inside}</m:oMath>{r('。')}</w:p>"
        assert texts(docx(body)) == [f"率为{text}。"]

    @pytest.mark.parametrize(
        ("code", "text"),
        [
            (" EQ \\f(588,620)", "588/620"),
            (" EQ \\f(58|8,62|0)", "588/620"),
            (" eq \\o\\ac(○,3)", "③"),
            (" EQ \\r(3,8)", "³√8"),
            (" EQ \\x(重点)", "重点"),
            (" EQ \\f(", ""),
        ],
    )
    def test_of_eq_fields_too(self, code: str, text: str) -> None:
        assert texts(docx(f"<w:p>{r('率为')}{field(code)}{r('。')}</w:p>")) == [f"率为{text}。"]

    def test_a_raised_figure_behind_a_unit_is_a_power(self) -> None:
        raised = r("2", '<w:vertAlign w:val="superscript"/>')
        assert texts(docx(f"<w:p>{r('1200m')}{raised}{r('。')}</w:p>")) == ["1200m²。"]


class TestPageReferences:
    @pytest.mark.parametrize("code", [" PAGEREF _Ref1 \\h ", " PAGEREF _Toc1 \\h "])
    def test_a_paragraph_that_names_a_page_is_text(self, code: str) -> None:
        body = f"<w:p>{r('开展36次，名单见第')}{field(code, '5')}{r('页。')}</w:p>"
        assert texts(docx(body)) == ["开展36次，名单见第5页。"]

    def test_an_entry_ends_with_its_page(self) -> None:
        tab = "<w:r><w:tab/></w:r>"
        body = f"<w:p>{r('一、教学工作')}{tab}{field(' PAGEREF _Ref9 ', '3')}</w:p>" + p(BODY)
        assert texts(docx(body)) == [BODY]
        assert left_out(docx(body)) == [("一、教学工作 3", Reason.CONTENTS)]

    def test_a_paragraph_among_the_entries_is_text(self) -> None:
        kind = "<w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>"
        long = BODY * 3
        inside = p("一、党建3") + p(long)
        body = f"<w:sdt><w:sdtPr>{kind}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"
        assert texts(docx(body)) == [long]

    @pytest.mark.parametrize("name", ["WPSOffice手动目录 1", "WPSOffice手动目录 2", "目录 3"])
    def test_contents_of_wps_are_known_by_their_style(self, name: str) -> None:
        styles = style("9").replace('name w:val="9"', f'name w:val="{name}"')
        body = p("一、教学工作 3", '<w:pStyle w:val="9"/>') + p(BODY)
        assert texts(docx(body, {"styles": styles})) == [BODY]


class TestHidden:
    HIDING = "<w:rPr><w:vanish/></w:rPr>"

    def test_a_run_shows_what_its_style_hides(self) -> None:
        styles = style("h", more=self.HIDING)
        shown = r(BODY, '<w:vanish w:val="0"/>')
        body = f'<w:p><w:pPr><w:pStyle w:val="h"/></w:pPr>{shown}{r("藏")}</w:p>'
        assert texts(docx(body, {"styles": styles})) == [BODY]
        assert left_out(docx(body, {"styles": styles})) == [("藏", Reason.HIDDEN)]

    def test_a_style_shows_what_the_one_it_is_based_on_hides(self) -> None:
        shown = '<w:rPr><w:vanish w:val="0"/></w:rPr>'
        styles = style("h", more=self.HIDING) + style("s", based_on="h", more=shown)
        body = p(BODY, '<w:pStyle w:val="s"/>')
        assert texts(docx(body, {"styles": styles})) == [BODY]

    def test_a_style_of_letters_hides_them(self) -> None:
        styles = style("c", more=self.HIDING).replace('type="paragraph"', 'type="character"')
        hidden = r("藏", '<w:rStyle w:val="c"/>')
        body = f"<w:p>{r(BODY)}{hidden}</w:p>"
        assert texts(docx(body, {"styles": styles})) == [BODY]
        assert left_out(docx(body, {"styles": styles})) == [("藏", Reason.HIDDEN)]

    def test_real_text_under_a_flag_that_was_left_on_is_text(self) -> None:
        flag = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
        body = f"<w:p>{r('人数：')}{flag.format(r('27人，其中省级3人。'))}</w:p>"
        assert texts(docx(body)) == ["人数：27人，其中省级3人。"]

    def test_a_prompt_is_known_by_its_style_whatever_it_says(self) -> None:
        styles = style("x").replace('type="paragraph"', 'type="character"')
        styles = styles.replace('name w:val="x"', 'name w:val="Placeholder Text"')
        prompt = r("在此处写人数", '<w:rStyle w:val="x"/>')
        flag = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
        flag += f"<w:sdtContent>{prompt}</w:sdtContent></w:sdt>"
        assert texts(docx(f"<w:p>{r('人数：')}{flag}</w:p>", {"styles": styles})) == ["人数："]


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def with_part(body: str, kind: str, name: str, content: str | bytes) -> bytes:
    """Return a document whose relation rId1 of that kind leads to a part."""
    return packed({
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1"'
        f' Type="{OFFICE}/{kind}" Target="{name}"/></Relationships>',
        f"word/{name}": content,
    })  # fmt: skip


class TestParts:
    CHUNK = '<w:altChunk r:id="rId1"/>'

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("a.html", f"<html><meta charset='utf-8'><body><p>{BODY}</p></body></html>".encode()),
            ("a.txt", BODY.encode("gb18030")),
            ("a.docx", docx(p(BODY))),
            (
                "a.mht",
                b"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n"
                b"Content-Transfer-Encoding: 8bit\n\n<html><body><p>" + BODY.encode() + b"</body>",
            ),
        ],
    )
    def test_one_that_was_inserted_as_it_is_is_read(self, name: str, content: bytes) -> None:
        data = with_part(p("前文。") + self.CHUNK + p("后文。"), "aFChunk", name, content)
        assert texts(data) == ["前文。", BODY, "后文。"]

    @pytest.mark.parametrize(("name", "content"), [("a.rtf", b"{\\rtf1 x}"), ("b.bin", b"\0\1")])
    def test_one_that_cannot_be_read_is_named(self, name: str, content: bytes) -> None:
        data = with_part(p("前文。") + self.CHUNK, "aFChunk", name, content)
        assert texts(data) == ["前文。"]
        assert left_out(data) == [(name, Reason.NOT_READ)]

    def test_smart_art_is_read(self) -> None:
        points = "".join(
            f'<dgm:pt type="{kind}"><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>'
            for kind, text in (("doc", ""), ("node", "计划"), ("pres", "x"), ("node", "检查"))
        )
        names = (
            'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
            ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        )
        drawn = f'<w:r><w:drawing><dgm:relIds {names} r:dm="rId1"/></w:drawing></w:r>'
        model = f"<dgm:dataModel {names}><dgm:ptLst>{points}</dgm:ptLst></dgm:dataModel>"
        data = with_part(f"<w:p>{r('流程：')}{drawn}</w:p>", "diagramData", "d.xml", model)
        assert texts(data) == ["流程：", "计划", "检查"]

    def test_a_chart_is_the_table_it_draws(self) -> None:
        name = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'

        def points(kind: str, *values: str) -> str:
            inside = "".join(
                f'<c:pt idx="{i}"><c:v>{value}</c:v></c:pt>' for i, value in enumerate(values)
            )
            return f"<c:{kind}><c:strRef><c:strCache>{inside}</c:strCache></c:strRef></c:{kind}>"

        series = (
            points("tx", "人数") + points("cat", "读书节", "科技节") + points("val", "620", "580")
        )
        chart = f"<c:chartSpace {name}><c:chart><c:ser>{series}</c:ser></c:chart></c:chartSpace>"
        drawn = f'<w:r><w:drawing><c:chart {name} r:id="rId1"/></w:drawing></w:r>'
        data = with_part(f"<w:p>{drawn}</w:p>", "chart", "c.xml", chart)
        assert texts(data) == ["读书节；人数：620", "科技节；人数：580"]

    def test_a_drawing_whose_part_is_missing_is_named(self) -> None:
        name = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
        drawn = f'<w:r><w:drawing><c:chart {name} r:id="rId9"/></w:drawing></w:r>'
        assert left_out(docx(f"<w:p>{r(BODY)}{drawn}</w:p>")) == [("chart", Reason.NOT_READ)]

    def test_an_embedded_object_is_named(self) -> None:
        name = 'xmlns:o="urn:schemas-microsoft-com:office:office"'
        thing = f'<w:r><w:object><o:OLEObject {name} ProgID="Excel.Sheet.12"/></w:object></w:r>'
        assert left_out(docx(f"<w:p>{r(BODY)}{thing}</w:p>")) == [
            ("Excel.Sheet.12", Reason.NOT_READ)
        ]


class TestSoftReturns:
    def broken(self, *parts: str) -> bytes:
        return docx(f"<w:p>{'<w:r><w:br/></w:r>'.join(map(r, parts))}</w:p>")

    def test_lines_that_break_within_a_sentence_are_one(self) -> None:
        parts = (
            "全年共开展校本研修活动36次，教师参与率达到98%，其中语文组开",
            "展了以大单元教学为主题的系列研讨，邀请县教研室专家到校指导",
            "12次，形成了课例26个，受到好评。",
        )
        assert texts(self.broken(*parts)) == ["".join(parts)]

    @pytest.mark.parametrize(
        "parts",
        [
            ("一、教学工作", BODY),
            ("语文组：张三", "数学组：李四", "英语组：王五"),
            (BODY, BODY),
            ("获奖教师名单如下面的表格所列，请各教研组认真核对", "1.张三", "2.李四"),
        ],
    )
    def test_lines_that_stand_alone_stay_so(self, parts: tuple[str, ...]) -> None:
        assert texts(self.broken(*parts)) == list(parts)


def test_a_number_of_its_own_fills_an_empty_cell() -> None:
    numbering = abstract(0, level(0, "decimal", "%1.")) + use(1, 0)
    empty = f"<w:tc>{numbered('', 1)}</w:tc>"
    rows = [
        row("序号", "活动", "参加人数"),
        row(empty, "读书节", "620"),
        row(empty, "科技节", "580"),
    ]
    assert texts(docx(table(*rows), {"numbering": numbering})) == [
        "序号：1；活动：读书节；参加人数：620",
        "序号：2；活动：科技节；参加人数：580",
    ]


def test_a_level_that_was_passed_over_counts_as_used() -> None:
    levels = level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）")
    numbering = abstract(0, *levels) + use(1, 0)
    body = "".join([
        numbered("师德", 1, 1), numbered("培训", 1, 1), numbered("教学", 1), numbered("常规", 1, 1),
    ])  # fmt: skip
    assert texts(docx(body, {"numbering": numbering})) == [
        *("（一）师德", "（二）培训", "二、教学", "（一）常规")
    ]


def test_the_unit_above_a_table_stands_beside_its_figures() -> None:
    data = docx(
        p("（单位：人）") + table(row("活动", "参加"), row("读书节", "620"), row("科技节", "580"))
    )
    assert texts(data)[1:] == ["活动：读书节；参加（人）：620", "活动：科技节；参加（人）：580"]


def test_a_deleted_cell_is_named() -> None:
    gone = cell("旧", '<w:cellDel w:id="1"/>')
    data = docx(table(row("项目", "次数", "备注"), row("党课", "12", gone)))
    assert texts(data) == ["项目：党课；次数：12"]
    assert (left_out(data), read(data).reading.tables) == ([("旧", Reason.DELETED)], 1)
