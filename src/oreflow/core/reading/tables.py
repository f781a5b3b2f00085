"""Tables rebuilt from flattened cells: header, rows, totals re-added."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from .cells import BINDING, EMPTY, Piece, runs, split, year_like
from .columns import columns
from .grids import grid, grid_runs
from .letters import Line
from .model import Cell, Row, Table, Total
from .numbers import COUNT, MEASURE

CAPTION = re.compile(
    r"(?:附?表|专栏)\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:\s?[—－\-–.]\s?\d{1,2})?(?!\d)[：:\s]*(?P<t>.{0,60})$"
)
_NOTE = re.compile(r"(?:注|备注|说明|资料来源|数据来源)\s?[：:]")
_GROUP = re.compile(r"(?:[一二三四五六七八九十]{1,2}、|（[一二三四五六七八九十]{1,2}）).{1,20}$")
_BREAK = re.compile(r"第[一二三四五六七八九十\d]{1,3}[章节]|专栏\s?\d|图\s?\d")
_UNIT_ONLY = re.compile(rf"（?(?:万亿|千亿|百亿|亿|万|千)?(?:{MEASURE}|{COUNT})）?")
_LABEL_UNIT = re.compile(r"（(?P<u>[^（）]{1,16})）$")
_SAID_UNIT = re.compile(r"单位\s?[：:]\s?[^\s）)，,]{1,8}")
_ABOVE = re.compile(r"^(?:附?表|专栏)\s?\d|^单位\s?[：:]|(?:表|指标|情况|计划|目标)(?:（.*）)?$|^附[表件]")
_CATEGORY = re.compile(r"类别|类型|分类|指标类别")
_TOTAL = re.compile(r"^(?:合计|总计|总和|共计)$")


@dataclass(slots=True)
class _Draft:
    texts: list[Piece] = field(default_factory=list)
    figures: list[Piece] = field(default_factory=list)
    binding: str = ""
    group: str = ""
    serial: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A table with the line range it takes, so that prose reading passes over it."""

    table: Table
    first: int
    last: int
    pieces: dict[int, Piece]


def find_tables(lines: Sequence[Line], skip: set[int]) -> list[Found]:
    """The tables of a text in order."""
    out = []
    gridded: set[int] = set()
    for first, last in grid_runs(lines, skip):
        if (built := _grid(lines, first, last)) is not None:
            out.append(built)
            gridded |= set(range(built.first, built.last))
    skip = skip | gridded
    stops = skip | {i for i, line in enumerate(lines) if _BREAK.match(line.text) and "表" not in line.text[:4]}
    for first, last in runs(lines, stops):
        out += _tables_in(lines, first, last)
    return sorted(out, key=lambda f: f.first)


def _grid(lines: Sequence[Line], first: int, last: int) -> Found | None:
    """A table whose cells are marked."""
    read = grid(lines, first, last)
    if read is None:
        return None
    heads, body, width = read
    rows: list[Row] = []
    kept: dict[int, Piece] = {}
    for words, figures, binding in body:
        draft = _Draft(
            words[:1] or [], [p for p in figures if p.number is not None or p.text in EMPTY], binding, serial=True
        )
        if not draft.figures:
            continue
        if len(words) > 1 and _UNIT_ONLY.fullmatch(words[-1].text):
            draft.texts.append(words[-1])
        row = _row(draft, width)
        cells = tuple(replace(c, column=p.place, doubtful=False) for c, p in zip(row.cells, draft.figures, strict=True))
        rows.append(replace(row, cells=cells))
        kept |= {p.start: p for p in draft.figures}
    begin = first
    while begin and first - begin < 3 and _ABOVE.search(lines[begin - 1].text) and len(lines[begin - 1].text) < 50:
        begin -= 1
    caption = " ".join(re.sub(r"\s+", "", line.text) for line in lines[begin:first])
    note = lines[last].text if last < len(lines) and _NOTE.match(lines[last].text) else ""
    table = Table(
        lines[begin].start,
        lines[last - 1].end,
        caption,
        tuple(heads),
        tuple(rows),
        _totals(tuple(rows), tuple(heads)),
        note,
    )
    return Found(table, begin, last, kept)


def _tables_in(lines: Sequence[Line], first: int, last: int) -> list[Found]:
    """A run of cell lines may hold several captions; each begins a table."""
    starts = [i for i in range(first, last) if len(lines[i].text) < 70 and CAPTION.match(lines[i].text)]
    bounds = [*([first] if not starts or starts[0] > first else []), *starts, last]
    found = []
    for begin, end in itertools.pairwise(bounds):
        captioned = bool(CAPTION.match(lines[begin].text))
        built = _build(lines, begin, end, captioned)
        if built is not None:
            found.append(built)
    return found


def _build(lines: Sequence[Line], begin: int, end: int, captioned: bool) -> Found | None:
    noted = next((i for i in range(begin, end) if _NOTE.match(lines[i].text)), end)
    body = list(range(begin + captioned, noted))
    pieces = [p for i in body for p in split(lines[i], i)]
    drafts, header = _drafts(pieces)
    full = [d for d in drafts if d.figures]
    if len(full) < 2 or sum(len(d.figures) for d in full) < 4:
        return None
    width, agreeing = Counter(len(d.figures) for d in full).most_common(1)[0]
    if agreeing < 2 and not captioned:
        return None
    if not captioned and sum(len(d.figures) for d in full) < 6:
        return None
    heads = columns([p for p in header if "单位：" not in p.text and not p.text.endswith("表")], width)
    sorted_by = any(_CATEGORY.fullmatch(p.text) for p in header[:2])
    rows = tuple(_row(d, width, sorted_by) for d in full)
    caption = re.sub(r"\s+", "", lines[begin].text) if captioned else ""
    if not captioned and (
        said := _SAID_UNIT.search(" ".join(lines[i].text for i in range(max(0, begin - 1), full[0].figures[0].line)))
    ):
        caption = said[0]
    start = lines[begin].start if captioned else full[0].figures[0].start
    last_line = max(d.figures[-1].line for d in full) if noted == end else noted
    note = lines[noted].text if noted < end else ""
    if noted == end and end < len(lines) and _NOTE.match(lines[end].text):
        note = lines[end].text
    table = Table(start, lines[min(last_line, len(lines) - 1)].end, caption, heads, rows, _totals(rows, heads), note)
    kept = {p.start: p for d in full for p in d.figures}
    return Found(table, begin if captioned else _first_line(header, full, begin), last_line + 1, kept)


def _first_line(header: list[Piece], full: list[_Draft], begin: int) -> int:
    pieces = [*header, *full[0].texts]
    return min((p.line for p in pieces), default=begin)


def _drafts(pieces: list[Piece]) -> tuple[list[_Draft], list[Piece]]:
    """Rows as runs of words followed by runs of figures; the words before the first row are the header."""
    drafts: list[_Draft] = []
    now = _Draft()
    group, serial = "", 0
    for k, piece in enumerate(pieces):
        if year_like(piece) and not any(d.figures for d in drafts) and not now.figures and _still_header(pieces, k):
            now.texts.append(piece)
        elif piece.counts and not (piece.text in EMPTY and not now.texts):
            if _is_serial(piece, pieces, k, serial):
                serial = int(piece.number.low)  # type: ignore[union-attr]
                drafts.append(now)
                now = _Draft(group=group, serial=True)
            else:
                now.figures.append(piece)
        elif piece.text in BINDING and now.figures:
            now.binding = BINDING[piece.text]
        else:
            if now.figures:
                drafts.append(now)
                now = _Draft(group=group)
            if _GROUP.match(piece.text) and piece.place == 0 and piece.last and len(piece.text) <= 16:
                group = piece.text
                now.group = group
            else:
                now.texts.append(piece)
    drafts.append(now)
    return drafts, _take_header(drafts)


def _still_header(pieces: list[Piece], k: int) -> bool:
    """Whether the line of this year-like figure holds only words and years."""
    line = pieces[k].line
    return all(p.number is None or year_like(p) for p in pieces if p.line == line)


def _is_serial(piece: Piece, pieces: list[Piece], k: int, serial: int) -> bool:
    n = piece.number
    if (
        n is None
        or n.sort != "bare"
        or n.low.denominator != 1
        or not 1 <= n.low <= 200
        or piece.bracket
        or piece.prefix
    ):
        return False
    follows = k + 1 < len(pieces) and pieces[k + 1].number is None and pieces[k + 1].text not in EMPTY
    return (piece.place == 0 and follows and not piece.last and n.low in (serial + 1, 1)) or (
        follows and piece.place == 0 and piece.last and serial + 1 == n.low and serial > 0
    )


def _take_header(drafts: list[_Draft]) -> list[Piece]:
    """Take the header's words off the first row (and off the words before a first serial number)."""
    header: list[Piece] = []
    while drafts and not drafts[0].figures:
        header += drafts.pop(0).texts
    if not drafts or drafts[0].serial:
        return header
    first = drafts[0]
    line = first.figures[0].line
    same = [p for p in first.texts if p.line == line]
    label = same or first.texts[-1:]
    header += [p for p in first.texts if p not in label]
    first.texts = label
    return header


def _row(draft: _Draft, width: int, sorted_by: bool = False) -> Row:
    texts = [p.text for p in draft.texts]
    unit = ""
    if len(texts) > 1 and _UNIT_ONLY.fullmatch(texts[-1]):
        unit = texts.pop().strip("（）")
    if sorted_by and not draft.serial and len(texts) > 1 and draft.texts[0].line == draft.texts[1].line:
        texts = texts[1:]
    label = _label(texts, draft)
    if not unit and (found := _LABEL_UNIT.search(label)):
        last = re.split("[，,、]", found["u"])[-1].strip()
        if _UNIT_ONLY.fullmatch(last) or last in ("%", "‰"):
            unit, label = last, label[: found.start()]
    doubtful = len(draft.figures) != width
    cells = tuple(
        Cell(
            p.start,
            p.end,
            p.text,
            min(k, max(0, width - 1)),
            doubtful,
        )
        for k, p in enumerate(draft.figures)
    )
    start = draft.texts[0].start if draft.texts else cells[0].start
    return Row(label, cells, unit, draft.binding, draft.group, start, cells[-1].end)


def _label(texts: list[str], draft: _Draft) -> str:
    """The row's name: the first words, and their continuation where the line was broken inside a name."""
    if not texts:
        return ""
    if not draft.serial:
        return "".join(texts) if len(texts) <= 3 else texts[0]
    name, lines = texts[0], [p.line for p in draft.texts]
    for k in range(1, len(texts)):
        alone = lines.count(lines[k]) == 1
        if name.endswith(("业", "率", "量")) or "、" in texts[k] or not alone or draft.texts[0].last is False:
            break
        name += texts[k]
        if k >= 1 and len(texts[k]) <= 8:
            break
    return name


def _totals(rows: tuple[Row, ...], heads: tuple[str, ...]) -> tuple[Total, ...]:
    """Every column that a total row prints, summed again over the rows before it."""
    for at, row in enumerate(rows):
        if not _TOTAL.match(row.label):
            continue
        out = []
        for cell in row.cells:
            printed = _value(cell.text)
            parts = [_value(c.text) for r in rows[:at] for c in r.cells if c.column == cell.column]
            known = [p for p in parts if p is not None]
            if printed is not None and len(known) >= 2 and cell.column < len(heads):
                out.append(Total(heads[cell.column], printed, sum(known, Fraction(0))))
        return tuple(out)
    return ()


def _value(text: str) -> Fraction | None:
    found = re.match(r"[\[〔]?[<>≥≤]?\s?([-−]?\d[\d,]*(?:\.\d+)?)", text)
    return Fraction(found[1].replace(",", "").replace("−", "-")) if found else None
