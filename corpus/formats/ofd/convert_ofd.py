"""OFD files → the pages they draw, read as those of a PDF file are."""

from __future__ import annotations

import io
import posixpath
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from lxml import etree

from corpus.errors import Trouble
from corpus.formats.docx.package import Package
from corpus.formats.ofd.page_objects import POINTS, PageObjects, named, numbers
from corpus.formats.paged import draft_of
from corpus.formats.pages.sheet import Sheet
from corpus.formats.source import Draft, Properties, Source
from corpus.report import Format
from corpus.text.lines import tidy

if TYPE_CHECKING:
    from corpus.formats.scans.ocr import Picture

_A4 = (0.0, 0.0, 210.0, 297.0)
_MOST_TEMPLATES = 20


def read_ofd(source: Source) -> Draft:
    """Read an OFD file: text in reading order, whole paragraphs, each with its page.

    Raises:
        UnreadableReport: it is damaged, encrypted, or has too many pages.
    """
    package = Package(source)
    if package.names("encrypt"):
        raise source.refuse(Trouble.ENCRYPTED)
    root = package.xml("OFD.xml")
    if root is None:
        raise source.refuse(Trouble.DAMAGED)
    documents = [
        _Document(package, _absolute("", found.text or "")) for found in named(root, "DocRoot")
    ]
    pages = [(document, page) for document in documents for page in document.pages]
    if not pages:
        raise source.refuse(Trouble.DAMAGED)
    if len(pages) > source.limits.pages:
        raise source.refuse(Trouble.TOO_LONG, f"> {source.limits.pages:,}")
    pictures: dict[int, list[_Placed]] = {}

    def sheets() -> Iterator[Sheet]:
        for number, (document, page) in enumerate(pages, start=1):
            sheet, shown = document.sheet(page, number)
            pictures[number] = shown
            yield sheet

    def render(sheet: Sheet, scale: float) -> Picture | None:
        return _drawn(package, sheet, pictures[sheet.number], scale, source.limits.pixels)

    return draft_of(sheets(), len(pages), render, source, Format.OFD, _properties(root))


@dataclass(frozen=True, slots=True)
class _Placed:
    """A picture of a page: the part that holds it, and its place in points."""

    part: str
    box: tuple[float, float, float, float]


@dataclass(slots=True)
class _Document:
    """One document of a file: its pages, its page templates, its resources by their ids."""

    package: Package
    part: str
    pages: list[str] = field(default_factory=list)
    templates: dict[str, str] = field(default_factory=dict)
    media: dict[str, str] = field(default_factory=dict)
    area: tuple[float, ...] = _A4

    def __post_init__(self) -> None:
        root = self.package.xml(self.part)
        if root is None:
            return
        self.area = _box(root) or _A4
        self.pages = [self._at(page.get("BaseLoc", "")) for page in named(root, "Page")]
        for template in named(root, "TemplatePage"):
            self.templates[template.get("ID", "")] = self._at(template.get("BaseLoc", ""))
        for kind in ("PublicRes", "DocumentRes"):
            for resource in named(root, kind):
                self._add_media(self._at(resource.text or ""))

    def sheet(self, part: str, number: int) -> tuple[Sheet, list[_Placed]]:
        """Return a page as it is drawn, and its pictures; one that is missing is broken."""
        root = self.package.xml(part)
        if root is None:
            return Sheet(number, 0, 0, broken=True), []
        for resource in named(root, "PageRes"):
            self._add_media(_absolute(part, resource.text or ""))
        x, y, width, height = _box(root) or self.area
        drawn = PageObjects((-x, -y))
        for use in list(named(root, "Template"))[:_MOST_TEMPLATES]:
            template = self.package.xml(self.templates.get(use.get("TemplateID", ""), ""))
            if template is not None:
                drawn.add(template)
        drawn.add(root)
        shown = [_Placed(self.media.get(identity, ""), box) for identity, box in drawn.pictures]
        return drawn.sheet(number, width * POINTS, height * POINTS), shown

    def _add_media(self, part: str) -> None:
        root = self.package.xml(part)
        if root is None:
            return
        base = posixpath.join(posixpath.dirname(part), root.get("BaseLoc", ""), "_")
        for media in named(root, "MultiMedia"):
            file = next(named(media, "MediaFile"), None)
            if file is not None:
                self.media[media.get("ID", "")] = _absolute(base, file.text or "")

    def _at(self, place: str) -> str:
        return _absolute(self.part, place)


def _absolute(part: str, place: str) -> str:
    """Return the name of the part at `place`, as `part` refers to it."""
    joined = posixpath.join("/", posixpath.dirname(part), place.strip())
    return posixpath.normpath(joined).lstrip("/")


def _box(root: etree._Element) -> tuple[float, ...] | None:
    """Return the physical box of a page or a document in millimetres: left, top, width, height."""
    for found in named(root, "PhysicalBox"):
        values = numbers(found.text)
        if len(values) == 4 and min(values[2:]) > 0:
            return tuple(values)
    return None


def _drawn(
    package: Package, sheet: Sheet, pictures: list[_Placed], scale: float, pixels: int
) -> Picture | None:
    """Return the pictures of a page at their places; None where one cannot be read."""
    from PIL import Image, UnidentifiedImageError

    page = Image.new("RGB", (round(sheet.width * scale), round(sheet.height * scale)), "white")
    for placed in pictures:
        data = package.bytes(placed.part)
        left, right, top, bottom = (round(value * scale) for value in placed.box)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                image = Image.open(io.BytesIO(data or b""))
                if image.width * image.height > pixels:
                    return None
                size = (max(right - left, 1), max(bottom - top, 1))
                page.paste(image.convert("RGB").resize(size), (left, top))
        except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError):
            return None
    return np.asarray(page)


def _properties(root: etree._Element) -> Properties:
    """Return what the file says of itself."""

    def first(name: str) -> str:
        return next((found.text or "" for found in named(root, name)), "")

    year = first("CreationDate")[:4]
    return Properties(
        title=tidy(first("Title")) or None,
        year=int(year) if year.isascii() and year.isdecimal() and len(year) == 4 else None,
    )
