"""What a file really is: its first bytes decide, its name only where they say nothing."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from corpus.errors import Trouble
from corpus.formats.compound import has_password
from corpus.formats.mime_parts import is_message
from corpus.formats.source import Source
from corpus.report import Format

_TEXTS = {".txt": Format.TEXT, ".md": Format.MARKDOWN, ".markdown": Format.MARKDOWN}
_PAGES = dict.fromkeys((".html", ".htm", ".mht", ".mhtml"), Format.HTML)
_IMAGES = dict.fromkeys(
    (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp", ".heic", ".heif"), Format.IMAGE
)
_WORD = dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), Format.DOCX)
_OFFICE = dict.fromkeys((".doc", ".dot", ".wps", ".wpt", ".rtf", ".odt"), Format.OFFICE)
_TABLES = dict.fromkeys((".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".tsv"), Format.TABLE)

SUFFIXES: dict[str, Format] = (
    _TEXTS
    | _PAGES
    | _IMAGES
    | _WORD
    | _OFFICE
    | _TABLES
    | {".pdf": Format.PDF, ".ofd": Format.OFD, ".eml": Format.MAIL}
)
"""The suffixes of files that are taken for reports, in lower case, and what they promise."""

ARCHIVES = frozenset((".zip",))
"""The suffixes of files that hold reports rather than being one."""

_SAVE_AS = {
    ".pdf": "ppt pptx pps ppsx pot potx dps dpt odp key vsd vsdx odg xps oxps caj kdh nh epub mobi"
    " azw3 djvu ai psd svg gif one",
    ".docx": "pages xml doc docx wps mp3 wav m4a amr mp4 mov avi wmv",
    ".xlsx": "numbers xlsb xlt xltx xltm ett dbf mdb accdb",
    ".zip": "rar 7z tar gz tgz bz2 xz iso",
    ".jpg": "avif",
}
_TARGETS = {f".{name}": target for target, names in _SAVE_AS.items() for name in names.split()}
_OLD_EXCEL = ".xml (Excel)"
_TARGETS[_OLD_EXCEL] = ".xlsx"


def is_document(suffix: str) -> bool:
    """Whether a suffix that is not read is that of a document which people keep."""
    return suffix.lower() in _TARGETS


def save_as(suffix: str) -> tuple[str, ...]:
    """Return the suffixes as which a file that is not read may be saved to be read."""
    target = _TARGETS.get(suffix) or _TARGETS.get(suffix.lower())
    return (target,) if target else (".docx", ".pdf")


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How compound files begin ([MS-CFB] 2.2): old Word files, and those of WPS."""

_IMAGE_MAGIC = re.compile(
    rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|II\*\0|MM\0\*|BM.{4}\0{4}|RIFF.{4}WEBP"
    rb"|.{4}ftyp(?:hei[cmsx]|hev[cmsx]|mif1|msf1)",
    re.DOTALL,
)
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<body[\s>]", re.IGNORECASE)
_WORD_XML = re.compile(rb"<\?mso-application\s+progid=.Word\.Document|<w:wordDocument[\s>]")
_EXCEL_XML = re.compile(rb"progid=.Excel\.Sheet|urn:schemas-microsoft-com:office:spreadsheet")
_HEAD = 4096
_LARGEST_MANIFEST = 1_000_000


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
            kind = _member(archive, "mimetype")
            manifest = _member(archive, "META-INF/manifest.xml")
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, OSError) as exc:
        raise source.refuse(Trouble.DAMAGED) from exc
    except (EOFError, RuntimeError) as exc:
        raise source.refuse(Trouble.DAMAGED) from exc
    if "word/document.xml" in names or "[content_types].xml" in names:
        if any(name.startswith("ppt/") for name in names):
            raise source.refuse(Trouble.UNKNOWN_FORMAT, ".pptx")
        tables = any(name.startswith("xl/") for name in names)
        return Format.TABLE if tables and "word/document.xml" not in names else Format.DOCX
    if "ofd.xml" in names:
        return Format.OFD
    if "content.xml" in names and "mimetype" in names:
        if b"encryption-data" in manifest:
            raise source.refuse(Trouble.ENCRYPTED)
        if b"presentation" in kind or b"graphics" in kind:
            raise source.refuse(Trouble.UNKNOWN_FORMAT, ".odp")
        return Format.TABLE if b"spreadsheet" in kind else Format.OFFICE
    raise source.refuse(Trouble.UNKNOWN_FORMAT, ".zip")


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return the start of a member of an archive, b"" where there is none."""
    if name not in archive.namelist() or archive.getinfo(name).flag_bits & 0x1:
        return b""
    with archive.open(name) as file:
        return file.read(_LARGEST_MANIFEST)


def _compound(source: Source) -> Format:
    """Return what is in a compound file, by the names of its streams ([MS-DOC] 2.1)."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in source.data

    if holds("EncryptedPackage") or holds("EncryptionInfo"):
        raise source.refuse(Trouble.ENCRYPTED)
    promised = SUFFIXES.get(source.path.suffix.lower())
    table = holds("Workbook") or holds("Book\0")
    if holds("WordDocument") and not (table and promised is Format.TABLE):
        if has_password(source.data):
            raise source.refuse(Trouble.ENCRYPTED)
        return Format.OFFICE
    if table:
        return Format.TABLE
    if promised is Format.OFFICE:
        return Format.OFFICE
    raise source.refuse(Trouble.UNKNOWN_FORMAT, ".ppt" if holds("PowerPoint Document") else "")


def _text(source: Source, promised: Format) -> Format:
    """Return which format of text this is; what must not be text is damaged."""
    head = source.data[:_HEAD]
    if _EXCEL_XML.search(head):
        raise source.refuse(Trouble.UNKNOWN_FORMAT, _OLD_EXCEL)
    if is_message(source.data):
        return Format.MAIL if promised is Format.MAIL else Format.HTML
    if _HTML.search(head.replace(b"\0", b"")):
        return Format.HTML
    if promised in {Format.TEXT, Format.MARKDOWN, Format.HTML}:
        return promised
    if promised is Format.TABLE and source.path.suffix.lower() in {".csv", ".tsv"}:
        return promised
    if b"\0" in head or not head.strip():
        raise source.refuse(Trouble.DAMAGED)
    return Format.TEXT
