"""Scans and photos as files of their own: .jpg, .png, .tif, .heic and the like."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

from corpus.errors import Trouble
from corpus.formats import installed
from corpus.formats.pages.paragraphs import text_of
from corpus.formats.scans import ocr
from corpus.formats.source import Draft, Source
from corpus.report import Format, ParseDetails, Recognised


def read_image(source: Source) -> Draft:
    """Read a picture of a page; a TIFF may hold several.

    Raises:
        UnreadableReport: recognition is not installed, or the picture is damaged or too large.
    """
    if not installed.can_recognise():
        raise source.refuse(Trouble.NEEDS_OCR)
    seen = [ocr.recognise(picture, number, source) for number, picture in _pictures(source)]
    text = text_of([found.page for found in seen], titles=False)
    return Draft(
        lines=text.lines,
        reading=ParseDetails(
            Format.IMAGE,
            pages=len(seen),
            empty_pages=tuple(found.page.number for found in seen if not found.page.rows),
            recognised=tuple(
                Recognised(found.page.number, round(found.confidence, 3))
                for found in seen
                if found.page.rows
            ),
            tables=text.tables,
        ),
        left_out=text.left_out,
    )


def _pictures(source: Source) -> Iterator[tuple[int, ocr.Picture]]:
    """Yield the pages of a picture file, upright as the camera held them."""
    import numpy as np
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    source.afford(source.limits.memory_ocr)
    if source.data[4:8] == b"ftyp":
        _open_heic(source)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(source.data))
        if image.width * image.height > source.limits.pixels:
            raise source.refuse(Trouble.TOO_LARGE)
        count = getattr(image, "n_frames", 1)
        if count > source.limits.pages:
            raise source.refuse(Trouble.TOO_LONG, f"> {source.limits.pages:,}")
        for number, frame in enumerate(ImageSequence.Iterator(image), start=1):
            source.told(number, count)
            upright = ImageOps.exif_transpose(frame) or frame
            upright = upright.convert("RGB")
            upright.thumbnail((2600, 2600))
            yield number, np.asarray(upright)
    except (UnidentifiedImageError, Image.DecompressionBombError) as exc:
        raise source.refuse(Trouble.DAMAGED) from exc
    except (OSError, SyntaxError, ValueError, EOFError) as exc:
        raise source.refuse(Trouble.DAMAGED) from exc


def _open_heic(source: Source) -> None:
    """Have Pillow open the photos of phones (HEIC), which it does not by itself."""
    try:
        from pi_heif import register_heif_opener
    except ImportError as exc:
        raise source.refuse(Trouble.NEEDS_OCR) from exc
    register_heif_opener()
