"""PDF files for tests, drawn row by row."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from corpus.formats import Draft, Source, draft

WIDTH, HEIGHT = 595.0, 842.0
FONT = "STSong-Light"

Drawn = tuple[float, float, float, str]
"""Left, distance from the top, size, text."""


def pdf(
    *pages: Sequence[Drawn],
    picture: bool = False,
    password: str | None = None,
    turn: int = 0,
    flagged: bool = False,
) -> bytes:
    """Return a file with those rows on its pages; with `picture`, a grey square on each.

    The rows run at `turn` degrees against the clock; where that is `flagged`, the page is shown
    turned back.
    """
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = io.BytesIO()
    lock = StandardEncryption(password, strength=128) if password else None
    canvas = Canvas(buffer, (WIDTH, HEIGHT), invariant=1, encrypt=lock)
    for page in pages:
        if flagged:
            canvas.setPageRotation(turn)
        canvas.translate(*{0: (0, 0), 90: (HEIGHT, 0), 180: (WIDTH, HEIGHT), 270: (0, WIDTH)}[turn])
        canvas.rotate(turn)
        if picture:
            from PIL import Image

            canvas.drawInlineImage(Image.new("L", (40, 40), 128), 100, 300, 300, 300)
        for left, top, size, text in page:
            canvas.setFont(FONT, size)
            canvas.drawString(left, HEIGHT - top, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def block(*rows: str, top: float = 120, left: float = 90, size: float = 14) -> list[Drawn]:
    """Return rows under each other; one that begins with a full-width space is set in."""
    drawn: list[Drawn] = []
    for i, row in enumerate(rows):
        indent = (len(row) - len(row.lstrip("\u3000"))) * size
        drawn.append((left + indent, top + i * 1.7 * size, size, row.lstrip("\u3000")))
    return drawn


def read(data: bytes) -> Draft:
    """Return what the converter reads."""
    return draft(Source(data, Path("a.pdf")))


def texts(data: bytes) -> list[str]:
    """Return the texts of the lines that are read."""
    return [line.text for line in read(data).lines]
