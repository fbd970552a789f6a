"""What a file really is: its first bytes decide, its name only where they say nothing."""

from __future__ import annotations

import io
import re
import zipfile

from corpus.errors import Trouble
from corpus.formats.source import Source
from corpus.report import Format

_TEXTS = {".txt": Format.TEXT, ".md": Format.MARKDOWN, ".markdown": Format.MARKDOWN}
_PAGES = dict.fromkeys((".html", ".htm", ".mht", ".mhtml"), Format.HTML)
_IMAGES = dict.fromkeys(
    (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp", ".heic", ".heif"), Format.IMAGE
)
_OFFICE = dict.fromkeys((".doc", ".wps", ".rtf", ".odt"), Format.OFFICE)

SUFFIXES: dict[str, Format] = (
    _TEXTS
    | _PAGES
    | _IMAGES
    | _OFFICE
    | {".docx": Format.DOCX, ".pdf": Format.PDF, ".ofd": Format.OFD}
)
"""The suffixes of files that are taken for reports, in lower case, and what they promise."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How compound files begin ([MS-CFB] 2.2): old Word files, and those of WPS."""

_IMAGE_MAGIC = re.compile(
    rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|II\*\0|MM\0\*|BM.{4}\0{4}|RIFF.{4}WEBP"
    rb"|.{4}ftyp(?:hei[cmsx]|hev[cmsx]|mif1|msf1)",
    re.DOTALL,
)
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<body[\s>]", re.IGNORECASE)
_MHTML = re.compile(rb"^(?:mime-version|content-type:\s*multipart/related)", re.I | re.M)
_WORD_XML = re.compile(rb"<\?mso-application\s+progid=.Word\.Document|<w:wordDocument[\s>]")
_HEAD = 4096


def detect(source: Source) -> Format:
    """Return what `source` is.

    Raises:
        UnreadableReport: it is empty, encrypted, or of a format that is not read.
    """
    data, suffix = source.data, source.path.suffix.lower()
    promised = SUFFIXES.get(suffix)
    if promised is None:
        raise source.refuse(Trouble.UNKNOWN_FORMAT, suffix)
    if not data:
        raise source.refuse(Trouble.EMPTY)
    head = data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    if head.startswith(b"PK\x03\x04"):
        return _packed(source)
    if head.startswith(OLE):
        return _compound(source)
    if head.startswith(b"{\\rtf") or _WORD_XML.search(head):
        return Format.OFFICE
    if _IMAGE_MAGIC.match(head):
        return Format.IMAGE
    return _text(source, promised)


def _packed(source: Source) -> Format:
    """Return which of the formats that are ZIP archives this is."""
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            names = {name.lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as exc:
        raise source.refuse(Trouble.DAMAGED) from exc
    if "word/document.xml" in names or "[content_types].xml" in names:
        for folder, other in (("xl/", ".xlsx"), ("ppt/", ".pptx")):
            if any(name.startswith(folder) for name in names):
                raise source.refuse(Trouble.UNKNOWN_FORMAT, other)
        return Format.DOCX
    if "ofd.xml" in names:
        return Format.OFD
    if "content.xml" in names and "mimetype" in names:
        return Format.OFFICE
    raise source.refuse(Trouble.UNKNOWN_FORMAT, ".zip")


def _compound(source: Source) -> Format:
    """Return what is in a compound file, by the names of its streams ([MS-DOC] 2.1)."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in source.data

    if holds("EncryptedPackage") or holds("EncryptionInfo"):
        raise source.refuse(Trouble.ENCRYPTED)
    if holds("WordDocument") or source.path.suffix.lower() in _OFFICE:
        return Format.OFFICE
    other = ".xls" if holds("Workbook") else ".ppt" if holds("PowerPoint Document") else ""
    raise source.refuse(Trouble.UNKNOWN_FORMAT, other)


def _text(source: Source, promised: Format) -> Format:
    """Return which format of text this is; what must not be text is damaged."""
    head = source.data[:_HEAD]
    if _HTML.search(head.replace(b"\0", b"")) or _MHTML.match(head.lstrip()):
        return Format.HTML
    if promised in {Format.TEXT, Format.MARKDOWN, Format.HTML}:
        return promised
    if b"\0" in head or not head.strip():
        raise source.refuse(Trouble.DAMAGED)
    return Format.TEXT
