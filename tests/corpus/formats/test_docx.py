"""Word files: what must stand in the result, and what must not."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import Trouble, UnreadableReport
from corpus.formats import Source
from corpus.parsing.parse import understand
from corpus.report import Reason, Report
from tests.corpus.formats.docx_files import (
    cell,
    docx,
    left_out,
    numbered,
    p,
    packed,
    r,
    read,
    row,
    style,
    styled,
    table,
    texts,
)

BODY = "学校坚持立德树人，完成了全年各项任务，取得了新的进步。"


def report(data: bytes) -> Report:
    return understand(Source(data, Path("a.docx")))


class TestHeadings:
    def test_they_are_known_by_style_whatever_the_style_is_called(self) -> None:
        styles = style("1") + style("2") + style("7")
        styles = styles.replace('name w:val="1"', 'name w:val="heading 1"')
        styles = styles.replace('name w:val="2"', 'name w:val="标题 2"')
        body = styled("党建", "1") + styled("组织", "2") + styled(BODY, "7")
        assert [line.level for line in read(docx(body, {"styles": styles})).lines] == [1, 2, None]

    def test_they_are_known_by_outline_level_direct_and_inherited(self) -> None:
        styles = style("a", '<w:outlineLvl w:val="1"/>') + style("b", based_on="a")
        direct = p("教学", '<w:outlineLvl w:val="0"/>')
        text = p("正文", '<w:pStyle w:val="b"/><w:outlineLvl w:val="9"/>')
        body = styled("党建", "b") + direct + text
        assert [x.level for x in read(docx(body, {"styles": styles})).lines] == [2, 1, None]

    def test_a_whole_paragraph_in_the_style_of_a_heading_is_a_paragraph(self) -> None:
        body = p(BODY, '<w:outlineLvl w:val="0"/>')
        assert read(docx(body)).lines[0].level is None

    def test_the_title_is_the_paragraph_in_the_style_of_titles(self) -> None:
        data = docx(
            p("昆山市第二中学文件") + styled("砥砺前行的一年", "Title") + p(BODY),
            {"styles": style("Title")},
        )
        assert report(data).title == "砥砺前行的一年"

    def test_marked_and_forgotten_headings_of_one_kind_stand_together(self) -> None:
        body = (
            p("2021年工作总结")
            + styled("一、党建", "heading 1")
            + styled("（一）组织", "heading 2")
            + p(BODY)
            + p("二、教学")
            + p("（一）课堂")
            + p(BODY)
        )
        found = report(docx(body, {"styles": style("heading 1") + style("heading 2")}))
        assert [x.path for x in found.paragraphs] == [
            ("一、党建", "（一）组织"),
            ("二、教学", "（一）课堂"),
        ]

    def test_a_kind_of_number_that_is_never_marked_stands_in_its_official_place(self) -> None:
        body = (
            p("2021年工作总结")
            + p("一、党建")
            + styled("（一）组织", "heading 2")
            + p("1.支部")
            + p(BODY)
            + p("二、教学")
            + p(BODY)
        )
        found = report(docx(body, {"styles": style("heading 2")}))
        assert [x.path for x in found.paragraphs] == [
            ("一、党建", "（一）组织", "1.支部"),
            ("二、教学",),
        ]

    def test_an_unnumbered_heading_stands_beside_numbered_ones_of_its_level(self) -> None:
        body = (
            p("2021年工作总结")
            + styled("概况", "heading 1")
            + p(BODY)
            + styled("一、党建", "heading 1")
            + p(BODY)
        )
        found = report(docx(body, {"styles": style("heading 1")}))
        assert [x.path for x in found.paragraphs] == [("概况",), ("一、党建",)]


class TestText:
    def test_runs_and_hyperlinks_are_one_text(self) -> None:
        link = f'<w:hyperlink r:id="x">{r("学校网站")}</w:hyperlink>'
        assert texts(docx(f"<w:p>{r('见')}{link}{r('。')}</w:p>")) == ["见学校网站。"]

    def test_insertions_are_kept_and_deletions_left_out_and_named(self) -> None:
        body = (
            f'<w:p>{r("上课")}<w:ins w:id="1">{r("12")}</w:ins>'
            '<w:del w:id="2"><w:r><w:delText>10</w:delText></w:r></w:del>'
            f"{r('节。')}</w:p>"
        )
        assert texts(docx(body)) == ["上课12节。"]
        assert left_out(docx(body)) == [("10", Reason.DELETED)]

    def test_moved_text_stands_once_where_it_was_moved_to(self) -> None:
        body = (
            f'<w:p><w:moveFrom w:id="1">{r("党建")}</w:moveFrom></w:p>'
            f'<w:p>{r("一、")}<w:moveTo w:id="2">{r("党建")}</w:moveTo></w:p>'
        )
        assert texts(docx(body)) == ["一、党建"]

    def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next(self) -> None:
        mark = '<w:rPr><w:del w:id="1"/></w:rPr>'
        assert texts(docx(p("我校", mark) + p("完成任务。"))) == ["我校完成任务。"]

    def test_hidden_text_is_left_out_and_named(self) -> None:
        body = f"<w:p>{r('看得见')}{r('看不见', '<w:vanish/>')}</w:p>"
        assert texts(docx(body)) == ["看得见"]
        assert left_out(docx(body)) == [("看不见", Reason.HIDDEN)]

    def test_a_line_break_ends_a_line_and_a_page_break_does_not(self) -> None:
        body = (
            f"<w:p>{r('甲')}<w:r><w:br/></w:r>{r('乙')}"
            f'<w:r><w:br w:type="page"/></w:r>{r("丙")}</w:p>'
        )
        assert texts(docx(body)) == ["甲", "乙丙"]

    def test_a_tab_is_a_space(self) -> None:
        assert texts(docx("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r></w:p>")) == ["a b"]

    def test_ruby_gives_its_base_alone(self) -> None:
        ruby = (
            f"<w:r><w:ruby><w:rt>{r('ㄗ')}</w:rt><w:rubyBase>{r('字')}</w:rubyBase></w:ruby></w:r>"
        )
        assert texts(docx(f"<w:p>{ruby}</w:p>")) == ["字"]

    def test_signs_of_symbol_fonts_are_text_and_unknown_ones_are_named(self) -> None:
        body = (
            '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FC"/>'
            '<w:sym w:font="Wingdings" w:char="F028"/>'
            '<w:sym w:font="Arial" w:char="00B1"/></w:r></w:p>'
        )
        assert texts(docx(body)) == ["✓±"]
        assert left_out(docx(body)) == [("Wingdings F028", Reason.NOT_READ)]

    def test_the_result_of_a_field_is_text_and_its_instruction_is_not(self) -> None:
        body = (
            '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            "<w:r><w:instrText>DATE</w:instrText></w:r>"
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            f'{r("2022年1月")}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        )
        assert texts(docx(body)) == ["2022年1月"]

    def test_content_controls_are_read(self) -> None:
        body = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('正文。')}</w:sdtContent></w:sdt>"
        assert texts(docx(body)) == ["正文。"]

    def test_a_content_control_that_nobody_filled_in_is_left_out(self) -> None:
        hint = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
        body = (
            hint.format(p("点击输入段落")) + f"<w:p>{hint.format(r('点击输入'))}{r('正文。')}</w:p>"
        )
        assert texts(docx(body)) == ["正文。"]
        assert left_out(docx(body)) == [
            ("点击输入段落", Reason.HIDDEN),
            ("点击输入", Reason.HIDDEN),
        ]

    def test_of_alternatives_between_paragraphs_one_is_read(self) -> None:
        offered = f"<mc:Choice Requires='w14'>{p('新写法。')}</mc:Choice>"
        other = f"<mc:Fallback>{p('旧写法。')}</mc:Fallback>"
        body = f"<mc:AlternateContent>{offered}{other}</mc:AlternateContent>"
        assert texts(docx(p("前文。") + body)) == ["前文。", "新写法。"]


CONTENTS = (
    "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/>"
    f"</w:docPartObj></w:sdtPr><w:sdtContent>{p('一、党建3')}</w:sdtContent></w:sdt>"
)


class TestBesideTheText:
    BOX = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"<w:txbxContent>{p('框内')}</w:txbxContent></wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox><w:txbxContent>{p('框内')}</w:txbxContent>"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )

    def test_a_text_box_is_read_once_after_its_paragraph(self) -> None:
        assert texts(docx(f"<w:p>{self.BOX}{r('正文。')}</w:p>")) == ["正文。", "框内"]

    def test_an_old_text_box_is_read(self) -> None:
        box = f"<v:textbox><w:txbxContent>{p('旧框')}</w:txbxContent></v:textbox>"
        assert texts(docx(f"<w:p><w:r><w:pict>{box}</w:pict></w:r></w:p>")) == ["旧框"]

    def test_footnotes_and_endnotes_follow_their_paragraph(self) -> None:
        parts = {
            "footnotes": (
                f'<w:footnote w:type="separator" w:id="0">{p("---")}</w:footnote>'
                f'<w:footnote w:id="2">{p("含退休党员。")}</w:footnote>'
            ),
            "endnotes": f'<w:endnote w:id="2">{p("据年报。")}</w:endnote>',
        }
        notes = '<w:r><w:footnoteReference w:id="2"/><w:endnoteReference w:id="2"/></w:r>'
        body = f"<w:p>{r('党员80名')}{notes}{r('。')}</w:p>" + p("下一段。")
        assert texts(docx(body, parts)) == [
            "党员80名。",
            "注1：含退休党员。",
            "注2：据年报。",
            "下一段。",
        ]

    def test_headers_footers_and_comments_are_no_text(self) -> None:
        parts = {
            "header1": p("昆山市第二中学"),
            "footer1": p("第 1 页"),
            "comments": f'<w:comment w:id="1">{p("请核实")}</w:comment>',
        }
        data = docx(p("正文。"), parts)
        assert texts(data) == ["正文。"]
        assert set(left_out(data)) == {
            ("昆山市第二中学", Reason.PAGE_FURNITURE),
            ("第1页", Reason.PAGE_FURNITURE),
            ("请核实", Reason.COMMENT),
        }

    @pytest.mark.parametrize(
        "contents",
        [
            styled("一、党建\t3", "toc 1"),
            f"<w:p><w:r><w:instrText>PAGEREF _Toc1 \\h</w:instrText></w:r>{r('一、党建3')}</w:p>",
            CONTENTS,
        ],
    )
    def test_the_table_of_contents_is_left_out_and_named(self, contents: str) -> None:
        data = docx(contents + p("正文。"), {"styles": style("toc 1")})
        assert texts(data) == ["正文。"]
        assert [reason for _, reason in left_out(data)] == [Reason.CONTENTS]

    def test_pictures_are_counted(self) -> None:
        picture = '<w:r><w:drawing><a:blip r:embed="rId9"/></w:drawing></w:r>'
        assert read(docx(f"<w:p>{picture}{r('正文。')}</w:p>")).reading.pictures == 1


class TestTables:
    def test_each_row_repeats_the_heads_of_its_columns(self) -> None:
        data = docx(
            p("统计如下：")
            + table(row("项目", "次数"), row("党课", "12"), row("家访", "300"))
            + p("以上。")
        )
        assert texts(data) == [
            "统计如下：",
            "项目：党课；次数：12",
            "项目：家访；次数：300",
            "以上。",
        ]
        assert read(data).reading.tables == 1

    def test_rows_that_word_marks_as_heads_are_heads(self) -> None:
        head = "<w:tblHeader/>"
        data = docx(table(row("2020", "2021", properties=head), row("80", "85")))
        assert texts(data) == ["2020：80；2021：85"]

    def test_merged_cells_stand_in_each_of_their_places(self) -> None:
        data = docx(
            table(
                row(
                    cell("部门", '<w:vMerge w:val="restart"/>'),
                    cell("人数", '<w:gridSpan w:val="2"/>'),
                ),
                row(cell("", "<w:vMerge/>"), "男", "女"),
                row(cell("语文组", '<w:vMerge w:val="restart"/>'), "3", "9"),
                row(cell("", "<w:vMerge/>"), "4", "8"),
            )
        )
        assert texts(data) == [
            "部门：语文组；人数·男：3；人数·女：9",
            "部门：语文组；人数·男：4；人数·女：8",
        ]

    def test_a_row_that_begins_further_right_keeps_its_columns(self) -> None:
        later = row("男", "女", properties='<w:gridBefore w:val="1"/>')
        data = docx(table(row("年级", "甲班", "乙班"), later))
        assert texts(data) == ["甲班：男；乙班：女"]

    def test_a_form_pairs_its_cells(self) -> None:
        data = docx(table(row("姓名", "张三"), row("职务", "书记"), row("年龄", "45")))
        assert texts(data) == ["姓名：张三", "职务：书记", "年龄：45"]

    def test_a_table_of_two_columns_with_heads_is_no_form(self) -> None:
        data = docx(table(row("月份", "主题"), row("三月", "学雷锋"), row("七月", "建党百年")))
        assert texts(data) == ["月份：三月；主题：学雷锋", "月份：七月；主题：建党百年"]

    def test_a_table_of_one_column_is_paragraphs(self) -> None:
        assert texts(docx(table(row("一、党建"), row(BODY)))) == ["一、党建", BODY]

    def test_prose_in_a_table_stays_prose(self) -> None:
        inside = "".join(p(text) for text in ("一、党建", BODY * 4, "二、教学", BODY * 4))
        data = docx(table(row("类别", "内容"), row("工作回顾", f"<w:tc>{inside}</w:tc>")))
        assert texts(data) == [
            *("类别", "内容", "工作回顾", "一、党建", BODY * 4, "二、教学", BODY * 4)
        ]

    def test_prose_in_a_form_leaves_its_other_rows_in_pairs(self) -> None:
        inside = "".join(p(text) for text in ("一、教学", BODY * 4, "二、育人", BODY * 4))
        wide = f'<w:tc><w:tcPr><w:gridSpan w:val="3"/></w:tcPr>{inside}</w:tc>'
        data = docx(
            table(
                row("姓名", "林小禾", "性别", "女"),
                row("个人总结", wide),
                row("考核等次", cell("优秀", '<w:gridSpan w:val="3"/>')),
            )
        )
        assert texts(data) == [
            "姓名：林小禾；性别：女",
            *("个人总结", "一、教学", BODY * 4, "二、育人", BODY * 4),
            "考核等次：优秀",
        ]

    def test_a_deleted_row_is_not_read(self) -> None:
        gone = '<w:del w:id="1"/>'
        data = docx(table(row("项目", "次数"), row("党课", "12"), row("旧", "1", properties=gone)))
        assert texts(data) == ["项目：党课；次数：12"]
        assert left_out(data) == [("旧 1", Reason.DELETED)]

    def test_empty_cells_are_passed_over(self) -> None:
        data = docx(table(row("项目", "次数", "备注"), row("党课", "12", "")))
        assert texts(data) == ["项目：党课；次数：12"]

    def test_a_table_in_a_cell_is_read_in_its_place(self) -> None:
        inner = f"<w:tc>{table(row('甲', '1'), row('乙', '2'))}</w:tc>"
        data = docx(table(row("项目", "明细"), row("党课", inner)))
        assert texts(data) == ["项目：党课；明细：甲：1 乙：2"]


def test_a_strict_file_is_read() -> None:
    plain = docx(p("正文。"))
    strict = packed(
        {
            "_rels/.rels": _part(plain, "_rels/.rels").replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            ),
            "word/document.xml": _part(plain, "word/document.xml").replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            ),
        }
    )
    assert texts(strict) == ["正文。"]


def test_the_properties_are_only_a_guess() -> None:
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>2021年度工作总结</dc:title>'
        "<dcterms:created>2022-01-10T08:00:00Z</dcterms:created></cp:coreProperties>"
    )
    app = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        'extended-properties"><Company>昆山市第二中学</Company></Properties>'
    )
    found = report(docx(p(BODY), {"docProps/core.xml": core, "docProps/app.xml": app}))
    assert (found.title, found.year, found.organisation) == (
        "2021年度工作总结",
        2021,
        "昆山市第二中学",
    )
    assert found.guesses >= {"title", "organisation"}


class TestHostile:
    @pytest.mark.parametrize(
        ("data", "trouble"),
        [
            (b"PK\x03\x04", Trouble.DAMAGED),
            (docx(p(BODY))[:-40], Trouble.DAMAGED),
            (packed({"word/document.xml": "<w:document"}), Trouble.DAMAGED),
            (packed({"word/document.xml": "<a/>"}), Trouble.DAMAGED),
            (packed({"[Content_Types].xml": "<Types/>"}), Trouble.DAMAGED),
            (packed({"readme": "text"}), Trouble.UNKNOWN_FORMAT),
            (packed({"[Content_Types].xml": "", "xl/workbook.xml": ""}), Trouble.DAMAGED),
            (packed({"word/document.xml": b"\0" * (60 * 2**20)}), Trouble.BOMB),
            (packed({"word/document.xml": "", **{f"{i}": "" for i in range(6000)}}), Trouble.BOMB),
        ],
        ids=lambda value: value.name if isinstance(value, Trouble) else "",
    )
    def test_it_is_refused_with_its_reason(self, data: bytes, trouble: Trouble) -> None:
        with pytest.raises(UnreadableReport) as caught:
            read(data)
        assert caught.value.trouble is trouble

    @pytest.mark.parametrize(
        "document_type",
        [
            '<!DOCTYPE a [<!ENTITY x "aaaaaaaaaa"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;&x;&x;">]>',
            '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
            '<!DOCTYPE a SYSTEM "http://127.0.0.1:1/x.dtd">',
        ],
    )
    def test_entities_are_refused_before_they_are_resolved(self, document_type: str) -> None:
        xml = _part(docx(p("&x;")), "word/document.xml").replace(b"&amp;x;", b"&x;")
        if b"ENTITY" not in document_type.encode():
            xml = xml.replace(b"&x;", b"")
        with pytest.raises(UnreadableReport) as caught:
            read(packed({"word/document.xml": document_type.encode() + xml}))
        assert caught.value.trouble is Trouble.DAMAGED

    def test_a_billion_laughs_ends_soon(self) -> None:
        entities = '<!ENTITY a0 "ha">' + "".join(
            f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12)
        )
        xml = _part(docx(p("LAUGH")), "word/document.xml").replace(b"LAUGH", b"&a11;")
        data = packed({"word/document.xml": f"<!DOCTYPE x [{entities}]>".encode() + xml})
        with pytest.raises(UnreadableReport):
            read(data)

    def test_elements_nested_without_end_are_refused(self) -> None:
        deep = "<w:sdt><w:sdtContent>" * 5000 + "</w:sdtContent></w:sdt>" * 5000
        with pytest.raises(UnreadableReport) as caught:
            read(docx(deep))
        assert caught.value.trouble is Trouble.DAMAGED

    def test_a_million_headings_are_too_many_for_a_report(self) -> None:
        with pytest.raises(UnreadableReport) as caught:
            read(docx("<w:p><w:r><w:t>一、题</w:t></w:r></w:p>" * 300_000))
        assert caught.value.trouble in {Trouble.TOO_LONG, Trouble.BOMB}

    def test_a_part_that_lies_about_its_size_is_damaged(self) -> None:
        data = bytearray(packed({"word/document.xml": "<a/>" + " " * 5000}))
        at = data.rindex(b"PK\x01\x02")
        data[at + 24 : at + 28] = (10).to_bytes(4, "little")
        with pytest.raises(UnreadableReport) as caught:
            read(bytes(data))
        assert caught.value.trouble is Trouble.DAMAGED

    def test_an_encrypted_part_is_said_to_be_encrypted(self) -> None:
        data = bytearray(docx(p(BODY)))
        at = 0
        while (at := data.find(b"PK\x01\x02", at)) >= 0:
            data[at + 8] |= 1
            at += 4
        with pytest.raises(UnreadableReport) as caught:
            read(bytes(data))
        assert caught.value.trouble is Trouble.ENCRYPTED

    def test_an_external_part_is_not_fetched(self) -> None:
        relations = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="a" Type="x/styles" TargetMode="External"'
            ' Target="http://127.0.0.1:1/styles.xml"/>'
            '<Relationship Id="b" Type="x/numbering" Target="../../../../etc/passwd"/>'
            "</Relationships>"
        )
        data = docx(numbered("正文。", 1), {"word/_rels/document.xml.rels": relations})
        assert texts(data) == ["正文。"]


def _part(data: bytes, name: str) -> bytes:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)
