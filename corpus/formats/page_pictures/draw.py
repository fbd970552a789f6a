"""A page of a file, drawn with words of it marked."""

from __future__ import annotations

from corpus.errors import Trouble
from corpus.formats.page_pictures.marking import cut_for_phone, find, inked, marked
from corpus.formats.page_pictures.pages import PageImage, pages
from corpus.formats.page_pictures.picture import PagePicture
from corpus.formats.page_pictures.png import png
from corpus.formats.source import Source


def draw(source: Source, words: str, page: int | None) -> PagePicture:
    """Return the page that holds `words`, with them marked.

    Args:
        source: The file.
        words: A sentence of it, as the report has it.
        page: On which page its paragraph begins, from 1; None where the report does not say.

    Raises:
        UnreadableReport: the words are not seen, or this machine has no font for them.
    """
    best: tuple[int, PageImage] | None = None
    for image in pages(source, page):
        same = find(words, image.letters)[1]
        if same > (best[0] if best is not None else 0):
            best = same, image
    if best is None:
        raise source.refuse(Trouble.NOT_SEEN)
    image = best[1]
    found = find(words, image.letters)[0]
    if not inked(image.picture, found):
        raise source.refuse(Trouble.NO_FONT)
    picture, part = cut_for_phone(marked(image.picture, found), found, image.letters)
    return PagePicture(png(picture), image.number, part)
