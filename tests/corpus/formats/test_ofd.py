"""OFD files: read as PDF files are, from the objects of their pages."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.errors import Trouble, UnreadableReport
from corpus.formats import Draft, Source, draft, installed
from corpus.formats.pages.rows import Page, Row
from corpus.limits import ParserLimits
from corpus.parsing.parse import understand
from corpus.report import Format, Reason
from tests.corpus.formats.ofd_files import line, ofd, picture, words

ROWS = (
    "青禾县第三小学2024年度工作总结",
    "一、教学工作",
    "全年共开展校本研修活动36次，参与率98%。",
    "二、安全工作",
)


def read(data: bytes) -> Draft:
    return draft(Source(data, Path("a.ofd")))


def texts(data: bytes) -> list[str]:
    return [line_.text for line_ in read(data).lines]


def test_a_report_is_read_with_its_pages() -> None:
    page = [words(30, 30 + 12 * i, text) for i, text in enumerate(ROWS[:3])]
    report = understand(
        Source(ofd(page, [words(30, 30, ROWS[3]), words(30, 42, "完。")]), Path("a.ofd"))
    )
    assert (report.title, report.year) == (ROWS[0], 2024)
    assert [section.heading for section in report.walk()] == [ROWS[1], ROWS[3]]
    assert (report.reading.format, report.reading.pages) == (Format.OFD, 2)
    assert [paragraph.page for paragraph in report.paragraphs] == [1, 2]


@pytest.mark.parametrize("ending", ["ofd", "pdf", "zip"])
def test_the_bytes_say_what_it_is(ending: str) -> None:
    source = Source(ofd([words(30, 30, ROWS[2])]), Path(f"a.{ending}"))
    if ending != "zip":
        assert draft(source).reading.format is Format.OFD


def test_steps_say_where_letters_stand() -> None:
    down = (
        '<ofd:TextObject Boundary="{} 30 10 200" Size="5"><ofd:TextCode X="0" Y="5" '
        'DeltaY="g 40 5">{}</ofd:TextCode></ofd:TextObject>'
    )
    columns = [down.format(150 - 10 * i, text) for i, text in enumerate(ROWS[:3])]
    assert texts(ofd(columns)) == list(ROWS[:3])


def test_a_matrix_scales_letters() -> None:
    small = words(30, 30, ROWS[2], size=50, more='CTM="0.1 0 0 0.1 0 0"')
    assert texts(ofd([small, words(30, 50, ROWS[1])])) == [ROWS[2], ROWS[1]]


def test_lines_say_what_is_a_cell() -> None:
    rules = [line(20, y, 180, y) for y in (40, 50, 60)]
    rules += [line(x, 40, x, 60) for x in (20, 90, 180)]
    cells = [words(22, 42, "部门"), words(92, 42, "负责人")]
    cells += [words(22, 52, "安全办"), words(92, 52, "周明")]
    assert texts(ofd([*rules, *cells])) == ["部门：安全办；负责人：周明"]


def test_a_light_watermark_across_the_text_is_left_out() -> None:
    grey = '<ofd:FillColor Value="220 220 220"/>'
    page = [words(30, 30 + 12 * i, text) for i, text in enumerate(ROWS[:3])]
    found = read(ofd([words(30, 42, "内部资料", size=14, inside=grey), *page]))
    assert [line_.text for line_ in found.lines] == list(ROWS[:3])
    assert [(x.text, x.reason) for x in found.left_out] == [("内部资料", Reason.WATERMARK)]


def test_a_template_belongs_to_the_page_and_its_head_is_furniture() -> None:
    page = [words(30, 60 + 12 * i, text) for i, text in enumerate(ROWS[:3])]
    found = read(ofd(page, page, page, template=[words(60, 10, "青禾县教育局")]))
    assert [x.text for x in found.left_out] == ["青禾县教育局"] * 3


def test_a_picture_as_large_as_the_page_is_recognised_at_its_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from PIL import Image

    from corpus.formats.scans import ocr

    shown: list[Any] = []

    def recognise(pixels: Any, number: int, _source: Source) -> ocr.RecognisedText:
        shown.append(pixels)
        row = Row(number, "图中所写。", 100, 300, 100, 120, 20, ("图中所写。",))
        return ocr.RecognisedText(Page(number, 1, 1, (row,)), 0.9)

    monkeypatch.setattr(ocr, "recognise", recognise)
    monkeypatch.setattr(installed, "can_recognise", lambda: True)
    buffer = io.BytesIO()
    Image.new("L", (40, 40), 0).save(buffer, "PNG")
    found = read(ofd([picture("7", 10, 10, 190, 140)], media={"7": buffer.getvalue()}))
    assert [line_.text for line_ in found.lines] == ["图中所写。"]
    height, width = shown[0].shape[:2]
    dark = np.argwhere(shown[0][:, :, 0] < 128)
    assert dark.min(axis=0).tolist() == pytest.approx([height * 10 / 297, width * 10 / 210], abs=2)
    assert dark.max(axis=0).tolist() == pytest.approx(
        [height * 150 / 297, width * 200 / 210], abs=2
    )


@pytest.mark.parametrize("data", [b"not a picture", b""])
def test_a_picture_that_cannot_be_read_is_told(
    data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installed, "can_recognise", lambda: True)
    found = read(ofd([picture("7", 0, 0, 210, 297)], [words(30, 30, ROWS[2])], media={"7": data}))
    assert found.reading.unread_pages == (1,)


@pytest.mark.parametrize("bad", ["", "nan 1 2 3", "1e99 0 0 0", "a b c d", "0 0 10"])
def test_an_object_without_a_place_costs_itself_only(bad: str) -> None:
    code = "<ofd:TextCode>失</ofd:TextCode>"
    lost = f'<ofd:TextObject Boundary="{bad}" Size="5">{code}</ofd:TextObject>'
    assert texts(ofd([lost, words(30, 30, ROWS[2])])) == [ROWS[2]]


def test_too_many_pages_and_no_pages_are_refused() -> None:
    with pytest.raises(UnreadableReport) as caught:
        draft(Source(ofd([], []), Path("a.ofd"), ParserLimits(pages=1)))
    assert caught.value.trouble is Trouble.TOO_LONG
    with pytest.raises(UnreadableReport) as caught:
        read(ofd())
    assert caught.value.trouble is Trouble.DAMAGED
