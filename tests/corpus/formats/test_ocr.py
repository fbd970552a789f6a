"""Scans: recognised, joined, told how surely. The picture is made by make_fixtures.py."""

from __future__ import annotations

from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
import pytest

from corpus.formats import Source
from corpus.parsing.parse import understand
from corpus.report import Format
from tests.corpus.formats import school_report as made

pytest.importorskip("rapidocr", reason="the extra ocr is not installed")

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
