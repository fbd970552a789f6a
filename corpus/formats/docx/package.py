"""The parts of a .docx file: a ZIP archive of XML, opened as if it were an attack."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

from corpus.errors import Trouble
from corpus.formats.source import Source

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""The namespace of WordprocessingML, in the notation of lxml."""

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = (  # ISO/IEC 29500 Strict says the same in other namespaces
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/drawingml/main",
        b"http://schemas.openxmlformats.org/drawingml/2006/main",
    ),
)
_ENCRYPTED = 0x1  # general purpose bit 0 of APPNOTE 4.4.4


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: the kind is the last word of the type's address."""

    kind: str
    target: str


class Package:
    """The parts of a file, by their names in lower case."""

    def __init__(self, source: Source) -> None:
        """Open the archive.

        Raises:
            UnreadableReport: it is damaged, encrypted, or a bomb.
        """
        self._source = source
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(source.data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as exc:
            raise source.refuse(Trouble.DAMAGED) from exc
        members = self._archive.infolist()
        self._refuse_bombs(members)
        self._members = {
            member.filename.replace("\\", "/").lstrip("/").lower(): member for member in members
        }

    def names(self, prefix: str) -> list[str]:
        """Return the names of the parts that begin with `prefix`, in order."""
        return sorted(name for name in self._members if name.startswith(prefix))

    def bytes(self, name: str) -> bytes | None:
        """Return the content of a part, None where there is none.

        Raises:
            UnreadableReport: it is damaged, encrypted or too large.
        """
        member = self._members.get(name.lower())
        if member is None:
            return None
        if member.flag_bits & _ENCRYPTED:
            raise self._source.refuse(Trouble.ENCRYPTED)
        if member.file_size > self._source.limits.part:
            raise self._source.refuse(Trouble.BOMB)
        try:
            return self._archive.read(member)
        except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, OSError) as exc:
            raise self._source.refuse(Trouble.DAMAGED) from exc
        except (EOFError, RuntimeError) as exc:
            raise self._source.refuse(Trouble.DAMAGED) from exc

    def xml(self, name: str) -> etree._Element | None:
        """Return the root of a part of XML, None where there is none.

        Entities are not resolved, nothing is fetched; a document type, which the format forbids
        (ECMA-376 part 2, 9.1.2), is refused.

        Raises:
            UnreadableReport: it is damaged, or an attack.
        """
        data = self.bytes(name)
        if data is None:
            return None
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as exc:
            raise self._source.refuse(Trouble.DAMAGED) from exc
        if root.getroottree().docinfo.internalDTD is not None:
            raise self._source.refuse(Trouble.DAMAGED)
        return root

    def relations(self, part: str) -> dict[str, Relation]:
        """Return what `part` refers to within the file, by relation id; "" is the file itself."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, Relation] = {}
        for relation in () if root is None else root.iter(_RELATION):
            if relation.get("TargetMode") == "External":
                continue
            target = relation.get("Target", "")
            absolute = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = relation.get("Type", "").rsplit("/", 1)[-1]
            found[relation.get("Id", "")] = Relation(kind, absolute)
        return found

    def _refuse_bombs(self, members: list[zipfile.ZipInfo]) -> None:
        limits = self._source.limits
        unpacked = sum(member.file_size for member in members)
        packed = max(len(self._source.data), 1)
        if (
            len(members) > limits.members
            or unpacked > limits.unpacked
            or (unpacked > limits.part // 10 and unpacked / packed > limits.ratio)
        ):
            raise self._source.refuse(Trouble.BOMB)
