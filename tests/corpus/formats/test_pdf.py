"""PDF files: text in reading order, paragraphs whole, nothing of the printing left."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import Trouble, UnreadableReport
from corpus.formats import installed
from corpus.formats.pdf import fallback_font
from corpus.limits import ParserLimits
from corpus.report import Reason
from corpus.sandbox.pool import ParserPool
from tests.corpus.formats import make_fallback_font
from tests.corpus.formats.pdf_files import block, pdf, read, texts

ROW = "学校坚持立德树人根本任务，落实双减政策，全年"  # as wide as the text is set
FIRST = [f"\u3000\u3000{ROW[:-2]}", ROW, "开展课后服务。"]


def test_hard_wraps_are_joined_without_a_space() -> None:
    assert texts(pdf(block(*FIRST))) == [ROW[:-2] + ROW + "开展课后服务。"]


def test_an_indent_begins_a_paragraph_even_after_a_full_row() -> None:
    rows = [f"\u3000\u3000{ROW[:-2]}", ROW, f"\u3000\u3000{ROW[:-2]}", "完。"]
    assert texts(pdf(block(*rows))) == [ROW[:-2] + ROW, ROW[:-2] + "完。"]


def test_a_short_row_that_ends_a_sentence_ends_a_paragraph_without_indents() -> None:
    rows = [ROW, ROW, "开展课后服务。", ROW, "完。"]
    assert texts(pdf(block(*rows))) == [ROW + ROW + "开展课后服务。", ROW + "完。"]


def test_headings_stand_alone() -> None:
    rows = ["一、党建工作", "（一）组织建设", *FIRST, "二、教学工作", *FIRST]
    assert texts(pdf(block(*rows)))[:3] == [
        "一、党建工作",
        "（一）组织建设",
        texts(pdf(block(*FIRST)))[0],
    ]


def test_a_paragraph_goes_on_over_the_page_and_belongs_to_the_first() -> None:
    lines = read(pdf(block(*FIRST[:2]), block(FIRST[2], *FIRST))).lines
    assert [(line.page, line.text) for line in lines] == [
        (1, ROW[:-2] + ROW + "开展课后服务。"),
        (2, ROW[:-2] + ROW + "开展课后服务。"),
    ]


def test_running_heads_and_page_numbers_are_left_out_and_named() -> None:
    found = read(
        pdf(
            *(
                [(90, 40, 9, f"昆山市第二中学 第{n}版"), *block(*FIRST), (290, 800, 9, f"- {n} -")]
                for n in (1, 2, 3)
            )
        )
    )
    assert len(found.lines) == 3
    assert [(x.page, x.reason) for x in found.left_out] == [
        (n, Reason.PAGE_FURNITURE) for n in (1, 1, 2, 2, 3, 3)
    ]


@pytest.mark.parametrize("number", ["3", "— 3 —", "第 3 页", "第3页 共10页", "3/10", "- iii -"])
def test_a_single_page_loses_its_number(number: str) -> None:
    assert len(read(pdf([*block(*FIRST), (290, 800, 9, number)])).lines) == 1


def test_what_stands_once_at_the_top_stays() -> None:
    assert texts(pdf([(200, 60, 20, "二〇二一年总结"), *block(*FIRST)]))[0] == "二〇二一年总结"


@pytest.mark.parametrize("leaders", ["……………", "......", "· · · · · ·", "\u3000" * 5])
def test_a_table_of_contents_does_not_run_into_the_text(leaders: str) -> None:
    rows = ["目\u3000录", f"一、党建{leaders}1", f"二、教学{leaders}2"]
    found = texts(pdf(block(*rows), block(*FIRST)))
    assert found[0].startswith("目")
    assert [text[-1] for text in found[1:3]] == ["1", "2"]
    assert all("…" in text or "..." in text for text in found[1:3])


def test_two_columns_are_read_one_after_the_other() -> None:
    left = block(*["左栏文字写在这里说明情况，"] * 6, left=60, size=12)
    right = block(*["右栏文字写在这里说明情况，"] * 6, left=330, size=12)
    words = "".join(texts(pdf([*left, *right])))
    assert words.rindex("左") < words.index("右")


def test_the_rows_of_a_column_are_joined_below_a_title_across_both() -> None:
    left = block("一、党建", *["左栏文字写在这里说明有关的情况"] * 5, "左完。", left=60, size=12)
    right = block("二、教学", *["右栏文字写在这里说明有关的情况"] * 5, "右完。", left=330, size=12)
    title = (200.0, 80.0, 20.0, "2021年度工作总结")
    assert texts(pdf([title, *left, *right])) == [
        "2021年度工作总结",
        "一、党建",
        "左栏文字写在这里说明有关的情况" * 5 + "左完。",
        "二、教学",
        "右栏文字写在这里说明有关的情况" * 5 + "右完。",
    ]


@pytest.mark.parametrize("turn", [90, 180, 270])
@pytest.mark.parametrize("flagged", [True, False])
def test_a_turned_page_is_read_as_it_is_held(turn: int, flagged: bool) -> None:
    found = texts(pdf(block("一、党建工作", *FIRST), turn=turn, flagged=flagged))
    assert found == ["一、党建工作", ROW[:-2] + ROW + "开展课后服务。"]


def test_what_wraps_in_a_cell_of_a_table_belongs_to_it() -> None:
    rows = [("项目", "内容", "人"), ("党建", "上课12节", "书记"), ("教学", "公开课", "主任")]
    drawn = [
        (left, 100.0 + 40 * i, 12.0, text)
        for i, row in enumerate(rows)
        for left, text in zip((90.0, 250.0, 450.0), row, strict=True)
    ]
    drawn.append((250.0, 157.0, 12.0, "含党课"))
    assert texts(pdf(drawn)) == [
        "项目：党建；内容：上课12节含党课；人：书记",
        "项目：教学；内容：公开课；人：主任",
    ]


def test_a_table_repeats_the_heads_of_its_columns() -> None:
    rows = [("项目", "次数"), ("党课", "12"), ("家访", "300")]
    drawn = [(90.0, 120.0 + i * 25, 12.0, a) for i, (a, _) in enumerate(rows)]
    drawn += [(300.0, 120.0 + i * 25, 12.0, b) for i, (_, b) in enumerate(rows)]
    found = read(pdf(drawn))
    assert [line.text for line in found.lines] == ["项目：党课；次数：12", "项目：家访；次数：300"]
    assert found.reading.tables == 1


def test_latin_words_keep_their_spaces() -> None:
    assert texts(pdf(block("使用 ONNX Runtime 推理"))) == ["使用 ONNX Runtime 推理"]


def test_letters_printed_twice_to_look_bold_are_read_once() -> None:
    row = block("一、党建工作")
    shifted = [(left + 0.3, top, size, text) for left, top, size, text in row]
    assert texts(pdf([*row, *shifted])) == ["一、党建工作"]


def test_large_letters_in_the_middle_of_the_first_page_are_the_title() -> None:
    title = (90 + 14 * 11.5 - 24 * 3.5, 80.0, 24.0, "砥砺前行的一年")
    assert read(pdf([title, *block(*FIRST)])).lines[0].level == 0


def test_pages_without_text_are_told_apart_by_their_pictures(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(installed, "can_recognise", lambda: False)
    found = read(pdf(block(*FIRST), [])).reading
    assert (found.pages, found.empty_pages, found.unread_pages) == (2, (2,), ())
    found = read(pdf([], picture=True)).reading
    assert (found.pages, found.empty_pages, found.unread_pages) == (1, (), (1,))


def test_a_locked_file_is_said_to_be_locked() -> None:
    with pytest.raises(UnreadableReport) as caught:
        read(pdf(block(*FIRST), password="secret"))
    assert caught.value.trouble is Trouble.ENCRYPTED


LOOPING_CATALOGUE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]/Count 9>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF"
)


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.4", b"%PDF-1.4\n" + b"\0" * 100, pdf(block(*FIRST))[:300], LOOPING_CATALOGUE],
)
def test_a_damaged_file_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableReport):
        read(data)


def test_a_page_that_draws_itself_without_end_is_given_up() -> None:
    tree = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R 3 0 R]/Count 3>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R"
        b"/Resources<</XObject<</A 5 0 R>>>>>>endobj\n"
        b"4 0 obj<</Length 4>>stream\n/A Do\nendstream endobj\n"
        b"5 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 5 0 R>>>>"
        b"/Length 10>>stream\n/A Do /A Do\nendstream endobj\n"
        b"trailer<</Root 1 0 R/Size 6>>\n%%EOF"
    )
    with pytest.raises(UnreadableReport):
        ParserPool(ParserLimits(seconds=1)).read(tree, Path("a.pdf"))


def test_a_file_of_too_many_pages_is_refused() -> None:
    with pytest.raises(UnreadableReport) as caught:
        read(pdf(*[[] for _ in range(501)]))
    assert caught.value.trouble is Trouble.TOO_LONG


def test_a_page_whose_letters_mean_nothing_is_a_picture_that_was_not_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(installed, "can_recognise", lambda: False)
    junk = "在㑹㨔双減㔴浢㘠呦ㄠ㋿㜱がㄹ㔰ㅎ㈴㠠"
    found = read(pdf(block(*FIRST), block(*[junk] * 6)))
    assert found.reading.unread_pages == (2,)
    assert [line.page for line in found.lines] == [1]


def test_the_stand_in_font_is_what_its_script_makes() -> None:
    assert fallback_font.FILE.read_bytes() == make_fallback_font.fallback_font_bytes()


def test_rows_that_come_twice_are_both_read() -> None:
    rows = ["一班：合格。", "二班：合格。", "一班：合格。"]
    assert "".join(texts(pdf(block(*rows)))) == "".join(rows)
