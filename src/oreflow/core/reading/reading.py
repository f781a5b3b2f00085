"""The whole reading of a text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from .chains import linked, read_chains
from .clauses import read_clauses
from .confidence import rated
from .context import Place, places
from .duties import abbreviations, read_duties
from .entities import read_entities
from .frame import frame_of
from .letters import lines_of, same_length
from .model import Chain, Clause, Frame, Grid, Reading, Role, Section, Statement
from .outline import contents_lines, outline
from .pairs import answered
from .paragraphs import Block, blocks, listed
from .statements import read_block
from .table_facts import table_clauses, table_duties, table_projects
from .table_statements import table_statements
from .tables import Found, find_tables

_DAMAGE = "OoОlI丨|〇屯盹兀方。/"  # what recognition prints for digits, points and units


def read(
    text: str, *, doc: str = "", materials: Mapping[str, str] | None = None, grids: Sequence[Grid] = ()
) -> Reading:
    """Read a plan, guide, condition or notice.

    Parameters
    ----------
    text
        The document's text; every item of the result has `start` and `end` offsets into it.
    doc
        The document's name, kept in the result.
    materials
        Names of materials and their ids, to link the nodes of chains and to find products.
    grids
        Tables that the file lays out itself; the others are found in the text.

    Never raises on any text; a text that holds nothing gives an empty reading.
    """
    names = dict(materials or {})
    page = _page(text, grids)
    statements = _statements(page)
    bodies = [b for b, _ in page.held] + [b for b, _ in page.cells]
    limits = [b for b, p in (*page.held, *page.cells) if p.role is Role.CONDITION]
    others = [b for b, p in (*page.held, *page.cells) if p.role is not Role.CONDITION]
    short = abbreviations(page.plain)
    at_tables = {k: section for k, (section, _) in enumerate(page.at_tables)}
    duties = [*read_duties(bodies, page.sections, short), *table_duties(page.found, at_tables, short)]
    clauses = [*_clauses(page.held, statements), *table_clauses(page.found, statements)]
    return Reading(
        doc, page.frame, page.sections, statements, tuple(f.table for f in page.found), _chains(page, names),
        tuple(sorted(clauses, key=lambda c: (c.start, c.end))), tuple(sorted(duties, key=lambda d: (d.start, d.end))),
        read_entities(others, limits, names, short, table_projects(page.found)),
        tuple(f"{s.title}: {s.note}" for s in page.sections if s.note),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Page:
    """A text taken apart: its tables, sections, and paragraphs with what they stand in."""

    text: str
    plain: str
    frame: Frame
    found: list[Found]
    sections: tuple[Section, ...]
    held: list[tuple[Block, Place]]
    at_tables: list[tuple[int | None, Place]]
    cells: list[tuple[Block, Place]]


def _page(text: str, grids: Sequence[Grid] = ()) -> _Page:
    plain = listed(same_length(text))
    lines = list(lines_of(plain))
    contents = contents_lines(lines)
    frame = frame_of(lines, plain)
    found = find_tables(lines, contents, plain, grids)
    taken = contents | {i for f in found for i in range(f.first, f.last)}
    sections, heads = outline(lines, taken, len(text))
    where = places(sections, frame)
    outside = Place(Role.CONDITION if frame.conditions else Role.FRONT)
    held = [(b, outside if b.section is None else where[b.section]) for b in blocks(lines, taken, heads)]
    starts = [s.start for s in sections]
    above = [bisect_right(starts, f.table.start) - 1 for f in found]
    at_tables: list[tuple[int | None, Place]] = [(k, where[k]) if k >= 0 else (None, outside) for k in above]
    cells = [
        (Block(body, section), place)
        for f, (section, place) in zip(found, at_tables, strict=True)
        for body, skip, _ in f.cells
        if not skip
    ]
    return _Page(text, plain, frame, found, sections, held, at_tables, cells)


def _chains(page: _Page, names: dict[str, str]) -> tuple[Chain, ...]:
    read_ = [c for b, p in (*page.held, *page.cells) for c in read_chains(b.body, p.titles)]
    read_.sort(key=lambda c: c.start)
    return tuple(linked(c, names) for c in read_) if names else tuple(read_)


def statements_and_chains(text: str) -> tuple[tuple[Statement, ...], tuple[Chain, ...]]:
    """Only the statements and chains: what batch reading of many documents needs."""
    page = _page(text)
    return _statements(page), _chains(page, {})


def _statements(page: _Page) -> tuple[Statement, ...]:
    out: list[Statement] = []
    for number, (table, (section, place)) in enumerate(zip(page.found, page.at_tables, strict=True)):
        out += table_statements(table, number, page.frame, section, place)
    for block, place in page.held:
        out += read_block(block, place, page.frame)
    out.sort(key=lambda s: (s.start, s.end))
    return tuple(rated(_mended(s, page.text)) for s in answered(out))


def _mended(s: Statement, text: str) -> Statement:
    """The statement marked doubtful where digits or units had been taken for other letters."""
    raw = text[s.start : s.end]
    if raw != s.quote and any(raw.count(c) > s.quote.count(c) for c in _DAMAGE):
        return replace(s, doubts=(*s.doubts, "letters mended"))
    return s


def _clauses(held: list[tuple[Block, Place]], statements: tuple[Statement, ...]) -> tuple[Clause, ...]:
    starts = [s.start for s in statements]
    out: list[Clause] = []
    for block, place in held:
        if not block.body.places or not block.body.text:
            continue
        first, last = block.body.places[0], block.body.at(len(block.body.text) - 1)
        low, high = bisect_left(starts, first), bisect_right(starts, last)
        out += read_clauses(block, place, [(i, statements[i]) for i in range(low, high)])
    return tuple(out)
