"""Drawings with words of their own: SmartArt (ECMA-376 part 1, 21.4) and charts (21.2)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from corpus.formats.tables import rows_as_lines
from corpus.text.lines import tidy

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_WITH_WORDS = frozenset(("node", "asst"))
_MOST_POINTS = 1_000


def diagram_lines(root: etree._Element) -> list[str]:
    """Return the texts of a SmartArt, the part dgm:dataModel, in their order."""
    points = (p for p in root.iter(f"{_DGM}pt") if p.get("type", "node") in _WITH_WORDS)
    texts = (_words(paragraph) for point in points for paragraph in point.iter(f"{_A}p"))
    return [text for text in texts if text]


def chart_lines(root: etree._Element) -> list[str]:
    """Return the title of a chart and the table it draws, the part c:chartSpace."""
    title = root.find(f"{_C}chart/{_C}title")
    lines = [] if title is None else [_words(title)]
    columns = [_series(series) for series in root.iter(f"{_C}ser")]
    if columns:
        categories = max((names for _, names, _ in columns), key=len)
        grid = [["", *(name for name, _, _ in columns)]]
        for i, category in enumerate(categories):
            grid.append([category, *(values.get(i, "") for _, _, values in columns)])
        lines += rows_as_lines(grid, heads=1)
    return [line for line in lines if line]


def _series(element: etree._Element) -> tuple[str, list[str], dict[int, str]]:
    """Return the name of a series, the names of its points, and their values by place."""
    name = " ".join(tidy(v.text or "") for v in element.iterfind(f"{_C}tx//{_C}v"))
    names = dict(_points(element, ("cat", "xVal")))
    values = dict(_points(element, ("val", "yVal", "bubbleSize")))
    count = min(max((*names, *values), default=-1) + 1, _MOST_POINTS)
    return name, [names.get(i, str(i + 1)) for i in range(count)], values


def _points(element: etree._Element, kinds: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    for kind in kinds:
        for point in element.iterfind(f"{_C}{kind}//{_C}pt"):
            index = point.get("idx", "")
            if index.isdecimal():
                yield int(index), tidy(point.findtext(f"{_C}v") or "")


def _words(element: etree._Element) -> str:
    return tidy("".join(text.text or "" for text in element.iter(f"{_A}t")))
