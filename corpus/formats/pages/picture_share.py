"""How much of a page is picture."""

from __future__ import annotations

import numpy as np

from corpus.formats.pages.sheet import Sheet

_CELLS = 100


def picture_share(sheet: Sheet) -> float:
    """Return the share of a page that pictures cover, from 0 to 1, to a hundredth of its sides."""
    if not sheet.pictures or sheet.width <= 0 or sheet.height <= 0:
        return 0.0
    covered = np.zeros((_CELLS, _CELLS), bool)
    for box in sheet.pictures:
        rows = _span(box.top, box.bottom, sheet.height)
        columns = _span(box.left, box.right, sheet.width)
        covered[rows, columns] = True
    return float(covered.mean())


def _span(low: float, high: float, whole: float) -> slice:
    first, last = (min(max(value / whole, 0.0), 1.0) * _CELLS for value in (low, high))
    return slice(round(first), max(round(last), round(first) + 1))
