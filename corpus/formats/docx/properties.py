"""What a Word file says of itself outside its text (ECMA-376 part 1, 22.2; part 2, 11)."""

from __future__ import annotations

import re

from corpus.formats.docx.package import Package
from corpus.formats.source import Properties
from corpus.text.lines import tidy

_YEAR = re.compile(r"((?:19|20)\d{2})-\d{2}-\d{2}")


def properties(package: Package) -> Properties:
    """Return the title, the organisation and the year of making of a file."""
    core, more = package.xml("docProps/core.xml"), package.xml("docProps/app.xml")
    texts: dict[str, str] = {}
    for root in (core, more):
        for element in () if root is None else root.iterchildren("{*}*"):
            texts[str(element.tag).rpartition("}")[2]] = tidy(element.text or "")
    made = _YEAR.match(texts.get("created", ""))
    return Properties(
        title=texts.get("title") or None,
        organisation=texts.get("Company") or None,
        year=int(made[1]) if made else None,
    )
