"""OFD files for tests (GB/T 33190): a page as its objects, in millimetres."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

_SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def ofd(
    *pages: Sequence[str],
    media: Mapping[str, bytes] | None = None,
    template: Sequence[str] = (),
    box: str = "0 0 210 297",
) -> bytes:
    """Return a file of those pages; `media` are pictures by their ids, `template` is under all."""
    media = media or {}
    use = '<ofd:Template TemplateID="90" ZOrder="Background"/>' if template else ""
    parts = {
        "OFD.xml": f"<ofd:OFD {_SPACE}><ofd:DocBody><ofd:DocInfo>"
        "<ofd:CreationDate>2025-01-10</ofd:CreationDate></ofd:DocInfo>"
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {_SPACE}><ofd:CommonData><ofd:PageArea>"
        f"<ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:PageArea>"
        '<ofd:TemplatePage ID="90" BaseLoc="Tpls/Tpl_0/Content.xml"/>'
        "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes></ofd:CommonData><ofd:Pages>"
        + "".join(f'<ofd:Page ID="{i}" BaseLoc="Pages/{i}.xml"/>' for i in range(len(pages)))
        + "</ofd:Pages></ofd:Document>",
        "Doc_0/DocumentRes.xml": f'<ofd:Res {_SPACE} BaseLoc="Res"><ofd:MultiMedias>'
        + "".join(
            f'<ofd:MultiMedia ID="{i}" Type="Image"><ofd:MediaFile>{i}.png</ofd:MediaFile>'
            "</ofd:MultiMedia>"
            for i in media
        )
        + "</ofd:MultiMedias></ofd:Res>",
        "Doc_0/Tpls/Tpl_0/Content.xml": _content(template),
    }
    for i, objects in enumerate(pages):
        parts[f"Doc_0/Pages/{i}.xml"] = _content(objects, use)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), '<?xml version="1.0" encoding="UTF-8"?>' + text)
        for identity, data in media.items():
            archive.writestr(zipfile.ZipInfo(f"Doc_0/Res/{identity}.png"), data)
    return buffer.getvalue()


def words(
    left: float, top: float, text: str, size: float = 5, more: str = "", inside: str = ""
) -> str:
    """Return a row of text, letter by letter one size apart."""
    return (
        f'<ofd:TextObject Boundary="{left} {top} 180 {size * 1.5}" Font="1" Size="{size}" {more}>'
        f'{inside}<ofd:TextCode X="0" Y="{size}" DeltaX="g {max(len(text) - 1, 1)} {size}">{text}'
        "</ofd:TextCode></ofd:TextObject>"
    )


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    """Return a ruling line."""
    return (
        f'<ofd:PathObject Boundary="{x0} {y0} {x1 - x0} {y1 - y0}" LineWidth="0.3" Stroke="true">'
        f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0} {y1 - y0}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def picture(identity: str, left: float, top: float, width: float, height: float) -> str:
    """Return a picture at its place."""
    return (
        f'<ofd:ImageObject Boundary="{left} {top} {width} {height}" ResourceID="{identity}" '
        f'CTM="{width} 0 0 {height} 0 0"/>'
    )


def _content(objects: Sequence[str], use: str = "") -> str:
    body = "".join(objects)
    return (
        f"<ofd:Page {_SPACE}>{use}<ofd:Content><ofd:Layer>{body}</ofd:Layer></ofd:Content>"
        "</ofd:Page>"
    )
