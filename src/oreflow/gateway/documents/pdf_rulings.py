"""The straight lines drawn on a PDF page, which rule its tables."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

Box = tuple[float, float, float, float]

_THIN = 2.6  # points: what is drawn no wider than this is a line
_SHORT = 4.0  # points: shorter ones rule nothing
_MOST = 12_000  # a page with more is a drawing
_MOST_POINTS = 400  # of one path


def rulings_of(page: Any) -> list[Box]:
    """Level and upright lines of a page as thin boxes; none where there are so many that it is a drawing."""
    import pypdfium2.raw as pdfium

    out: list[Box] = []
    for number in range(min(pdfium.FPDFPage_CountObjects(page.raw), _MOST * 2)):
        item = pdfium.FPDFPage_GetObject(page.raw, number)
        if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        out += _lines(pdfium, item)
        if len(out) > _MOST:
            return []
    return out


def _lines(pdfium: Any, item: Any) -> Iterator[Box]:
    """The lines of one path: itself where it is thin, its sides where it is stroked."""
    box = _bounds(pdfium, item)
    if box is None:
        return
    x0, y0, x1, y1 = box
    if min(x1 - x0, y1 - y0) <= _THIN:
        if max(x1 - x0, y1 - y0) >= _SHORT:
            yield box
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke)) or not stroke.value:
        return
    points = list(_points(pdfium, item))
    for (ax, ay, _), (bx, by, drawn) in pairwise(points):
        side = (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
        straight = min(side[2] - side[0], side[3] - side[1]) <= _THIN
        if drawn and straight and max(side[2] - side[0], side[3] - side[1]) >= _SHORT:
            yield side


def _bounds(pdfium: Any, item: Any) -> Box | None:
    sides = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(item, *(ctypes.byref(s) for s in sides)):
        return None
    x0, y0, x1, y1 = (s.value for s in sides)
    return x0, y0, x1, y1


def _points(pdfium: Any, item: Any) -> Iterator[tuple[float, float, bool]]:
    """The points of a path on the page; the third tells whether a straight line leads there."""
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix)):
        return
    count = pdfium.FPDFPath_CountSegments(item)
    if not 0 < count <= _MOST_POINTS:
        return
    begin: tuple[float, float] = (0.0, 0.0)
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, number)
        if not pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            continue
        kind = pdfium.FPDFPathSegment_GetType(segment)
        at = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            begin = at
        yield *at, kind == pdfium.FPDF_SEGMENT_LINETO
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield *begin, True
