"""A file is what its bytes say, whatever its name says."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

from corpus.errors import Trouble, UnreadableReport
from corpus.formats import SUFFIXES, Source, detect, draft, installed
from corpus.formats.detection import ARCHIVES, save_as
from corpus.report import Format
from corpus.sandbox.pool import ParserPool
from tests.corpus.formats import school_report as made
from tests.corpus.formats.docx_files import docx, p, packed
from tests.corpus.formats.pdf_files import block, pdf

TEXT = "2021年度工作总结\n书记上课12节。".encode()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def ole(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le")


def locked_word(*, small: bool = False) -> bytes:
    """Return the head, the table, the directory and the first text of an old, locked file.

    A `small` stream stands among the small ones, its second sector of 512 bytes.
    """
    head = bytearray(OLE[:8] + b"\0" * 504)
    head[30:34] = (9).to_bytes(2, "little") + (6).to_bytes(2, "little")
    head[48:52] = (1).to_bytes(4, "little")
    head[76:80] = (0).to_bytes(4, "little")
    table = bytearray(b"\xff" * 512)
    table[8:12] = (3).to_bytes(4, "little")
    entries = []
    for name, start, size in (
        ("Root Entry", 2, 1024),
        ("WordDocument", 9 if small else 3, 600 if small else 5000),
    ):
        entry = bytearray(name.encode("utf-16-le").ljust(128, b"\0"))
        entry[116:124] = start.to_bytes(4, "little") + size.to_bytes(4, "little")
        entries.append(bytes(entry))
    first = bytearray(b"\xec\xa5".ljust(448, b"\0"))
    first[10:12] = (0x0100).to_bytes(2, "little")
    text = b"\0" * 64 + first if small else first.ljust(512, b"\0")
    directory = b"".join(entries).ljust(512, b"\0")
    return bytes(head + table + directory + b"\0" * 512 + text)


WORD = (".docm", ".dotx", ".dotm", ".wpt", ".dot")
MAIL = b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<html><body>"
LOCKED_ODT = {
    "mimetype": "application/vnd.oasis.opendocument.text",
    "content.xml": "x",
    "META-INF/manifest.xml": "<manifest:file-entry><manifest:encryption-data/>",
}


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
        *((docx(p("总结")), f"a{suffix}", Format.DOCX) for suffix in WORD),
        *((ole("WordDocument"), f"a{suffix}", Format.OFFICE) for suffix in WORD),
        (ole("Workbook"), "a.docx", Format.TABLE),
        (packed({"mimetype": "x.spreadsheet", "content.xml": "<a/>"}), "a.ods", Format.TABLE),
        (MAIL, "a.eml", Format.MAIL),
        (MAIL, "a.mht", Format.HTML),
        (b"From: x\r\nSubject: y\r\n" + MAIL, "a.txt", Format.HTML),
        (b"a,b", "a.csv", Format.TABLE),
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
        (ole("PowerPoint Document"), "a.docx", Trouble.UNKNOWN_FORMAT),
        (locked_word(), "a.doc", Trouble.ENCRYPTED),
        (locked_word(small=True), "a.wps", Trouble.ENCRYPTED),
        (packed(LOCKED_ODT), "a.odt", Trouble.ENCRYPTED),
        (packed({"a.txt": "总结"}), "a.docx", Trouble.UNKNOWN_FORMAT),
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


@pytest.mark.parametrize(
    ("suffix", "targets"),
    [
        (".pptx", (".pdf",)),
        (".PPT", (".pdf",)),
        (".rar", (".zip",)),
        (".numbers", (".xlsx",)),
        (".pages", (".docx",)),
        (".exe", (".docx", ".pdf")),
        ("", (".docx", ".pdf")),
    ],
)
def test_what_is_not_read_can_be_saved_as_something_that_is(
    suffix: str, targets: tuple[str, ...]
) -> None:
    assert save_as(suffix) == targets
    assert all(target in SUFFIXES or target in ARCHIVES for target in targets)
