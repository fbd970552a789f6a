"""What a page shows besides rows of text: tables, watermarks, columns, scans, form fields."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import Trouble, UnreadableReport
from corpus.formats import Source, draft, installed
from corpus.formats.pages.rows import Page, Row
from corpus.parsing.parse import understand
from corpus.report import Reason
from tests.corpus.formats.pdf_files import FONT, HEIGHT, WIDTH, block, pdf, read, texts

Draw = Callable[[Any], None]
FIRST = [
    "一、教学工作",
    "全年共开展活动36次。",
    "教师参与率达到98%，课堂教学质量稳步提高，受到好评。",
]


def drawn(*pages: Draw, font: str = FONT) -> bytes:
    """Return a file whose pages are drawn by functions of a canvas."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, (WIDTH, HEIGHT), invariant=1)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def write(canvas: Any, left: float, top: float, text: str, size: float = 12) -> None:
    canvas.setFont(FONT, size)
    canvas.drawString(left, HEIGHT - top, text)


def table(canvas: Any, columns: Sequence[float], rows: Sequence[float], how: str) -> None:
    """Draw the lines of a grid as programs do: strokes, thin rectangles, or a frame a cell."""
    for y in rows:
        if how == "strokes":
            canvas.line(columns[0], HEIGHT - y, columns[-1], HEIGHT - y)
        elif how == "rectangles":
            wide = columns[-1] - columns[0]
            canvas.rect(columns[0], HEIGHT - y, wide, 0.5, stroke=0, fill=1)
    for x in columns:
        if how == "strokes":
            canvas.line(x, HEIGHT - rows[0], x, HEIGHT - rows[-1])
        elif how == "rectangles":
            canvas.rect(x, HEIGHT - rows[-1], 0.5, rows[-1] - rows[0], stroke=0, fill=1)
    if how == "frames":
        for top, bottom in pairwise(rows):
            for left, right in pairwise(columns):
                canvas.rect(left, HEIGHT - bottom, right - left, bottom - top)


@pytest.mark.parametrize("how", ["strokes", "rectangles", "frames"])
def test_lines_say_what_is_a_cell_of_a_table(how: str) -> None:
    def page(canvas: Any) -> None:
        table(canvas, (60, 160, 420, 520), (100, 130, 200, 270), how)
        for left, text in ((65, "部门"), (165, "完成情况"), (425, "负责人")):
            write(canvas, left, 120, text)
        write(canvas, 65, 170, "教务处")
        write(canvas, 165, 150, "全年校本研修36次，")
        write(canvas, 165, 170, "参与率达到98%，")
        write(canvas, 165, 190, "课例26个。")
        write(canvas, 425, 170, "林小禾")
        write(canvas, 65, 240, "安全办")
        write(canvas, 425, 240, "周明")

    assert texts(drawn(page)) == [
        "部门：教务处；完成情况：全年校本研修36次，参与率达到98%，课例26个。；负责人：林小禾",
        "部门：安全办；负责人：周明",
    ]


def test_a_cell_over_several_rows_or_columns_belongs_to_each() -> None:
    def page(canvas: Any) -> None:
        across = ((60, 520, 100), (160, 400, 130), (60, 520, 160), (60, 520, 190))
        down = ((60, 100, 190), (160, 100, 190), (280, 130, 190), (400, 100, 190), (520, 100, 190))
        for left, right, y in across:
            canvas.line(left, HEIGHT - y, right, HEIGHT - y)
        for x, top, bottom in down:
            canvas.line(x, HEIGHT - top, x, HEIGHT - bottom)
        write(canvas, 65, 135, "年级")
        write(canvas, 250, 120, "语文")
        for left, text in ((165, "期中"), (285, "期末"), (405, "参加人数")):
            write(canvas, left, 150, text)
        for left, text in ((65, "三年级"), (165, "86.5"), (285, "88.2"), (405, "120")):
            write(canvas, left, 180, text)

    (line,) = texts(drawn(page))
    assert line.startswith("年级：三年级；语文·期中：86.5；语文·期末：88.2；")


def test_a_table_between_lines_goes_on_over_the_page_with_its_heads() -> None:
    def rows(canvas: Any, texts_: Sequence[tuple[str, str]]) -> None:
        table(canvas, (60, 260, 460), [60 + 30 * i for i in range(len(texts_) + 1)], "strokes")
        for i, (one, other) in enumerate(texts_):
            write(canvas, 65, 80 + 30 * i, one)
            write(canvas, 265, 80 + 30 * i, other)

    found = texts(
        drawn(
            lambda c: rows(c, [("班级", "人数"), ("一年级（1）班", "41")]),
            lambda c: rows(c, [("一年级（2）班", "42"), ("一年级（3）班", "43")]),
        )
    )
    assert found == [f"班级：一年级（{i}）班；人数：4{i}" for i in (1, 2, 3)]


def test_a_frame_around_text_is_no_table() -> None:
    def page(canvas: Any) -> None:
        table(canvas, (60, 540), (80, 300), "strokes")
        for i, text in enumerate(FIRST):
            write(canvas, 90, 120 + 24 * i, text)

    assert texts(drawn(page)) == FIRST


@pytest.mark.parametrize("cells", [("班", "人"), ("合格", "优秀")])
def test_rows_that_differ_in_digits_only_are_no_furniture(cells: tuple[str, str]) -> None:
    pages = [
        [
            (left, 30.0 + 27 * i, 12.0, text)
            for i in range(30)
            for left, text in ((90.0, f"{30 * n + i + 1}{cells[0]}"), (300.0, f"{i}{cells[1]}"))
        ]
        for n in range(3)
    ]
    found = read(pdf(*pages))
    assert [x for x in found.left_out if x.reason is Reason.PAGE_FURNITURE] == []
    assert all(any(f"{i}{cells[0]}" in line.text for line in found.lines) for i in range(1, 91))


@pytest.mark.parametrize(("step", "often"), [(1, True), (7, False)])
def test_a_number_is_furniture_if_it_counts_with_the_pages(step: int, often: bool) -> None:
    pages = [[(90, 30, 10, f"第{n * step}期"), *block(*FIRST)] for n in (1, 2, 3)]
    assert (len(read(pdf(*pages)).left_out) == 3) is often


def watermarked(canvas: Any, mark: tuple[float, float, float], size: float) -> None:
    canvas.setFillColorRGB(*mark)
    for top in (142, 190, 400):
        write(canvas, 120, top, "内部资料严禁外传", size)
    canvas.setFillColorRGB(0, 0, 0)
    for i, text in enumerate(FIRST):
        write(canvas, 90, 140 + 24 * i, text, 14)


@pytest.mark.parametrize("mark", [(0.85, 0.85, 0.85), (0.9, 0.6, 0.6), (0.8, 0.1, 0.1)])
@pytest.mark.parametrize("size", [14, 40])
def test_a_level_watermark_is_left_out_and_named(
    mark: tuple[float, float, float], size: float
) -> None:
    found = read(drawn(lambda canvas: watermarked(canvas, mark, size)))
    kept = [line.text for line in found.lines]
    assert [text for text in kept if "内部" not in text] == FIRST
    assert all("内部资料严禁外传" in text for text in kept if "内部" in text)
    assert any(x.reason is Reason.WATERMARK for x in found.left_out)


def test_what_is_written_aslant_is_named() -> None:
    def page(canvas: Any) -> None:
        for i, text in enumerate(FIRST):
            write(canvas, 90, 140 + 24 * i, text)
        canvas.rotate(30)
        write(canvas, 300, 600, "仅供查阅", 30)

    found = read(drawn(page))
    assert [line.text for line in found.lines] == FIRST
    assert [(x.text, x.reason) for x in found.left_out] == [("仅供查阅", Reason.WATERMARK)]


@pytest.mark.parametrize("shift", [4, 6, 8])
def test_close_lines_of_other_sizes_are_not_mixed(shift: float) -> None:
    def page(canvas: Any) -> None:
        write(canvas, 90, 120, "青禾县第三小学年度总结", 22)
        canvas.setFillColorRGB(0.8, 0, 0)
        write(canvas, 92, 120 + shift, "（经校务会议审议通过）", 10)

    assert sorted(texts(drawn(page))) == sorted(
        ["青禾县第三小学年度总结", "（经校务会议审议通过）"]
    )


COLUMNS = [
    "青禾县第三小学2024年度总结",
    "一、教学工作",
    "全年共开展校本研修活动12次，受到教师和家长们好评。",
]


def test_vertical_text_is_read_from_the_right() -> None:
    def page(canvas: Any) -> None:
        for column, text in reversed(list(enumerate(COLUMNS))):
            for i, letter in enumerate(text):
                shift = 3 if letter.isascii() else 0
                write(canvas, 500 - 30 * column + shift, 100 + 14 * i, letter, 13)

    assert texts(drawn(page)) == COLUMNS


def scan(text: bool = True) -> Any:
    """Return a picture that may be a scan; what it says is told by `recognise`."""
    from PIL import Image, ImageDraw

    image = Image.new("L", (200, 280), 255)
    if text:
        ImageDraw.Draw(image).rectangle((40, 40, 160, 48), fill=0)
    return image


@pytest.fixture
def recognised(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Have recognition find two rows in the middle of every page; return the pages it saw."""
    from corpus.formats.scans import ocr

    seen: list[int] = []

    def recognise(picture: Any, number: int, _source: Source) -> ocr.RecognisedText:
        height, width = picture.shape[:2]
        seen.append(number)
        rows = [
            Row(number, text, 0.2 * width, end * width, y * height, y * height + 30, 30, (text,))
            for y, end, text in zip((0.5, 0.55), (0.4, 0.8), SCANNED, strict=True)
        ]
        return ocr.RecognisedText(Page(number, width, height, tuple(rows)), 0.99)

    monkeypatch.setattr(ocr, "recognise", recognise)
    monkeypatch.setattr(installed, "can_recognise", lambda: True)
    return seen


SCANNED = ["二、安全工作", "组织消防疏散演练4次，全年无事故。"]


def with_scan(*rows: tuple[float, str], share: float = 1.0, mode: int = 0) -> Draw:
    def page(canvas: Any) -> None:
        high = HEIGHT * share
        canvas.drawInlineImage(scan(), 0, HEIGHT * (1 - share) / 2, WIDTH, high)
        for top, text in rows:
            line = canvas.beginText(90, HEIGHT - top)
            line.setFont(FONT, 10)
            line.setTextRenderMode(mode)
            line.textOut(text)
            canvas.drawText(line)

    return page


@pytest.mark.parametrize(
    "mark", ["扫描宝创建", "第 1 页 共 2 页", "由某某扫描全能王生成，请勿外传，仅限内部"]
)
def test_a_scan_is_recognised_whatever_few_letters_are_on_it(
    recognised: list[int], mark: str
) -> None:
    found = read(drawn(with_scan((800, mark)), with_scan((800, mark))))
    assert recognised == [1, 2]
    assert [line.text for line in found.lines if line.page == 2][:2] == SCANNED
    assert [x.page for x in found.reading.recognised] == [1, 2]


@pytest.mark.parametrize("share", [0.4, 0.6])
def test_half_text_half_scan_is_both(recognised: list[int], share: float) -> None:
    rows = [(60.0 + 20 * i, text) for i, text in enumerate(FIRST)]
    found = read(drawn(with_scan(*rows, share=share)))
    assert [line.text for line in found.lines] == [*FIRST, *SCANNED]
    assert recognised == [1]


def test_an_invisible_layer_over_a_scan_is_not_believed(recognised: list[int]) -> None:
    wrong = [(60.0 + 20 * i, "本页文字与图中所写的完全不同，不可采信。") for i in range(9)]
    assert texts(drawn(with_scan(*wrong, mode=3))) == SCANNED
    assert recognised == [1]


def test_letters_under_a_picture_are_not_believed(recognised: list[int]) -> None:
    def page(canvas: Any) -> None:
        for i in range(9):
            write(canvas, 90, 100 + 20 * i, "图下面的文字与图中所写的不同。")
        canvas.drawInlineImage(scan(), 0, 0, WIDTH, HEIGHT)

    assert texts(drawn(page)) == SCANNED


def test_what_is_not_read_is_told_with_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed, "can_recognise", lambda: False)
    small = with_scan(*((60.0 + 20 * i, FIRST[2]) for i in range(6)), share=0.2)
    reading = read(drawn(small, with_scan((800, "扫描宝创建")), lambda _: None)).reading
    assert (reading.pictured_pages, reading.unread_pages, reading.empty_pages) == ((1,), (2,), (3,))


def test_a_picture_without_words_needs_nothing_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    from corpus.formats.scans import ocr

    monkeypatch.setattr(installed, "can_recognise", lambda: True)
    nothing = ocr.RecognisedText(Page(1, 1, 1), 0.0)
    monkeypatch.setattr(ocr, "recognise", lambda *_: nothing)
    with pytest.raises(UnreadableReport) as caught:
        understand(Source(drawn(with_scan()), Path("a.pdf")))
    assert caught.value.trouble is Trouble.EMPTY


def test_values_of_form_fields_stand_where_they_are_filled_in() -> None:
    def page(canvas: Any) -> None:
        form = canvas.acroForm
        for i, (name, value) in enumerate((("Name", "Lin Xiaohe"), ("Post", "Teacher"))):
            write(canvas, 60, 110 + 40 * i, f"{name}：")
            form.textfield(name=name, value=value, x=120, y=HEIGHT - 115 - 40 * i, height=20)
        for i, (name, ticked) in enumerate((("优秀", False), ("合格", True))):
            form.checkbox(name=f"box{i}", checked=ticked, x=60 + 90 * i, y=HEIGHT - 200, size=14)
            write(canvas, 80 + 90 * i, 197, name)

    found = [text.replace(" ", "") for text in texts(drawn(page))]
    assert found == ["Name：LinXiaohe", "Post：Teacher", "☐优秀☑合格"]


def test_letters_of_a_heading_set_far_apart_are_one_heading() -> None:
    def page(canvas: Any) -> None:
        for i, letter in enumerate("工作总结"):
            write(canvas, 150 + 70 * i, 100, letter, 22)
        for i, text in enumerate(FIRST):
            write(canvas, 90, 160 + 24 * i, text)

    assert texts(drawn(page))[0] == "工作总结"


def test_a_code_beyond_unicode_costs_its_letter_only() -> None:
    from corpus.formats.pdf.sheets import _letter

    assert [_letter(code) for code in (0x110000, 0xFFFFFFFF, 0xFFFD, 0xE123)] == [None] * 4
    assert [_letter(code) for code in (0x5DE5, 0x2F2F, 0xE5E5)] == ["工", "工", "\u3000"]


def test_a_long_file_says_how_far_it_is() -> None:
    told: list[tuple[int, int]] = []
    data = pdf(*[block(*FIRST)] * 45)
    draft(Source(data, Path("a.pdf"), told=lambda page, pages: told.append((page, pages))))
    assert told == [(1, 45), (21, 45), (41, 45)]


@pytest.mark.parametrize("blank", [(0, 0), (1, 1), (2, 2), (3, 1)])
def test_an_empty_cell_of_a_table_without_lines_stays_empty(blank: tuple[int, int]) -> None:
    rows = [
        ["项目", "内容", "人数"],
        ["党建", "党课", "12"],
        ["教学", "听课", "36"],
        ["安全", "演练", "4"],
    ]
    rows[blank[0]][blank[1]] = ""
    cells = [
        (left, 120.0 + 25 * i, 12.0, text)
        for i, row in enumerate(rows)
        for left, text in zip((90.0, 250.0, 400.0), row, strict=True)
        if text
    ]
    lines = texts(pdf(cells))
    assert len(lines) == 3
    for line, row in zip(lines, rows[1:], strict=True):
        named = [
            f"{head}：{cell}" if head else cell for head, cell in zip(rows[0], row, strict=True)
        ]
        assert line == "；".join(part for part, cell in zip(named, row, strict=True) if cell)
