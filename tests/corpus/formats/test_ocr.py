"""Scans: recognised, joined, told how surely. The picture is made by make_fixtures.py."""

from __future__ import annotations

from difflib import SequenceMatcher
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from corpus.formats import Source, draft
from corpus.formats.pages.rows import Page
from corpus.parsing.parse import understand
from corpus.report import Format
from tests.corpus.formats import school_report as made

pytest.importorskip("rapidocr", reason="the extra ocr is not installed")

from corpus.formats.scans import ocr
from corpus.formats.scans.ocr import without_seal

SCAN = Path(__file__).parent / "fixtures/scan.jpg"


def test_a_scan_with_a_seal_is_read_as_the_page_it_shows() -> None:
    told: list[tuple[int, int]] = []
    source = Source(SCAN.read_bytes(), SCAN, told=lambda page, pages: told.append((page, pages)))
    report = understand(source)
    shipped = made.shipped()
    assert (report.title, report.year) == (shipped.title, 2021)
    assert [s.heading for s in report.walk()][:2] == [s.heading for s in shipped.walk()][:2]
    expected = shipped.text[: len(report.text)]
    assert SequenceMatcher(None, report.text, expected, autojunk=False).ratio() > 0.9
    assert report.reading.format is Format.IMAGE
    assert report.reading.recognised[0].confidence > 0.8
    assert told == [(1, 1)]


def test_a_round_red_seal_goes_and_a_red_headline_and_black_letters_stay() -> None:
    picture = np.full((1000, 800, 3), 255, np.uint8)
    picture[50:80, 100:700] = (220, 30, 30)
    picture[600:800, 500:700] = (220, 30, 30)
    picture[698:702, 450:750] = (30, 30, 30)
    cleaned = without_seal(picture)
    assert (cleaned[650, 600] == 255).all()
    assert (cleaned[700, 600] == 30).all()
    assert (cleaned[60, 400] == (220, 30, 30)).all()


class FakeEngine:
    """Reads the lines it is given: text and box (left, right, top, bottom)."""

    def __init__(self, lines: list[tuple[str, tuple[float, ...]]], *, flipped: bool) -> None:
        self.flipped = tuple(flipped for _ in lines)
        self.lines = lines

    def __call__(self, _picture: object) -> object:
        boxes = [
            [(left, top), (right, top), (right, bottom), (left, bottom)]
            for _, (left, right, top, bottom) in self.lines
        ]
        return SimpleNamespace(
            boxes=np.array(boxes, float),
            txts=tuple(text for text, _ in self.lines),
            scores=(0.99,) * len(self.lines),
        )


def rows_seen(
    monkeypatch: pytest.MonkeyPatch,
    lines: list[tuple[str, tuple[float, ...]]],
    *,
    flipped: bool = False,
    size: tuple[int, int] = (1000, 800),
) -> list[str]:
    engine = FakeEngine(lines, flipped=flipped)
    monkeypatch.setattr(ocr, "_engine", lambda: engine)
    picture = np.full((*size, 3), 255, np.uint8)
    found = ocr.recognise(picture, 1, Source(b"", Path("a.png")))
    return [row.text for row in found.page.rows]


LINES = [
    (f"第{i}行的文字写在这里", (100.0, 700.0, 100.0 + 60 * i, 130.0 + 60 * i)) for i in range(5)
]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_is_read_from_its_first_row_however_it_was_held(
    monkeypatch: pytest.MonkeyPatch, turn: int
) -> None:
    def turned(box: tuple[float, ...]) -> tuple[float, ...]:
        left, right, top, bottom = box
        match turn:
            case 90:  # clockwise: the text runs downwards, its first row at the right
                return 1000 - bottom, 1000 - top, left, right
            case 180:
                return 800 - right, 800 - left, 1000 - bottom, 1000 - top
            case 270:
                return top, bottom, 800 - right, 800 - left
            case _:
                return box

    lines = [(text, turned(box)) for text, box in LINES][::-1]
    size = (800, 1000) if turn % 180 else (1000, 800)
    found = rows_seen(monkeypatch, lines, flipped=turn in {180, 270}, size=size)
    assert found == [text for text, _ in LINES]


def test_columns_of_vertical_text_are_read_from_the_right(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [
        (text, (600.0 - 60 * i, 630.0 - 60 * i, 100.0, 700.0)) for i, (text, _) in enumerate(LINES)
    ]
    assert rows_seen(monkeypatch, lines) == [text for text, _ in LINES]


def test_two_columns_in_a_photo_are_read_one_after_the_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    both = [
        (f"{side}栏第{i}行的文字", (left, left + 320, 100.0 + 40 * i, 130.0 + 40 * i))
        for i in range(6)
        for side, left in (("左", 60.0), ("右", 430.0))
    ]
    found = rows_seen(monkeypatch, [("通栏的大标题", (250, 550, 30, 70)), *both])
    assert found[0] == "通栏的大标题"
    assert [text[0] for text in found[1:]] == ["左"] * 6 + ["右"] * 6


def test_a_photo_on_its_head_is_seen_to_be() -> None:
    from PIL import Image

    with Image.open(SCAN) as scan:
        rows = scan.convert("RGB").crop((0, 0, scan.width, scan.height // 4)).rotate(180)
    found = ocr.recognise(np.asarray(rows), 1, Source(b"", Path("a.png")))
    assert made.shipped().title in "".join(row.text for row in found.page.rows)[:60]


def test_a_photo_of_a_phone_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, ...]] = []

    def recognise(picture: ocr.Picture, number: int, _source: Source) -> ocr.RecognisedText:
        seen.append((*picture.shape, int(picture.mean()) > 200))
        return ocr.RecognisedText(Page(number, 1, 1), 0.0)

    monkeypatch.setattr(ocr, "recognise", recognise)
    file = SCAN.with_name("photo.heic")
    for suffix in (".heic", ".jpg"):
        draft(Source(file.read_bytes(), file.with_suffix(suffix)))
    assert seen == [(640, 900, 3, True)] * 2
