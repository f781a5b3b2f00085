# ruff: noqa: E501 -- Chinese characters count as two columns each
"""Tables whose cells a reader kept apart (tabs or bars): every line a row, every place a column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from .cells import BINDING, EMPTY, Piece, split, year_like
from .letters import Line

_CHANGE = re.compile(r"^(?P<v>减少|下降|降低|提高|增加|增长|上升|压减|提升)(?=[\d约超不<>≥≤])")
_TAIL = re.compile(r"（[^（）]{1,16}）$")
_TOTAL = re.compile(r"合计|总计|小计|总和")
_SERIAL = re.compile(r"序\s?号|编号|No\.?")
MIN_CELLS = 3


def is_grid_line(line: Line) -> bool:
    """Whether a line's cells are marked."""
    return line.text.count("\t") + line.text.count("|") >= MIN_CELLS - 1


def grid_runs(lines: Sequence[Line], stop: set[int]) -> list[tuple[int, int]]:
    """Runs of at least three lines with marked cells."""
    out, i, total = [], 0, len(lines)
    while i < total:
        if i in stop or not is_grid_line(lines[i]):
            i += 1
            continue
        j = i
        while j < total and j not in stop and (is_grid_line(lines[j]) or _second_head(lines, j)):
            j += 1
        if j - i >= MIN_CELLS - 1:
            out.append((i, j))
        i = j
    return out


def _piece(piece: Piece, column: int) -> Piece:
    """A grid's cell, its verb of change and its bracketed remark set aside."""
    if piece.number is not None or piece.text in EMPTY:
        return replace(piece, place=column)
    verb = _CHANGE.match(piece.text)
    body = _TAIL.sub("", piece.text[verb.end() :] if verb else piece.text)
    if body == piece.text or not body:
        return replace(piece, place=column)
    inner = split(Line(piece.start, piece.end, body), piece.line)
    if len(inner) != 1 or inner[0].number is None:
        return replace(piece, place=column)
    return replace(piece, number=inner[0].number, prefix=(verb["v"] if verb else "") + inner[0].prefix, place=column)


def grid(
    lines: Sequence[Line], first: int, last: int
) -> tuple[list[str], list[tuple[list[Piece], list[Piece], str]], int] | None:
    """Heads of the figure columns, rows as (words, figures, binding), and the width; None where it is no table of figures."""
    rows = [[_piece(p, k) for k, p in enumerate(marked(lines[i], i))] for i in range(first, last)]
    width = Counter(len(r) for r in rows).most_common(1)[0][0]
    head = next(
        (
            r
            for r in rows
            if len(r) == width and sum(1 for p in r if p.number is not None and not year_like(p)) * 2 <= len(r)
        ),
        None,
    )
    if head is None:
        return None
    body = rows[rows.index(head) + 1 :]
    serial = 1 if _SERIAL.search(head[0].text) or (not head[0].number and _counting(body)) else 0
    filled = [sum(1 for r in body if k < len(r) and (r[k].counts or not r[k].text)) for k in range(width)]
    figured = [
        k for k in range(serial, width) if filled[k] * 3 >= len(body) and any(k < len(r) and r[k].number for r in body)
    ]
    if not figured or len(body) < 2:
        return None
    made = []
    for row in body:
        shift = len(row) - width
        shifted = shift < 0 and (row[0].counts or (shift == -serial and bool(_TOTAL.match(row[0].text))))
        columns = {k + shift if shifted else k: k for k in figured}
        words = [
            p
            for k, p in enumerate(row)
            if k >= serial + (shift if shifted else 0)
            and k not in columns
            and p.text
            and p.text not in BINDING
            and p.number is None
        ]
        figures = [replace(p, place=figured.index(columns[k])) for k, p in enumerate(row) if k in columns and p.text]
        bound = next((BINDING[p.text] for p in row if p.text in BINDING), "")
        if figures:
            made.append((words, figures, bound))
    return [head[k].text for k in figured], made, len(figured)


def _second_head(lines: Sequence[Line], j: int) -> bool:
    """A line of fewer marked cells between grid lines: the second line of a head."""
    return "\t" in lines[j].text and j + 1 < len(lines) and is_grid_line(lines[j + 1])


def marked(line: Line, index: int) -> list[Piece]:
    """The cells of a line between tabs or bars, empty ones too."""
    mark = "\t" if "\t" in line.text else "|"
    pieces, at = [], 0
    for place, raw in enumerate(line.text.split(mark)):
        body = raw.strip()
        start = line.start + at + (raw.index(body) if body else 0)
        inner = split(Line(start, start + len(body), body), index) if body else []
        whole = (
            inner[0] if len(inner) == 1 else Piece(body.replace(" ", ""), start, start + len(body), index, place, False)
        )
        pieces.append(replace(whole, place=place))
        at += len(raw) + 1
    while pieces and mark == "|" and not pieces[0].text:
        pieces.pop(0)
    while pieces and mark == "|" and not pieces[-1].text:
        pieces.pop()
    return pieces


def _counting(body: list[list[Piece]]) -> bool:
    firsts = [r[0].number.low if r and r[0].number else None for r in body]
    return all(a is not None and a == k + 1 for k, a in enumerate(firsts[:3]))
