"""What a page of a PDF file draws besides letters: pictures and ruling lines, and in what order."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from corpus.formats.pages.figures import Bounds, bounds_of, ruling_lines

_DEEPEST = 6
_MOST_OBJECTS = 30_000
_MOST_SEGMENTS = 200
_LETTER = (3.0, 60.0)
"""Points that a letter drawn as a shape is high."""

Matrix = tuple[float, float, float, float, float, float]

_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Drawn:
    """What a page draws. `orders` says when each text object, by its address, was drawn.

    `pictures` and `rules` stand with their bounds, y upwards, as PDF has it; a picture with when it
    was drawn, which is 0 for one that is seen through. `shapes` are small filled figures: letters
    drawn as such, or parts of a drawing.
    """

    orders: dict[int, int] = field(default_factory=dict)
    pictures: list[tuple[int, Bounds]] = field(default_factory=list)
    rules: list[Bounds] = field(default_factory=list)
    shapes: list[Bounds] = field(default_factory=list)
    count: int = 0


def drawn_on(page: pdfium.PdfPage) -> Drawn:
    """Return what `page` draws; of a page with very many objects the first."""
    drawn = Drawn()
    size = raw.FPDFPage_CountObjects(page.raw)
    _walk(drawn, (raw.FPDFPage_GetObject(page.raw, i) for i in range(size)), _SAME, 0)
    return drawn


def address(pointer: Any) -> int:
    """Return where an object of PDFium lies, 0 for none."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def _walk(drawn: Drawn, objects: Iterator[Any], above: Matrix, depth: int) -> None:
    for found in objects:
        drawn.count += 1
        if drawn.count > _MOST_OBJECTS:
            return
        kind = raw.FPDFPageObj_GetType(found)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            drawn.orders[address(found)] = drawn.count
            continue
        if kind not in {raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_FORM}:
            continue
        matrix = _times(_matrix(found), above)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            corners = [_at(matrix, x, y) for x, y in ((0, 0), (1, 0), (0, 1), (1, 1))]
            seen_through = raw.FPDFPageObj_HasTransparency(found)
            drawn.pictures.append((0 if seen_through else drawn.count, bounds_of(corners)))
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            _add_path(drawn, found, matrix)
        elif depth < _DEEPEST:
            size = raw.FPDFFormObj_CountObjects(found)
            inner = (raw.FPDFFormObj_GetObject(found, i) for i in range(max(size, 0)))
            _walk(drawn, inner, matrix, depth + 1)


def _add_path(drawn: Drawn, path: Any, matrix: Matrix) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(path, fill, stroke) or not (fill.value or stroke.value):
        return
    count = raw.FPDFPath_CountSegments(path)
    if count > _MOST_SEGMENTS:
        return
    figures = list(_figures(path, count, matrix))
    for points, curved in figures:
        bounds = bounds_of(points)
        drawn.rules += ruling_lines(points, outlined=bool(stroke.value) and not curved)
        wide, tall = bounds[2] - bounds[0], bounds[3] - bounds[1]
        if fill.value and _LETTER[0] < tall < _LETTER[1] and wide < _LETTER[1]:
            drawn.shapes.append(bounds)


def _figures(
    path: Any, count: int, matrix: Matrix
) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """Yield the figures of a path: their points, and whether they are curved."""
    points: list[tuple[float, float]] = []
    curved = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, i)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points, curved
            points, curved = [], False
        curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
        points.append(_at(matrix, x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment) and points[0] != points[-1]:
            points.append(points[0])
    if len(points) > 1:
        yield points, curved


def _matrix(found: Any) -> Matrix:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(found, matrix):
        return _SAME
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _times(one: Matrix, other: Matrix) -> Matrix:
    """Return the matrix that does `one`, then `other`."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
