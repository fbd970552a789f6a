"""What stands on every page and is no part of the text: running heads, feet, page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.formats.pages.rows import Page, Row

_MARGIN = 0.12
_DEEPEST = 3
_DIGITS = re.compile(r"[0-9０-９一二三四五六七八九十]+")
_NUMBER = re.compile(
    r"[-—–―·•\s]*(?:第?\s*(?:\d{1,4}|[ivxlc]{1,6}|[一二三四五六七八九十]{1,3})\s*页?)[-—–―·•\s]*"
    r"(?:[/／,，共\s]*(?:共\s*)?\d{1,4}\s*页?)?[\s]*",
    re.IGNORECASE,
)


def furniture(pages: Sequence[Page]) -> set[Row]:
    """Return the rows at the edges of the pages that come again on others, and page numbers.

    Heads come again when three pages in ten have them, but for their digits; so those of left
    and of right pages are both found.
    """
    edges = {page.number: _edges(page) for page in pages}
    seen = Counter(key for rows in edges.values() for key in {_key(row) for row in rows})
    often = max(2, 0.3 * len(pages))
    return {
        row
        for rows in edges.values()
        for row in rows
        if seen[_key(row)] >= often or _NUMBER.fullmatch(row.text)
    }


def _edges(page: Page) -> list[Row]:
    """Return the rows in the margins of a page."""
    top = [row for row in page.rows if row.bottom < _MARGIN * page.height]
    bottom = [row for row in page.rows if row.top > (1 - _MARGIN) * page.height]
    return top[:_DEEPEST] + bottom[-_DEEPEST:]


def _key(row: Row) -> str:
    return _DIGITS.sub("#", re.sub(r"\s", "", row.text))
