"""Pages of files as pictures: the sentence is marked where it stands, or it is said why not."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from corpus.errors import Trouble, UnreadableReport
from corpus.formats import installed
from corpus.formats.page_pictures import pages
from corpus.formats.page_pictures.draw import draw
from corpus.formats.page_pictures.marking import Letter
from corpus.formats.page_pictures.png import png
from corpus.formats.source import Source

WORDS = "The school gave twelve open lessons in this year, and all teachers took part"
OTHER = "Nothing of the kind is said here."


def letter(*said: str, turn: int = 0, size: float = 9) -> bytes:
    """A PDF with a page for each text, in a font that every machine has."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, (595, 842), invariant=1)
    for text in said:
        canvas.setPageRotation(turn)
        canvas.setFont("Helvetica", size)
        for row, start in enumerate(range(0, len(text), 60)):
            canvas.drawString(60, 400 - row * 1.5 * size, text[start : start + 60])
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def source(data: bytes, name: str = "a.pdf") -> Source:
    return Source(data, Path(name))


def yellow(content: bytes) -> int:
    """How many pixels a marker has gone over."""
    picture = np.asarray(Image.open(io.BytesIO(content)))
    return int(((picture[:, :, 2] < 150) & (picture[:, :, 0] > 200)).sum())


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_sentence_is_marked_on_its_page_however_that_is_turned(turn: int) -> None:
    drawn = draw(source(letter(OTHER, WORDS, turn=turn)), WORDS, 2)
    assert drawn.page == 2
    assert yellow(drawn.content) > 1000


def test_a_page_that_a_phone_shows_too_small_is_cut_and_a_large_one_is_whole() -> None:
    for size, part in ((9, True), (24, False)):
        drawn = draw(source(letter(WORDS[:40], size=size)), WORDS[:40], 1)
        width, height = Image.open(io.BytesIO(drawn.content)).size
        assert drawn.part == part
        assert (height < width) == part


def test_words_that_begin_on_the_page_before_are_found_on_the_next() -> None:
    assert draw(source(letter(OTHER, WORDS)), WORDS, 1).page == 2


@pytest.mark.parametrize(
    ("data", "name", "trouble"),
    [
        (letter(OTHER), "a.pdf", Trouble.NOT_SEEN),
        (letter(WORDS)[:300], "a.pdf", Trouble.DAMAGED),
        ("一、党建\n学校开展了公开课。".encode(), "a.txt", Trouble.NO_PAGES),
    ],
)
def test_what_cannot_be_shown_is_refused_with_its_reason(
    data: bytes, name: str, trouble: Trouble
) -> None:
    with pytest.raises(UnreadableReport) as refused:
        draw(source(data, name), WORDS, 1)
    assert refused.value.trouble is trouble


def test_letters_that_this_machine_cannot_draw_are_not_shown_as_an_empty_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    image = pages.PageImage(
        1,
        np.full((100, 900, 3), 255, np.uint8),
        tuple(Letter(c, 9 * x, 0, 9 * x + 9, 9) for x, c in enumerate(WORDS)),
    )
    monkeypatch.setattr("corpus.formats.page_pictures.draw.pages", lambda *_: iter([image]))
    with pytest.raises(UnreadableReport) as refused:
        draw(source(b""), WORDS, 1)
    assert refused.value.trouble is Trouble.NO_FONT


def test_a_scan_is_marked_where_its_rows_were_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = np.full((600, 400, 3), 255, np.uint8)
    picture[305:315, 50:350] = 0
    row = tuple(Letter(c, 4 * x, 300, 4 * x + 4, 320) for x, c in enumerate(WORDS))
    monkeypatch.setattr(pages, "_recognised", lambda *_: row)
    drawn = draw(source(png(picture), "a.png"), WORDS, 1)
    assert yellow(drawn.content) > 1000


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for LibreOffice that makes the same PDF of everything."""
    (tmp_path / "made.pdf").write_bytes(letter(OTHER, WORDS))
    program = tmp_path / "soffice"
    program.write_text(
        '#!/bin/sh\nfor last; do :; done\nwhile [ "$1" != --outdir ]; do shift; done\n'
        f'mkdir -p "$2"\ncp {tmp_path}/made.pdf "$2/$(basename "${{last%.*}}").pdf"\n'
    )
    program.chmod(0o755)
    monkeypatch.setattr(installed, "find_office", lambda: str(program))
    return program


def test_a_word_file_is_shown_as_libreoffice_lays_it_out(office: Path) -> None:
    from docx import Document

    buffer = io.BytesIO()
    document = Document()
    document.add_paragraph(WORDS)
    document.save(buffer)
    assert draw(source(buffer.getvalue(), "a.docx"), WORDS, None).page == 2


@pytest.mark.parametrize("name", ["a.docx", "a.doc", "a.WPS"])
def test_word_files_can_be_shown_where_libreoffice_is(
    name: str, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert installed.can_show_pages(name)
    monkeypatch.setattr(installed, "find_office", lambda: None)
    assert not installed.can_show_pages(name)


def test_pdf_files_and_scans_can_be_shown_and_texts_cannot() -> None:
    assert [installed.can_show_pages(f"a.{end}") for end in ("pdf", "JPG", "txt", "md")] == [
        True,
        True,
        False,
        False,
    ]
    assert not installed.can_show_pages("pdf")
