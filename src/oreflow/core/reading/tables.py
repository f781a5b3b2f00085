"""The tables of a text: those whose cells are known, and those rebuilt from flattened cells."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from statistics import median

from .cells import Piece, is_unit, may_hold_figures, runs, split
from .columns import columns
from .drafts import Draft, drafts, turned
from .grids import Found, from_grid, from_lines, grid_runs, label_and_unit
from .letters import Line
from .matrix import part_of
from .model import Cell, Grid, Row, Table
from .outline import heading
from .totals import totals

__all__ = ["Found", "find_tables"]

_CAPTION = re.compile(
    r"(?:续?附?表|专栏|续表)\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:\s?[—－\-–.]\s?\d{1,2}){0,2}(?!\d)[：:\s]*(?P<t>.{0,60})$"
)
_NOTE = re.compile(r"(?:注|备注|说明|资料来源|数据来源)\s?[：:]")
_BREAK = re.compile(r"第[一二三四五六七八九十\d]{1,3}[章节]|专栏\s?\d|图\s?\d")
_SAID_UNIT = re.compile(r"单位\s?[：:]\s?[^\s）)，,]{1,8}")
_CATEGORY = re.compile(r"类别|类型|分类|指标类别")
_PAGE = re.compile(r"[-—－–]\s*\d{1,4}\s*[-—－–]|第\s?\d{1,4}\s?页(?:\s?[/共]\s?\d{1,4}\s?页?)?")
_DOCUMENT = re.compile(r"(?:规划|方案|意见|纲要|指南|通知|办法|条件)(?:（[^（）]*）)?$")
_HEADINGS_ABOVE = 12
_WIDE = re.compile(r"\S[ \u3000]{2,}\S")


def find_tables(lines: Sequence[Line], skip: set[int], plain: str, grids: Sequence[Grid] = ()) -> list[Found]:
    """The tables of a text in order: given grids first, then lines with marked cells, then flattened ones."""
    out: list[Found] = []
    taken = set(skip)
    for given in grids:
        _add(out, taken, from_grid(given, plain, lines))
    for first, last in grid_runs(lines, taken, plain):
        _add(out, taken, from_lines(lines, first, last, plain))
    stops = taken | {i for i, line in enumerate(lines) if _BREAK.match(line.text) and "表" not in line.text[:4]}
    for first, last in runs(lines, stops):
        out += _tables_in(lines, first, last, plain)
    return sorted(out, key=lambda f: f.first)


def _add(out: list[Found], taken: set[int], built: Found | None) -> None:
    if built is None or not taken.isdisjoint(range(built.first, built.last)):
        return
    out.append(built)
    taken.update(range(built.first, built.last))


def _tables_in(lines: Sequence[Line], first: int, last: int, plain: str) -> list[Found]:
    """A run of cell lines may hold several captions; each begins a table."""
    starts = [i for i in range(first, last) if len(lines[i].text) < 70 and _CAPTION.match(lines[i].text)]
    if not starts or starts[0] > first:
        first = _below_headings(lines, first, starts[0] if starts else last)
        starts = [first, *starts]
    bounds = [*starts, last]
    found = []
    for begin, end in itertools.pairwise(bounds):
        captioned = bool(_CAPTION.match(lines[begin].text))
        built = _build(lines, begin, end, captioned, plain)
        if built is not None:
            found.append(built)
    return found


def _below_headings(lines: Sequence[Line], first: int, last: int) -> int:
    """Past the headings and the document's title that stand above a table's head."""
    begin = first
    for i in range(first, min(last - 1, first + _HEADINGS_ABOVE)):
        if may_hold_figures(lines[i].text) and any(p.number is not None for p in split(lines[i], i)[1:]):
            break
        head = heading(lines[i])
        if (head is not None and head[0] <= 5 and head[1]) or _DOCUMENT.search(lines[i].text):
            begin = i + 1
    return begin


def _read(lines: Sequence[Line], body: Sequence[int]) -> tuple[list[Draft], list[Piece]]:
    pieces = [p for i in body if not _PAGE.fullmatch(lines[i].text) for p in split(lines[i], i)]
    rows, head = drafts(pieces)
    return turned(rows, head) or (rows, head)


def _build(lines: Sequence[Line], begin: int, end: int, captioned: bool, plain: str) -> Found | None:
    noted = next((i for i in range(begin, end) if _NOTE.match(lines[i].text)), end)
    read, head = _read(lines, range(begin + captioned, noted))
    full = [d for d in read if d.figures]
    if not (_enough(full, captioned) or _listed(full, head)):
        return None
    width = Counter(len(d.figures) for d in full).most_common(1)[0][0]
    heads = columns([p for p in head if "单位：" not in p.text and not p.text.endswith("表")], width)
    sorted_by = any(_CATEGORY.fullmatch(p.text) for p in head[:2])
    at = _centres(full, width, plain)
    rows = tuple(_row(d, width, sorted_by, _aligned(d, width, at, plain)) for d in full)
    caption = _caption(lines, begin, full[0], captioned)
    start = lines[begin].start if captioned else min(p.start for d in full for p in d.figures[:1])
    last_line = max(p.line for d in full for p in d.figures) if noted == end else noted
    note = lines[noted].text if noted < end else ""
    if noted == end and end < len(lines) and _NOTE.match(lines[end].text):
        note = lines[end].text
    table = Table(start, lines[min(last_line, len(lines) - 1)].end, caption, heads, rows, totals(rows, heads), note)
    kept = {p.start: p for d in full for p in d.figures}
    first = begin if captioned else min((p.line for p in (*head, *full[0].texts)), default=begin)
    return Found(table, first, last_line + 1, kept)


def _enough(full: Sequence[Draft], captioned: bool) -> bool:
    """Whether the rows make a table: two rows, four figures; without a caption six, and rows that agree."""
    figures = sum(len(d.figures) for d in full)
    if len(full) < 2 or figures < 4:
        return False
    agreeing = Counter(len(d.figures) for d in full).most_common(1)[0][1]
    return captioned or (agreeing >= 2 and figures >= 6)


def _listed(full: Sequence[Draft], head: Sequence[Piece]) -> bool:
    """Whether numbered rows below a head with a unit make a table of one figure each (a list of projects)."""
    told = any("（" in p.text and is_unit(p.text[p.text.rindex("（") :]) for p in head)
    return len(full) >= 3 and told and all(d.serial for d in full)


def _caption(lines: Sequence[Line], begin: int, first: Draft, captioned: bool) -> str:
    if captioned:
        return re.sub(r"\s+", "", lines[begin].text)
    above = " ".join(lines[i].text for i in range(max(0, begin - 1), first.figures[0].line))
    said = _SAID_UNIT.search(above[-600:])
    return said[0] if said else ""


def _middle(piece: Piece, plain: str) -> float:
    """Where the middle of a cell stands in its line, in half-width characters."""
    begin = plain.rfind("\n", 0, piece.start) + 1
    left, body = plain[begin : piece.start], plain[piece.start : piece.end]
    return _width(left) + _width(body) / 2


def _width(text: str) -> int:
    return sum(2 if c > "\u2e7f" else 1 for c in text)


def _centres(full: Sequence[Draft], width: int, plain: str) -> list[float]:
    """Where the columns of figures stand, where blanks keep them apart in lines; empty for others."""
    if all(len(d.figures) == width for d in full) or width < 2:
        return []
    sample = [d for d in full if len(d.figures) == width and _spaced(d, plain)][:50]
    if len(sample) < 2:
        return []
    return [median(_middle(d.figures[k], plain) for d in sample) for k in range(width)]


def _spaced(draft: Draft, plain: str) -> bool:
    """Whether a row's figures stand on one line, set apart by several blanks."""
    figures = draft.figures
    return figures[0].line == figures[-1].line and bool(
        _WIDE.search(plain, max(0, figures[0].start - 4), figures[-1].end)
    )


def _aligned(draft: Draft, width: int, centres: Sequence[float], plain: str) -> list[int] | None:
    """The columns of a short row's figures by where they stand; None where that does not tell."""
    if not centres or len(draft.figures) >= width or draft.figures[0].line != draft.figures[-1].line:
        return None
    room = min(abs(b - a) for a, b in itertools.pairwise(centres)) / 2
    placed: list[int] = []
    for figure in draft.figures:
        middle = _middle(figure, plain)
        near = min(range(width), key=lambda k: abs(centres[k] - middle))
        if abs(centres[near] - middle) > room or (placed and near <= placed[-1]):
            return None
        placed.append(near)
    return placed


def _row(draft: Draft, width: int, sorted_by: bool, places: list[int] | None) -> Row:
    texts = [p.text for p in draft.texts]
    unit = draft.unit
    if len(texts) > 1 and is_unit(texts[-1]):
        unit = texts.pop().strip("（）")
    if sorted_by and not draft.serial and len(texts) > 1 and draft.texts[0].line == draft.texts[1].line:
        texts = texts[1:]
    label = _label(texts, draft)
    if not unit:
        label, unit = label_and_unit(label)
    label, part = part_of(label)
    doubtful = len(draft.figures) != width and places is None
    columns_ = places or [min(k, max(0, width - 1)) for k in range(len(draft.figures))]
    cells = tuple(
        Cell(p.start, p.end, p.text, k, doubtful) for p, k in zip(draft.figures, columns_, strict=True)
    )  # fmt: skip
    spots = [*draft.texts, *draft.figures]
    start, end = min(p.start for p in spots), max(p.end for p in draft.figures)
    return Row(label, cells, unit, draft.binding, draft.group, start, end, part=part)


def _label(texts: list[str], draft: Draft) -> str:
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
