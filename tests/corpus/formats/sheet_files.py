"""Spreadsheets made by hand: the parts of an .xlsx that a reader needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from tests.corpus.formats.docx_files import packed

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"

Value = str | int | float | None


def xlsx(
    sheets: Mapping[str, Sequence[Sequence[Value]]],
    merged: Sequence[str] = (),
    hidden: Sequence[str] = (),
    more: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """Return a book of `sheets`; `merged` are ranges (A1:C1) of the first."""
    names = list(sheets)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{_TYPES}.worksheet+xml"/>'
        for i in range(1, len(names) + 1)
    )
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{i}" r:id="rId{i}"'
        f"{' state=%shidden%s' % (chr(34), chr(34)) if name in hidden else ''}/>"  # noqa: UP031
        for i, name in enumerate(names, start=1)
    )
    relations = "".join(
        f'<Relationship Id="rId{i}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in range(1, len(names) + 1)
    )
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
        f"{overrides}</Types>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f"{relations}</Relationships>",
    }
    for i, rows in enumerate(sheets.values(), start=1):
        files[f"xl/worksheets/sheet{i}.xml"] = _sheet(rows, merged if i == 1 else ())
    return packed(files | dict(more or {}))


def _sheet(rows: Sequence[Sequence[Value]], merged: Sequence[str]) -> str:
    inside = "".join(
        f'<row r="{i}">{"".join(_cell(value, i, k) for k, value in enumerate(row))}</row>'
        for i, row in enumerate(rows, start=1)
    )
    ranges = "".join(f'<mergeCell ref="{ref}"/>' for ref in merged)
    spans = f'<mergeCells count="{len(merged)}">{ranges}</mergeCells>' if merged else ""
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{inside}</sheetData>{spans}</worksheet>'


def _cell(value: Value, row: int, column: int) -> str:
    place = f"{chr(65 + column)}{row}"
    if value is None:
        return ""
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'
