"""A file is what its bytes say, whatever its name says."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

from corpus.errors import Trouble, UnreadableReport
from corpus.formats import Source, detect, draft, installed
from corpus.report import Format
from corpus.sandbox.pool import ParserPool
from tests.corpus.formats import school_report as made
from tests.corpus.formats.docx_files import docx, p, packed
from tests.corpus.formats.pdf_files import block, pdf

TEXT = "2021年度工作总结\n书记上课12节。".encode()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def ole(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le")


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (pdf(block("总结")), "a.docx", Format.PDF),
        (docx(p("总结")), "a.doc", Format.DOCX),
        (ole("WordDocument"), "a.docx", Format.OFFICE),
        (ole("WordDocument"), "a.wps", Format.OFFICE),
        (b"{\\rtf1", "a.doc", Format.OFFICE),
        (packed({"mimetype": "x", "content.xml": "<a/>"}), "a.odt", Format.OFFICE),
        (b"<html><body>", "a.doc", Format.HTML),
        (b"\xff\xd8\xff\xe0", "a.pdf", Format.IMAGE),
        (b"\x89PNG\r\n\x1a\n", "a.jpg", Format.IMAGE),
        (TEXT, "a.docx", Format.TEXT),
        (TEXT, "a.md", Format.MARKDOWN),
        (b"no tags", "a.html", Format.HTML),
    ],
)
def test_the_bytes_decide(data: bytes, name: str, expected: Format) -> None:
    assert detect(Source(data, Path(name))) is expected


@pytest.mark.parametrize(
    ("data", "name", "trouble"),
    [
        (b"", "a.docx", Trouble.EMPTY),
        (TEXT, "a.exe", Trouble.UNKNOWN_FORMAT),
        (ole("EncryptedPackage"), "a.docx", Trouble.ENCRYPTED),
        (ole("Workbook"), "a.docx", Trouble.UNKNOWN_FORMAT),
        (b"\0\1\2\3", "a.pdf", Trouble.DAMAGED),
        (b"PK\x03\x04 not a zip", "a.docx", Trouble.DAMAGED),
    ],
)
def test_what_is_no_report_is_refused_with_its_reason(
    data: bytes, name: str, trouble: Trouble
) -> None:
    with pytest.raises(UnreadableReport) as caught:
        detect(Source(data, Path(name)))
    assert caught.value.trouble is trouble


def test_without_libreoffice_an_old_file_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(installed.shutil, "which", lambda _: None)
    with pytest.raises(UnreadableReport) as caught:
        draft(Source(ole("WordDocument"), Path("a.doc")))
    assert caught.value.trouble is Trouble.NEEDS_OFFICE


def test_a_converter_that_makes_nothing_is_said_to_have_failed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(installed.shutil, "which", lambda _: "/bin/true")
    with pytest.raises(UnreadableReport) as caught:
        draft(Source(ole("WordDocument"), Path("a.doc")))
    assert caught.value.trouble is Trouble.OFFICE_FAILED


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("name", ["a.doc", "a.wps", "a.docx"])
def test_an_old_word_file_is_the_same_report_with_its_automatic_numbers(name: str) -> None:
    old = Path(__file__).parent / "fixtures/report.doc"
    report = ParserPool().read(old.read_bytes(), Path(name))
    shipped = made.shipped()
    assert list(report.walk()) == list(shipped.walk())
    assert report.text == shipped.text
    assert report.reading.format is Format.OFFICE


class TestWithoutRecognition:
    @pytest.fixture(autouse=True)
    def absent(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(installed, "can_recognise", lambda: False)

    def test_a_photo_says_what_to_install(self) -> None:
        with pytest.raises(UnreadableReport) as caught:
            draft(Source(b"\x89PNG\r\n\x1a\n", Path("a.png")))
        assert caught.value.trouble is Trouble.NEEDS_OCR

    def test_a_scanned_page_among_others_is_told(self) -> None:
        found = draft(Source(pdf([], picture=True), Path("a.pdf")))
        assert found.reading.unread_pages == (1,)


@pytest.mark.skipif(find_spec("rapidocr") is None, reason="the extra ocr is not installed")
def test_a_damaged_photo_is_refused() -> None:
    with pytest.raises(UnreadableReport) as caught:
        draft(Source(b"\x89PNG\r\n\x1a\n" + b"\0" * 50, Path("a.png")))
    assert caught.value.trouble is Trouble.DAMAGED
